// Functions as a reader sees them: what they are called, how long they are, what they are there for.

import type { SyntaxNode } from '../../syntax/tree.ts'
import { calleeName } from './calls.ts'

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

/** Lines that hold code: not blank, not only a comment or a docstring. */
export function codeLines(node: SyntaxNode): number {
  const { text, start } = node
  let code = ''
  let from = 0
  for (const it of node.descendants('Comment', 'ExpressionStatement')) {
    if (it.kind === 'ExpressionStatement' && !isDocstring(it)) continue
    code += text.slice(from, it.start - start)
    from = it.end - start
    // A Rust line comment ends behind its newline.
    if (text[from - 1] === '\n') from--
    code += ' '
  }
  code += text.slice(from)
  let lines = 0
  for (const line of code.split('\n')) if (line.trim() !== '') lines++
  return lines
}

function isDocstring(statement: SyntaxNode): boolean {
  return statement.type === 'expression_statement' && /^[rRuU]?("""|''')/.test(statement.text)
}

/** The number of line breaks in a node, which is a cheap upper bound for its lines of code. */
export function lineBreaks(node: SyntaxNode): number {
  const { text } = node
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** Rust keeps a file's tests in a module of the same file. */
export function isRustTest(node: SyntaxNode): boolean {
  if (node.tree.grammar !== 'rust') return false
  return /^(tests?|.*_tests?)$/.test(node.closest('Namespace')?.child('name')?.name ?? '')
}
