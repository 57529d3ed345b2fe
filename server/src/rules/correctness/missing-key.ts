/** Elements made in a loop need a key: without one React cannot tell which is which when the list changes. */

import { receiver } from '../../semantics/calls.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { jsx, tsx } from '../example.ts'
import { defineRule } from '../rule.ts'
import { importsAny } from '../support/imports.ts'

export default defineRule({
  id: 'correctness/missing-key',
  severity: 'warning',
  languages: ['typescript', 'javascript'],
  cwe: [710],
  concept: 'iteration',
  impact: { likelihood: 'medium', cost: 'hours' },
  callees: ['map', 'flatMap'],

  check: {
    *Call(node, file) {
      const callback = node.children('argument')[0]
      if (!receiver(node) || callback?.kind !== 'Function') return
      const elements = [...given(callback)]
      if (elements.length === 0 || file.isTest) return
      // These tell elements apart by other means.
      if (
        importsAny(
          file,
          /['"](solid-js|hono|@kitajs|@builder\.io\/qwik|vue|lit|@stencil|astro|@react-email|@react-pdf)\b/,
        )
      )
        return
      for (const it of elements) {
        const tag = it.child('element')?.child('name') ?? it.child('name')
        // An empty fragment draws nothing, whatever it is taken for.
        if (!hasKey(it) && (tag || it.children('element').length > 1))
          yield { at: headOf(it), data: { tag: tag?.text ?? '' } }
      }
    },
  },

  explain: {
    en: ({ tag }) => ({
      message: tag === '' ? 'A fragment in a list has no `key`' : `\`<${tag}>\` in a list has no \`key\``,
      why: 'When elements are added, removed or put in another order, React compares them one by one. What was typed into one row then shows up in another, and more is drawn again than has changed.',
      remedy:
        tag === ''
          ? 'Write `<Fragment key={…}>`, with something that belongs to the element.'
          : 'Give it a `key` that belongs to the element, such as its identifier.',
    }),
    es: ({ tag }) => ({
      message:
        tag === ''
          ? 'A un fragmento de una lista le falta `key`'
          : `A \`<${tag}>\` le falta \`key\` dentro de una lista`,
      why: 'Cuando se añaden, se quitan o se reordenan elementos, React los compara uno a uno. Lo que se escribió en una fila aparece entonces en otra, y se redibuja más de lo que ha cambiado.',
      remedy:
        tag === ''
          ? 'Escribe `<Fragment key={…}>`, con algo propio del elemento.'
          : 'Dale una `key` propia del elemento, como su identificador.',
    }),
  },

  examples: {
    invalid: [
      jsx`const list = rows.map(row => «<li>»{row.name}</li>)`,
      jsx`const list = rows.map(function (row) { return «<Row row={row} />» })`,
      tsx`const list = rows.map(row => (row.ok ? «<Row row={row} />» : <Other key={row.id} />))`,
      tsx`const list = <ul>{rows.map((row: Row) => { if (row.old) return null; return «<>»<b /><i /></> })}</ul>`,
    ],
    valid: [
      jsx`const list = rows.map(row => <li key={row.id}>{row.name}</li>)`,
      jsx`const list = rows.map(row => <Row {...row} />)`,
      tsx`const list = rows.map(row => (row.old ? <></> : <Row key={row.id} />))`,
      tsx`const list = rows.map(row => <Fragment key={row.id}><b /></Fragment>)`,
      tsx`const list = rows.map(row => ({ cell: () => <b>{row.name}</b> })); const page = option.then(it => <b />)`,
      jsx`import { For } from 'solid-js'; const list = rows.map(row => <li>{row.name}</li>)`,
    ],
  },
})

/** The elements that a callback gives back. */
function* given(callback: SyntaxNode): Generator<SyntaxNode> {
  const body = callback.child('body')
  if (!body) return
  if (body.kind !== 'Block') {
    yield* elementsOf(body)
    return
  }
  for (const it of body.ownDescendants('Return')) {
    const value = it.child('value')
    if (value) yield* elementsOf(value)
  }
}

function* elementsOf(value: SyntaxNode): Generator<SyntaxNode> {
  const it = value.unwrapped
  if (it.kind === 'JsxElement') yield it
  const branches =
    it.kind === 'Conditional'
      ? [it.child('consequence'), it.child('alternative')]
      : it.kind === 'Logical'
        ? [it.child('right')]
        : []
  for (const branch of branches) if (branch) yield* elementsOf(branch)
}

/** The opening tag. */
function headOf(element: SyntaxNode): SyntaxNode {
  return element.type === 'jsx_self_closing_element' ? element : (element.child('element') ?? element)
}

/** What is spread may hold one. */
function hasKey(element: SyntaxNode): boolean {
  return headOf(element)
    .children('attribute')
    .some(it => it.kind === 'JsxExpression' || it.child('key')?.text === 'key')
}
