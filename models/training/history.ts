// Where in a history single changes may be: commits of few files, and files of which a hunk looks like one change.

import { grammarOfPath, isForeign, LARGEST } from './code-files.ts'
import { gitLines } from './git.ts'
import { likelyChange } from './likely-hunks.ts'
import type { Repository } from './repositories.ts'

/** A commit that changes some files of our languages by few characters. */
export interface Candidate {
  /** The new digests of those files. */
  readonly blobs: ReadonlySet<string>
  /** Nothing else in it is code. */
  readonly isAlone: boolean
}

/** A changed file with a hunk that looks like one change. */
export interface Likely {
  readonly commit: string
  readonly path: string
  readonly before: string
  readonly after: string
}

/** A commit with more files of our languages than this is a sweep through the house. */
const MOST_FILES = 8

/** The commits worth a look, newest first. */
export async function candidatesOf(
  mirror: string,
  { commit, except = [] }: Repository,
  most: number,
): Promise<{ readonly candidates: ReadonlyMap<string, Candidate>; readonly commits: number }> {
  const changes: Changed[] = []
  let commits = 0
  let current = ''
  let pairs: [before: string, after: string][] = []
  let otherCode = 0
  const close = () => {
    if (pairs.length >= 1 && pairs.length <= MOST_FILES && changes.length < most)
      changes.push({ commit: current, pairs, isAlone: pairs.length === 1 && otherCode === 0 })
    pairs = []
    otherCode = 0
  }
  for await (const lines of gitLines(mirror, [...LOG, commit])) {
    for (const line of lines) {
      if (line === '') continue
      if (line[0] !== ':') {
        close()
        current = line
        commits++
        continue
      }
      const tab = line.indexOf('\t')
      const path = line.slice(tab + 1)
      const isOurs = grammarOfPath(path) !== undefined && !isForeign(path)
      if (line[tab - 1] === 'M' && isOurs && !except.some(it => path.startsWith(it))) {
        const [, , before = '', after = ''] = line.split(' ')
        pairs.push([before, after])
      } else if (isOurs || !NO_CODE.test(path)) otherCode++
    }
  }
  close()
  return { candidates: await ofLittleChange(mirror, changes), commits }
}

interface Changed {
  readonly commit: string
  readonly pairs: readonly (readonly [before: string, after: string])[]
  readonly isAlone: boolean
}

/** A fix of one place adds or removes a word or two; git knows sizes without reading what is in the files. */
async function ofLittleChange(mirror: string, changes: readonly Changed[]): Promise<Map<string, Candidate>> {
  const asked = new Set(changes.flatMap(it => it.pairs.flat()))
  const sizes = new Map<string, number>()
  const ask = ['cat-file', '--batch-check=%(objectname) %(objectsize)']
  for await (const lines of gitLines(mirror, ask, [...asked].join('\n') + '\n')) {
    for (const line of lines) {
      const [blob = '', size] = line.split(' ')
      sizes.set(blob, Number(size))
    }
  }
  const candidates = new Map<string, Candidate>()
  for (const { commit, pairs, isAlone } of changes) {
    const blobs = pairs.filter(([before, after]) => {
      const [was, is] = [sizes.get(before) ?? Number.NaN, sizes.get(after) ?? Number.NaN]
      return Math.abs(was - is) <= MOST_GROWTH && was <= LARGEST && is <= LARGEST
    })
    if (blobs.length > 0) candidates.set(commit, { blobs: new Set(blobs.map(it => it[1])), isAlone })
  }
  return candidates
}

/** In bytes: room for a long name or a comment, not for a new paragraph of code. */
const MOST_GROWTH = 80

const LOG = [
  '-c',
  'core.quotePath=false',
  'log',
  '--no-merges',
  '--no-renames',
  '--raw',
  '--no-abbrev',
  '--format=%H',
]

/** A commit may tell of its change in these and is still a change of one place of the program. */
const NO_CODE = /\.(md|rst|txt|adoc|json|ya?ml|toml|lock|cfg|ini|snap|svg|png)$|(^|\/)[^./]+$/i

/** Git need not compare what a build or another project left there: such files are large, and in many commits. */
const FOREIGN = ['dist', 'external', 'vendor', 'node_modules', 'fixtures', 'third_party']

const OUR_FILES = ['py', 'js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx', 'rs'].map(it => `*.${it}`)

/** The files that look like holding one change, by commit. */
export async function* likelyIn(
  mirror: string,
  { except = [] }: Repository,
  candidates: ReadonlyMap<string, Candidate>,
): AsyncGenerator<readonly Likely[]> {
  const patch = [
    '-c',
    'core.quotePath=false',
    'diff-tree',
    '--stdin',
    '-p',
    '-U0',
    '-r',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--diff-filter=M',
    '--full-index',
    '--',
    ...OUR_FILES,
    ':(exclude)*.min.js',
    ...FOREIGN.map(it => `:(exclude,glob)**/${it}/**`),
  ]
  const group = new LikelyGroup()
  let commit = ''
  let before = ''
  let after = ''
  let path = ''
  let isWanted = false
  let removed: string[] = []
  let added: string[] = []
  let minus = 0
  let plus = 0
  for await (const lines of gitLines(mirror, patch, [...candidates.keys()].join('\n') + '\n')) {
    for (const line of lines) {
      if (minus + plus > 0) {
        const isMinus = line[0] === '-'
        if (isMinus) minus--
        else if (line[0] === '+') plus--
        else continue
        if (removed.length + added.length < 16) (isMinus ? removed : added).push(line.slice(1))
        if (minus + plus > 0) continue
        const change = likelyChange(removed, added)
        if (change !== undefined) group.add(change, isWanted ? { commit, path, before, after } : undefined)
        removed = []
        added = []
      } else if (line.startsWith('@@ ')) {
        const [, these = '1', those = '1'] = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line) ?? []
        minus = Number(these)
        plus = Number(those)
      } else if (line.startsWith('index ')) {
        const at = line.indexOf('..')
        before = line.slice(6, at)
        after = line.slice(at + 2).split(' ')[0]!
      } else if (line.startsWith('+++ b/')) {
        path = Buffer.from(line.slice(6).replace(/\t$/, ''), 'latin1').toString('utf8')
        isWanted =
          candidates.get(commit)?.blobs.has(after) === true &&
          grammarOfPath(path) !== undefined &&
          !isForeign(path) &&
          !except.some(it => path.startsWith(it))
      } else if (/^[0-9a-f]{40}$/.test(line)) {
        yield* group.take()
        commit = line
      }
    }
  }
  yield* group.take()
}

/** The likely files of one commit. */
class LikelyGroup {
  /** By what is done to the text: where, or undefined when that is done more than once. */
  #places = new Map<string, Likely | undefined>()

  /** `place` is undefined for a file that is not asked about. */
  add(change: string, place: Likely | undefined): void {
    // The same done twice is a renaming or a new habit.
    this.#places.set(change, this.#places.has(change) ? undefined : place)
  }

  /** Nothing, or one list of files, each once; the group is empty then. */
  *take(): Generator<readonly Likely[]> {
    const files = new Map<string, Likely>()
    for (const it of this.#places.values()) if (it) files.set(it.path, it)
    this.#places = new Map()
    if (files.size > 0 && files.size <= MOST_LIKELY) yield [...files.values()]
  }
}

/** Of more files than these, hardly ever is a single one left in the end. */
const MOST_LIKELY = 4
