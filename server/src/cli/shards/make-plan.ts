// Makes a plan: walks the places, reads what is in them once, and divides it.

import { statSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { ScanRequest } from '../../features/scan/scan-file.ts'
import { shownPath } from '../collect.ts'
import { Progress } from '../progress.ts'
import type { Terminal } from '../terminal.ts'
import { absolute, type Workspace } from '../workspace.ts'
import { engineOf } from './context.ts'
import { assign, cuts } from './divide.ts'
import { PlaceFiles, readPart } from './part-files.ts'
import { FORMAT, type Part, type Plan } from './plan.ts'
import { ShardTrouble } from './trouble.ts'
import type { ShardsWords } from './words.ts'

export interface PlanOptions {
  readonly places: readonly string[]
  /** Absent: as many as are some 800,000 lines each. */
  readonly shards?: number
  /** A project that is larger is cut, in bytes. */
  readonly most: number
  readonly only?: readonly string[]
  readonly rules?: Plan['rules']
}

/**
 * Of the largest size, in a shard: 800,000 lines, some 20 seconds of one core. Three of them go to starting and warming up; with a
 * third of the lines that would be every third second. What is lost with a shard that is killed is a part all the same.
 */
const PARTS = 8

type Uncounted = Omit<Part, 'isDivided' | 'shard'> & { readonly weight: number }

/** Throws `ShardTrouble`. */
export function makePlan(
  options: PlanOptions,
  workspace: Workspace,
  terminal: Terminal,
  say: ShardsWords,
): Plan {
  const { most, only, rules } = options
  const places = options.places.map(it => shownPath(absolute(terminal, it), terminal))
  refuseOverlaps(places, terminal, say)
  const files = new PlaceFiles(workspace, terminal, say)
  const progress = new Progress(terminal.err, () => performance.now())
  const found: Uncounted[] = []
  try {
    places.forEach((name, place) => {
      for (const part of partsOf(files.of(name), name, most, workspace, terminal, say)) {
        const { requests, from, root, weight } = part
        const read = readPart(requests, workspace.today, workspace, terminal, say)
        found.push({ place, from, to: from + requests.length, root, weight, ...read })
        progress.show(() => say.planning(found.length, name))
      }
    })
  } finally {
    progress.clear()
  }
  const total = found.reduce((sum, it) => sum + it.weight, 0)
  const shards = options.shards ?? Math.max(1, Math.ceil(total / (most * PARTS)))
  const assigned = assign(
    found.map(it => it.weight),
    shards,
  )
  const counts = new Map<string, number>()
  for (const { root } of found) counts.set(root, (counts.get(root) ?? 0) + 1)
  return {
    format: FORMAT,
    engine: engineOf(workspace, terminal),
    locale: terminal.locale,
    ...(only && { only }),
    ...(rules && { rules }),
    today: workspace.today,
    shards,
    places,
    parts: found.map(({ weight: _, ...it }, i) => ({
      ...it,
      isDivided: counts.get(it.root)! > 1,
      shard: assigned[i]!,
    })),
  }
}

/** Files that follow each other and belong to one project, cut where they are too many. */
function* partsOf(
  requests: readonly ScanRequest[],
  place: string,
  most: number,
  { projects }: Workspace,
  terminal: Terminal,
  say: ShardsWords,
) {
  let from = 0
  while (from < requests.length) {
    const { root } = projects.of(requests[from]!.file)
    refuseOutside(root, place, terminal, say)
    let to = from + 1
    while (to < requests.length && projects.of(requests[to]!.file).root === root) to++
    const own = requests.slice(from, to)
    const begins = cuts(
      own.map(it => ({ path: it.path, weight: weightOf(it) })),
      most,
    )
    for (const [i, begin] of begins.entries()) {
      const part = own.slice(begin, begins[i + 1])
      const weight = part.reduce((sum, it) => sum + weightOf(it), 0)
      yield { requests: part, from: from + begin, root: shownPath(root, terminal), weight }
    }
    from = to
  }
}

/** What is too large is only looked at. */
function weightOf({ file, maxFileSize }: ScanRequest): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  return size > maxFileSize ? 0 : size
}

/** Twice the same file would be twice the same findings, or a question of who was first. */
function refuseOverlaps(places: readonly string[], terminal: Terminal, say: ShardsWords): void {
  const known = new Map<string, string>()
  for (const it of places) {
    const own = absolute(terminal, it)
    if (known.has(own)) throw new ShardTrouble(say.twice(it), 'never')
    known.set(own, it)
  }
  for (const [own, it] of known) {
    const steps = own.split(sep)
    for (let i = 1; i < steps.length; i++) {
      const above = known.get(steps.slice(0, i).join(sep) || sep)
      if (above !== undefined) throw new ShardTrouble(say.inside(it, above), 'never')
    }
  }
}

/** Whose project reaches beyond its place would be told things of files that no shard has. */
function refuseOutside(root: string, place: string, terminal: Terminal, say: ShardsWords): void {
  const way = relative(absolute(terminal, place), root)
  if (way === '..' || way.startsWith(`..${sep}`) || way.includes(':'))
    throw new ShardTrouble(say.partOf(place, root), 'never')
}
