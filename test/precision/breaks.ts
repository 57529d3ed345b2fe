// How many breaks of a contract are found: one side of a border is changed, and the findings are asked for again.
//
//   node --import tsx test/precision/breaks.ts --repositories DIR [--seed N] [--count 1400] [--show] [--write]
//
// DIR holds the checkouts that `links.jsonl` names, by name. A place is broken only where the graph itself says that the other
// side uses it (`break-places.ts`), and on either side: words of paths of routes, of what is put before them and of calls, where
// no other route answers then; methods, where one route answers and its framework refuses others; fields that one side gives and
// the other reads or expects; parameters; types, values and limits that are the same on both sides; variables that one place sets
// and one reads; tables and columns that are made here; commands and their arguments. Tests are left alone. Places are shuffled
// by the seed and taken in turn from all kinds, of each kind and repository so many at most; each is one edit of one file in
// memory, which alone is read again, and is taken back afterwards. A name is broken by a letter more. A break is found when there
// is a finding that was not there before, which begins, or is related to what begins, on the line of the edit or of a place that
// uses what it changed; others are counted as elsewhere. `--write` keeps the totals.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import type { Finding } from '@codeant/shared/finding.ts'
import { analyseFile } from '../../server/src/features/analyse-file.ts'
import { languageOf } from '../../server/src/features/languages.ts'
import { Graph } from '../../server/src/graph/graph.ts'
import type { At } from '../../server/src/graph/routes.ts'
import { walk } from '../../server/src/host/node/walk.ts'
import { RULES } from '../../server/src/rules/registry.generated.ts'
import { checkRelations } from '../../server/src/rules/relate.ts'
import { RuleSet } from '../../server/src/rules/rule-set.ts'
import { testEngine } from '../support/engine.ts'
import { generator } from '../support/random-edits.ts'
import { type Break, breaksOf } from './break-places.ts'

/** Otherwise a repository would tell of one kind only. */
const MOST_OF_A_KIND = 20

type Outcome = 'found' | 'missed'

const { values } = parseArgs({
  options: {
    repositories: { type: 'string' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1400' },
    show: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
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

if (values.write) {
  const totals = {
    seed: Number(values.seed),
    breaks: all,
    found: sum('found'),
    elsewhere: sum('elsewhere'),
    kinds: byKind(),
  }
  writeFileSync(new URL('breaks.json', import.meta.url), `${JSON.stringify(totals, null, 2)}\n`)
}

/** Of all repositories together. */
function byKind(): Record<string, Record<Outcome | 'elsewhere', number>> {
  const kinds: typeof table = {}
  for (const [name, { found, missed, elsewhere }] of Object.entries(table)) {
    const kind = (kinds[name.slice(name.indexOf(' ') + 1)] ??= { found: 0, missed: 0, elsewhere: 0 })
    kind.found += found
    kind.missed += missed
    kind.elsewhere += elsewhere
  }
  return kinds
}

function judge(root: string, count: number): void {
  const { graph, texts } = workspaceOf(root)
  const untouched = keysOf(graph)
  if (values.show) for (const it of untouched) console.log(`before: ${it}`)
  const lineOf = ({ file, place }: At) => `${file}:${texts.get(file)?.slice(0, place[0]).split('\n').length}`
  let done = 0
  const ofKind = new Map<string, number>()
  for (const it of inTurn(breaksOf(graph.relations), generator(Number(values.seed)))) {
    if (done === count) return
    const { file } = it.at
    const text = texts.get(file)!
    const change = it.change(text)
    const before = ofKind.get(it.kind) ?? 0
    if (!change || isInTests(file, text.slice(0, change.from)) || before === MOST_OF_A_KIND) continue
    ofKind.set(it.kind, before + 1)
    done++
    put(graph, file, text.slice(0, change.from) + change.put + text.slice(change.to))
    const news = newFindings(graph, untouched)
    put(graph, file, text)
    const lines = new Set(it.touches.map(lineOf))
    const isNear = ([path, { start, related }]: readonly [string, Finding]) =>
      lines.has(lineOf({ file: path, place: [start, start] })) ||
      related?.some(other =>
        lines.has(lineOf({ file: other.path ?? path, place: [other.start, other.start] })),
      )
    const outcome: Outcome = news.some(isNear) ? 'found' : 'missed'
    const row = (table[`${root.split('/').at(-1)} ${it.kind}`] ??= { found: 0, missed: 0, elsewhere: 0 })
    row[outcome]++
    if (news.some(other => !isNear(other))) row.elsewhere++
    if (values.show && outcome === 'missed') {
      const line = text.slice(0, change.from).split('\n').length
      const start = text.lastIndexOf('\n', change.from - 1) + 1
      const [written] = text.slice(change.to).split('\n')
      console.log(
        `missed ${it.kind}: ${file}:${line}: ${(text.slice(start, change.from) + change.put + written).trim()}`,
      )
    }
  }
}

/** In Rust they stand below what they test. */
function isInTests(file: string, before: string): boolean {
  return file.endsWith('.rs') && /#\[cfg\(test\)\]\s+mod /.test(before)
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
