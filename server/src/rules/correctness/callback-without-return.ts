/** `map`, `filter`, `reduce` and their kin live on what their callback returns; this one returns nothing. */

import { receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { insertAfter, insertBefore } from '../edit.ts'
import { fixes, js, jsx, ts, tsx } from '../example.ts'
import { defineRule } from '../rule.ts'
import { statementsOf } from '../support/branches.ts'
import { isUsed } from '../support/uses.ts'

/** What comes of a callback that gives `undefined` every time. */
const OUTCOME = {
  map: {
    en: 'every element of the new array is `undefined`',
    es: 'todos los elementos del nuevo array son `undefined`',
  },
  filter: { en: 'no element is kept', es: 'no se conserva ningún elemento' },
  find: { en: 'nothing is ever found', es: 'nunca se encuentra nada' },
  some: { en: 'the answer is always `false`', es: 'la respuesta es siempre `false`' },
  every: {
    en: 'the answer is `false` for everything but an empty array',
    es: 'la respuesta es `false` para todo lo que no sea un array vacío',
  },
  reduce: {
    en: 'what was gathered so far is lost at every step',
    es: 'lo acumulado se pierde en cada paso',
  },
  sort: { en: 'the order stays as it happens to be', es: 'el orden se queda como estaba' },
} as const

const LIKE: Readonly<Record<string, keyof typeof OUTCOME>> = {
  map: 'map',
  flatMap: 'map',
  from: 'map',
  filter: 'filter',
  find: 'find',
  findIndex: 'find',
  findLast: 'find',
  findLastIndex: 'find',
  some: 'some',
  every: 'every',
  reduce: 'reduce',
  reduceRight: 'reduce',
  sort: 'sort',
  toSorted: 'sort',
}

export default defineRule({
  id: 'correctness/callback-without-return',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [394],
  concept: 'return-values',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: Object.keys(LIKE),

  check: {
    *Call(node, file) {
      const object = receiver(node)
      const method = node.child('callee')?.child('property')
      const like = method && LIKE[method.name]
      if (!object || !method || !like) return
      const isFrom = method.name === 'from'
      if (isFrom && !(object.name === 'Array' && file.isFree(object))) return
      if (!isFrom && isNamespace(object, file)) return
      const callback = node.children('argument')[isFrom ? 1 : 0]
      if (!callback || !givesNothing(callback, file)) return
      if (like === 'sort' ? parameterCount(callback) !== 2 : !isUsed(node)) return
      yield {
        at: method,
        data: { method: method.name, en: OUTCOME[like].en as string, es: OUTCOME[like].es as string },
        fix: { safety: 'unsafe', edits: () => returnIt(callback) },
      }
    },
  },

  explain: {
    en: ({ method, en }) => ({
      message: `The callback of \`${method}\` returns nothing`,
      why: `\`${method}\` works with what its callback returns. Without a \`return\` that is always \`undefined\`, so ${en}.`,
      remedy:
        'Return the value. If the callback is only there for what it does, loop over the elements instead.',
      fix: 'Return the value of the callback',
    }),
    es: ({ method, es }) => ({
      message: `La función que recibe \`${method}\` no devuelve nada`,
      why: `\`${method}\` trabaja con lo que devuelve esa función. Sin un \`return\` es siempre \`undefined\`, así que ${es}.`,
      remedy:
        'Devuelve el valor. Si la función solo importa por lo que hace, recorre los elementos con un bucle.',
      fix: 'Devolver el valor de la función',
    }),
  },

  examples: {
    invalid: [
      fixes(
        js`const names = users.«map»(user => { user.name })`,
        js`const names = users.map(user => { return user.name })`,
      ),
      fixes(
        ts`const rows = items.«map»(item => { id: item })`,
        ts`const rows = items.map(item => ({ id: item }))`,
      ),
      fixes(js`f(items.«map»(item => { a, b }))`, js`f(items.map(item => ({ a, b })))`),
      fixes(
        js`await Promise.all(urls.«map»(url => { fetch(url); }))`,
        js`await Promise.all(urls.map(url => { return fetch(url); }))`,
      ),
      js`const big = sizes.«filter»(function (size) { if (size > 3) { seen(size) } })`,
      js`if (items.«some»(item => { item.ok; })) f()`,
      ts`const sum = sizes.«reduce»((sum, size) => { sum += size }, 0)`,
      js`sizes.«sort»((a, b) => { a - b })`,
      js`const a = Array.«from»(set, x => { f(x); return })`,
      jsx`const list = <ul>{items.«map»(item => { <li>{item}</li> })}</ul>`,
      tsx`const list = <ul>{items.«map»(item => { draw(item); log(item) })}</ul>`,
    ],
    valid: [
      ts`import * as task from 'fp-ts/Task'; export const f = task.map(it => { run(it) })`,
      js`import R from 'ramda'; export const f = R.map(it => { run(it) })`,
      js`const names = users.map(user => user.name)`,
      js`const names = users.map(user => { if (!user) return; return user.name })`,
      js`const rows = items.map(item => ({ id: item }))`,
      // As a statement it is a loop in disguise, and loses nothing.
      js`users.map(user => { greet(user) })`,
      js`ready && users.map(user => { greet(user) })`,
      js`users.some(user => { greet(user) })`,
      ts`const tasks = users.map(async user => { await greet(user) })`,
      js`const tasks = users.map(function* (user) { yield user })`,
      js`const a = users.map(() => { throw new Error('no') })`,
      js`const a = users.map(greet)`,
      js`users.forEach(user => { greet(user) })`,
      ts`const a = users.map<void>(user => { greet(user) })`,
      js`const a = map(users, user => { greet(user) })`,
      js`useEffect(() => users.map(user => { greet(user) }))`,
      js`server.sort(() => { started() })`,
      js`const a = Observable.from(x, y => { f(y) })`,
      js`const a = users.map(user => { for (;;) { if (user.next()) return user } })`,
    ],
  },
})

/** `TE.map(it => …)` of a library of functions: it maps something else, later, and may end in an effect. */
function isNamespace(object: SyntaxNode, file: SourceFile): boolean {
  const binding = object.kind === 'Name' ? file.binding(object) : undefined
  return (
    binding?.kind === 'import' &&
    (/^[A-Z]/.test(binding.name) || binding.declaration.parent?.type === 'namespace_import')
  )
}

function givesNothing(callback: SyntaxNode, file: SourceFile): boolean {
  if (callback.kind !== 'Function') return false
  if (callback.parent?.child('typeArguments')) return false
  const body = callback.child('body')
  if (!body) return false
  // Braces right behind the arrow are a block, whatever is in them looks like.
  if (body.kind === 'Dictionary') return isLabelOnly(body)
  if (body.kind !== 'Block') return false
  // `async` and `function*` give a promise or an iterator.
  if (callback.children().some(it => it.text === 'async' || it.text === '*')) return false
  for (const it of body.ownDescendants('Return')) if (it.child('value')) return false
  return file.completes(body) || body.has('Return')
}

function isLabelOnly(body: SyntaxNode): boolean {
  const elements = body.children('element')
  return (
    elements.length === 1 &&
    elements[0]!.kind === 'Pair' &&
    elements[0]!.child('key')?.kind === 'PropertyName'
  )
}

function parameterCount(callback: SyntaxNode): number {
  return callback.child('parameters')?.children('parameter').length ?? 1
}

function returnIt(callback: SyntaxNode) {
  const body = callback.child('body')
  if (!body || body.has('Comment')) return []
  const [only, second] = body.kind === 'Block' ? statementsOf(body) : []
  if (callback.type === 'arrow_function' && (body.kind === 'Dictionary' || looksLikeObject(only)))
    return second || body.text.includes(';') ? [] : [insertBefore(body, '('), insertAfter(body, ')')]
  const value = only?.kind === 'ExpressionStatement' && !second ? only.child('value') : undefined
  return !value || value.is('Assignment', 'AugmentedAssignment', 'Update', 'Logical', 'Sequence')
    ? []
    : [insertBefore(value, 'return ')]
}

/** `{ a }` would give back `a` as well, but `{ a, b }` and `{ a: b }` were meant as objects. */
function looksLikeObject(statement: SyntaxNode | undefined): boolean {
  if (statement?.kind === 'Labeled') return true
  const value = statement?.kind === 'ExpressionStatement' ? statement.child('value') : undefined
  return value?.kind === 'Sequence' && value.children('element').every(it => it.kind === 'Name')
}
