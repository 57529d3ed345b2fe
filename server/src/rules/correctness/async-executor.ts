/** The function given to `new Promise` is async: an error in it reaches nobody, and the promise stays open for ever. */

import type { SyntaxNode } from '../../syntax/node.ts'
import { js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isAsync } from '../support/async.ts'

export default defineRule({
  id: 'correctness/async-executor',
  severity: 'warning',
  languages: ['typescript', 'javascript'],
  cwe: [248],
  concept: 'waiting-for-results',
  impact: { likelihood: 'medium', cost: 'days' },
  callees: ['Promise'],

  check: {
    *New(node, file) {
      const callee = node.child('callee')
      const executor = node.children('argument')[0]
      if (callee?.kind !== 'Name' || !file.isFree(callee)) return
      if (executor?.kind !== 'Function' || !isAsync(executor) || isAllCaught(executor)) return
      const keyword = executor.children().find(it => it.kind === 'Keyword' && it.text === 'async')
      yield { at: keyword ?? executor, data: {} }
    },
  },

  explain: {
    en: () => ({
      message: 'An error in this async function never rejects the promise',
      why: '`new Promise` looks at nothing that its function gives back. When an `await` in it fails, neither `resolve` nor `reject` is called, and whoever waits for the promise waits for ever.',
      remedy:
        'Await before you make the promise, so that its function need not be async; or catch everything in it and call `reject`.',
    }),
    es: () => ({
      message: 'Un error en esta función asíncrona nunca rechaza la promesa',
      why: '`new Promise` no mira lo que devuelve su función. Si falla un `await` dentro de ella, no se llama ni a `resolve` ni a `reject`, y quien espera la promesa espera para siempre.',
      remedy:
        'Haz los `await` antes de crear la promesa, para que su función no tenga que ser asíncrona; o captura todo dentro y llama a `reject`.',
    }),
  },

  examples: {
    invalid: [
      js`
        const user = new Promise(«async» (resolve, reject) => {
          const answer = await fetch('/user')
          resolve(await answer.json())
        })
      `,
      js`return new Promise(«async» resolve => resolve(await load()))`,
      ts`
        const ready = new Promise<void>(«async» (resolve) => {
          try { await first(); resolve() } catch (error) { await report(error) }
        })
      `,
      ts`
        const ready = new Promise<void>(«async» function (resolve) {
          try { await first() } catch {}
          await second()
          resolve()
        })
      `,
      ts`const user = new Promise<User>(«async» (resolve) => { resolve(await load()) })`,
    ],
    valid: [
      ts`const ready = new Promise<void>(resolve => { socket.once('open', resolve) })`,
      js`
        const user = new Promise((resolve, reject) => {
          request.on('end', resolve)
          request.on('error', reject)
        })
      `,
      js`
        const user = new Promise(async (resolve, reject) => {
          try {
            resolve(await load())
          } catch (error) {
            reject(error)
          }
        })
      `,
      js`
        const user = new Promise(async (resolve, reject) => {
          try {
            query(resolve)
          } catch (error) {
            reject(error)
          } finally {
            await pool.release()
          }
        })
      `,
      js`new Promise(async resolve => { setTimeout(resolve, 10) })`,
      ts`const later = new Queue(async (resolve) => { await load(); resolve() })`,
    ],
  },
})

/** Nothing in it waits outside of a `try` that deals with errors; what is cleaned up behind that comes after the answer. */
function isAllCaught(executor: SyntaxNode): boolean {
  for (const it of executor.ownDescendants('Await')) if (!isCaught(it, executor)) return false
  return true
}

function isCaught(wait: SyntaxNode, executor: SyntaxNode): boolean {
  let child = wait
  for (const it of wait.ancestors()) {
    if (it.row === executor.row) return false
    if (it.kind === 'Try' && child.role !== 'handler' && it.child('handler')) return true
    child = it
  }
  return false
}
