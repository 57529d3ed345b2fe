// Lays out the code of the listed repositories as it stood on the last day (`now`) and two years before (`then`):
//   node --import tsx models/training/corpus.ts [--mirrors DIR] [--data DIR]
// What is there already is not done again. Nothing of a repository is run.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { codeText, grammarOfPath, isForeign, LARGEST, languageOfGrammar } from './code-files.ts'
import { Blobs, commitOn, type Entry, entriesOf } from './git.ts'
import { mirrorOrClone, type Repository, readRepositories } from './repositories.ts'
import { type Moment, snapshotOf } from './snapshots.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: new URL('.data', import.meta.url).pathname },
    mirrors: { type: 'string' },
  },
})
const mirrors = values.mirrors ?? join(values.data, 'mirrors')

/** Functions that are still the same two years later have survived: few of them are wrong. */
const THEN = '2023-05-31T23:59:59Z'

/** Written beside a snapshot when it is whole. */
interface Done {
  readonly commit: string
  /** Files by language. */
  readonly files: Readonly<Record<string, number>>
  readonly bytes: number
  /** Files that an earlier repository has too. */
  readonly duplicates: number
  readonly blobs: readonly string[]
}

const table: Record<string, Record<string, number>> = {}
/** The files of all snapshots of `now` so far, by their git digest: the first on the list keeps a copy. */
const known = new Set<string>()
for (const it of readRepositories()) {
  for (const moment of ['now', 'then'] as const) {
    const done = (await alreadyDone(it, moment)) ?? (await lay(it, moment))
    if (!done) continue
    if (moment === 'now') for (const blob of done.blobs) known.add(blob)
    count(it, moment, done)
  }
}
console.table(table)

async function alreadyDone({ repository }: Repository, moment: Moment): Promise<Done | undefined> {
  const file = doneFile(repository, moment)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Done) : undefined
}

/** Writes the snapshot of one moment; undefined when there is nothing so old, or no repository. */
async function lay(entry: Repository, moment: Moment): Promise<Done | undefined> {
  const { repository } = entry
  const mirror = mirrorOrClone(mirrors, repository)
  if (!mirror) {
    console.log(`${repository}: cannot be had`)
    return undefined
  }
  const commit = moment === 'now' ? entry.commit : commitOn(mirror, THEN)
  if (!commit) return undefined
  const folder = snapshotOf(values.data, repository, moment)
  rmSync(folder, { recursive: true, force: true })
  const files: Record<string, number> = {}
  const wanted: Entry[] = []
  let duplicates = 0
  for (const it of entriesOf(mirror, commit)) {
    if (!isWanted(it, entry)) continue
    if (moment === 'now' && known.has(it.blob)) duplicates++
    else wanted.push(it)
    if (moment === 'now') known.add(it.blob)
  }
  let bytes = 0
  const blobs = new Blobs(mirror)
  let next = 0
  for await (const blob of blobs.readAll(wanted.map(it => it.blob))) {
    const { path } = wanted[next++]!
    const grammar = grammarOfPath(path)!
    const text = blob && codeText(blob, grammar)
    if (text === undefined) continue
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    bytes += text.length
    const language = languageOfGrammar(grammar)
    files[language] = (files[language] ?? 0) + 1
  }
  blobs.close()
  const done: Done = { commit, files, bytes, duplicates, blobs: wanted.map(it => it.blob) }
  mkdirSync(folder, { recursive: true })
  writeFileSync(doneFile(repository, moment), JSON.stringify(done))
  console.log(`${repository} ${moment}: ${JSON.stringify(files)}, ${duplicates} duplicates`)
  return done
}

function isWanted({ path, size }: Entry, { except = [] }: Repository): boolean {
  // A path that leaves the folder cannot be in a tree that git wrote; in one that somebody forged, it can.
  if (size === 0 || size > LARGEST || path.split('/').includes('..')) return false
  return (
    grammarOfPath(path) !== undefined && !isForeign(path) && !except.some(folder => path.startsWith(folder))
  )
}

function doneFile(repository: string, moment: Moment): string {
  return `${snapshotOf(values.data, repository, moment)}.json`
}

function count({ split }: Repository, moment: Moment, { files, bytes }: Done): void {
  const row = (table[`${split} ${moment}`] ??= {
    repositories: 0,
    python: 0,
    javascript: 0,
    typescript: 0,
    rust: 0,
    megabytes: 0,
  })
  row.repositories!++
  for (const [language, number] of Object.entries(files)) row[language]! += number
  row.megabytes = Math.round((row.megabytes! + bytes / 1e6) * 10) / 10
}
