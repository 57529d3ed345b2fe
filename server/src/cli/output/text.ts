// Findings for a person at a terminal: where, what, why, the code, and what to do.

import type { Severity } from '@codeant/shared/finding.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import { expectation } from '../../features/impact.ts'
import { SKIP_REASONS } from '../../features/skip-words.ts'
import type { Concept } from '../../rules/concepts.ts'
import type { RuleSet } from '../../rules/rule-set.ts'
import type { Analysis, PlacedFinding, SkippedFile } from '../analysis.ts'
import { type Output, paint, type Style } from '../terminal.ts'
import { markdownText } from './markdown.ts'
import { TEXT } from './words.ts'

const COLOUR: Readonly<Record<Severity, Style>> = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
  hint: 'gray',
}
/** Lines of code shown before and behind the marked one. */
const CONTEXT = 1
/** A finding that covers many lines shows its first ones. */
const MAX_LINES = 6

/** One finding, with its code. `lines` are those of its file. */
export function findingText(
  output: Output,
  finding: PlacedFinding,
  lines: readonly string[],
  locale: Locale,
): string {
  const { path, start, severity, rule, message, why, remedy, fix } = finding
  const say = TEXT[locale]
  const head = `${paint(output, 'bold', path)}:${start.line}:${start.column} ${paint(output, ['bold', COLOUR[severity]], say.severity[severity])} ${message} ${paint(output, 'gray', rule)}`
  const fixable = fix ? ` ${paint(output, 'green', say.fixable[fix])}` : ''
  const text = [
    head,
    frame(output, finding, lines),
    `  ${why}`,
    `  ${paint(output, 'cyan', `${say.remedy}:`)} ${remedy}${fixable}`,
  ]
  return `${text.join('\n')}\n\n`
}

/** The idea behind a finding, indented below it. */
export function conceptText(output: Output, concept: Concept, locale: Locale): string {
  const { title, body } = concept[locale]
  const text = `${paint(output, 'bold', title)}\n\n${markdownText(output, body)}`
  return `${text.replace(/^(?=.)/gm, '  ')}\n`
}

function frame(output: Output, { start, end, severity }: PlacedFinding, lines: readonly string[]): string {
  const first = Math.max(1, start.line - CONTEXT)
  const last = Math.min(lines.length, Math.min(end.line, start.line + MAX_LINES - 1) + CONTEXT)
  const width = String(last).length
  const room = Math.max(40, output.width - width - 8)
  const rows: string[] = []
  for (let number = first; number <= last; number++) {
    const line = (lines[number - 1] ?? '').replaceAll('\t', ' ')
    const marked = number >= start.line && number <= end.line
    // A line wider than the terminal is shown around the mark.
    const from = marked && number === start.line && start.column > room - 10 ? start.column - 20 : 0
    const shown = line.slice(from, from + room)
    rows.push(`  ${paint(output, 'gray', `${String(number).padStart(width)} │`)} ${shown}`)
    if (!marked || line.trim() === '') continue
    const left = number === start.line ? start.column - 1 : line.length - line.trimStart().length
    const right = number === end.line ? end.column - 1 : line.trimEnd().length
    const length = Math.max(1, Math.min(right - left, room - (left - from)))
    rows.push(
      `  ${paint(output, 'gray', `${' '.repeat(width)} │`)} ${' '.repeat(Math.max(0, left - from))}${paint(output, COLOUR[severity], '^'.repeat(length))}`,
    )
  }
  return rows.join('\n')
}

export function skippedText(output: Output, skipped: readonly SkippedFile[], locale: Locale): string {
  if (skipped.length === 0) return ''
  const lines = skipped.map(it => `  ${it.path}: ${SKIP_REASONS[locale][it.reason]}`)
  return `${paint(output, 'yellow', TEXT[locale].skipped(skipped.length))}\n${lines.join('\n')}\n`
}

export function summaryText(
  output: Output,
  { findings, summary, skipped }: Analysis,
  hidden: { readonly bySeverity: number; readonly heldBack: number },
  locale: Locale,
): string {
  const say = TEXT[locale]
  const count = (severity: Severity) => findings.filter(it => it.severity === severity).length
  const number = new Intl.NumberFormat(locale)
  const severities = (['error', 'warning', 'info', 'hint'] as const).flatMap(severity => {
    const many = count(severity)
    return many > 0 ? [paint(output, COLOUR[severity], say.count[severity](many))] : []
  })
  const lines = [
    findings.length === 0
      ? paint(output, ['bold', 'green'], say.clean)
      : `${paint(output, 'bold', say.findings(findings.length))}: ${severities.join(', ')}`,
  ]
  const fixable = findings.filter(it => it.fix).length
  if (fixable > 0) lines.push(say.mayBeFixed(fixable))
  if (hidden.bySeverity > 0) lines.push(say.hidden(hidden.bySeverity))
  if (hidden.heldBack > 0) lines.push(say.heldBack(hidden.heldBack))
  if (summary.suppressed > 0) lines.push(say.suppressed(summary.suppressed))
  if (summary.known > 0) lines.push(say.known(summary.known))
  const seconds = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(
    summary.milliseconds / 1000,
  )
  const read = say.read(
    number.format(summary.files),
    number.format(summary.lines),
    seconds,
    number.format(summary.remembered),
  )
  lines.push(paint(output, 'gray', read + (skipped.length > 0 ? ` ${say.andSkipped(skipped.length)}` : '')))
  return lines.join('\n') + '\n'
}

/** For an executive: what the findings are expected to cost, by rule, the dearest first. */
export function costText(output: Output, { findings }: Analysis, rules: RuleSet, locale: Locale): string {
  const say = TEXT[locale]
  const byRule = new Map<string, PlacedFinding[]>()
  for (const it of findings) byRule.set(it.rule, [...(byRule.get(it.rule) ?? []), it])
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const rows = [...byRule].map(([id, list]) => {
    const { likelihood, hours, expectedHours } = expectation(rules.get(id)!.impact)
    return { list, likelihood, hours, total: expectedHours * list.length }
  })
  rows.sort((a, b) => b.total - a.total)
  const total = rows.reduce((sum, it) => sum + it.total, 0)
  const lines = [paint(output, 'bold', say.expected(number.format(total))), say.formula, '']
  for (const { list, likelihood, hours, total } of rows) {
    const formula = `${list.length} × ${Math.round(likelihood * 100)} % × ${number.format(hours)} h = ${number.format(total)} h`
    lines.push(`${paint(output, 'bold', formula.padEnd(34))} ${list[0]!.why}`)
    lines.push(
      `${' '.repeat(34)} ${paint(
        output,
        'gray',
        list
          .slice(0, 3)
          .map(it => `${it.path}:${it.start.line}`)
          .join(', ') + (list.length > 3 ? ', …' : ''),
      )}`,
    )
  }
  return lines.join('\n') + '\n\n'
}
