// Which methods one function for all of them answers, by how it compares `req.method`.

import { calleeName, keyText, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Method } from '../../rows/routes.ts'

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])
const ANY: readonly Method[] = ['*']

/** `*` where it is not told, or where something is answered whatever the method. */
export function methodsAnswered(file: SourceFile, handler: SyntaxNode): readonly Method[] {
  const listed = listedMethods(file, handler)
  if (listed.length > 0) return listed
  const found = new Set<Method>()
  for (const name of file.root.named('method', 'any')) {
    // `const { method } = req` is read by its own name.
    const read = name.role === 'property' ? name.parent : name.kind === 'Name' ? name : undefined
    const told = read ? methodsTold(read) : []
    if (told === undefined) return ANY
    for (const it of told) found.add(it)
  }
  return found.size > 0 ? [...found] : ANY
}

/** `createHandler({ GET: list, POST: create })`, `assertMethod(event, ['POST'])`, next-connect's `router.get(list)`. */
function listedMethods(file: SourceFile, handler: SyntaxNode): Method[] {
  const [given] = handler.kind === 'Call' ? positional(handler) : []
  const methods =
    given?.kind === 'Dictionary'
      ? given.children('element').map(it => keyText(it.child('key') ?? it.child('name') ?? it))
      : []
  if (methods.length > 0 && methods.every(it => METHODS.has(it))) return methods
  for (const name of file.root.named('assertMethod')) {
    const wanted = name.role === 'callee' && name.parent ? positional(name.parent)[1] : undefined
    const value = wanted && file.value(wanted)
    const all = value?.kind === 'List' ? value.children('element') : value ? [value] : []
    const words = all.flatMap(it => methodAt(it) ?? [])
    if (words.length > 0) return words
  }
  return chained(file, handler)
}

function chained(file: SourceFile, handler: SyntaxNode): Method[] {
  if (!/['"]next-connect['"]/.test(file.tree.text)) return []
  const found = new Set<Method>()
  for (const method of METHODS) {
    for (const name of file.root.named(method.toLowerCase(), 'any')) {
      const call = name.role === 'property' && name.parent?.role === 'callee' ? name.parent.parent : undefined
      if (call && positional(call)[0]?.is('Function', 'Name', 'Member')) found.add(method)
    }
  }
  return handler.kind === 'Name' || calleeName(handler) === 'handler' ? [...found] : []
}

/** What a place that reads `req.method` says; undefined when others may be answered too. */
function methodsTold(read: SyntaxNode): Method[] | undefined {
  const { parent, role } = read
  if (parent?.kind === 'Comparison') return comparedMethods(parent)
  if (parent?.kind === 'Switch' && role === 'subject') return switchedMethods(parent)
  // It is printed, or sent elsewhere: nothing is said.
  return parent?.kind === 'Index' ? undefined : []
}

function comparedMethods(comparison: SyntaxNode): Method[] | undefined {
  const method = [comparison.child('left'), comparison.child('right')]
    .map(it => methodAt(it))
    .find(it => it !== undefined)
  if (!method) return undefined
  if (/^!==?$/.test(comparison.operator)) return [method]
  const around = comparison.closest('If', 'Conditional', 'Declarator', 'Function')
  if (around?.kind === 'Conditional') return undefined
  const isCondition = around?.kind === 'If' && around.child('condition')?.contains(comparison)
  return !isCondition || endsThere(around) ? [method] : undefined
}

/** Whatever has another method is refused, or answered by nobody. */
function endsThere(condition: SyntaxNode): boolean {
  let last = condition
  for (let rest = otherwise(last); rest; rest = otherwise(last)) {
    if (rest.kind !== 'If') return refuses(rest)
    last = rest
  }
  let outermost = condition
  while (outermost.parent?.is('If', 'ElseIf', 'Other') && outermost.role !== 'consequence')
    outermost = outermost.parent
  const behind: SyntaxNode[] = []
  for (let next = outermost.next; next; next = next.next) behind.push(next)
  const lastTold = behind.findLastIndex(
    it => it.kind === 'If' && /\bmethod\b/.test(it.child('condition')?.text ?? ''),
  )
  const rest = behind.slice(lastTold + 1)
  return rest.length === 0 || rest.some(refuses)
}

/** What an `if` does else, without the words around it. */
function otherwise(condition: SyntaxNode): SyntaxNode | undefined {
  let it = condition.child('alternative')
  while (it && !it.is('If', 'Block') && it.children().length === 1) it = it.firstChild
  return it
}

function refuses(node: SyntaxNode): boolean {
  return /\b(?:405|404|400|501)\b|not[ _]?(?:allowed|supported|found)|Method_?Not|throw\b|invalid/i.test(
    node.text,
  )
}

function switchedMethods(node: SyntaxNode): Method[] | undefined {
  const methods: Method[] = []
  for (const it of node.children('case')) {
    if (it.kind === 'DefaultCase') {
      if (!refuses(it)) return undefined
      continue
    }
    const method = methodAt(it.child('pattern'))
    if (!method) return undefined
    methods.push(method)
  }
  return methods
}

function methodAt(node: SyntaxNode | undefined): Method | undefined {
  if (node?.kind !== 'String') return undefined
  const word = node.text.slice(1, -1).toUpperCase()
  return METHODS.has(word) ? word : undefined
}
