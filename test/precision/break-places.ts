// Where a contract of a workspace can be broken, on either side of its border.

import { answersMethod, type Link } from '../../server/src/graph/links.ts'
import { fit, isWord } from '../../server/src/graph/path-pattern.ts'
import type { Relations } from '../../server/src/graph/relations.ts'
import type { At } from '../../server/src/graph/routes.ts'
import type { ResolvedField } from '../../server/src/graph/shapes.ts'
import { isNullable, kindsOf, typeOf, valuesOf } from '../../server/src/graph/type-twins.ts'
import type { ValueTwins } from '../../server/src/graph/values.ts'
import { isOffered, productReads } from '../../server/src/rules/support/environment-keys.ts'
import { isSpokenOf } from '../../server/src/rules/support/exchanged.ts'
import { isAskedHere } from '../../server/src/rules/support/own-server.ts'
import { queryParameters } from '../../server/src/rules/support/queried.ts'
import { takenBody } from '../../server/src/rules/support/taken-body.ts'
import { tendedFields } from '../../server/src/rules/support/type-twins.ts'
import { isTest } from '../../server/src/semantics/provenance.ts'

export interface Break {
  readonly kind: string
  readonly at: At
  /** The text of its file afterwards; undefined where the place does not say what was expected. */
  readonly change: (text: string) => Change | undefined
  /** Places that say something of it: a finding is on the right line when it begins on one of theirs. */
  readonly touches: readonly At[]
}

export interface Change {
  readonly from: number
  readonly to: number
  readonly put: string
}

type Add = (it: Break & { readonly key?: string }) => void

/** Each place once; what several calls say of one touches all their files. */
export function breaksOf(relations: Relations): Break[] {
  const found = new Map<string, Break>()
  const add: Add = it => {
    if (it.at.place[1] <= it.at.place[0] || isTest(it.at.file)) return
    const key = `${it.kind} ${it.at.file} ${it.at.place} ${it.key ?? ''}`
    const touches = [...(found.get(key)?.touches ?? []), ...it.touches, it.at]
    found.set(key, { ...it, touches })
  }
  ofPaths(relations, add)
  ofExchanges(relations, add)
  ofTypes(relations, add)
  ofValues(relations, add)
  ofEnvironment(relations, add)
  ofTables(relations, add)
  ofForeign(relations, add)
  return [...found.values()]
}

/** Words of paths and methods, where one route alone answers. */
function ofPaths(relations: Relations, add: Add): void {
  for (const link of relations.links) {
    const { call, route, pattern, candidates } = link
    if (!route || !pattern || !isAskedHere(link, relations) || isTest(route.file)) continue
    const answering = candidates.filter(it => answersMethod(it, call.method))
    if (answering.length > 1) continue
    const touches = [call, route]
    for (const [i, word] of route.pattern.segments.entries()) {
      if (!isWord(word) || isTakenOver(link, i, relations)) continue
      for (const { at } of route.pieces) {
        const kind = at.file === route.file && at.place[0] === route.place[0] ? 'route path' : 'router prefix'
        add({ kind, at, key: word, change: misspelt(at, word, IN_PATH), touches })
      }
      if (route.pieces.length === 0)
        add({ kind: 'route path', at: route, key: word, change: misspelt(route, word, IN_PATH), touches })
      if (pattern.segments.includes(word))
        add({ kind: 'called path', at: call, key: word, change: misspelt(call, word, IN_PATH), touches })
    }
    if (GROWING.test(route.framework) || call.method === '*' || route.methods.includes('*')) continue
    if (candidates.length > 1) continue
    if (route.methods.length === 1)
      add({ kind: 'route method', at: route, change: otherMethodNear(route), touches })
    if (call.methodAt)
      add({
        kind: 'called method',
        at: call.methodAt,
        change: otherMethod(call.methodAt, route.methods),
        touches,
      })
  }
}

const GROWING = /^(express|koa|hono|fastify)$/

/** With another word there, another route answers: `/users/me` is `/users/{id}` then. */
function isTakenOver({ call, route, pattern }: Link, changed: number, { index }: Relations): boolean {
  const segments = route!.pattern.segments.map((it, i) => (i === changed ? `${it}x` : it))
  const asked = { ...pattern!, segments }
  return [...index.answering(asked)].some(
    it => it !== route && fit(it.pattern, asked) > 0 && answersMethod(it, call.method),
  )
}

/** Fields and parameters. */
function ofExchanges(relations: Relations, add: Add): void {
  const { shapes } = relations
  for (const exchange of relations.exchanges) {
    if (!isSpokenOf(exchange, relations)) continue
    const { call, handler, body, expected, reads, query } = exchange
    const rename = (kind: string, at: At, name: string, others: readonly At[] = []) =>
      add({ kind, at, change: misspelt(at, name), touches: [call, ...others] })
    const field = (kind: string, it: ResolvedField, others: readonly At[] = []) => {
      if (!isCalledAlike(it)) return
      const change = misspelt(it.at, it.inCode ?? it.name)
      const isAliased = (text: string) => /\balias=/.test(text.slice(it.at.place[0]).split('\n')[0]!)
      const touches = [call, ...body.parts.map(part => part.at), ...others]
      add({ kind, at: it.at, change: text => (isAliased(text) ? undefined : change(text)), touches })
    }

    const taking = takenBody(exchange)
    const taken = taking && shapes.fieldsOf(taking.type, taking.file)
    const sent = body.type && shapes.fieldsOf(body.type.type, body.type.file)
    if (taken && !taken.isOpen && sent && !sent.isOpen)
      for (const it of taken.fields) {
        const other = sent.fields.find(own => own.name === it.name)
        if (!other) continue
        field('body field', it, [other.at])
        field('sent field', other, [it.at])
      }

    const given = handler.response && shapes.fieldsOf(handler.response, handler.at.file)
    const wanted =
      expected && expected.path.length === 0 ? shapes.fieldsOf(expected.type, expected.file) : undefined
    for (const it of given && !given.isOpen ? given.fields : []) {
      const read = reads.find(
        other => !other.isGuarded && other.path.length === 1 && other.path[0] === it.name,
      )
      const other = wanted?.fields.find(own => own.name === it.name)
      if (read || other)
        field('response field', it, [...(read ? [read.at] : []), ...(other ? [other.at] : [])])
      if (read) rename('read field', read.at, it.name, [it.at])
      if (other) field('expected field', other, [it.at])
    }

    const parameters = handler.isWhole ? queryParameters(exchange) : []
    for (const it of parameters) {
      const part = query.parts.find(own => own.path[0] === it.name)
      if (!part) continue
      rename('query parameter', it.at, it.name, [part.at])
      rename('sent parameter', part.at, it.name, [it.at])
    }
  }
}

/** Where the name on the wire is said apart, another one in the code breaks nothing. */
function isCalledAlike({ name, inCode }: ResolvedField): boolean {
  const lettersOf = (it: string) => it.replace(/[^a-z0-9]/gi, '').toLowerCase()
  return inCode === undefined || lettersOf(inCode) === lettersOf(name)
}

/** Types of one field on both sides, where they agree. */
function ofTypes(relations: Relations, add: Add): void {
  const { shapes } = relations
  for (const twin of relations.typeTwins) {
    for (const { here, there } of tendedFields(twin, relations)) {
      const touches = [here.at, there.at]
      const [one, two] = [kindsOf(typeOf(here), shapes), kindsOf(typeOf(there), shapes)]
      if (!one || !two || ![...one].some(it => two.has(it))) continue
      add({ kind: 'type here', at: here.at, change: retyped(here), touches })
      add({ kind: 'type there', at: there.at, change: retyped(there), touches })
      const isCertain = [here, there].every(it => !it.isOptional && !isNullable(typeOf(it), shapes))
      if (twin.direction === 'answer' && isCertain)
        add({ kind: 'null there', at: there.at, change: nullable(there), touches })
      const values = valuesOf(typeOf(there), shapes)
      const known = valuesOf(typeOf(here), shapes)
      const shared = values?.find(it => known?.includes(it))
      const from = twin.direction === 'answer' ? there : here
      if (typeof shared === 'string')
        add({ kind: 'value in place', at: from.at, change: otherText(from.at, shared), touches })
    }
  }
}

/** Enumerations and constants that stand on both sides. */
function ofValues(relations: Relations, add: Add): void {
  for (const { one, other } of relations.enumTwins) {
    const shared = one.value.filter(it => other.value.includes(it))
    if (shared.length < one.value.length || shared.length < other.value.length) continue
    for (const value of shared.filter(it => typeof it === 'string').slice(0, 6))
      for (const at of [one, other])
        add({
          kind: 'enum value',
          at,
          key: value,
          change: otherText(at, value),
          touches: [one, other],
        })
  }
  for (const it of relations.valueTwins.filter(isOneValue))
    for (const at of [it.one, it.other])
      add({ kind: 'limit', at, change: otherNumber(at), touches: [it.one, it.other] })
}

function isOneValue({ one, other }: ValueTwins): boolean {
  return typeof one.value === 'number' && one.value === other.value
}

/** Variables that one place sets and one place reads. */
function ofEnvironment({ environment }: Relations, add: Add): void {
  for (const it of environment.variables) {
    const [read, ...others] = productReads(it)
    const [setting, ...more] = it.settings
    if (!read || !setting || others.length > 0 || more.length > 0 || !isOffered(it)) continue
    const touches = [read, setting]
    add({ kind: 'read variable', at: read, change: misspelt(read, read.key), touches })
    add({ kind: 'set variable', at: setting, change: misspelt(setting, setting.key), touches })
  }
}

/** Names in queries that something here makes. */
function ofTables({ database }: Relations, add: Add): void {
  for (const it of database.isWhole ? database.tableUses : []) {
    const table = database.tables.get(it.table)
    if (table && it.isBesideKnown)
      add({ kind: 'table', at: it, change: misspelt(it, it.table), touches: [it] })
  }
  for (const it of database.columnUses) {
    const tables = it.tables.map(name => database.tables.get(name))
    const isKnown = tables.every(own => own && !own.isOpen) && tables.some(own => own!.columns.has(it.column))
    if (isKnown) add({ kind: 'column', at: it, change: misspelt(it, it.column), touches: [it] })
  }
}

/** Functions of the other language; who gives them another name there is told by that language. */
function ofForeign({ foreignUses }: Relations, add: Add): void {
  for (const { found, file, place, name, arguments: given } of foreignUses) {
    if (!found || isTest(file)) continue
    const touches = [{ file, place }]
    add({ kind: 'foreign use', at: { file, place }, change: misspelt({ file, place }, name), touches })
    for (const it of given?.names ?? []) {
      add({ kind: 'given argument', at: { file, place }, key: it, change: named(place, it), touches })
      const taken = it.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
      add({ kind: 'taken argument', at: found, key: it, change: named(found.place, taken), touches })
    }
  }
}

type Changing = Break['change']

/** Where a word is one of a path. */
const IN_PATH = [`[/"'\`^]`, `[/"'\`?$)&#]`] as const
const ANYWHERE = ['(?<![\\w-])', '(?![\\w-])'] as const

/** A letter more at the end of a word. */
function misspelt(
  { place }: At,
  word: string,
  [before, after]: readonly [string, string] = ANYWHERE,
): Changing {
  const [from, to] = [...place]
  const name = word.replace(/[^\w]/g, '\\$&')
  const whole = new RegExp(`(?<=${before})${name}(?=${after})`)
  return text => {
    const at = text.slice(from, to).search(whole)
    const end = from + at + word.length
    return at === -1 ? undefined : { from: end, to: end, put: word === word.toUpperCase() ? 'X' : 'x' }
  }
}

const OTHER_METHOD: Readonly<Record<string, string>> = {
  get: 'post',
  post: 'put',
  put: 'post',
  patch: 'post',
  delete: 'put',
}

function otherMethod({ place }: At, taken: readonly string[]): Changing {
  const [from, to] = [...place]
  return text => {
    const written = /\b(get|post|put|patch|delete)\b/i.exec(text.slice(from, to))
    const put = written && OTHER_METHOD[written[0].toLowerCase()]!
    if (!put || taken.includes(put.toUpperCase())) return undefined
    const start = from + written.index
    return {
      from: start,
      to: start + written[0].length,
      put: /[A-Z]/.test(written[0]) ? put.toUpperCase() : put,
    }
  }
}

/** `@router.get("/users")`, `.route("/users", get(users))`, `#[utoipa::path(get, path = "/users")]` */
function otherMethodNear({ place }: At): Changing {
  const [from, to] = [...place]
  return text => {
    const start = Math.max(0, from - 60)
    const before = /\b(get|post|put|patch|delete)(\(\s*|,\s*path = )$/.exec(text.slice(start, from))
    const after = /^\s*,\s*(get|post|put|patch|delete)\(/.exec(text.slice(to, to + 60))
    const found = before ?? after
    if (!found) return undefined
    const at = (before ? start : to) + found.index + found[0].indexOf(found[1]!)
    return { from: at, to: at + found[1]!.length, put: OTHER_METHOD[found[1]!]! }
  }
}

/** Of a field whose type is written behind its name, in one word. */
const TYPED =
  /^(\s*(?:pub\s+)?["']?\w+["']?\??\s*:\s*)(string|number|boolean|str|int|bool|String|i32|i64)(?=\s*(?:[;,}]|=|$))/m

function typed(field: ResolvedField, text: string) {
  const [at] = field.at.place
  const found = TYPED.exec(text.slice(at, at + 200))
  if (found?.index !== 0) return undefined
  const from = at + found[1]!.length
  return { from, to: from + found[2]!.length, name: found[2]! }
}

const OTHER_TYPE: Readonly<Record<string, string>> = {
  ...{ string: 'number', number: 'string', boolean: 'string' },
  ...{ str: 'int', int: 'str', bool: 'str' },
  ...{ String: 'i64', i32: 'String', i64: 'String' },
}

function retyped(field: ResolvedField): Changing {
  return text => {
    const it = typed(field, text)
    return it && { from: it.from, to: it.to, put: OTHER_TYPE[it.name]! }
  }
}

function nullable(field: ResolvedField): Changing {
  return text => {
    const it = typed(field, text)
    if (!it) return undefined
    const { file } = field.at
    const put = /\.rs$/.test(file)
      ? `Option<${it.name}>`
      : `${it.name} | ${/\.py$/.test(file) ? 'None' : 'null'}`
    return { from: it.from, to: it.to, put }
  }
}

/** The first `name:` behind a place. */
function named([, from]: At['place'], name: string): Changing {
  return text => {
    const found = new RegExp(`\\b${name}(?=\\s*[:,}])`).exec(text.slice(from, from + 200))
    const at = from + (found?.index ?? 0) + name.length
    return found ? { from: at, to: at, put: 'x' } : undefined
  }
}

/** A text in quotes, in what begins at a place. */
function otherText({ place }: At, value: string): Changing {
  const [from] = place
  return text => {
    const near = text.slice(from, from + 1500)
    const found = new RegExp(`(?<!\\w)(['"\`])${value.replace(/[^\w]/g, '\\$&')}\\1`).exec(near)
    if (!found) return undefined
    const at = from + found.index + 1 + value.length
    return { from: at, to: at, put: 'x' }
  }
}

function otherNumber({ place }: At): Changing {
  const [from] = place
  return text => {
    const found = /\d+/.exec(text.slice(from, from + 200))
    return found ? { from: from + found.index, to: from + found.index, put: '7' } : undefined
  }
}
