// Cognitive complexity as G. Ann Campbell defined it: how hard control flow is to follow, rather than how many paths it has.
//
// One point for each break in the straight line; structures inside structures cost one more for each level around them.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { isChainStart, statementsOf } from './branches.ts'
import { LOOPS } from './loops.ts'

export interface Complexity {
  readonly fn: SyntaxNode
  readonly points: number
}

/** Kinds that may add points or levels. */
const COUNTED: readonly Kind[] = [
  'If',
  'ElseIf',
  'Switch',
  'Catch',
  'Conditional',
  'Logical',
  'Break',
  'Continue',
  'Function',
  'Call',
  ...LOOPS,
]

/**
 * The points of a function that stands by itself; callbacks and closures without a name count with the function around
 * them. In JavaScript, a function that does nothing but hand over functions stands for a module: then those are measured
 * one by one in its place.
 */
export function* complexities(fn: SyntaxNode, file: SourceFile): Generator<Complexity> {
  const isScript = file.language === 'javascript' || file.language === 'typescript'
  const inner = isScript && !ownStructures(fn) ? [...functionsIn(fn)] : []
  if (inner.length > 0) {
    for (const it of inner) yield* complexities(it, file)
    return
  }
  const points = pointsOf(fn, file)
  if (points > 0) yield { fn, points }
}

/** Read by itself: at the top, or under a name, so that whoever reads the function around it need not enter. */
export function standsAlone(fn: SyntaxNode): boolean {
  return isNamed(fn) || fn.function === undefined
}

function isNamed(fn: SyntaxNode): boolean {
  if (fn.child('name')) return true
  return fn.role === 'value' && (fn.parent?.is('Declarator', 'Assignment', 'Pair', 'Field') ?? false)
}

/** The functions without a name directly inside this one. */
function* functionsIn(fn: SyntaxNode): Generator<SyntaxNode> {
  let behind = 0
  for (const it of fn.descendants('Function')) {
    if (it.row < behind) continue
    behind = it.row + it.size
    if (!isNamed(it)) yield it
  }
}

function ownStructures(fn: SyntaxNode): boolean {
  for (const _ of fn.ownDescendants('If', 'Switch', 'Catch', 'Conditional', ...LOOPS)) return true
  return false
}

/**
 * The alternatives of a function that does nothing but choose among them, one for each kind of thing. Whoever reads it
 * reads one of them, so the hardest of them counts.
 */
function alternativesOf(fn: SyntaxNode): SyntaxNode[] {
  const body = fn.child('body')
  const forks = body ? statementsOf(body).filter(it => it.is(...FORKS) || it.has(...FORKS)) : []
  let only = forks.length === 1 ? forks[0] : undefined
  if (only?.is('ExpressionStatement', 'Return')) only = only.child('value')
  return only?.kind === 'Switch' ? only.children().filter(it => it.is('Case', 'DefaultCase')) : []
}

const FORKS: readonly Kind[] = ['If', 'Switch', 'Try', 'Conditional', ...LOOPS]

interface Stretch {
  readonly start: number
  readonly end: number
}

function pointsOf(fn: SyntaxNode, file: SourceFile): number {
  let points = 0
  const alternatives = alternativesOf(fn)
  let alternative: SyntaxNode | undefined
  /** The points before it, and those of the hardest so far. */
  let before = 0
  let hardest = 0
  /** Stretches of rows that are one level deeper: those around the current row, and those still to come, nearest last. */
  const open: Stretch[] = []
  const coming: Stretch[] = []
  const functions = [fn]
  const recursive = new Set<number>()

  const deepen = (...nodes: readonly (SyntaxNode | undefined)[]) => {
    for (const it of nodes.toReversed()) if (it) coming.push({ start: it.row, end: it.row + it.size })
  }

  let behind = 0
  for (const it of fn.descendants(...COUNTED)) {
    if (it.row < behind) continue
    if (alternative && !alternative.contains(it)) {
      hardest = Math.max(hardest, points - before)
      points = before
      alternative = undefined
    }
    while (!alternative && alternatives.length > 0 && alternatives[0]!.row <= it.row) {
      const next = alternatives.shift()!
      if (next.contains(it)) alternative = next
      before = points
    }
    while (open.length > 0 && open.at(-1)!.end <= it.row) open.pop()
    while (coming.length > 0 && coming.at(-1)!.start <= it.row) {
      const next = coming.pop()!
      if (next.end > it.row) open.push(next)
    }
    while (functions.length > 1 && !functions.at(-1)!.contains(it)) functions.pop()
    switch (it.kind) {
      case 'If': {
        if (isChainStart(it)) points += 1 + open.length
        else points++
        const otherwise = it.children('alternative').find(branch => !branch.is('If', 'ElseIf'))
        if (otherwise) points++
        deepen(it.child('consequence'), otherwise)
        break
      }
      case 'ElseIf':
        points++
        deepen(it.child('consequence'))
        break
      case 'For':
      case 'ForEach':
      case 'While':
      case 'DoWhile':
      case 'Loop': {
        points += 1 + open.length
        const otherwise = it.child('alternative')
        if (otherwise) points++
        deepen(it.child('body'), otherwise)
        break
      }
      case 'Switch':
        points += 1 + open.length
        deepen(...it.children().filter(child => child.is('Case', 'DefaultCase')))
        break
      case 'Catch':
        points += 1 + open.length
        deepen(it.child('body'))
        break
      case 'Conditional':
        points += 1 + open.length
        deepen(...inOrder(it.child('consequence'), it.child('alternative')))
        break
      case 'Logical':
        points += sequencesFrom(it)
        break
      case 'Break':
      case 'Continue':
        if (it.child('label')) points++
        break
      case 'Function':
        if (isNamed(it)) behind = it.row + it.size
        else {
          functions.push(it)
          deepen(it)
        }
        break
      case 'Call':
        for (const around of functions)
          if (!recursive.has(around.row) && calls(it, around, file)) {
            recursive.add(around.row)
            points++
          }
    }
  }
  return alternative ? before + Math.max(hardest, points - before) : points + hardest
}

/** Python writes the condition of `a if b else c` in the middle. */
function inOrder(...nodes: readonly (SyntaxNode | undefined)[]): SyntaxNode[] {
  return nodes.filter(it => it !== undefined).sort((a, b) => a.row - b.row)
}

const SEQUENCED: ReadonlySet<string> = new Set(['&&', '||', 'and', 'or'])

/** One point for each run of the same operator: `a && b && c || d` is two. `??` reads like a default and costs nothing. */
function sequencesFrom(node: SyntaxNode): number {
  if (!SEQUENCED.has(node.operator)) return 0
  let outer = node.parent
  while (outer?.kind === 'Parenthesized') outer = outer.parent
  if (outer?.kind === 'Logical' && SEQUENCED.has(outer.operator)) return 0
  // `{open && <Panel />}` is how JSX writes "when open, a panel".
  if (node.parent?.kind === 'JsxExpression' && node.child('right')?.unwrapped.kind === 'JsxElement')
    return node.child('left')?.unwrapped.kind === 'Logical' ? 1 : 0
  let last = ''
  let count = 0
  for (const operator of operatorsIn(node)) {
    if (operator !== last) count++
    last = operator
  }
  return count
}

function* operatorsIn(node: SyntaxNode): Generator<string> {
  for (const it of node.children()) {
    const inner = it.unwrapped
    if (it.kind === 'Operator') yield it.text
    else if (inner.kind === 'Logical' && SEQUENCED.has(inner.operator)) yield* operatorsIn(inner)
  }
}

/** The call is one of this function to itself: by its name, or as a method of the same object. */
function calls(call: SyntaxNode, fn: SyntaxNode, file: SourceFile): boolean {
  const name = fn.child('name')
  const callee = call.child('callee')
  if (!name || !callee) return false
  if (callee.kind === 'Name')
    return (
      name.kind === 'Name' && callee.name === name.name && file.binding(callee)?.declaration.row === name.row
    )
  if (callee.kind !== 'Member' || callee.child('property')?.name !== name.name) return false
  const object = callee.child('object')
  return object?.kind === 'This' || (object?.kind === 'Name' && object.name === 'self')
}
