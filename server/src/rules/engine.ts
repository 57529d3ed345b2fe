// Runs rules over a file that is read once, and over bare text. `incremental.ts` does the same for files being edited.

import type { Finding, FindingData } from '@codeant/shared/finding.ts'
import { bug } from '../base/bug.ts'
import { FileReader, type Semantics, SourceFile } from '../semantics/source-file.ts'
import { Needles } from './needles.ts'
import type { AnyRule, Match, TextFile } from './rule.ts'
import type { Dispatch, RuleSet } from './rule-set.ts'
import { Run, toFinding } from './run.ts'

/** All findings of a file that is read once. */
export function checkFile(
  rules: RuleSet,
  path: string,
  language: SourceFile['language'],
  semantics: Semantics,
): Finding[] {
  const file = new SourceFile(path, language, semantics, new FileReader(semantics.tree))
  const run = new Run(rules.dispatch(file), file)
  run.rows(0, semantics.tree.rows)
  return sortFindings(run.take())
}

/** What rules say of a file's bare text. `present` may be handed in by who knows it already. */
export function checkText(
  rules: RuleSet,
  file: TextFile,
  present = Needles.in(file.text, rules.needles(file.language)),
): Finding[] {
  const findings: Finding[] = []
  const searched: TextFile = { ...file, mayHold: it => present.has(it) }
  for (const { rule, needles, check } of rules.textHandlers(file.language)) {
    if (needles && !needles.some(it => present.has(it))) continue
    try {
      for (const match of check(needles ? searched : file) ?? []) findings.push(toFinding(rule, match))
    } catch (error) {
      bug('a rule failed', { rule: rule.id, path: file.path, error: String(error) })
    }
  }
  return sortFindings(findings)
}

export function sortFindings(findings: Finding[]): Finding[] {
  return findings.sort(
    (a, b) => a.start - b.start || a.end - b.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  )
}

/** The matches of one rule on a file, fixes included: what is asked again when somebody wants a fix. */
export function matchesOf(
  rules: RuleSet,
  rule: AnyRule,
  path: string,
  language: SourceFile['language'],
  semantics: Semantics,
): Match<FindingData>[] {
  const file = new SourceFile(path, language, semantics, new FileReader(semantics.tree))
  const dispatch = rules.dispatch(file)
  const only: Dispatch = {
    byKind: dispatch.byKind.map(list => list?.filter(it => it.rule === rule)),
    byCallee: dispatch.byCallee.map(
      names =>
        names && new Map([...names].map(([name, list]) => [name, list.filter(it => it.rule === rule)])),
    ),
  }
  const matches: Match<FindingData>[] = []
  const run = new Run(only, file, (_, match) => matches.push(match))
  run.rows(0, semantics.tree.rows)
  return matches
}

/** The same for a rule that looks at the bare text. */
export function textMatchesOf(rule: AnyRule, file: TextFile): Match<FindingData>[] {
  try {
    return [...(rule.check.Text?.(file) ?? [])]
  } catch (error) {
    bug('a rule failed', { rule: rule.id, path: file.path, error: String(error) })
    return []
  }
}
