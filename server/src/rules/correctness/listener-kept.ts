/** A listener is taken away by the very function that was added; a new one that looks the same takes nothing away. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/listener-kept',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [401],
  concept: 'closures',
  impact: { likelihood: 'high', cost: 'days' },
  callees: ['removeEventListener', 'removeListener', 'off'],

  check: {
    *Call(node, file) {
      const [event, listener] = node.children('argument')
      if (!receiver(node) || !event?.is('String', 'Template', 'Member', 'Name') || !listener) return
      // Other libraries take a listener off by its event alone, or call `off` something else.
      if (calleeName(node) === 'off' && event.kind !== 'String') return
      if (!isNew(listener) || (file.isTest && !isLikeAdded(node, listener, file))) return
      yield { at: listener, data: { listener: excerpt(listener), event: event.text } }
    },
  },

  explain: {
    en: ({ listener, event }) => ({
      message: `\`${listener}\` is a new function, so no listener of ${event} is removed`,
      why: 'Functions are the same only if they are one and the same object. The listener that was added stays, keeps what it refers to in memory, and is called again and again.',
      remedy: 'Keep the function in a variable, and add and remove that one.',
    }),
    es: ({ listener, event }) => ({
      message: `\`${listener}\` es una función nueva, así que no se quita ningún oyente de ${event}`,
      why: 'Dos funciones solo son iguales si son el mismo objeto. El oyente que se añadió se queda, mantiene en memoria lo que usa y se sigue llamando.',
      remedy: 'Guarda la función en una variable, y añade y quita esa.',
    }),
  },

  examples: {
    invalid: [
      js`window.removeEventListener('resize', «() => draw()»)`,
      js`socket.off('message', «this.show.bind(this)»)`,
      ts`element.removeEventListener('click', «this.open.bind(this)», true)`,
      ts`process.removeListener('exit', «function () { close() }»)`,
      at('test/socket.test.js', js`socket.on('open', () => next()); socket.off('open', «() => next()»)`),
    ],
    valid: [
      js`window.removeEventListener('resize', draw)`,
      js`socket.off('message'); lights.off(() => done())`,
      ts`element.removeEventListener('click', this.open)`,
      ts`element.addEventListener('click', () => open())`,
      // A test of what happens when there is nothing to remove.
      at('test/socket.test.js', js`socket.on('open', next); socket.off('open', () => {})`),
    ],
  },
})

function isNew(listener: SyntaxNode): boolean {
  if (listener.kind === 'Function') return true
  return listener.kind === 'Call' && calleeName(listener) === 'bind' && receiver(listener) !== undefined
}

/** Somewhere in the file, a function that looks the same was added for the same event. */
function isLikeAdded(removal: SyntaxNode, listener: SyntaxNode, file: SourceFile): boolean {
  const event = removal.children('argument')[0]!
  for (const it of file.root.descendants('Call')) {
    if (!ADDS.test(calleeName(it))) continue
    const [of, added] = it.children('argument')
    if (of?.same(event) && added?.same(listener)) return true
  }
  return false
}

const ADDS = /^(addEventListener|addListener|prependListener|on|once)$/
