// Writing fixes to files: all of them, or one by one with a person's consent.

import { readFileSync } from 'node:fs'
import type { Locale } from '@codeant/shared/locale.ts'
import { type Decoded, decode } from '../features/admission.ts'
import { wordsOf } from '../features/explain.ts'
import { fixAll, type ProposedFix, proposeFixes, type Source } from '../features/fixes.ts'
import { applyEdits } from '../text/document.ts'
import { placeFindings } from './analysis.ts'
import { type Collected, type Outcome, shownPath } from './collect.ts'
import type { LearnedAnalysis } from './learned.ts'
import { findingText } from './output/text.ts'
import { repairBetweenFiles } from './repair-between-files.ts'
import { paint, type Terminal } from './terminal.ts'
import type { Workspace } from './workspace.ts'
import { FILE_WORDS, writeFiles } from './write-files.ts'

export interface Repaired {
  readonly findings: number
  readonly files: number
}

export async function repair(
  workspace: Workspace,
  { outcomes, graphs }: Pick<Collected, 'outcomes' | 'graphs'>,
  unsafe: boolean,
  terminal: Terminal,
  learned?: LearnedAnalysis,
): Promise<Repaired> {
  const between = await repairBetweenFiles(workspace, graphs, outcomes, unsafe, terminal)
  const files = new Set(between.files)
  let { findings } = between
  for (const outcome of outcomes) {
    if (!outcome.shown.some(it => it.finding.fix)) continue
    const file = await open(workspace, outcome, terminal)
    if (!file) continue
    const shown = new Set(outcome.shown.map(it => it.finding.rule))
    const wanted = (it: { readonly rule: string; readonly fix?: string }) =>
      shown.has(it.rule) && (unsafe || it.fix === 'safe')
    let { text, applied } = fixAll(file.engine, file.source, wanted)
    const refused = new Set<string>()
    for (let fix = unsafe ? await next() : undefined; fix; fix = await next()) {
      text = applyEdits(text, fix.edits)
      applied++
    }
    function next() {
      return nextLearned(file!.engine, { ...file!.source, text }, outcome, refused, learned)
    }
    if (applied === 0 || !save(outcome, file.decoded, text, terminal)) continue
    findings += applied
    files.add(outcome.answer.file)
  }
  return { findings, files: files.size }
}

/** Shows each fix and asks: yes, no, all that are left, or quit. */
export async function repairInteractively(
  workspace: Workspace,
  outcomes: readonly Outcome[],
  terminal: Terminal,
  learned?: LearnedAnalysis,
): Promise<Repaired> {
  const { out, locale } = terminal
  const done = { findings: 0, files: 0 }
  let all = false
  for (const outcome of outcomes) {
    const file = await open(workspace, outcome, terminal)
    if (!file) continue
    let { text } = file.source
    let applied = 0
    const refused = new Set<string>()
    for (;;) {
      const source = { ...file.source, text }
      const fix =
        nextFix(file.engine, source, outcome, refused) ??
        (await nextLearned(file.engine, source, outcome, refused, learned))
      if (!fix) break
      const rule = workspace.rules.get(fix.finding.rule)!
      const [placed] = placeFindings(
        shownPath(outcome.answer.file, terminal),
        text,
        [{ finding: fix.finding, severity: rule.severity, meaning: '' }],
        workspace.rules,
        locale,
      )
      out.write(findingText(out, placed!, text.split(/\r?\n/), locale))
      out.write(diff(fix, text, terminal))
      const label = wordsOf(rule, fix.finding, locale).fix ?? rule.id
      const answer = all ? 'y' : await terminal.ask(`${label}? ${WORDS[locale].choices} `)
      if (answer === undefined || /^q/i.test(answer)) {
        if (applied > 0 && save(outcome, file.decoded, text, terminal)) done.files++
        return { findings: done.findings + applied, files: done.files }
      }
      if (/^[at]/i.test(answer)) all = true
      if (all || /^[ys]/i.test(answer)) {
        text = applyEdits(text, fix.edits)
        applied++
      } else refused.add(keyOf(fix, text))
    }
    if (applied > 0 && save(outcome, file.decoded, text, terminal)) {
      done.findings += applied
      done.files++
    }
  }
  return done
}

function nextFix(
  engine: Parameters<typeof proposeFixes>[0],
  source: Source,
  { shown }: Outcome,
  refused: ReadonlySet<string>,
): ProposedFix | undefined {
  const rules = new Set(shown.filter(it => it.finding.fix).map(it => it.finding.rule))
  const fixes = proposeFixes(engine, source, it => rules.has(it.rule))
  return fixes.find(it => it.holds && !refused.has(keyOf(it, source.text)))
}

/** The next repair of what the bug finder says that holds and that it is content with; none is proposed twice. */
async function nextLearned(
  engine: Parameters<typeof proposeFixes>[0],
  source: Source,
  { answer, shown }: Outcome,
  refused: Set<string>,
  learned: LearnedAnalysis | undefined,
): Promise<ProposedFix | undefined> {
  const rules = new Set(shown.map(it => it.finding.rule).filter(it => engine.rules.get(it)?.learned))
  if (!learned || rules.size === 0) return undefined
  const findings = await learned.findings(answer, source.text)
  for (const fix of proposeFixes(engine, source, it => rules.has(it.rule), findings)) {
    const key = keyOf(fix, source.text)
    if (refused.has(key)) continue
    refused.add(key)
    const { rule, start } = fix.finding
    const repaired = applyEdits(source.text, fix.edits)
    if (fix.holds && (await learned.isContent(answer, repaired, rule, start))) return fix
  }
  return undefined
}

/** Knows a fix again after others changed what lies before it. */
function keyOf({ finding }: ProposedFix, text: string): string {
  return `${finding.rule}:${text.length - finding.start}:${text.slice(finding.start, finding.end)}`
}

function diff({ edits }: ProposedFix, text: string, { out }: Terminal): string {
  const first = text.lastIndexOf('\n', Math.min(...edits.map(it => it.start)) - 1) + 1
  const lastEdit = Math.max(...edits.map(it => it.end))
  // An edit that takes whole lines ends where the next one begins, and that one does not change.
  const newline = text.indexOf('\n', text[lastEdit - 1] === '\n' ? lastEdit - 1 : lastEdit)
  const last = newline === -1 ? text.length : newline
  const moved = edits.map(it => ({ ...it, start: it.start - first, end: it.end - first }))
  const before = text.slice(first, Math.max(last, lastEdit))
  const after = applyEdits(before, moved)
  const lines = (sign: string, colour: 'red' | 'green', block: string) =>
    block
      .replace(/\n$/, '')
      .split('\n')
      .map(line => `${paint(out, colour, `${sign} ${line}`)}\n`)
      .join('')
  return lines('-', 'red', before) + (after.trim() === '' ? '' : lines('+', 'green', after)) + '\n'
}

async function open(workspace: Workspace, { answer }: Outcome, terminal: Terminal) {
  let bytes: Buffer
  try {
    bytes = readFileSync(answer.file)
  } catch (error) {
    terminal.err.write(`${FILE_WORDS[terminal.locale].failed(answer.file, (error as Error).message)}\n`)
    return undefined
  }
  const decoded = decode(bytes)
  if (!decoded) return undefined
  const request = workspace.scanner.request(answer.file)
  const engine = await (request ? workspace.scanner.engineFor(request) : workspace.scanner.engine([answer]))
  const source: Source = { path: answer.path, language: answer.language, text: decoded.text }
  return { engine, source, decoded }
}

function save(
  { answer: { file } }: Outcome,
  { encoding }: Decoded,
  text: string,
  terminal: Terminal,
): boolean {
  return writeFiles([{ file, encoding, text }], terminal)
}

const WORDS: Readonly<Record<Locale, { readonly choices: string }>> = {
  en: { choices: '[y]es, [n]o, [a]ll, [q]uit' },
  es: { choices: '[s]í, [n]o, [t]odas, [q] salir' },
}
