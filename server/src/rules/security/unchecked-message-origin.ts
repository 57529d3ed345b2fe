/** Any page can send this one a message: who does not ask from where it comes takes it from everybody. */

import { argument, calleeName } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/unchecked-message-origin',
  severity: 'info',
  languages: ['typescript', 'javascript'],
  cwe: [346, 940],
  concept: 'untrusted-data',
  impact: { likelihood: 'low', cost: 'days' },
  callees: ['addEventListener'],

  check: {
    *Call(node, file) {
      const [type, handler] = node.children('argument')
      // A page of an editor's own: only the editor speaks to it.
      if (file.isTest || !type || !handler || !/^['"]message['"]$/.test(type.text) || !isWindow(file, node))
        return
      const fn = handlerOf(file, handler)
      if (!fn || !readsData(fn) || asksWho(fn) || /\bacquireVsCodeApi\b/.test(file.root.text)) return
      yield { at: type, data: {} }
    },
  },

  explain: {
    en: () => ({
      message: 'What comes as a message is used without a look at where it comes from',
      why: 'Every page that opens this one, or that this one shows in a frame, can send it messages, and they all look alike.',
      remedy:
        'Compare `event.origin` with the pages that may speak, or `event.source` with the window that was asked.',
    }),
    es: () => ({
      message: 'lo que llega como mensaje se usa sin mirar de dónde viene',
      why: 'Cualquier página que abra esta, o que esta muestre en un marco, puede enviarle mensajes, y todos parecen iguales.',
      remedy:
        'Compara `event.origin` con las páginas que pueden hablar, o `event.source` con la ventana a la que se preguntó.',
    }),
  },

  examples: {
    invalid: [
      js`window.addEventListener(«'message'», event => { login(event.data.token) })`,
      ts`
        function onMessage(event: MessageEvent) { setUser(event.data.user) }
        window.addEventListener(«'message'», onMessage)
      `,
    ],
    valid: [
      js`window.addEventListener('message', event => { if (event.origin === HOME) login(event.data.token) })`,
      js`window.addEventListener('message', event => { if (event.data.type === 'closed') popup.close() })`,
      js`const editor = acquireVsCodeApi(); window.addEventListener('message', event => show(event.data))`,
      js`worker.addEventListener('message', event => show(event.data))`,
      js`window.addEventListener('message', event => { if (event.source !== frame.contentWindow) return; show(event.data) })`,
      ts`window.addEventListener('message', () => refresh()); self.addEventListener('message', (event) => reply(event.data))`,
    ],
  },
})

function isWindow(file: SourceFile, call: SyntaxNode): boolean {
  const callee = call.child('callee')
  const target = callee?.kind === 'Member' ? callee.child('object') : undefined
  return target?.name === 'window' && file.isFree(target) && calleeName(call) === 'addEventListener'
}

function handlerOf(file: SourceFile, node: SyntaxNode): SyntaxNode | undefined {
  if (node.kind === 'Function') return node
  const binding = node.kind === 'Name' ? file.binding(node) : undefined
  const declared = binding?.declaration.parent
  if (declared?.kind === 'Function') return declared
  const value = binding?.onlyValue?.unwrapped
  if (value?.kind === 'Function') return value
  const wrapped = value?.kind === 'Call' ? argument(value, 0) : undefined
  return wrapped?.kind === 'Function' ? wrapped : undefined
}

/** What is only compared can do no more than make something happen that anybody may ask for. */
function readsData(fn: SyntaxNode): boolean {
  for (const it of fn.descendants('PropertyName', 'Name')) {
    if (it.name !== 'data') continue
    let whole = it.parent
    while (whole?.parent?.kind === 'Member' && whole.role === 'object') whole = whole.parent
    if (whole?.kind !== 'Member' || whole.parent?.kind !== 'Comparison') return true
  }
  return false
}

/** Any question about the sender counts, and so does a helper that is handed the whole event. */
function asksWho(fn: SyntaxNode): boolean {
  for (const it of fn.descendants('PropertyName', 'Name'))
    if (/origin|^source$|isTrusted/i.test(it.name)) return true
  return /\b\w*(origin|trusted|valid|verify|check)\w*\(/i.test(fn.text)
}
