// Writes what became of what our rules find in old states of the listed repositories:
//   node --import tsx models/training/actionability/findings.ts [--mirrors DIR] [--data DIR] [--again] [owner/name ...]
// One file a repository, DATA/actionability/<owner>+<name>.jsonl.gz. What is there already is not done again.

import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { hash32 } from '../../../server/src/base/digest.ts'
import { findingContexts } from '../../../server/src/features/finding-context.ts'
import { analyse, FileReader, SourceFile } from '../../../server/src/semantics/source-file.ts'
import { grammarOfPath, isForeign, LARGEST, languageOfGrammar } from '../code-files.ts'
import { commitOn, entriesOf } from '../git.ts'
import { fileNameOf, mirrorOf, type Repository, readRepositories } from '../repositories.ts'
import {
  DAYS,
  type Day,
  engine,
  Reader,
  type Snapshot,
  shownOf,
  stateOf,
  type Version,
} from './history-reader.ts'
import { type Fate, fatesOf, OUTCOMES, unknownTo } from './label.ts'
import type { LabelledFinding } from './labelled.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: new URL('../.data', import.meta.url).pathname },
    mirrors: { type: 'string' },
    again: { type: 'boolean', default: false },
  },
})
const folder = join(values.data, 'actionability')
mkdirSync(folder, { recursive: true })

/** On how many days findings are taken, from the first on which there is code: later ones had little time to be repaired. */
const TAKEN = 3

/**
 * Of a repository with more files than this, a part is read: ten thousand findings of one project say little more than a
 * thousand. Which part is a matter of the files' names, so that it is the same part on every day, and after a move.
 */
const MOST_FILES = 400

const totals = new Map<string, number>()
const mirrors = values.mirrors ?? join(values.data, 'mirrors')
const list = readRepositories()
for (const entry of inOrder(list)) {
  const { repository } = entry
  if (positionals.length > 0 && !positionals.includes(repository)) continue
  const out = join(folder, `${fileNameOf(repository)}.jsonl.gz`)
  const mirror = mirrorOf(mirrors, repository)
  if (!mirror || (existsSync(out) && !values.again)) continue
  const lines = await labelled(entry, mirror)
  writeFileSync(`${out}.part`, gzipSync(lines.map(it => `${JSON.stringify(it)}\n`).join('')))
  renameSync(`${out}.part`, out)
  for (const { outcome } of lines) totals.set(outcome, (totals.get(outcome) ?? 0) + 1)
  const sums = OUTCOMES.map(it => `${it} ${totals.get(it) ?? 0}`).join(', ')
  console.log(`${entry.split} ${repository}: ${lines.length} findings; in all ${sums}`)
}

/** Two to learn from, then one to be judged by: whatever there is time for can be used. */
function inOrder(all: readonly Repository[]): Repository[] {
  const learned = all.filter(it => it.split === 'training')
  const judged = all.filter(it => it.split !== 'training')
  const ordered = judged.flatMap((it, i) => [...learned.slice(2 * i, 2 * i + 2), it])
  return [...ordered, ...learned.slice(2 * judged.length)]
}

async function labelled(entry: Repository, mirror: string): Promise<LabelledFinding[]> {
  const isPicked = picking(mirror, entry.commit)
  const snapshots = DAYS.map((day): Snapshot => {
    const commit = day === 'now' ? entry.commit : commitOn(mirror, `${day}T23:59:59Z`)
    return { day, blobs: commit ? codeFiles(entry, mirror, commit, isPicked) : new Map() }
  })
  const first = snapshots.findIndex(it => it.blobs.size > 0)
  const found: LabelledFinding[] = []
  if (first === -1) return found
  const reader = new Reader(mirror)
  for (let i = first; i < Math.min(first + TAKEN, snapshots.length - 1); i++) {
    const taken = snapshots[i]!
    for (const path of taken.blobs.keys()) {
      const then = await reader.version(taken, path)
      if (!then) continue
      const earlier = i > first ? await reader.version(snapshots[i - 1]!, path) : undefined
      for (const it of await follow(then, earlier, snapshots.slice(i), reader)) {
        const { severity, enabled } = engine.rules.get(it.rule)!
        found.push({ ...repositoryOf(entry), day: taken.day, severity, optIn: enabled === false, ...it })
      }
    }
  }
  reader.close()
  return found
}

function repositoryOf({ repository, split }: Repository) {
  return { repository, split }
}

function picking(mirror: string, commit: string): (path: string) => boolean {
  const count = entriesOf(mirror, commit).filter(it => grammarOfPath(it.path) && !isForeign(it.path)).length
  return path => hash32(basename(path)) / 2 ** 32 < MOST_FILES / count
}

function codeFiles(
  { except = [] }: Repository,
  mirror: string,
  commit: string,
  isPicked: (path: string) => boolean,
): Map<string, string> {
  const wanted = entriesOf(mirror, commit).filter(
    ({ path, size }) =>
      isPicked(path) &&
      size > 0 &&
      size <= LARGEST / 2 &&
      grammarOfPath(path) !== undefined &&
      !isForeign(path) &&
      !except.some(it => path.startsWith(it)),
  )
  return new Map(wanted.map(it => [it.path, it.blob]))
}

type Followed = Pick<LabelledFinding, 'path' | 'line' | 'rule' | 'outcome' | 'kept' | 'until' | 'context'>

/** What became of the findings of a file that were not there on the day before. */
async function follow(
  then: Version,
  earlier: Version | undefined,
  [taken, ...later]: readonly Snapshot[],
  reader: Reader,
): Promise<Followed[]> {
  const shown = shownOf(then)
  if (shown.length === 0) return []
  const state = stateOf(then)
  let alive = earlier ? unknownTo(stateOf(earlier), state, shown) : shown
  const fates = new Map<number, Fate & { until: Day }>()
  let { path } = then
  for (const snapshot of later) {
    if (alive.length === 0) break
    let now = await reader.version(snapshot, path)
    if (!now && !snapshot.blobs.has(path)) now = await renamed(then, taken!, snapshot, reader)
    if (now) path = now.path
    const after = now && stateOf(now)
    const judged =
      now?.blob === then.blob && now.path === then.path ? undefined : fatesOf(state, after, alive)
    alive.forEach((index, i) => {
      fates.set(index, { ...(judged?.[i] ?? { outcome: 'still', kept: 1 }), until: snapshot.day })
    })
    alive = alive.filter(it => fates.get(it)!.outcome === 'still')
  }
  const file = new SourceFile(
    then.path,
    languageOfGrammar(then.grammar),
    analyse(state.tree),
    new FileReader(state.tree),
  )
  const contexts = fates.size > 0 ? findingContexts(file, then.result.findings, engine.rules) : []
  return [...fates].map(([index, fate]) => {
    const { rule, start } = then.result.findings[index]!
    const line = then.text.slice(0, start).split('\n').length
    return { path: then.path, line, rule, ...fate, context: contexts[index]! }
  })
}

/** Of the new files that have the same name elsewhere, the one with most of the lines, and at least half of them. */
async function renamed(
  { path, text }: Version,
  taken: Snapshot,
  snapshot: Snapshot,
  reader: Reader,
): Promise<Version | undefined> {
  const lines = new Set(text.split('\n').map(it => it.trim()))
  let best: Version | undefined
  let most = 0.5
  for (const other of snapshot.blobs.keys()) {
    if (basename(other) !== basename(path) || taken.blobs.has(other)) continue
    const version = await reader.version(snapshot, other)
    if (!version) continue
    const theirs = new Set(version.text.split('\n').map(line => line.trim()))
    const share = [...lines].filter(line => theirs.has(line)).length / lines.size
    if (share <= most) continue
    most = share
    best = version
  }
  return best
}
