/** A function that takes its callback's answer at once gets a promise from an async one. */

import { calleeName, keywordArgument, receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { asyncFunction, dealsWithErrors, isAsync, isGenerator } from '../support/async.ts'
import { isCommented, NOT_AWAITED } from '../support/deliberate.ts'
import { isKnownList } from '../support/known-type.ts'

/** What the caller makes of the promise. */
const USE: Readonly<Record<string, 'dropped' | 'tested' | 'ordered' | 'gathered' | 'flattened'>> = {
  forEach: 'dropped',
  filter: 'tested',
  some: 'tested',
  every: 'tested',
  find: 'tested',
  findIndex: 'tested',
  findLast: 'tested',
  findLastIndex: 'tested',
  sort: 'ordered',
  toSorted: 'ordered',
  sorted: 'ordered',
  min: 'ordered',
  max: 'ordered',
  reduce: 'gathered',
  reduceRight: 'gathered',
  flatMap: 'flattened',
}

const WHY = {
  dropped: {
    en: 'Nobody waits for the promises: the lines behind it run before the work is done, and an error in it is caught by nobody.',
    es: 'Nadie espera las promesas: las líneas siguientes se ejecutan antes de que acabe el trabajo y nadie captura un error que ocurra en él.',
  },
  tested: {
    en: 'What it gets is not the answer but something that is still to be awaited, and that always counts as true.',
    es: 'Lo que recibe no es la respuesta, sino algo que aún hay que esperar, y eso siempre cuenta como verdadero.',
  },
  ordered: {
    en: 'What it gets is not the value but something that is still to be awaited, and that cannot be put in order.',
    es: 'Lo que recibe no es el valor, sino algo que aún hay que esperar, y eso no se puede ordenar.',
  },
  gathered: {
    en: 'From the second round on, what was gathered so far is a promise, and the callback never awaits it.',
    es: 'Desde la segunda vuelta, lo acumulado es una promesa, y la función nunca la espera.',
  },
  flattened: {
    en: 'What it gets is a promise, not an array, so nothing is flattened.',
    es: 'Lo que recibe es una promesa y no un array, así que no se aplana nada.',
  },
} as const

export default defineRule({
  id: 'correctness/async-callback',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [362, 691],
  concept: 'waiting-for-results',
  impact: { likelihood: 'high', cost: 'days' },
  callees: Object.keys(USE),

  check: {
    Call(node, file) {
      return file.language === 'python' ? python(node, file) : javascript(node, file)
    },
  },

  explain: {
    en: ({ name, use }) => ({
      message: `\`${name}\` does not wait for an async callback`,
      why: WHY[use].en,
      remedy:
        use === 'dropped'
          ? 'Loop with `for … of` and `await` inside, or pass `Promise.all` the promises that `map` gives.'
          : 'Await all answers first, and then work with them.',
    }),
    es: ({ name, use }) => ({
      message: `\`${name}\` no espera a una función asíncrona`,
      why: WHY[use].es,
      remedy:
        use === 'dropped'
          ? 'Recorre con `for … of` y `await` dentro, o pasa a `Promise.all` las promesas que da `map`.'
          : 'Espera primero todas las respuestas y trabaja después con ellas.',
    }),
  },

  examples: {
    invalid: [
      js`files.forEach(«async» file => { await remove(file) })`,
      js`const open = doors.filter(«async» function (door) { return await isOpen(door) })`,
      js`if (doors.some(«async» door => await isOpen(door)) || doors.every(«async» door => f(door))) g()`,
      ts`const door = doors?.find(«async» (door: Door) => await isOpen(door))`,
      js`
        async function isOpen(door) { return await ask(door) }
        const open = doors.filter(«isOpen»)
      `,
      ts`const sum = sizes.reduce(«async» (sum, size) => sum + await read(size), 0)`,
      js`const rows = pages.flatMap(«async» page => await read(page))`,
      js`rows.sort(«async» (a, b) => await weigh(a) - await weigh(b))`,
      ts`async function f(files: string[]) { await files.forEach(«async» file => { await remove(file) }) }`,
      // Whoever awaits it takes the work for done, though no error is lost.
      js`async function keepAll(files) { files.forEach(«async» it => { try { await keep(it) } catch (e) { report(e) } }) }`,
      js`
        async function onSave(files) {
          files.forEach(«async» it => { try { await keep(it) } catch (e) { report(e) } })
          close()
        }
      `,
      py`
        async def is_open(door):
            return await ask(door)
        open = list(filter(«is_open», doors))
      `,
      py`
        async def weight(row): ...
        rows = sorted(rows, key=«weight»)
        rows.sort(key=«weight»)
        best = max(rows, key=«weight»)
      `,
    ],
    valid: [
      js`
        async function f(ids) {
          await first()
          // We deliberately do not wait here.
          ids.forEach(async id => { await show(id) })
        }
      `,
      ts`function restore(files: File[]) { files.forEach(async it => { try { await keep(it) } catch (e) { report(e) } }) }`,
      ts`
        class Server {
          async onSave(event: Event) {
            await this.check(event)
            for (const page of this.pages) {
              if (!page.isOpen) continue
              page.ids.forEach(async id => { try { await this.push(id) } catch (e) { report(e) } })
            }
          }
        }
      `,
      js`tags.forEach(async tag => { show(tag) })`,
      js`await Promise.all(files.map(async file => { await remove(file) }))`,
      js`files.forEach(file => { remove(file) })`,
      js`const sum = sizes.reduce(async (sum, size) => (await sum) + (await read(size)), Promise.resolve(0))`,
      js`await sizes.reduce(async (before, size) => { await before; await read(size) }, undefined)`,
      js`const last = tasks.reduce(async (before, task) => before.then(task), Promise.resolve())`,
      // Streams and async iterators have such methods, and do wait.
      js`await stream.forEach(async chunk => { await write(chunk) })`,
      js`for await (const row of stream.filter(async row => await isOpen(row))) f(row)`,
      js`import async from 'async'; async.forEach(files, async file => { await remove(file) })`,
      js`page.find('a', async () => {})`,
      ts`const b = rows.find(row => row.load(async () => 1))`,
      py`
        async def fetch(url): ...
        await asyncio.gather(*map(fetch, urls))
      `,
      py`
        def is_open(door): ...
        open = filter(is_open, doors)
      `,
      py`
        async def is_open(door): ...
        from aiostream import filter
        open = filter(is_open, doors)
      `,
    ],
  },
})

function* javascript(call: SyntaxNode, file: SourceFile) {
  const object = receiver(call)
  const method = call.child('callee')?.child('property')?.name ?? ''
  const use = USE[method]
  const callback = call.children('argument')[0]
  if (!object || !use || !callback) return
  const definition =
    callback.kind === 'Function'
      ? callback
      : callback.kind === 'Name'
        ? asyncFunction(file, callback)
        : undefined
  if (!definition || !isAsync(definition) || isGenerator(definition)) return
  if (isAwaited(call) && !isKnownList(file, object)) return
  if (use === 'dropped' && (isDoneAtOnce(definition) || isMeant(call, definition))) return
  if (use === 'gathered' && looksAtPromise(definition, file)) return
  const keyword = definition.children().find(it => it.kind === 'Keyword' && it.text === 'async')
  yield { at: callback.kind === 'Function' ? keyword! : callback, data: { name: method, use } }
}

function* python(call: SyntaxNode, file: SourceFile) {
  const callee = call.child('callee')
  if (!callee) return
  const isSort = callee.kind === 'Member' && callee.child('property')?.name === 'sort'
  if (!isSort && !(callee.kind === 'Name' && PYTHON_CALLEES.test(callee.name) && file.isFree(callee))) return
  const name = callee.kind === 'Name' ? callee.name : 'sort'
  const callback = name === 'filter' ? call.children('argument')[0] : keywordArgument(call, 'key')
  if (callback?.kind !== 'Name' || !asyncFunction(file, callback)) return
  yield { at: callback, data: { name, use: USE[name]! } }
}

const PYTHON_CALLEES = /^(filter|sorted|min|max)$/

/** Awaited, or gone through with `for await`: it may be a stream. */
function isAwaited(call: SyntaxNode): boolean {
  let it = call
  while (it.parent?.is('Parenthesized', 'Member', 'Call') && it.role !== 'argument') it = it.parent
  return it.parent?.kind === 'Await' || (it.parent?.kind === 'ForEach' && it.role === 'iterable')
}

/** It waits for nothing, so it is over when it returns. */
function isDoneAtOnce(definition: SyntaxNode): boolean {
  for (const _ of definition.ownDescendants('Await', 'Return')) return false
  for (const it of definition.ownDescendants('ForEach')) if (/^for\s+await\b/.test(it.text)) return false
  return definition.child('body')?.kind === 'Block'
}

/** A comment says so; or nobody around could wait, and no error is lost. */
function isMeant(call: SyntaxNode, definition: SyntaxNode): boolean {
  if (isCommented(call, NOT_AWAITED)) return true
  const around = call.function
  if (!around || !dealsWithErrors(definition)) return false
  return !isAsync(around) || (isHandler(around) && isLast(call, around))
}

/** `async onSave(event) {…}`, `server.on('save', async event => {…})`: whoever calls it waits for nothing. */
function isHandler(definition: SyntaxNode): boolean {
  const name = definition.child('name')?.name ?? ''
  if (/^[_#]?(?:on(?=[A-Z_])|handle)/.test(name)) return true
  const { parent } = definition
  return (
    definition.role === 'argument' &&
    parent?.kind === 'Call' &&
    /^(?:on|once|addListener|addEventListener|subscribe)$/.test(calleeName(parent))
  )
}

/** Nothing stands behind the call that could need what it does. */
function isLast(call: SyntaxNode, around: SyntaxNode): boolean {
  let child: SyntaxNode = call
  for (const it of call.ancestors()) {
    if (it.kind === 'Block' && it.children('statement').at(-1)?.row !== child.row) return false
    if (it.row === around.row) return true
    child = it
  }
  return false
}

/** The callback of `reduce` awaits what was gathered so far, or calls `then` on it. */
function looksAtPromise(callback: SyntaxNode, file: SourceFile): boolean {
  const parameter = callback.child('parameters')?.firstChild
  const name = parameter?.kind === 'Parameter' ? parameter.child('target') : parameter
  if (name?.kind !== 'Name') return true
  for (const read of file.binding(name)?.reads() ?? []) {
    const parent = read.parent?.kind === 'Parenthesized' ? read.parent.parent : read.parent
    if (parent?.is('Await', 'Member', 'Call', 'Return', 'List')) return true
  }
  return false
}
