// Writes what became, within two years, of what our rules find in old states of the listed repositories:
//   node --import tsx models/training/actionability/findings.ts [--mirrors DIR] [--data DIR] [--again] [owner/name ...]
// One file a repository, DATA/actionability/<owner>+<name>.jsonl.gz. What is there already is not done again. Held-out
// repositories come first: without them nothing can be measured.

import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { DEFAULT_SETTINGS, type ProjectSettings } from '@codeant/shared/settings.ts'
import { hash32 } from '../../../server/src/base/digest.ts'
import { analyseFile, type Engine, type FileResult } from '../../../server/src/features/analyse-file.ts'
import { findingContexts } from '../../../server/src/features/finding-context.ts'
import { reportFile } from '../../../server/src/features/report.ts'
import { DiskGrammars } from '../../../server/src/host/node/grammars.ts'
import { RULES } from '../../../server/src/rules/registry.generated.ts'
import { RuleSet } from '../../../server/src/rules/rule-set.ts'
import { analyse, FileReader, SourceFile } from '../../../server/src/semantics/source-file.ts'
import { type Grammar, LANGUAGES } from '../../../server/src/syntax/language.ts'
import { SyntaxParser } from '../../../server/src/syntax/parser.ts'
import { codeText, grammarOfPath, isForeign, LARGEST, languageOfGrammar } from '../code-files.ts'
import { Blobs, commitOn, entriesOf } from '../git.ts'
import { fileNameOf, mirrorOf, type Repository, readRepositories } from '../repositories.ts'
import { fatesOf, OUTCOMES, type State } from './label.ts'
import type { LabelledFinding } from './labelled.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: new URL('../.data', import.meta.url).pathname },
    mirrors: { type: 'string' },
    again: { type: 'boolean', default: false },
  },
})
const parser = await SyntaxParser.start(new DiskGrammars(new URL('../../../dist/grammars/', import.meta.url)))
for (const grammar of LANGUAGES) await parser.load(grammar)
/** Formatters repair these by the thousand; who asks for them wants all of them. */
const SPACING = /whitespace|newline|line-endings/
const wanted = RULES.filter(it => !SPACING.test(it.id))
const engine: Engine = { parser, rules: new RuleSet(wanted) }
/** Comments that end are as good as those that do not: what counts is that somebody wanted silence. */
const TODAY = '2019-05-31'
const EVERYTHING: ProjectSettings = {
  ...DEFAULT_SETTINGS,
  rules: Object.fromEntries(wanted.filter(it => it.enabled === false).map(it => [it.id, { enabled: true }])),
}
const folder = join(values.data, 'actionability')
mkdirSync(folder, { recursive: true })

/** Each is two years after the one before; after the last comes the commit on the list. */
const DAYS = ['2019-05-31', '2021-05-31', '2023-05-31'] as const
const TODAY_OF_LIST = 'now'

/**
 * Of a repository with more files than this, a part is read: ten thousand findings of one project say little more than a
 * thousand. Which part is a matter of the files' names, so that it is the same part on every day, and after a move.
 */
const MOST_FILES = 800

const totals = new Map<string, number>()
const mirrors = values.mirrors ?? join(values.data, 'mirrors')
const list = readRepositories()
const isHeldOut = (it: Repository) => it.split !== 'training'
for (const entry of [...list.filter(isHeldOut), ...list.filter(it => !isHeldOut(it))]) {
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

/** A file as it was on one day. */
interface Version {
  readonly path: string
  readonly blob: string
  readonly text: string
  readonly grammar: Grammar
  readonly result: FileResult
}

async function labelled(entry: Repository, mirror: string): Promise<LabelledFinding[]> {
  const found: LabelledFinding[] = []
  const isPicked = picking(mirror, entry.commit)
  let then: { readonly day: string; readonly files: ReadonlyMap<string, Version> } | undefined
  for (const day of [...DAYS, TODAY_OF_LIST]) {
    const commit = day === TODAY_OF_LIST ? entry.commit : commitOn(mirror, `${day}T23:59:59Z`)
    const files = commit
      ? await filesOf(entry, mirror, commit, then?.files, isPicked)
      : new Map<string, Version>()
    if (then) for (const it of compare(then.files, files)) found.push(lineOf(entry, then.day, it))
    then = { day, files }
  }
  return found
}

function picking(mirror: string, commit: string): (path: string) => boolean {
  const count = entriesOf(mirror, commit).filter(it => grammarOfPath(it.path) && !isForeign(it.path)).length
  return path => hash32(basename(path)) / 2 ** 32 < MOST_FILES / count
}

async function filesOf(
  { except = [] }: Repository,
  mirror: string,
  commit: string,
  before: ReadonlyMap<string, Version> | undefined,
  isPicked: (path: string) => boolean,
): Promise<Map<string, Version>> {
  const files = new Map<string, Version>()
  const wanted = entriesOf(mirror, commit).filter(
    ({ path, size }) =>
      isPicked(path) &&
      size > 0 &&
      size <= LARGEST &&
      grammarOfPath(path) !== undefined &&
      !isForeign(path) &&
      !except.some(it => path.startsWith(it)),
  )
  const isKnown = ({ path, blob }: { path: string; blob: string }) => before?.get(path)?.blob === blob
  for (const it of wanted) if (isKnown(it)) files.set(it.path, before!.get(it.path)!)
  const fresh = wanted.filter(it => !isKnown(it))
  const blobs = new Blobs(mirror)
  let next = 0
  for await (const bytes of blobs.readAll(fresh.map(it => it.blob))) {
    const { path, blob } = fresh[next++]!
    const grammar = grammarOfPath(path)!
    const text = bytes && codeText(bytes, grammar)
    if (text === undefined) continue
    const result = analyseFile(engine, path, languageOfGrammar(grammar), text, deadline())
    if (!result.skipped) files.set(path, { path, blob, text, grammar, result })
  }
  blobs.close()
  return files
}

/** A file that takes longer than the product would give it is left out. */
function deadline(): () => boolean {
  const until = Date.now() + DEFAULT_SETTINGS.maxFileTime
  let asked = 0
  return () => (++asked & 255) === 0 && Date.now() > until
}

type Judged = Pick<LabelledFinding, 'path' | 'line' | 'rule' | 'outcome' | 'kept' | 'context'>

function* compare(then: ReadonlyMap<string, Version>, now: ReadonlyMap<string, Version>): Generator<Judged> {
  const byName = new Map<string, Version[]>()
  for (const it of now.values()) {
    if (then.has(it.path)) continue
    const name = basename(it.path)
    byName.set(name, [...(byName.get(name) ?? []), it])
  }
  for (const before of then.values()) {
    const shown = shownOf(before)
    if (shown.length === 0) continue
    const { path, text, grammar } = before
    const after = now.get(path) ?? renamed(text, byName.get(basename(path)) ?? [])
    const state = stateOf(before)
    const fates = fatesOf(state, after && stateOf(after), shown)
    const semantics = analyse(state.tree)
    const file = new SourceFile(path, languageOfGrammar(grammar), semantics, new FileReader(state.tree))
    const contexts = findingContexts(file, before.result.findings, engine.rules)
    for (const [i, index] of shown.entries()) {
      const { rule, start } = before.result.findings[index]!
      const line = text.slice(0, start).split('\n').length
      yield { path, line, rule, ...fates[i]!, context: contexts[index]! }
    }
  }
}

function lineOf({ repository, split }: Repository, day: string, judged: Judged): LabelledFinding {
  const { severity, enabled } = engine.rules.get(judged.rule)!
  return { repository, split, day, severity, optIn: enabled === false, ...judged }
}

function stateOf({ text, grammar, result }: Version): State {
  return { text, tree: parser.parseOnce(text, grammar)!, ...result }
}

/** The numbers of the findings that a reader sees who switched every rule on but those about spacing. */
function shownOf({ path, result }: Version): number[] {
  if (result.findings.length === 0) return []
  const { shown } = reportFile(path, result, { rules: engine.rules, settings: EVERYTHING, today: TODAY })
  const visible = new Set(shown.map(it => it.finding))
  const numbers: number[] = []
  result.findings.forEach((it, index) => {
    if (visible.has(it)) numbers.push(index)
  })
  return numbers
}

/** Of the new files that have the same name elsewhere, the one with most of the lines, and at least half of them. */
function renamed(text: string, others: readonly Version[]): Version | undefined {
  const lines = new Set(text.split('\n').map(it => it.trim()))
  let best: Version | undefined
  let most = 0.5
  for (const it of others) {
    const theirs = new Set(it.text.split('\n').map(line => line.trim()))
    const share = [...lines].filter(line => theirs.has(line)).length / lines.size
    if (share <= most) continue
    most = share
    best = it
  }
  return best
}
