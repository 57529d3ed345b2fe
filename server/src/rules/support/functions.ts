// Functions as a reader sees them: what they are called, how long they are, what they are there for.

import { calleeName } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { linesWithout } from './lines.ts'
import { LOOPS } from './loops.ts'

/** Where a finding about the whole function sits: its name, or its parameters when it has none. */
export function headOf(fn: SyntaxNode): SyntaxNode | undefined {
  return fn.child('name') ?? fn.child('parameters') ?? fn.child('parameter')
}

/** The calls by which test frameworks group tests: `describe('…', () => { … })`. */
const SUITES: ReadonlySet<string> = new Set(['describe', 'fdescribe', 'xdescribe', 'suite', 'context'])

/** The function only holds others together: a module's wrapper, or a group of tests. */
export function isWrapper(fn: SyntaxNode): boolean {
  let { parent } = fn
  if (parent?.kind === 'Parenthesized') parent = parent.parent
  if (parent?.kind === 'Unary') parent = parent.parent
  if (parent?.kind !== 'Call') return false
  if (fn.role !== 'argument') return true
  if (calleeName(parent) === 'define') return true
  for (let it = parent.child('callee'); it; it = it.child('object') ?? it.child('callee')) {
    if (SUITES.has(it.name) || SUITES.has(it.child('property')?.name ?? '')) return true
  }
  return false
}

/** What stands in a function without being a step of it: other functions, data, markup, long texts. */
const APART: readonly Kind[] = [
  'Comment',
  'ExpressionStatement',
  'Function',
  'Class',
  'Parameters',
  'List',
  'Dictionary',
  'Set',
  'Tuple',
  'StructLiteral',
  'JsxElement',
  'String',
  'Template',
  'Concatenation',
  'Case',
  'DefaultCase',
]

/**
 * The lines on which a function does something: without blank lines, comments, closing brackets, its parameters, the
 * bodies of functions in it, data, markup, and the alternatives of a switch that are over at once.
 */
export function logicLines(fn: SyntaxNode, file: SourceFile): number {
  return linesWithout('logic', fn, file, APART, it => {
    switch (it.kind) {
      case 'ExpressionStatement':
        return isDocstring(it) ? it : undefined
      case 'Function':
        return it.row === fn.row ? undefined : it.child('body')
      case 'Case':
      case 'DefaultCase':
        return isShortCase(it) ? it : undefined
      default:
        return it
    }
  })
}

/** What stands in a file without being code that somebody has to follow. */
const ASIDE: readonly Kind[] = [
  'Comment',
  'ExpressionStatement',
  'List',
  'Dictionary',
  'Set',
  'String',
  'Template',
  'Concatenation',
  'Namespace',
  'Interface',
  'TypeAlias',
  'Signature',
  'JsxElement',
]

/** The lines of a file that hold code: not blank, no comment, no data, no markup, no types, and not the tests that Rust keeps in the same file. */
export function codeLines(module: SyntaxNode, file: SourceFile): number {
  return linesWithout('code', module, file, ASIDE, it => {
    switch (it.kind) {
      case 'ExpressionStatement':
        return isDocstring(it) ? it : undefined
      case 'Namespace':
        return isTestName(it) ? it.child('body') : undefined
      case 'List':
      case 'Dictionary':
      case 'Set':
        // A module may be written as one object full of functions.
        return it.has('Function') ? undefined : it
      default:
        return it
    }
  })
}

/** `case 1: return 'one'`: a row of a table rather than a step. */
function isShortCase(it: SyntaxNode): boolean {
  return !hasLineBreaks(it, 4) && !it.has('If', 'Switch', 'Try', 'Function', ...LOOPS)
}

function isDocstring(statement: SyntaxNode): boolean {
  return statement.type === 'expression_statement' && /^[rRuU]?("""|''')/.test(statement.text)
}

/** Whether a node has this many line breaks, and so perhaps this many lines of code. */
export function hasLineBreaks(node: SyntaxNode, wanted: number): boolean {
  const { text } = node
  let at = -1
  for (let count = 0; count < wanted; count++) {
    at = text.indexOf('\n', at + 1)
    if (at === -1) return false
  }
  return true
}

/** Rust keeps a file's tests in a module of the same file. */
export function isRustTest(node: SyntaxNode): boolean {
  if (node.tree.grammar !== 'rust') return false
  const namespace = node.closest('Namespace')
  return namespace !== undefined && isTestName(namespace)
}

function isTestName(namespace: SyntaxNode): boolean {
  return /^(tests?|.*_tests?)$/.test(namespace.child('name')?.name ?? '')
}
