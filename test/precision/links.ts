// How often a call is linked to the right route, against places that were chosen by counting and read one by one:
//
//   node --import tsx test/precision/links.ts --repositories DIR [--show]
//
// `links.jsonl` has a line a place: the repository and its commit, where the call is, and where the route that answers it is
// declared; `null` where none answers, or where one place may lead to several. DIR holds the checkouts by name
// (DIR/mealie for mealie-recipes/mealie), each at that commit. `--show` lists what was missed.

import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { analyseFile } from '../../server/src/features/analyse-file.ts'
import { languageOf } from '../../server/src/features/languages.ts'
import { Graph } from '../../server/src/graph/graph.ts'
import type { Link } from '../../server/src/graph/links.ts'
import { walk } from '../../server/src/host/node/walk.ts'
import { testEngine } from '../support/engine.ts'

interface Place {
  readonly path: string
  /** From 1. */
  readonly line: number
}

interface Known extends Place {
  readonly repository: string
  readonly commit: string
  readonly method: string
  readonly url: string
  readonly route: (Place & { readonly method: string; readonly url: string }) | null
  readonly note: string
}

/** A call over several lines is noted at the line of its name, found at that of its URL; a route's decorators likewise. */
const NEAR = 3
const NEAR_ROUTE = 6

type Verdict = 'right' | 'wrong' | 'missed' | 'rightly silent'

/** Offsets as lines. */
class Lines {
  readonly #root: string
  readonly #texts = new Map<string, string>()

  constructor(root: string) {
    this.#root = root
  }

  of(path: string, offset: number): number {
    let text = this.#texts.get(path)
    if (text === undefined) {
      text = readFileSync(join(this.#root, path), 'utf8')
      this.#texts.set(path, text)
    }
    let line = 1
    for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++
    return line
  }
}

const { values } = parseArgs({
  options: { repositories: { type: 'string' }, show: { type: 'boolean', default: false } },
})
if (!values.repositories) throw new Error('--repositories DIR says where the checkouts are')
const known = readFileSync(new URL('links.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(it => JSON.parse(it) as Known)
const engine = await testEngine([])
const total: Record<Verdict, number> = { right: 0, wrong: 0, missed: 0, 'rightly silent': 0 }
const table: Record<string, Record<Verdict, number>> = {}
for (const repository of new Set(known.map(it => it.repository))) {
  const root = join(values.repositories, repository.split('/')[1]!)
  if (!existsSync(root)) {
    console.log(`${repository} is not there`)
    continue
  }
  table[repository] = judge(
    root,
    known.filter(it => it.repository === repository),
  )
  for (const [verdict, count] of Object.entries(table[repository])) total[verdict as Verdict] += count
}
console.table(table)
const percent = (part: number, of: number) => `${((100 * part) / of).toFixed(1)} %`
const { right, wrong, missed } = total
console.log(
  `precision ${percent(right, right + wrong)}, recall ${percent(right, right + wrong + missed)}, of ${right + wrong + missed} calls`,
)

function judge(root: string, places: readonly Known[]): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { right: 0, wrong: 0, missed: 0, 'rightly silent': 0 }
  const { links } = graphOf(root).relations
  const lines = new Lines(root)
  for (const it of places) {
    const verdict = verdictOf(it, links, lines)
    counts[verdict]++
    if (values.show && (verdict === 'wrong' || verdict === 'missed'))
      console.log(`${verdict}: ${it.path}:${it.line} ${it.method} ${it.url} ${it.note}`)
  }
  return counts
}

function verdictOf(place: Known, links: readonly Link[], lines: Lines): Verdict {
  const away = ({ call }: Link) => Math.abs(lines.of(call.file, call.place[0]) - place.line)
  const near = links.filter(it => it.call.file === place.path && away(it) <= NEAR)
  const nearest = Math.min(...near.map(away))
  const linked = near.filter(it => away(it) === nearest && it.route)
  const { route } = place
  if (!route) return linked.length > 0 && !/many/.test(place.note) ? 'wrong' : 'rightly silent'
  const isThere = (file: string, offset: number) =>
    file === route.path && Math.abs(lines.of(file, offset) - route.line) <= NEAR_ROUTE
  const isRight = linked.some(({ route: found }) => {
    const { file, place: at, mountedAt } = found!
    return isThere(file, at[0]) || (mountedAt && isThere(mountedAt.file, mountedAt.place[0]))
  })
  return isRight ? 'right' : linked.length > 0 ? 'wrong' : 'missed'
}

function graphOf(root: string): Graph {
  const graph = new Graph()
  for (const file of walk(
    root,
    it => languageOf(it) !== undefined,
    () => undefined,
  )) {
    const path = relative(root, file)
    const text = readFileSync(file, 'utf8')
    if (text.length > 1_000_000) continue
    const { facts } = analyseFile(engine, path, languageOf(path)!, text)
    graph.set(path, facts ?? { rows: {}, places: {} })
  }
  return graph
}
