/** Promises or coroutines in a list are not awaited by awaiting the list. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { insertAfter, insertBefore } from '../edit.ts'
import { fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isAsync } from '../support/async.ts'

const GATHERING = ['all', 'allSettled', 'any', 'race', 'gather']

export default defineRule({
  id: 'correctness/awaited-list',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [362, 628],
  concept: 'waiting-for-results',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: GATHERING,

  check: {
    *Await(node, file) {
      const value = node.child('value')?.unwrapped
      if (!value || !isListOfResults(value, file)) return
      yield {
        at: value,
        data: data(value, file.language === 'python' ? 'asyncio.gather' : 'Promise.all', 'awaited'),
        ...(file.language !== 'python' && {
          fix: {
            safety: 'unsafe' as const,
            edits: () => [insertBefore(value, 'Promise.all('), insertAfter(value, ')')],
          },
        }),
      }
    },
    Call(node, file) {
      return file.language === 'python' ? gathered(node, file) : spreadOut(node, file)
    },
  },

  explain: {
    en: ({ list, gathers, how }) => ({
      message:
        how === 'awaited'
          ? `Awaiting the list \`${list}\` does not await what is in it`
          : how === 'gathered'
            ? `\`${gathers}\` gets a list, and takes what it awaits one by one`
            : `\`${gathers}\` takes one list, and looks at its first argument only`,
      why: {
        awaited:
          gathers === 'Promise.all'
            ? 'What is no promise comes back at once: the list is full of promises, and the lines behind it run before any of them is done.'
            : 'A list cannot be awaited: this raises a `TypeError`, and none of the coroutines runs.',
        gathered: 'A list is no coroutine: this raises a `TypeError`, and nothing in it runs.',
        spread: 'A promise is no list: this fails with a `TypeError`, and nobody waits for the others.',
      }[how],
      remedy:
        how === 'gathered'
          ? `Unpack the list: \`${gathers}(*…)\`.`
          : how === 'spread'
            ? 'Put the promises in a list.'
            : `Await \`${gathers}\` of the list.`,
      fix:
        how === 'gathered'
          ? 'Unpack the list'
          : how === 'spread'
            ? 'Put them in a list'
            : `Await \`${gathers}\``,
    }),
    es: ({ list, gathers, how }) => ({
      message:
        how === 'awaited'
          ? `Esperar la lista \`${list}\` no espera lo que hay en ella`
          : how === 'gathered'
            ? `\`${gathers}\` recibe una lista, y espera sus argumentos uno por uno`
            : `\`${gathers}\` toma una sola lista y solo mira su primer argumento`,
      why: {
        awaited:
          gathers === 'Promise.all'
            ? 'Lo que no es una promesa vuelve en el acto: la lista está llena de promesas y las líneas siguientes se ejecutan antes de que acabe ninguna.'
            : 'Una lista no se puede esperar: salta un `TypeError` y no se ejecuta ninguna de las corrutinas.',
        gathered:
          'Una lista no es una corrutina: salta un `TypeError` y no se ejecuta nada de lo que contiene.',
        spread: 'Una promesa no es una lista: falla con un `TypeError` y nadie espera a las demás.',
      }[how],
      remedy:
        how === 'gathered'
          ? `Desempaqueta la lista: \`${gathers}(*…)\`.`
          : how === 'spread'
            ? 'Pon las promesas en una lista.'
            : `Espera \`${gathers}\` de la lista.`,
      fix:
        how === 'gathered'
          ? 'Desempaquetar la lista'
          : how === 'spread'
            ? 'Ponerlas en una lista'
            : `Esperar \`${gathers}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        js`async function f() { const [a, b] = await «[load(1), load(2)]»; g(a, b) }`,
        js`async function f() { const [a, b] = await Promise.all([load(1), load(2)]); g(a, b) }`,
      ),
      fixes(
        ts`async function f(ids: number[]) { return await «ids.map(async id => await load(id))» }`,
        ts`async function f(ids: number[]) { return await Promise.all(ids.map(async id => await load(id))) }`,
      ),
      fixes(
        js`async function f() { await Promise.all(«save(a), save(b)») }`,
        js`async function f() { await Promise.all([save(a), save(b)]) }`,
      ),
      py`
        async def f(urls):
            return await «[load(url) for url in urls]»
      `,
      py`
        async def f():
            a, b = await «(load(1), load(2))»
      `,
      fixes(
        py`
        import asyncio
        async def f(urls):
            return await asyncio.gather(«[load(url) for url in urls]»)
      `,
        py`
        import asyncio
        async def f(urls):
            return await asyncio.gather(*[load(url) for url in urls])
      `,
      ),
      ts`async function f(): Promise<void> { await Promise.allSettled(«save(a), save(b)») }`,
    ],
    valid: [
      js`async function f() { await Promise.all([load(1), load(2)]); await load(3) }`,
      js`async function f(stream) { await stream.map(async it => it).toArray() }`,
      js`async function f(all) { await Promise.all(all); await Promise.race([a(), b()]) }`,
      js`const Bluebird = require('bluebird'); async function f(ids) { await Bluebird.map(ids, async id => load(id)) }`,
      ts`async function f(rows: Row[]) { return await rows.map(row => row.name) }`,
      ts`const some = queue.all(a, b)`,
      py`
        import asyncio
        async def f(urls):
            await asyncio.gather(*[load(url) for url in urls])
            await asyncio.gather(load(1), load(2))
            await asyncio.wait([first, second])
      `,
      py`
        async def f():
            await load((1, 2))
            return [await load(it) for it in (1, 2)]
      `,
    ],
  },
})

function data(list: SyntaxNode, gathers: string, how: 'awaited' | 'gathered' | 'spread') {
  return { list: excerpt(list), gathers, how }
}

function isListOfResults(value: SyntaxNode, file: SourceFile): boolean {
  if (value.is('List', 'Tuple')) return value.child('element') !== undefined
  if (file.language === 'python') return value.type === 'list_comprehension'
  if (value.kind !== 'Call' || calleeName(value) !== 'map' || !receiver(value)) return false
  const [callback, ...others] = value.children('argument')
  return callback?.kind === 'Function' && others.length === 0 && isAsync(callback)
}

/** `asyncio.gather([…])` */
function* gathered(call: SyntaxNode, file: SourceFile) {
  const [list, ...others] = call.children('argument')
  if (calleeName(call) !== 'gather' || calledName(file, call) !== 'asyncio.gather') return
  const isOnly = others.every(it => it.kind === 'KeywordArgument')
  if (!list || !isOnly || !(list.kind === 'List' || list.is('Comprehension'))) return
  // Without brackets a star in front would unpack something else.
  if (list.type === 'generator_expression') return
  yield {
    at: list,
    data: data(list, 'asyncio.gather', 'gathered'),
    fix: { safety: 'safe' as const, edits: () => [insertBefore(list, '*')] },
  }
}

/** `Promise.all(a, b)` */
function* spreadOut(call: SyntaxNode, file: SourceFile) {
  const object = receiver(call)
  const all = call.children('argument')
  const [first] = all
  const last = all.at(-1)
  if (object?.kind !== 'Name' || object.name !== 'Promise' || !file.isFree(object)) return
  if (!first || !last || all.length < 2 || !all.every(it => it.is('Call', 'New'))) return
  if (all.some(it => calleeName(it) === 'map')) return
  yield {
    at: { start: first.start, end: last.end },
    data: data(first, `Promise.${calleeName(call)}`, 'spread'),
    fix: {
      safety: 'safe' as const,
      edits: () => [insertBefore(first, '['), insertAfter(last, ']')],
    },
  }
}
