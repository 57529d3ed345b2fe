// How many breaks of a contract are found: one side of a border is changed, and the findings are asked for again.
//
//   node --import tsx test/precision/breaks.ts --repositories DIR [--seed N] [--count 300] [--show]
//
// DIR holds the checkouts that `links.jsonl` names, by name. A place is broken only where the graph itself says that the other
// side uses it: the path of a route that a call is linked to, a field of a response that a call
// reads or whose type a call expects, a field of a body that a call sends, a query parameter that a call sends. Places are shuffled by the seed and taken in turn from all kinds; each
// is one edit of one file in memory, which alone is read again, and is taken back afterwards. A break is found when there is a
// finding that was not there before, in one of the files that it touches, or related to one; others are counted as elsewhere.

import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import type { Finding } from '@codeant/shared/finding.ts'
import { analyseFile } from '../../server/src/features/analyse-file.ts'
import { languageOf } from '../../server/src/features/languages.ts'
import { Graph } from '../../server/src/graph/graph.ts'
import type { At } from '../../server/src/graph/routes.ts'
import type { ResolvedField } from '../../server/src/graph/shapes.ts'
import { walk } from '../../server/src/host/node/walk.ts'
import { RULES } from '../../server/src/rules/registry.generated.ts'
import { checkRelations } from '../../server/src/rules/relate.ts'
import { RuleSet } from '../../server/src/rules/rule-set.ts'
import { isSpokenOf } from '../../server/src/rules/support/exchanged.ts'
import { testEngine } from '../support/engine.ts'
import { generator } from '../support/random-edits.ts'

interface Break {
  readonly kind: string
  readonly at: At
  /** The text at the place, before and after; undefined where the place does not say what was expected. */
  readonly change: (written: string) => string | undefined
  /** Files that say something of it. */
  readonly touches: readonly string[]
}

type Outcome = 'found' | 'missed'

const { values } = parseArgs({
  options: {
    repositories: { type: 'string' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '300' },
    show: { type: 'boolean', default: false },
  },
})
if (!values.repositories) throw new Error('--repositories DIR says where the checkouts are')
const names = new Set(
  readFileSync(new URL('links.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map(it => (JSON.parse(it) as { readonly repository: string }).repository),
)
const roots = [...names].map(it => join(values.repositories!, it.split('/')[1]!)).filter(existsSync)
const engine = await testEngine([])
const rules = new RuleSet(
  RULES.filter(it => it.id.startsWith('contracts/') && it.relate && it.enabled !== false),
)
const table: Record<string, Record<Outcome | 'elsewhere', number>> = {}
for (const root of roots) judge(root, Math.ceil(Number(values.count) / roots.length))
const sum = (of: Outcome | 'elsewhere') => Object.values(table).reduce((all, it) => all + it[of], 0)
console.table(table)
const all = sum('found') + sum('missed')
const percent = (part: number) => `${((100 * part) / Math.max(1, all)).toFixed(1)} %`
console.log(
  `${all} breaks: ${percent(sum('found'))} found, new findings elsewhere for ${percent(sum('elsewhere'))}`,
)

function judge(root: string, count: number): void {
  const { graph, texts } = workspaceOf(root)
  const before = keysOf(graph)
  let done = 0
  for (const it of inTurn(breaksOf(graph), generator(Number(values.seed)))) {
    if (done === count) return
    const { file, place } = it.at
    const text = texts.get(file)!
    const changed = it.change(text.slice(...place))
    if (changed === undefined) continue
    done++
    put(graph, file, text.slice(0, place[0]) + changed + text.slice(place[1]))
    const news = newFindings(graph, before)
    put(graph, file, text)
    const isNear = ([path, { related }]: readonly [string, Finding]) =>
      it.touches.includes(path) ||
      related?.some(other => other.path !== undefined && it.touches.includes(other.path))
    const outcome: Outcome = news.some(isNear) ? 'found' : 'missed'
    const row = (table[`${root.split('/').at(-1)} ${it.kind}`] ??= { found: 0, missed: 0, elsewhere: 0 })
    row[outcome]++
    if (news.some(other => !isNear(other))) row.elsewhere++
    if (values.show && outcome === 'missed')
      console.log(`missed ${it.kind}: ${file}:${text.slice(0, place[0]).split('\n').length} → ${changed}`)
  }
}

function workspaceOf(root: string) {
  const graph = new Graph()
  const texts = new Map<string, string>()
  for (const file of walk(
    root,
    it => languageOf(it) !== undefined,
    () => undefined,
  )) {
    const text = readFileSync(file, 'utf8')
    if (text.length > 1_000_000) continue
    const path = relative(root, file)
    texts.set(path, text)
    put(graph, path, text)
  }
  return { graph, texts }
}

function put(graph: Graph, path: string, text: string): void {
  graph.set(path, analyseFile(engine, path, languageOf(path)!, text).facts ?? { rows: {}, places: {} })
}

/** Findings by what they say, wherever edits move them. */
function keysOf(graph: Graph): ReadonlySet<string> {
  const keys = [...checkRelations(rules, graph.relations)].flatMap(([path, all]) =>
    all.map(it => keyOf(path, it)),
  )
  return new Set(keys)
}

function newFindings(graph: Graph, before: ReadonlySet<string>): (readonly [string, Finding])[] {
  return [...checkRelations(rules, graph.relations)].flatMap(([path, all]) =>
    all.flatMap(it => (before.has(keyOf(path, it)) ? [] : [[path, it] as const])),
  )
}

function keyOf(path: string, { rule, data }: Finding): string {
  return `${path} ${rule} ${JSON.stringify(data)}`
}

/** One of each kind, and again. */
function inTurn(breaks: readonly Break[], random: (below: number) => number): Break[] {
  const kinds = new Map<string, Break[]>()
  for (const it of breaks) kinds.set(it.kind, [...(kinds.get(it.kind) ?? []), it])
  const taken: Break[] = []
  while (taken.length < breaks.length)
    for (const own of kinds.values()) if (own.length > 0) taken.push(...own.splice(random(own.length), 1))
  return taken
}

function breaksOf({ relations }: Graph): Break[] {
  const { shapes } = relations
  const found = new Map<string, Break>()
  const add = (it: Break) => {
    if (it.at.place[1] > it.at.place[0]) found.set(`${it.kind} ${it.at.file} ${it.at.place}`, it)
  }
  for (const { call, route, pattern } of relations.links) {
    if (!route || !pattern || pattern.isOpen) continue
    const touches = [call.file, route.file]
    add({ kind: 'route path', at: route, change: withLetterInPath, touches })
  }
  for (const exchange of relations.exchanges) {
    if (!isSpokenOf(exchange, relations)) continue
    const { call, route, handler, body, expected, reads, query } = exchange
    const rename = (kind: string, { at, inCode, name }: ResolvedField, others: readonly string[]) =>
      add({
        ...{ kind, at, touches: [at.file, call.file, route.file, ...others] },
        change: written =>
          written.includes(inCode ?? name) ? written.replace(inCode ?? name, it => `${it}x`) : undefined,
      })
    const taken =
      handler.body && handler.body.kind !== 'none'
        ? shapes.fieldsOf(handler.body, handler.at.file)
        : undefined
    const sent = body.type && shapes.fieldsOf(body.type.type, body.type.file)
    for (const it of taken && !taken.isOpen && sent && !sent.isOpen ? taken.fields : [])
      if (sent!.fields.some(other => other.name === it.name)) rename('body field', it, [])
    const given = handler.response && shapes.fieldsOf(handler.response, handler.at.file)
    const wanted =
      expected && expected.path.length === 0 ? shapes.fieldsOf(expected.type, expected.file) : undefined
    for (const it of given && !given.isOpen ? given.fields : []) {
      const isRead = reads.some(other => !other.isGuarded && other.path[0] === it.name)
      const other = wanted?.fields.find(own => own.name === it.name)
      if (isRead || other) rename('response field', it, other ? [other.at.file] : [])
    }
    const parameters = handler.isWhole ? handler.parameters.filter(it => it.in === 'query') : []
    for (const it of parameters)
      if (query.parts.some(part => part.path[0] === it.name))
        add({
          ...{ kind: 'query parameter', at: it.at, touches: [it.at.file, call.file, route.file] },
          change: written => (written === it.name ? `${it.name}x` : undefined),
        })
  }
  return [...found.values()]
}

/** A letter more in the last word of a path. */
function withLetterInPath(written: string): string | undefined {
  const at = /^(.*\/[a-z][\w-]*)([^\w]*)$/is.exec(written)
  return at ? `${at[1]}x${at[2]}` : undefined
}
