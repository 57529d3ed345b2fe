/** A `reduce` that makes a new array or object for each element. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { replace } from '../edit.ts'
import { fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { copied, elementAdded, type IsAll, isAside } from '../support/copying.ts'

export default defineRule({
  id: 'performance/spread-in-reduce',
  severity: 'hint',
  languages: ['typescript', 'javascript'],
  cwe: [407],
  concept: 'work-in-loops',
  impact: { likelihood: 'low', cost: 'hours' },
  // Most arrays that are reduced like this in real projects have a handful of elements.
  enabled: false,
  callees: ['reduce'],

  check: {
    Call: copiedInReduce,
  },

  explain: {
    en: ({ name }) => ({
      message: `Each element copies all of \`${name}\` to add something to it`,
      why: 'What is there already is copied again for each element that follows: twice as many elements take four times as long.',
      remedy: 'Add to the array or object that `reduce` started with, or write a loop.',
      fix: 'Add to it instead of copying it',
    }),
    es: ({ name }) => ({
      message: `Cada elemento copia \`${name}\` por completo para añadirle algo`,
      why: 'Lo que ya está se copia otra vez por cada elemento que llega después: el doble de elementos tarda cuatro veces más.',
      remedy: 'Añade al array u objeto con el que empezó `reduce`, o escribe un bucle.',
      fix: 'Añadirle en lugar de copiarlo',
    }),
  },

  examples: {
    invalid: [
      fixes(
        js`const a = b.reduce((all, c) => «({ ...all, [c.key]: c.value })», {})`,
        js`const a = b.reduce((all, c) => { all[c.key] = c.value; return all }, {})`,
      ),
      fixes(
        ts`const a = b.reduce<string[]>((all, c) => «[...all, c.name]», [])`,
        ts`const a = b.reduce<string[]>((all, c) => { all.push(c.name); return all }, [])`,
      ),
      js`
        const a = b.reduce((all, c) => {
          if (!c) return all
          return «{ ...all, [c.key]: c.value }»
        }, {})
      `,
      js`const a = b.reduce((all, c) => «all.concat({ name: c })», [])`,
      js`const a = b.reduce((all, c) => «Object.assign({}, all, { [c.key]: c })», {})`,
    ],
    valid: [
      ts`const a = b.reduce<string[]>((all, c) => { all.push(c.name); return all }, [])`,
      js`const a = b.reduce((all, c) => all + c.length, 0)`,
      js`const a = ['x', 'y'].reduce((all, c) => ({ ...all, [c]: 1 }), {})`,
      js`const a = b.reduce((text, c) => text.concat(c), '')`,
      js`const a = b.reduce((all, c) => ({ ...c, total: all.total + 1 }), {})`,
      // Whole lists are put together: what counts is how many lists there are, and that is rarely many.
      js`const a = b.reduce((all, c) => all.concat(c.list), [])`,
      js`const a = b.reduce((all, c) => [...all, ...c], [])`,
      // Of constant size.
      js`const a = b.reduce((all, c) => ({ ...all, count: all.count + 1 }), { count: 0 })`,
      js`const a = b.reduce((all, c) => ({ ...all, last: c, sum: all.sum + c }), {})`,
      // A reducer of a store.
      js`const reduce = (state, action) => ({ ...state, [action.key]: action.value })`,
    ],
  },
})

function* copiedInReduce(node: SyntaxNode, file: SourceFile) {
  const [fn, start] = node.children('argument')
  if (fn?.kind !== 'Function' || !start) return
  const over = receiver(node)
  const list = over && file.value(over)
  if (list?.kind === 'List' && !list.has('Spread')) return
  const name = accumulator(fn)
  const binding = name && file.binding(name)
  if (!name || !binding || isAside(node, file)) return
  const isAll: IsAll = it => it?.kind === 'Name' && file.binding(it)?.same(binding) === true
  for (const it of resultsOf(fn)) {
    const value = it.unwrapped
    if (!copied(file, value, isAll) || fn.has('Await')) continue
    if (calleeName(value) === 'concat' && !isListStart(start)) continue
    yield {
      at: it,
      data: { name: name.name },
      fix: { safety: 'unsafe' as const, edits: () => addedInReduce(fn, it, start, name.name, value) },
    }
  }
}

function isListStart(start: SyntaxNode): boolean {
  const value = start.kind === 'Cast' ? start.child('value') : start
  return value?.kind === 'List'
}

function accumulator(fn: SyntaxNode): SyntaxNode | undefined {
  const first = fn.child('parameters')?.children('parameter')[0]
  return first?.kind === 'Parameter' ? first.child('target') : first
}

/** What the function gives back: its expression, or what stands behind each `return`. */
function resultsOf(fn: SyntaxNode): SyntaxNode[] {
  const body = fn.child('body')
  if (!body) return []
  if (body.kind !== 'Block') return [body]
  return [...body.ownDescendants('Return')].flatMap(it => it.child('value') ?? [])
}

function addedInReduce(
  fn: SyntaxNode,
  result: SyntaxNode,
  start: SyntaxNode,
  name: string,
  value: SyntaxNode,
): TextEdit[] {
  // Only what was made for this call may be changed.
  if (fn.child('body')?.row !== result.row || !start.is('List', 'Dictionary')) return []
  const added = elementAdded(name, value)
  return added ? [replace(result, `{ ${added}; return ${name} }`)] : []
}
