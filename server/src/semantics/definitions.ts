// Where the value of a variable comes from: what each place that writes it gives it, and which of those a read may see.

import type { SyntaxNode } from '../syntax/node.ts'
import type { Binding } from './source-file.ts'

/** What one write gives to a name. */
export type Definition =
  /** The value, or what lies in it at `path`: `['query', 'id']` for `const { query: { id } } = request`. */
  | { readonly kind: 'value'; readonly value: SyntaxNode | undefined; readonly path: readonly string[] }
  /** `text += value` */
  | { readonly kind: 'added'; readonly value: SyntaxNode; readonly path: readonly [] }
  | {
      readonly kind: 'parameter'
      readonly function: SyntaxNode
      readonly parameter: SyntaxNode
      readonly index: number
      readonly path: readonly string[]
    }

/** Stands in a path for an element or a property whose name is not known. */
export const ANY = '*'

/** Reads the pattern around the identifier at a write, up to what it takes apart. */
export function definitionOf(target: SyntaxNode): Definition | undefined {
  const path: string[] = []
  let it = target
  for (let steps = 0; steps < 12; steps++) {
    const { parent } = it
    if (!parent) return undefined
    switch (parent.kind) {
      case 'Assignment':
      case 'Declarator':
      case 'NamedExpression':
      case 'LetCondition':
      case 'AsPattern':
        if (it.role !== 'target') return undefined
        return { kind: 'value', value: parent.child('value'), path }
      case 'AugmentedAssignment': {
        const value = parent.child('value')
        return value && { kind: 'added', value, path: [] }
      }
      case 'ForEach':
      case 'ComprehensionFor':
        return { kind: 'value', value: parent.child('iterable'), path: [ANY, ...path] }
      case 'Case':
        return { kind: 'value', value: parent.parent?.child('subject'), path }
      case 'Parameters':
        return parameter(parent.parent, it, path)
      case 'Function':
        return it.role === 'parameter' ? parameter(parent, it, path) : undefined
      case 'ObjectPattern':
        if (it.is('Name', 'DefaultPattern')) path.unshift(patternName(it))
        break
      case 'Pair': {
        // Rust's `Point { x }` has no key; the name is the key.
        const key = parent.child('key')
        path.unshift(key ? keyName(key) : it.name)
        break
      }
      case 'ListPattern':
      case 'TuplePattern':
        path.unshift(String(parent.children('element').findIndex(element => element.row === it.row)))
        break
      case 'RestPattern':
        if (parent.role !== 'parameter' && parent.parent?.kind !== 'ObjectPattern') path.unshift(ANY)
        break
      case 'VariantPattern':
      case 'DefaultPattern':
      case 'Parameter':
      case 'Pattern':
      case 'OrPattern':
      case 'Parenthesized':
        break
      default:
        return undefined
    }
    it = parent
  }
  return undefined
}

function parameter(
  fn: SyntaxNode | undefined,
  node: SyntaxNode,
  path: readonly string[],
): Definition | undefined {
  if (!fn) return undefined
  const index = parametersOf(fn).findIndex(it => it.row === node.row)
  return index === -1 ? undefined : { kind: 'parameter', function: fn, parameter: node, index, path }
}

/** The parameters of a function, without the markers `*` and `/`, and without a method's own object. */
export function parametersOf(fn: SyntaxNode): SyntaxNode[] {
  const only = fn.child('parameter')
  if (only) return [only]
  const all = fn.child('parameters')?.children('parameter') ?? []
  const named = all.filter(it => !it.is('Operator', 'Other') && it.type !== 'keyword_separator')
  return named.filter((it, index) => index > 0 || !isSelf(fn, it))
}

function isSelf(fn: SyntaxNode, first: SyntaxNode): boolean {
  if (first.type === 'self_parameter') return true
  if (fn.tree.grammar === 'python') return first.name === 'self' || first.name === 'cls'
  return first.child('target')?.kind === 'This'
}

/** The name that a parameter has for its callers: `a` of `a: int = 1`; empty for a pattern. */
export function parameterName(parameter: SyntaxNode): string {
  return parameter.name || parameter.child('target')?.name || ''
}

/**
 * The writes that a read may see: of those before it in its function the last that surely ran, and all behind that;
 * and those that a loop around it brings back. All of them, when it is read in another function.
 */
export function writesBefore(binding: Binding, read: SyntaxNode): SyntaxNode[] {
  const all = [...binding.writes()].filter(it => givesValue(it))
  if (all.length <= 1) return all
  const home = read.function?.row
  if (all.some(it => homeOf(it) !== home)) return all
  const before = all.filter(it => it.row < read.row && !holder(it).contains(read))
  let from = 0
  for (let i = before.length - 1; i >= 0; i--) {
    if (holder(before[i]!).kind !== 'AugmentedAssignment' && surelyRan(before[i]!, read)) {
      from = i
      break
    }
  }
  const loop = read.closest('For', 'ForEach', 'While', 'DoWhile', 'Loop', 'Function')
  const again =
    loop && loop.kind !== 'Function'
      ? all.filter(it => it.row > read.row && loop.contains(it) && !holder(it).contains(read))
      : []
  return [...before.slice(from), ...again]
}

/** The function whose code a write belongs to; a parameter belongs to its own. */
function homeOf(write: SyntaxNode): number | undefined {
  const parameters = write.closest('Parameters', 'Function')
  return (parameters?.kind === 'Parameters' ? parameters.parent : parameters)?.row
}

/** `let x` alone gives nothing; Go's `var x bool` and Java's fields have a value from the beginning. */
function givesValue(write: SyntaxNode): boolean {
  const { parent } = write
  if (parent?.kind !== 'Declarator' || parent.child('value') !== undefined) return true
  return parent.tree.grammar === 'go' || (parent.tree.grammar === 'java' && parent.parent?.role === 'member')
}

/** What gives the value; for a parameter the parameter itself. */
function holder(write: SyntaxNode): SyntaxNode {
  for (const it of write.ancestors()) {
    if (it.is('Assignment', 'AugmentedAssignment', 'Declarator', 'NamedExpression', 'ForEach', 'With'))
      return it
    if (it.is('Parameters', 'Function', 'Block', 'Module')) return write
  }
  return write
}

/** The write is a statement of a block that the read lies in, too: nothing leads around it. */
function surelyRan(write: SyntaxNode, read: SyntaxNode): boolean {
  let it = holder(write)
  if (it.row === write.row || it.kind === 'With') return true
  if (it.kind === 'ForEach') return it.contains(read)
  for (let parent = it.parent; parent; parent = it.parent) {
    if (parent.is('Block', 'Module', 'Case', 'DefaultCase')) return parent.contains(read)
    if (parent.is('If', 'While', 'ForEach', 'For', 'Conditional', 'Logical', 'Function', 'Try')) return false
    it = parent
  }
  return false
}

function patternName(node: SyntaxNode): string {
  return node.kind === 'DefaultPattern' ? (node.child('target')?.name ?? '') : node.name
}

function keyName(key: SyntaxNode): string {
  if (key.kind === 'Index') return ANY
  return key.text.replace(/^(['"])(.*)\1$/s, '$2')
}
