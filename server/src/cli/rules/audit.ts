// `codeant rules audit`: how often each rule speaks in a folder, what people say of that, and which rules that mutes.

import { readFileSync, writeFileSync } from 'node:fs'
import {
  countOf,
  isMuted,
  type Ledger,
  type RuleRecord,
  VERDICTS,
  type Verdict,
  withShown,
  withVerdict,
} from '../../features/ledger.ts'
import { digest } from '../../host/node/folders.ts'
import { keepLedger, LEDGER_FILE, ledgerOf } from '../../host/node/ledgers.ts'
import type { PlacedFinding } from '../analysis.ts'
import { type Arguments, UsageError } from '../arguments.ts'
import { collect, place } from '../collect.ts'
import { EXIT } from '../command.ts'
import { table } from '../output/table.ts'
import { findingText } from '../output/text.ts'
import { openPack, packsOf, projectRoot, shownPlace } from '../packs.ts'
import { paint, type Terminal } from '../terminal.ts'
import { absolute, announceSettings, openWorkspace, Reporter } from '../workspace.ts'
import { AUDIT_WORDS } from './audit-words.ts'

/** So many findings of a rule are asked about: as many as decide whether it is muted. */
const PER_RULE = 10

/** One line of `--out` and `--verdicts`. */
interface AuditLine {
  readonly rule: string
  readonly finding: string
  readonly path: string
  readonly line: number
  readonly message: string
  readonly code: string
  readonly verdict: Verdict | null
}

export async function auditRules(
  places: readonly string[],
  options: Arguments,
  terminal: Terminal,
): Promise<number> {
  const { out, cwd, locale } = terminal
  const say = AUDIT_WORDS[locale]
  const most = perRule(options.value('per-rule'), locale)
  const root = projectRoot(places[0] === undefined ? cwd : absolute(terminal, places[0]), terminal)
  const before = ledgerOf(root)
  if (!before) throw new UsageError(say.brokenLedger(LEDGER_FILE))
  const given = options.value('verdicts')
  const { findings, lines } = await findIn(places, options, terminal)
  let ledger = withShown(before, counted(findings))
  const keep = (next: Ledger) => {
    for (const [id, it] of next)
      if (isMuted(it) && !isMutedIn(ledger, id)) out.write(`${mutedText(id, it, terminal)}\n`)
    ledger = next
  }
  const sample = sampled(findings, most)
  if (given !== undefined)
    for (const { rule, finding, verdict } of readVerdicts(given, terminal))
      keep(withVerdict(ledger, rule, finding, verdict))
  else if (options.value('out') === undefined && terminal.isInteractive)
    await ask(
      sample.filter(it => !(nameOf(it) in (ledger.get(it.rule)?.verdicts ?? {}))),
      lines,
      terminal,
      (it, verdict) => {
        keep(withVerdict(ledger, it.rule, nameOf(it), verdict))
        keepLedger(root, ledger)
      },
    )
  keepLedger(root, ledger)
  const file = options.value('out')
  if (file !== undefined) {
    writeFileSync(absolute(terminal, file), sample.map(it => lineOf(it, lines, ledger)).join(''))
    out.write(`${say.wrote(sample.length, file)}\n`)
  }
  out.write(auditText(ledger, new Set(findings.map(it => it.rule)), terminal))
  out.write(`${say.kept(shownPlace(`${root}/${LEDGER_FILE}`, terminal))}\n`)
  return EXIT.ok
}

/** Everything that is found, without what a baseline knows or a model holds back being left out. */
async function findIn(places: readonly string[], options: Arguments, terminal: Terminal) {
  const say = AUDIT_WORDS[terminal.locale]
  const only = options
    .value('only')
    ?.split(',')
    .map(it => it.trim())
  const roots = places.length > 0 ? places.map(it => absolute(terminal, it)) : [terminal.cwd]
  packsOf(roots[0]!, terminal)
  const pack = await openPack(options.value('rules'), terminal)
  const workspace = openWorkspace(terminal, { cache: true, ...(pack && { pack }), ...(only && { only }) })
  for (const it of only ?? []) if (!workspace.isKnown(it)) throw new UsageError(say.noRule(it))
  try {
    const requests = workspace.scanner.requests(roots, it => terminal.err.write(`codeant: ${it}\n`))
    const collected = await collect(workspace, new Reporter(workspace, false), requests, terminal)
    announceSettings(workspace, terminal)
    return place(collected, workspace, terminal)
  } finally {
    await workspace.scanner.close()
  }
}

function counted(findings: readonly PlacedFinding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  return counts
}

/** The same finding has the same name, whatever its line; it tells nothing of the code. */
function nameOf({ rule, path, fingerprint }: PlacedFinding): string {
  return digest(`${rule}\0${path.split('/').at(-1)}\0${fingerprint}`).slice(0, 16)
}

/** Of each rule some, from here and there: the order of their names has nothing to do with where they lie. */
function sampled(findings: readonly PlacedFinding[], most: number): readonly PlacedFinding[] {
  const byRule = new Map<string, Map<string, PlacedFinding>>()
  for (const it of findings) {
    const ones = byRule.get(it.rule) ?? new Map<string, PlacedFinding>()
    ones.set(nameOf(it), it)
    byRule.set(it.rule, ones)
  }
  return [...byRule]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, ones]) => [...ones].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, most))
    .map(([, it]) => it)
}

async function ask(
  findings: readonly PlacedFinding[],
  lines: ReadonlyMap<string, readonly string[]>,
  terminal: Terminal,
  judged: (finding: PlacedFinding, verdict: Verdict) => void,
): Promise<void> {
  const { out, locale } = terminal
  const say = AUDIT_WORDS[locale]
  for (const [i, it] of findings.entries()) {
    out.write(
      `${paint(out, 'gray', `${i + 1}/${findings.length}`)} ${findingText(out, it, lines.get(it.path) ?? [], locale)}`,
    )
    const answer = (await terminal.ask(say.question))?.trim().toLowerCase()
    if (answer === undefined || answer === say.quit) return
    const verdict = VERDICTS.find(one => answer !== '' && say.verdict[one].startsWith(answer))
    if (verdict) judged(it, verdict)
  }
}

function lineOf(
  finding: PlacedFinding,
  lines: ReadonlyMap<string, readonly string[]>,
  ledger: Ledger,
): string {
  const { rule, path, start, end, message } = finding
  const name = nameOf(finding)
  const line: AuditLine = {
    ...{ rule, finding: name, path, line: start.line, message },
    code: (lines.get(path) ?? []).slice(start.line - 1, Math.min(end.line, start.line + 9)).join('\n'),
    verdict: ledger.get(rule)?.verdicts[name] ?? null,
  }
  return `${JSON.stringify(line)}\n`
}

/** Lines without a verdict are left for later; what cannot be read is told, and nothing of the file counts. */
function* readVerdicts(
  given: string,
  terminal: Terminal,
): Generator<{ readonly rule: string; readonly finding: string; readonly verdict: Verdict }> {
  const say = AUDIT_WORDS[terminal.locale]
  let text: string
  try {
    text = readFileSync(absolute(terminal, given), 'utf8')
  } catch {
    throw new UsageError(say.noFile(given))
  }
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    let read: Partial<Record<keyof AuditLine, unknown>> | null
    try {
      read = JSON.parse(line) as typeof read
    } catch {
      read = null
    }
    const { rule, finding, verdict } = read ?? {}
    if (typeof rule !== 'string' || typeof finding !== 'string')
      throw new UsageError(say.badLine(given, i + 1))
    if (verdict === null || verdict === undefined) continue
    if (!VERDICTS.includes(verdict as Verdict)) throw new UsageError(say.badLine(given, i + 1))
    yield { rule, finding, verdict: verdict as Verdict }
  }
}

/** Who speaks most comes first. */
function auditText(ledger: Ledger, spoke: ReadonlySet<string>, { out, locale }: Terminal): string {
  const say = AUDIT_WORDS[locale]
  const rows = [...ledger]
    .filter(([id, it]) => spoke.has(id) || isMuted(it))
    .sort(([a, x], [b, y]) => y.shown - x.shown || (a < b ? -1 : 1))
    .map(([id, it]) => [
      id,
      String(it.shown),
      ...VERDICTS.map(verdict => String(countOf(it, verdict))),
      isMuted(it) ? say.muted : it.kept ? say.spared : '',
    ])
  return rows.length === 0 ? `${say.nothing}\n` : table(out, say.head, rows)
}

function mutedText(id: string, record: RuleRecord, { out, locale }: Terminal): string {
  const wrong = countOf(record, 'wrong')
  return `${paint(out, 'yellow', AUDIT_WORDS[locale].isMuted(id, wrong, wrong + countOf(record, 'right')))}`
}

function isMutedIn(ledger: Ledger, id: string): boolean {
  const record = ledger.get(id)
  return record !== undefined && isMuted(record)
}

function perRule(given: string | undefined, locale: Terminal['locale']): number {
  if (given === undefined) return PER_RULE
  const most = Number(given)
  if (!Number.isInteger(most) || most < 1) throw new UsageError(AUDIT_WORDS[locale].noNumber(given))
  return most
}
