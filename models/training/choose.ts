// Adds repositories to the list, those among the given mirrors that may be learned from:
//   node --import tsx models/training/choose.ts [--mirrors DIR] [owner/name ...]
// Without names, every mirror is looked at. An entry that is on the list stays as it is.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { CODE_LANGUAGES, type CodeLanguage } from '@codeant/shared/language.ts'
import { grammarOfPath, isForeign, languageOfGrammar } from './code-files.ts'
import { commitOn, type Entry, entriesOf, git } from './git.ts'
import { asksForMore, LICENCE_FILE, type Licence, licenceOf } from './licence.ts'
import {
  fileNameOf,
  LAST_DAY,
  LIST,
  mirrorOf,
  type Repository,
  readRepositories,
  type Split,
  splitOf,
} from './repositories.ts'

const { values, positionals } = parseArgs({
  options: { mirrors: { type: 'string', default: new URL('.data/mirrors', import.meta.url).pathname } },
  allowPositionals: true,
})

/** Collections that hold bugs or exercises on purpose, and those that bring a whole other project along. */
const NEVER =
  /^(TheAlgorithms|OWASP|appsecco|gothinkster|adeyosemanputra|erev0s|juice-shop|doocs|digininja|WebGoat|snyk-labs)\/|leetcode|exercis|vulnerable|realworld|interview|awesome|hoarder-app|RustPython|pulumi/i

/** Owners whose projects grew out of one another: all go where the first of them is. */
const FAMILIES: ReadonlySet<string> = new Set(['openstack'])

/** Fewer files of our languages are not worth a repository. */
const FEWEST_FILES = 10

const list = readRepositories()
const listed = new Set(list.map(it => it.repository.toLowerCase()))
const names = positionals.length > 0 ? positionals : mirrored()
/** By code file: the split of the repository that has it, so that copies fall on the same side. */
const owners = new Map<string, { readonly split: Split; readonly repository: string }>()
for (const it of list) {
  const mirror = mirrorOf(values.mirrors, it.repository)
  if (mirror) remember(it, codeOf(entriesOf(mirror, it.commit)))
}
for (const name of names) {
  if (listed.has(name.toLowerCase())) continue
  const entry = NEVER.test(name) ? 'a collection of bugs, exercises or copies' : judge(name)
  if (typeof entry === 'string') {
    console.log(`${name}: not taken, ${entry}`)
    continue
  }
  list.push(entry)
  writeFileSync(LIST, `[\n${list.map(it => `  ${JSON.stringify(it)}`).join(',\n')}\n]\n`)
  console.log(`${name}: ${entry.licence}, ${entry.language}, ${entry.split}`)
}
printCounts()

function mirrored(): string[] {
  return readdirSync(values.mirrors)
    .filter(it => it.includes('+'))
    .map(it => it.replace('+', '/'))
    .filter(it => mirrorOf(values.mirrors, it))
}

/** The entry for a repository, or why there is none. */
function judge(repository: string): Repository | string {
  const mirror = mirrorOf(values.mirrors, repository)
  if (!mirror) return `no mirror at ${fileNameOf(repository)}`
  const commit = commitOn(mirror, LAST_DAY)
  if (!commit) return 'nothing so old'
  const entries = entriesOf(mirror, commit)
  const licence = licenceAt(mirror, commit)
  if (!licence) return 'not permissively licensed'
  const code = codeOf(entries)
  if (code.length < FEWEST_FILES) return 'hardly any code of our languages'
  const language = mainLanguage(code)
  const except = otherwiseLicensed(mirror, commit, entries)
  const entry = { repository, commit, licence, language, split: splitLike(repository, code) }
  remember(entry, code)
  return except.length === 0 ? entry : { ...entry, except }
}

function codeOf(entries: readonly Entry[]): Entry[] {
  return entries.filter(it => grammarOfPath(it.path) && !isForeign(it.path))
}

function mainLanguage(code: readonly Entry[]): CodeLanguage {
  const sizes = new Map<CodeLanguage, number>()
  for (const { path, size } of code) {
    const language = languageOfGrammar(grammarOfPath(path)!)
    sizes.set(language, (sizes.get(language) ?? 0) + size)
  }
  return [...sizes].sort((a, b) => b[1] - a[1])[0]![0]
}

/** All licence files at the root must be permissive: one that is not speaks of a part that we could not tell apart. */
function licenceAt(mirror: string, commit: string): Licence | undefined {
  const root = git(mirror, 'ls-tree', '-z', '--full-tree', commit)?.split('\0') ?? []
  const found = new Set<string>()
  for (const line of root) {
    const [, mode, path] = /^(\d+) \w+ \w+\t(.*)$/s.exec(line) ?? []
    if (!path || !LICENCE_FILE.test(path) || mode === '040000') continue
    const said = git(mirror, 'show', `${commit}:${path}`)
    const text = mode === '120000' && said ? git(mirror, 'show', `${commit}:${said.trim()}`) : said
    if (!text || /third.?party|3rd.?party|\.spdx$|logo/i.test(path)) continue
    const licence = licenceOf(text)
    if (licence) for (const it of licence.split(' OR ')) found.add(it)
    else if (asksForMore(text)) return undefined
  }
  return found.size === 0 ? undefined : ([...found].sort().join(' OR ') as Licence)
}

/** Folders with a licence of their own that asks for more. */
function otherwiseLicensed(mirror: string, commit: string, entries: readonly Entry[]): string[] {
  const folders: string[] = []
  for (const { path, size } of entries) {
    if (!path.includes('/') || !LICENCE_FILE.test(path) || size > 200_000) continue
    const text = git(mirror, 'show', `${commit}:${path}`)
    if (text && asksForMore(text)) folders.push(path.slice(0, path.lastIndexOf('/') + 1))
  }
  return folders
}

/** A repository that shares a tenth of its code with one on the list is a fork or a copy: it goes where that one is. */
function splitLike(repository: string, code: readonly Entry[]): Split {
  const owner = repository.split('/')[0]!
  const relative = FAMILIES.has(owner) && list.find(it => it.repository.startsWith(`${owner}/`))
  if (relative) return relative.split
  const shared = new Map<string, number>()
  const splits = new Map<string, Split>()
  for (const { blob } of code) {
    const owner = owners.get(blob)
    if (!owner) continue
    shared.set(owner.repository, (shared.get(owner.repository) ?? 0) + 1)
    splits.set(owner.repository, owner.split)
  }
  const [most] = [...shared].sort((a, b) => b[1] - a[1])
  return most && most[1] > code.length * 0.1 ? splits.get(most[0])! : splitOf(repository)
}

function remember({ repository, split }: Repository, code: readonly Entry[]): void {
  // Empty and tiny files are the same everywhere.
  for (const { blob, size } of code)
    if (size > 200 && !owners.has(blob)) owners.set(blob, { repository, split })
}

function printCounts(): void {
  const count = (language: string, split: string) =>
    list.filter(it => it.language === language && it.split === split).length
  console.table(
    Object.fromEntries(
      CODE_LANGUAGES.map(it => [
        it,
        {
          training: count(it, 'training'),
          validation: count(it, 'validation'),
          'held-out': count(it, 'held-out'),
          all: list.filter(entry => entry.language === it).length,
        },
      ]),
    ),
  )
  const bytes = readFileSync(LIST).length
  console.log(`${list.length} repositories, ${bytes} bytes`)
}
