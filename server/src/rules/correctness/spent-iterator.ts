/** An iterator can be gone through once; the second time there is nothing left in it. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

const PYTHON_MAKERS = /^(map|filter|zip|enumerate|reversed|iter)$/
const PYTHON_TAKERS = /^(list|tuple|set|sorted|sum|max|min|dict|frozenset|len|Counter)$/
const SCRIPT_TAKERS = /^(Array\.from|Object\.fromEntries)$/

export default defineRule({
  id: 'correctness/spent-iterator',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [672],
  concept: 'iteration',
  impact: { likelihood: 'high', cost: 'days' },

  check: {
    Assignment(node, file) {
      return file.language === 'python' ? spent(node, file) : undefined
    },
    Declarator(node, file) {
      return file.language === 'python' || file.language === 'rust' ? undefined : spent(node, file)
    },
  },

  explain: {
    en: ({ name, maker }) => ({
      message: `\`${name}\` was gone through already, and has nothing left`,
      why: `\`${maker}\` gives what it has one by one and keeps none of it. Going through it again gives nothing, without an error.`,
      remedy: 'Make a list of it first, and use that both times.',
      places: ['It is made here', 'It is gone through here for the first time'],
    }),
    es: ({ name, maker }) => ({
      message: `\`${name}\` ya se recorrió, y no le queda nada`,
      why: `\`${maker}\` da lo que tiene de uno en uno y no guarda nada. Recorrerlo otra vez no da nada, sin ningún error.`,
      remedy: 'Haz antes una lista con él y úsala las dos veces.',
      places: ['Se crea aquí', 'Se recorre aquí por primera vez'],
    }),
  },

  examples: {
    invalid: [
      py`
        def f(rows):
            names = map(str.strip, rows)
            print(len(list(names)))
            for name in «names»: show(name)
      `,
      py`
        def f(rows):
            sizes = (row.size for row in rows)
            return sum(sizes) / max(«sizes»)
      `,
      js`function f(map) { const all = map.values(); for (const it of all) show(it); return [...«all»] }`,
      js`function f(set) { const it = set.entries(); const list = Array.from(it); for (const x of «it») show(x, list) }`,
      ts`function f(text: string) { const hits = text.matchAll(/a/g); const n = [...hits].length; for (const hit of «hits») show(hit, n) }`,
      ts`function f(m: Map<string, Row>) { const keys = m.keys(); const all = Array.from(keys); return new Set([...«keys», ...all]) }`,
    ],
    valid: [
      py`
        def f(rows):
            names = list(map(str.strip, rows))
            print(len(names))
            for name in names: show(name)
      `,
      py`
        def f(rows):
            names = iter(rows)
            head = next(names)
            for name in names: show(name)
      `,
      py`
        def f(rows, fast):
            sizes = map(len, rows)
            if fast: return sum(sizes)
            return max(sizes)
      `,
      py`
        def f(rows):
            names = map(str, rows)
            for name in names:
                if name: break
            for name in names: show(name)
      `,
      js`function f(map) { const all = [...map.values()]; for (const it of all) show(it); return [...all] }`,
      js`function f(object) { const all = Object.values(object); for (const it of all) show(it); return [...all] }`,
      ts`function f(map: Map<string, Row>) { const all = map.values(); return map.size ? [...all] : Array.from(all) }`,
      ts`function f(list: Query) { const all = list.values(); all.next(); for (const it of all) show(it) }`,
    ],
  },
})

function* spent(node: SyntaxNode, file: SourceFile) {
  const value = node.child('value')?.unwrapped
  if (!value?.is('Call', 'Comprehension') || !isIterator(value, file)) return
  const target = node.child('target')
  const home = node.function
  if (target?.kind !== 'Name' || !home) return
  const binding = file.binding(target)
  if (binding?.writeCount !== 1) return
  const reads = [...binding.reads()]
  const [first, second] = reads
  // Everything that is done with it is understood: it is gone through, all of it.
  if (!first || !second || reads.some(it => it.function?.row !== home.row)) return
  if (!isGoneThrough(first, file) || !isGoneThrough(second, file)) return
  if (!surelyFollows(first, second)) return
  yield {
    at: second,
    data: { name: target.name, maker: excerpt(value) },
    related: [value, first],
  }
}

function isIterator(value: SyntaxNode, file: SourceFile): boolean {
  if (file.language === 'python') {
    if (value.type === 'generator_expression') return true
    const callee = value.kind === 'Call' ? value.child('callee') : undefined
    return callee?.kind === 'Name' && PYTHON_MAKERS.test(callee.name) && file.isFree(callee)
  }
  const object = value.kind === 'Call' ? receiver(value) : undefined
  if (!object) return false
  const name = calleeName(value)
  const count = value.children('argument').length
  if (name === 'matchAll') return count === 1
  if (!/^(values|keys|entries)$/.test(name) || count > 0) return false
  return isMapOrSet(object, file)
}

/** Other things have methods of these names, which give lists. */
function isMapOrSet(object: SyntaxNode, file: SourceFile): boolean {
  const it = file.value(object)
  if (it.kind === 'New') return /^(Map|Set)$/.test((it.child('callee')?.text ?? '').replace(/<.*/s, ''))
  const declared = it.kind === 'Name' ? file.binding(it)?.declaration.parent?.child('type')?.text : undefined
  if (declared) return /^:\s*(Readonly)?(Map|Set)\b/.test(declared)
  return it.kind === 'Name' && /^(map|set)$|(Map|Set)$/.test(it.name)
}

function isGoneThrough(read: SyntaxNode, file: SourceFile): boolean {
  const { parent, role } = read
  if (!parent) return false
  switch (parent.kind) {
    case 'ForEach':
      return role === 'iterable' && !leavesEarly(parent)
    case 'ComprehensionFor':
      return role === 'iterable' && parent.parent?.type !== 'generator_expression'
    case 'Spread':
      return file.language !== 'python'
    case 'Call': {
      const callee = parent.child('callee')
      if (role !== 'argument' || !callee) return false
      if (file.language !== 'python') return SCRIPT_TAKERS.test(callee.text)
      return callee.kind === 'Name' && PYTHON_TAKERS.test(callee.name)
    }
    default:
      return false
  }
}

function leavesEarly(loop: SyntaxNode): boolean {
  for (const _ of loop.ownDescendants('Break', 'Return', 'Throw', 'Yield')) return true
  return false
}

/** Whenever the second runs, the first has run before: a block around the second holds it, with nothing to lead around. */
function surelyFollows(first: SyntaxNode, second: SyntaxNode): boolean {
  for (const it of first.ancestors()) {
    if (it.contains(second)) return it.is('Block', 'Binary', 'List', 'Call', 'Spread', 'Tuple')
    if (it.is('If', 'Conditional', 'Logical', 'Case', 'Switch', 'Try', 'While', 'Catch', 'ElseIf'))
      return false
  }
  return false
}
