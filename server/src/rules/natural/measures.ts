// How much of something there is, as the sentences of a team count it.

import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { LOOPS } from '../support/loops.ts'
import type { Measure } from './requirement.ts'
import { isPrivate, methodsOf } from './subjects.ts'

/** Undefined where it cannot be known. */
export function measureOf(node: SyntaxNode, measure: Measure): number | undefined {
  switch (measure) {
    case 'lines':
      return linesOf(node).length
    case 'codeLines':
      return linesOf(node).filter(it => it.trim() !== '' && !/^\s*(#|\/\/|\*|\/\*)/.test(it)).length
    case 'characters':
      return node.text.replace(/\r?\n$/, '').length
    case 'parameters':
      return (node.child('parameters')?.children('parameter') ?? node.children('parameter')).filter(
        isParameter,
      ).length
    case 'arguments':
      return node.children('argument').some(it => it.kind === 'Spread')
        ? undefined
        : node.children('argument').filter(it => it.kind !== 'TokenTree').length
    case 'methods':
      return methodsOf(node).length
    case 'publicMethods':
      return methodsOf(node).filter(
        it => !isPrivate(it) && !/^(constructor|__\w+__)$/.test(it.child('name')?.name ?? ''),
      ).length
    case 'bases':
      return node.children('superclass').filter(it => it.kind !== 'KeywordArgument').length
    case 'assertions':
      return (
        count(node, 'Assert') +
        [...node.descendants('Call', 'MacroCall')].filter(it =>
          /^(expect|assert\w*|t\.(is|true|deepEqual)|assert\.\w+|self\.assert\w+)$/.test(
            it.child('callee')?.text ?? '',
          ),
        ).length
      )
    case 'fields':
      return fieldsOf(node)
    case 'functions':
      return count(node, 'Function')
    case 'classes':
      return count(node, 'Class', 'Struct')
    case 'imports':
      return count(node, 'Import')
    case 'returns':
      return [...node.ownDescendants('Return')].length
    case 'cases':
      return node.children('case').filter(it => it.kind === 'Case').length
    case 'complexity':
      return 1 + [...node.ownDescendants(...FORKS)].length
    case 'nesting':
      return depthOf(node)
  }
}

const FORKS: readonly Kind[] = ['If', 'ElseIf', 'Case', 'Catch', 'Conditional', 'Logical', ...LOOPS]
const LEVELS: readonly Kind[] = ['If', 'Try', 'Switch', 'With', ...LOOPS]

/** Blocks in blocks; `else if` is no deeper than its `if`. */
function depthOf(fn: SyntaxNode): number {
  let deepest = 0
  for (const it of fn.ownDescendants(...LEVELS)) {
    let depth = 1
    let child = it
    for (const around of it.ancestors()) {
      if (around.row === fn.row) break
      const isElse = around.kind === 'If' && child.kind === 'If' && child.role === 'alternative'
      if (LEVELS.includes(around.kind) && !isElse) depth++
      child = around
    }
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

function linesOf(node: SyntaxNode): readonly string[] {
  return node.text.replace(/\r?\n$/, '').split('\n')
}

function count(node: SyntaxNode, ...kinds: readonly Kind[]): number {
  let found = 0
  for (const _ of node.descendants(...kinds)) found++
  return found
}

function fieldsOf(node: SyntaxNode): number {
  const body = node.child('body')
  const statements = body ? body.children() : node.children('member')
  return statements.filter(it => it.is('Field', 'Signature') || it.child('value')?.kind === 'Assignment')
    .length
}

/** Not the object itself, and not the stars and slashes between parameters. */
function isParameter(it: SyntaxNode): boolean {
  return it.kind !== 'Operator' && !/^(self|cls|&?\s*('\w+\s+)?(mut\s+)?self|this\b.*|\*|\/)$/.test(it.text)
}
