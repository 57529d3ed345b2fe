// Mines the histories of the listed repositories for fixes that are one change of one function:
//   node --import tsx models/training/mine.ts [--mirrors DIR] [--data DIR] [--most COMMITS] [owner/name ...]
// One file a repository, DIR/fixes/owner+name.jsonl.gz, a line a fix (`mined-fixes.ts`). What is there already is not done again.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DiskGrammars } from '../../server/src/host/node/grammars.ts'
import { isTest } from '../../server/src/semantics/provenance.ts'
import { LANGUAGES, type OwnGrammar } from '../../server/src/syntax/language.ts'
import { SyntaxParser } from '../../server/src/syntax/parser.ts'
import { editBetween, newDocument } from '../../server/src/text/document.ts'
import { codeText, grammarOfPath, languageOfGrammar } from './code-files.ts'
import { isFixMessage } from './fix-message.ts'
import { Blobs, git } from './git.ts'
import { candidatesOf, type Likely, likelyIn } from './history.ts'
import { type MinedFix, writeFixes } from './mined-fixes.ts'
import { type Change, singleChanges } from './one-change.ts'
import { fileNameOf, mirrorOrClone, type Repository, readRepositories } from './repositories.ts'

/** Written beside the fixes of a repository when they are all there. */
interface Done {
  readonly commits: number
  readonly looked: number
  readonly parsed: number
  readonly seconds: number
  /** Fixes by `language kind split`, and how many of them are isolated or say that they repair. */
  readonly counts: Readonly<Record<string, number>>
  readonly isolated: number
  readonly fixMessage: number
  /** What was there before and after, so that a copy elsewhere is known. */
  readonly digests: readonly string[]
}

/** A fix whose message was not read yet, with digests of its functions as they changed and as they would change back. */
interface Found {
  readonly fix: Omit<MinedFix, 'date' | 'subject' | 'fixMessage'>
  readonly digest: string
  readonly reverse: string
}

const { values, positionals } = parseArgs({
  options: {
    data: { type: 'string', default: new URL('.data', import.meta.url).pathname },
    mirrors: { type: 'string' },
    most: { type: 'string', default: '60000' },
  },
  allowPositionals: true,
})
const mirrors = values.mirrors ?? join(values.data, 'mirrors')
const folder = join(values.data, 'fixes')
mkdirSync(folder, { recursive: true })

const parser = await SyntaxParser.start(new DiskGrammars(new URL('../../dist/grammars/', import.meta.url)))
for (const grammar of LANGUAGES) await parser.load(grammar)

const known = new Set<string>()
const all: [Repository, Done][] = []
for (const it of readRepositories()) {
  const file = doneFile(it.repository)
  const isAsked = positionals.length === 0 || positionals.includes(it.repository)
  let done: Done | undefined
  if (existsSync(file)) done = JSON.parse(readFileSync(file, 'utf8')) as Done
  else if (isAsked) done = await mine(it)
  if (!done) continue
  for (const digest of done.digests) known.add(digest)
  all.push([it, done])
}
printTable()

async function mine(entry: Repository): Promise<Done | undefined> {
  const { repository } = entry
  const mirror = mirrorOrClone(mirrors, repository)
  if (!mirror) {
    console.log(`${repository}: cannot be had`)
    return undefined
  }
  const began = performance.now()
  const { candidates, commits } = await candidatesOf(mirror, entry, Number(values.most))
  const blobs = new Blobs(mirror)
  const found: Found[] = []
  let parsed = 0
  for await (const group of likelyIn(mirror, entry, candidates)) {
    const inCommit: { it: Likely; change: Change; before: string; after: string }[] = []
    for (const it of group) {
      const grammar = grammarOfPath(it.path)!
      const [one, two] = [await blobs.read(it.before), await blobs.read(it.after)]
      const before = one && codeText(one, grammar)
      const after = two && codeText(two, grammar)
      if (before === undefined || after === undefined) continue
      parsed++
      for (const change of changesBetween(before, after, grammar))
        inCommit.push({ it, change, before, after })
    }
    // The same change in several functions is a new habit rather than a repair.
    const [only] = inCommit
    if (!only || inCommit.length > 1) continue
    const { it, change, before, after } = only
    if (isExpectation(it.path, change, before)) continue
    const said = normal(before.slice(...change.beforeFunction))
    const says = normal(after.slice(...change.afterFunction))
    const { kind, isOnly, beforeFunction, afterFunction, beforeRange, afterRange } = change
    const isolated = isOnly && candidates.get(it.commit)!.isAlone
    found.push({
      digest: digestOf(said, says),
      reverse: digestOf(says, said),
      fix: {
        repository,
        split: entry.split,
        commit: it.commit,
        path: it.path,
        language: grammarOfPath(it.path)!,
        kind,
        isolated,
        test: isTest(it.path),
        before,
        after,
        beforeFunction,
        afterFunction,
        beforeRange,
        afterRange,
      },
    })
  }
  blobs.close()
  const fixes = withMessages(mirror, unique(found))
  return write(entry, fixes, {
    commits,
    looked: candidates.size,
    parsed,
    seconds: Math.round((performance.now() - began) / 100) / 10,
  })
}

function changesBetween(before: string, after: string, grammar: OwnGrammar): Change[] {
  try {
    // The second parse uses what the first one read.
    const document = newDocument('before', languageOfGrammar(grammar), before)
    const one = parser.parse(document, grammar).tree
    const change = { ...editBetween(before, after), from: document.revision }
    const next = { ...newDocument('before', document.language, after), change }
    return singleChanges(one, parser.parse(next, grammar).tree)
  } catch (error) {
    // Deeper than the parser can follow: no code that a person would repair.
    if ((error as Error).name === 'TooDeep') return []
    throw error
  } finally {
    parser.release('before')
  }
}

/** A number in a test follows what the program does: it says nothing of a mistake. */
function isExpectation(path: string, { kind, beforeRange }: Change, before: string): boolean {
  return kind === 'literal' && isTest(path) && /\d/.test(before.slice(...beforeRange))
}

/** Without what was seen before, and without a change that was taken back: nobody knows which of the two was right. */
function unique<T extends { readonly digest: string; readonly reverse: string }>(found: readonly T[]): T[] {
  const here = new Set(found.map(it => it.digest))
  return found.filter(({ digest, reverse }) => {
    if (here.has(reverse) || known.has(reverse) || known.has(digest)) return false
    known.add(digest)
    return true
  })
}

function withMessages(mirror: string, found: readonly Pick<Found, 'fix' | 'digest'>[]) {
  return found.map(({ fix, digest }) => {
    const said = git(mirror, 'show', '-s', '--format=%cI%n%B', fix.commit) ?? '\n'
    const [date = '', subject = ''] = said.split('\n')
    const message = said.slice(date.length + 1)
    const { repository, split, commit, path, ...rest } = fix
    const whole: MinedFix = {
      repository,
      split,
      commit,
      date,
      subject,
      path,
      fixMessage: isFixMessage(message),
      ...rest,
    }
    return { fix: whole, digest }
  })
}

function write(
  { repository, split }: Repository,
  fixes: readonly { readonly fix: MinedFix; readonly digest: string }[],
  figures: Pick<Done, 'commits' | 'looked' | 'parsed' | 'seconds'>,
): Done {
  const counts: Record<string, number> = {}
  for (const { fix } of fixes) {
    const key = `${fix.language} ${fix.kind} ${split}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  const done: Done = {
    ...figures,
    counts,
    isolated: fixes.filter(it => it.fix.isolated).length,
    fixMessage: fixes.filter(it => it.fix.fixMessage).length,
    digests: fixes.map(it => it.digest),
  }
  writeFixes(
    values.data,
    repository,
    fixes.map(it => it.fix),
  )
  writeFileSync(doneFile(repository), JSON.stringify(done))
  console.log(
    `${repository}: ${done.commits} commits, ${done.looked} looked at, ${done.parsed} parsed, ` +
      `${fixes.length} fixes (${done.isolated} isolated, ${done.fixMessage} say so), ${done.seconds} s`,
  )
  return done
}

function doneFile(repository: string): string {
  return join(folder, `${fileNameOf(repository)}.json`)
}

function normal(code: string): string {
  return code.replace(/\s+/g, ' ')
}

function digestOf(one: string, two: string): string {
  return createHash('sha256').update(one).update('\0').update(two).digest('base64url').slice(0, 16)
}

function printTable(): void {
  const table: Record<string, Record<string, number>> = {}
  const totals = { commits: 0, fixes: 0, isolated: 0, fixMessage: 0, seconds: 0 }
  for (const [, done] of all) {
    totals.commits += done.commits
    totals.isolated += done.isolated
    totals.fixMessage += done.fixMessage
    totals.seconds += done.seconds
    for (const [key, count] of Object.entries(done.counts)) {
      const [language = '', kind = '', split = ''] = key.split(' ')
      totals.fixes += count
      for (const name of [`${language} ${split}`, `all ${split}`]) {
        const row = (table[name] ??= {
          variable: 0,
          operator: 0,
          literal: 0,
          negation: 0,
          await: 0,
          swap: 0,
          all: 0,
        })
        row[kind]! += count
        row.all! += count
      }
    }
  }
  console.table(Object.fromEntries(Object.entries(table).sort((a, b) => (a[0] < b[0] ? -1 : 1))))
  console.log(
    `${all.length} repositories, ${totals.commits} commits, ${totals.fixes} fixes, ` +
      `${totals.isolated} isolated, ${totals.fixMessage} say so, ${Math.round(totals.seconds)} s`,
  )
}
