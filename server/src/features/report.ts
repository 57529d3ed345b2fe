// From what was found to what is shown: settings, suppressions and the baseline, all applied after the memo.

import type { Finding, Severity } from '@codeant/shared/finding.ts'
import type { ProjectSettings, RuleSettings } from '@codeant/shared/settings.ts'
import type { AnyRule } from '../rules/rule.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { type Suppression, silences } from '../rules/suppression.ts'
import type { FileResult } from './analyse-file.ts'
import { type Baseline, matchBaseline } from './baseline.ts'
import { isOfAnotherVersion, type LibraryVersions } from './library-versions.ts'

/** A finding that the reader sees. */
export interface Reported {
  readonly finding: Finding
  readonly severity: Severity
  /** `meaning.ts` */
  readonly meaning: string
  /** How likely it is to be acted on, where that is known. */
  readonly likelihood?: number
}

export interface FileReport {
  readonly shown: readonly Reported[]
  /** Hidden by a comment. */
  readonly suppressed: number
  /** Known from the baseline. */
  readonly known: number
}

export interface ReportOptions {
  readonly rules: RuleSet
  readonly settings: ProjectSettings
  readonly baseline?: Baseline
  /** YYYY-MM-DD, for suppressions that expire. */
  readonly today: string
  readonly versions?: LibraryVersions
}

export function reportFile(path: string, result: FileResult, options: ReportOptions): FileReport {
  const { findings, suppressions, dismissals = [] } = result
  const used = new Set<Suppression>()
  const shown: { finding: Finding; severity: Severity; index: number }[] = []
  let suppressed = 0
  findings.forEach((finding, index) => {
    const severity = severityOf(finding, options)
    const rules = [finding.rule, ...(finding.covers ?? [])]
    const isAbout = (it: { readonly rules: readonly string[]; readonly from: number; readonly to: number }) =>
      covers(it, finding) && rules.some(rule => silences(it, rule))
    if (!severity || dismissals.some(isAbout)) return
    if (options.versions && isOfAnotherVersion(finding, options.versions)) return
    const by = suppressions.filter(isAbout)
    for (const it of by) used.add(it)
    if (by.some(it => !isExpired(it, options.today))) suppressed++
    else shown.push({ finding, severity, index })
  })
  for (const finding of suppressions.flatMap(it => aboutSuppression(it, used.has(it), options))) {
    const severity = severityOf(finding, options)
    if (severity) shown.push({ finding, severity, index: -1 })
  }
  shown.sort((a, b) => a.finding.start - b.finding.start)
  const meaning = (index: number) => (index === -1 ? '||' : result.meanings[index]!)
  const likelihood = (index: number) => {
    // What was kept as text comes back as null where nobody can say.
    const known = result.likelihoods?.[index] ?? undefined
    return known === undefined ? undefined : { likelihood: known }
  }
  if (!options.baseline) {
    return {
      shown: shown.map(({ finding, severity, index }) => ({
        finding,
        severity,
        get meaning() {
          return meaning(index)
        },
        ...likelihood(index),
      })),
      suppressed,
      known: 0,
    }
  }
  const all = shown.map(({ finding, severity, index }) => ({
    ...{ finding, severity, meaning: meaning(index) },
    ...likelihood(index),
  }))
  const fresh = matchBaseline(options.baseline, path, all)
  return { shown: fresh, suppressed, known: all.length - fresh.length }
}

/** The settings that hold for a rule: its own before its category's. */
export function ruleSettings(id: string, settings: ProjectSettings): RuleSettings {
  const category = settings.rules[`${id.slice(0, id.indexOf('/'))}/*`]
  const own = settings.rules[id]
  return category ? { ...category, ...own } : (own ?? {})
}

export function isEnabled(rule: AnyRule, settings: ProjectSettings): boolean {
  return (
    ruleSettings(rule.id, settings).enabled ?? settings.elsewhere[rule.id]?.enabled ?? rule.enabled !== false
  )
}

/** The rules that are off by default and that these settings switch on, and the sentences of the team. */
export function optIns(rules: RuleSet, settings: ProjectSettings): readonly string[] {
  const own = settings.sentences.length > 0 ? rules.adopt(settings.sentences) : NONE
  // Nearly every project: nothing to look for.
  if (Object.keys(settings.rules).length === 0) return own
  return [
    ...rules.rules.filter(it => it.enabled === false && isEnabled(it, settings)).map(it => it.id),
    ...own,
  ]
}

const NONE: readonly string[] = []

/** Undefined when the settings hide the finding. */
function severityOf(
  { rule: id, measure }: Finding,
  { rules, settings }: ReportOptions,
): Severity | undefined {
  const rule = rules.get(id)
  if (!rule || !isEnabled(rule, settings)) return undefined
  const own = ruleSettings(id, settings)
  if (rule.limit && measure !== undefined) {
    const elsewhere = settings.elsewhere[id]?.limit ?? 0
    if (measure <= (own.limit ?? Math.max(rule.limit.default, elsewhere))) return undefined
  }
  return own.severity ?? rule.severity
}

function covers({ from, to }: { readonly from: number; readonly to: number }, { start }: Finding): boolean {
  return start >= from && start < to
}

function isExpired({ until }: Suppression, today: string): boolean {
  return until !== undefined && until < today
}

function aboutSuppression(
  it: Suppression,
  isUsed: boolean,
  { rules, settings, today }: ReportOptions,
): Finding[] {
  const names = it.rules.join(', ')
  const about = (rule: string, data: Finding['data']): Finding => ({
    rule: `suppressions/${rule}`,
    start: it.start,
    end: it.end,
    data,
  })
  const findings: Finding[] = []
  if (isExpired(it, today))
    findings.push(about('expired', { rules: names, until: it.until!, owner: it.owner ? `@${it.owner}` : '' }))
  if (!it.reason && settings.requireReason) findings.push(about('without-reason', { rules: names }))
  // A rule that is switched off finds nothing; that does not make the comment useless.
  const couldCount = it.rules.some(id => {
    const rule = rules.get(id)
    return rule ? isEnabled(rule, settings) : true
  })
  if (!isUsed && couldCount) findings.push({ ...about('useless', { rules: names }), fix: 'safe' })
  return findings
}
