// What runs more than once.

import { calleeName, receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

export const LOOPS = ['For', 'ForEach', 'While', 'DoWhile', 'Loop'] as const satisfies readonly Kind[]

/**
 * The nearest loop whose body (or condition) runs this node each time round, without leaving the function. The iterable
 * of a for-each and the initializer of a for run once.
 */
export function loopAround(node: SyntaxNode): SyntaxNode | undefined {
  let child = node
  for (const it of node.ancestors()) {
    if (it.is('Function', 'Class', 'Module')) return undefined
    if (
      it.is(...LOOPS) &&
      child.role !== 'iterable' &&
      child.role !== 'initializer' &&
      child.role !== 'alternative'
    )
      return it
    if (it.kind === 'Comprehension' && !isFirstIterable(child)) return it
    child = it
  }
  return undefined
}

function isFirstIterable(clause: SyntaxNode): boolean {
  return (
    clause.kind === 'ComprehensionFor' &&
    clause.previous?.kind !== 'ComprehensionFor' &&
    clause.previous?.kind !== 'ComprehensionIf'
  )
}

/** Methods of arrays that call a function once for each element. */
const EACH: ReadonlySet<string> = new Set(
  'map forEach filter flatMap some every find findIndex findLast reduce reduceRight'.split(' '),
)
/** The same for Rust's iterators; many of these names belong to `Option` and `Result` too. */
const EACH_OF_ITERATOR: ReadonlySet<string> = new Set(
  'map for_each filter filter_map flat_map any all fold find position take_while skip_while'.split(' '),
)
const ITERATES = /\.(iter|into_iter|iter_mut|lines|chars|bytes|split\w*|keys|values|drain|windows|chunks)\(/

/** What runs this node once for each element: a loop, or a function that is passed to `map`, `forEach`, …. */
export function repetitionAround(node: SyntaxNode): SyntaxNode | undefined {
  const loop = loopAround(node)
  if (loop) return loop
  const fn = node.function
  return fn && isCalledForEach(fn) ? fn : undefined
}

function isCalledForEach(fn: SyntaxNode): boolean {
  const call = fn.parent
  if (fn.role !== 'argument' || call?.kind !== 'Call') return false
  const name = calleeName(call)
  if (fn.tree.grammar === 'rust')
    return EACH_OF_ITERATOR.has(name) && ITERATES.test(call.child('callee')?.text ?? '')
  return fn.tree.grammar !== 'python' && EACH.has(name)
}

/** The node says something else in each round: a name in it is given a value by the loop or within it. */
export function variesIn(file: SourceFile, node: SyntaxNode, loop: SyntaxNode): boolean {
  if (node.kind === 'Name') return isWrittenIn(file, node, loop)
  for (const name of node.descendants('Name')) if (isWrittenIn(file, name, loop)) return true
  return false
}

function isWrittenIn(file: SourceFile, name: SyntaxNode, loop: SyntaxNode): boolean {
  const binding = file.binding(name)
  if (!binding) return false
  if (loop.contains(binding.declaration)) return true
  for (const write of binding.writes()) if (loop.contains(write)) return true
  return false
}

/** Once this node has run, the loop is left: a block around it ends with `return`, `throw` or `break`. */
export function leavesLoop(node: SyntaxNode, loop: SyntaxNode): boolean {
  for (const it of node.ancestors()) {
    if (it.row === loop.row) return false
    if (it.is('Return', 'Throw')) return true
    if (it.is('Block', 'Case', 'DefaultCase')) {
      const last = it.children('statement').at(-1)
      const inner = last?.kind === 'ExpressionStatement' ? last.child('value') : last
      if (inner?.is('Return', 'Throw') || (inner?.kind === 'Break' && it.kind === 'Block')) return true
    }
  }
  return false
}

/** The loop goes over a few things that are written out: `for kind in ('a', 'b')`, `range(3)`. */
export function isShort(file: SourceFile, loop: SyntaxNode): boolean {
  if (loop.kind === 'For') return countsToFew(file, loop.child('condition'))
  const over = loop.child('iterable') ?? loop.child('clause')?.child('iterable')
  return over !== undefined && isFew(file, over)
}

/** A few things that are written out somewhere. */
function isFew(file: SourceFile, over: SyntaxNode): boolean {
  const it = file.value(over).unwrapped
  if (it.is('List', 'Tuple', 'Set')) return it.children().length <= MANY && !it.has('Spread')
  if (it.kind === 'Dictionary') return it.children('element').length <= MANY && !it.has('Spread')
  if (it.kind === 'Range') return isSmall(file, it.child('right'))
  // `for kind in Kind`: of all classes, only enumerations can be gone through.
  if (it.kind === 'Name') return file.language === 'python' && /^[A-Z][a-z]\w*$/.test(it.name)
  if (it.kind !== 'Call') return false
  const name = calleeName(it)
  const parts = it.children('argument')
  const of = receiver(it)
  if (name === 'range') {
    // With a step, what it counts to is the one before the last.
    const stop = parts[parts.length === 1 ? 0 : 1]
    return isSmall(file, stop) && (parts.length < 2 || isSmall(file, parts[0]))
  }
  if (AS_MANY.has(name) && parts[0] && (!of || of.text === 'Object' || of.text === 'Array'))
    return isFew(file, parts[0])
  return AS_MANY_OF.has(name) && of !== undefined && parts.length === 0 && isFew(file, of)
}

/** Functions and methods that go through what they are given, or what they belong to. */
const AS_MANY: ReadonlySet<string> = new Set(
  'enumerate reversed sorted list tuple keys values entries from'.split(' '),
)
const AS_MANY_OF: ReadonlySet<string> = new Set(
  'items keys values entries iter into_iter iter_mut enumerate'.split(' '),
)

function isSmall(file: SourceFile, node: SyntaxNode | undefined): boolean {
  const count = node && file.constant(node)
  return count?.kind === 'number' && Math.abs(count.value) <= MANY
}

/** `i < 4` */
function countsToFew(file: SourceFile, condition: SyntaxNode | undefined): boolean {
  return (
    condition?.kind === 'Comparison' &&
    /^<=?$/.test(condition.operator) &&
    isSmall(file, condition.child('right'))
  )
}

const MANY = 16
