// Conditions whose answer is known where they stand, because everything in them is: which branch never runs need not be
// looked at. Unlike a constant, a variable counts with what it holds at this place, however often it is given something else.

import type { SyntaxNode } from '../syntax/node.ts'
import { definitionOf, writesBefore } from './definitions.ts'
import type { SourceFile } from './source-file.ts'

type Known = string | number | boolean | null

/** Deeper than anything that people write on purpose. */
const DEPTH = 6

/** Whether a condition surely holds, or surely does not. */
export function knownTruth(file: SourceFile, condition: SyntaxNode | undefined): boolean | undefined {
  const known = condition && knownValue(file, condition, 0)
  return typeof known === 'boolean' ? known : undefined
}

/** The values that a condition chooses from, unless it is known which it is. */
export function chosenSides(file: SourceFile, conditional: SyntaxNode): SyntaxNode[] {
  const truth = knownTruth(file, conditional.child('condition'))
  return (['consequence', 'alternative'] as const)
    .filter((_, i) => truth === undefined || truth === (i === 0))
    .flatMap(side => conditional.child(side) ?? [])
}

/** A place that no run gets to: the other branch of a condition whose answer is known. */
export function isNeverRun(file: SourceFile, node: SyntaxNode): boolean {
  let child = node
  for (const it of node.ancestors()) {
    if (it.is('Function', 'Class', 'Module')) return false
    if (it.is('If', 'ElseIf', 'Conditional')) {
      const truth = isWorthAsking(it) ? knownTruth(file, it.child('condition')) : undefined
      if (truth === false && child.role === 'consequence') return true
      if (truth === true && child.role === 'alternative') return true
    } else if (it.kind === 'Switch' && child.is('Case', 'DefaultCase') && isOtherCase(file, it, child))
      return true
    child = it
  }
  return false
}

function isWorthAsking(statement: SyntaxNode): boolean {
  const condition = statement.child('condition')?.unwrapped
  return condition?.is('Comparison', 'Boolean', 'Not', 'Name') === true && condition.size < 24
}

/** The subject is known, and another case is the first that it fits. */
function isOtherCase(file: SourceFile, statement: SyntaxNode, wanted: SyntaxNode): boolean {
  const subject = statement.child('subject')
  const value = subject && knownValue(file, subject, 0)
  if (value === undefined) return false
  for (const it of statement.descendants('Case', 'DefaultCase')) {
    if (it.parent?.row !== statement.row && it.parent?.parent?.row !== statement.row) continue
    const fits = fitsCase(file, it, value)
    if (fits === undefined) return false
    if (fits) return it.row !== wanted.row
  }
  return false
}

function fitsCase(file: SourceFile, it: SyntaxNode, value: Known): boolean | undefined {
  if (it.kind === 'DefaultCase') return true
  const body = it.child('body')
  const patterns = it.children().filter(part => part.row !== body?.row && part.role !== 'statement')
  if (patterns.length !== 1) return undefined
  const strings = [...withSelf(patterns[0]!)].filter(part => part.is('String', 'Number'))
  if (strings.length === 0) return /^_$/.test(patterns[0]!.text) ? true : undefined
  const known = strings.map(part => file.constant(part)?.value)
  if (known.some(part => part === undefined)) return undefined
  return known.includes(value)
}

function* withSelf(node: SyntaxNode): Generator<SyntaxNode> {
  yield node
  yield* node.descendants('String', 'Number')
}

function knownValue(file: SourceFile, node: SyntaxNode, depth: number): Known | undefined {
  const it = node.unwrapped
  const constant = file.constant(it)
  if (constant) return constant.value
  if (depth > DEPTH) return undefined
  const inner = (role: Parameters<SyntaxNode['child']>[0]) => {
    const child = it.child(role)
    return child && knownValue(file, child, depth + 1)
  }
  switch (it.kind) {
    case 'Name':
      return heldBy(file, it, depth)
    case 'Not': {
      const operand = inner('operand')
      return typeof operand === 'boolean' ? !operand : undefined
    }
    case 'Binary':
      return computed(it.operator, inner('left'), inner('right'))
    case 'Comparison':
      return compared(it.operator, inner('left'), inner('right'))
    case 'Index': {
      const text = inner('object')
      const index = inner('index')
      return typeof text === 'string' && typeof index === 'number' ? text.at(index) : undefined
    }
    default:
      return undefined
  }
}

/** The only value that a variable can hold here. */
function heldBy(file: SourceFile, name: SyntaxNode, depth: number): Known | undefined {
  const binding = file.binding(name)
  if (!binding || binding.kind === 'parameter' || binding.kind === 'import') return undefined
  const [only, more] = writesBefore(binding, name)
  const definition = only && !more ? definitionOf(only) : undefined
  if (definition?.kind !== 'value' || definition.path.length > 0 || !definition.value) return undefined
  if (only!.function?.row !== name.function?.row && binding.writeCount !== 1) return undefined
  return knownValue(file, definition.value, depth + 1)
}

function computed(operator: string, a: Known | undefined, b: Known | undefined): Known | undefined {
  if (typeof a === 'string' && typeof b === 'string') return operator === '+' ? a + b : undefined
  if (typeof a !== 'number' || typeof b !== 'number') return undefined
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    default:
      return undefined
  }
}

function compared(operator: string, a: Known | undefined, b: Known | undefined): boolean | undefined {
  if (a === undefined || b === undefined) return undefined
  if (/^={2,3}$/.test(operator)) return a === b
  if (/^!={1,2}$/.test(operator)) return a !== b
  if (typeof a === 'string' && typeof b === 'string')
    return operator === 'in' ? b.includes(a) : operator === 'not in' ? !b.includes(a) : undefined
  if (typeof a !== 'number' || typeof b !== 'number') return undefined
  switch (operator) {
    case '<':
      return a < b
    case '>':
      return a > b
    case '<=':
      return a <= b
    case '>=':
      return a >= b
    default:
      return undefined
  }
}
