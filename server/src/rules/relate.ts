// Runs the rules that compare what files say to each other over the relations of a workspace.

import type { Finding, FindingData } from '@codeant/shared/finding.ts'
import { bug } from '../base/bug.ts'
import { RELATED, type Related, type Relations } from '../graph/relations.ts'
import { sortFindings } from './engine.ts'
import type { AnyRule, RelationMatch } from './rule.ts'
import type { RuleSet } from './rule-set.ts'

/** By file, from the project's root. */
export type RelatedFindings = ReadonlyMap<string, readonly Finding[]>

type AnyMatch = RelationMatch<FindingData>

export function checkRelations(rules: RuleSet, relations: Relations): RelatedFindings {
  const found = new Map<string, Finding[]>()
  for (const rule of rules.relating)
    for (const [path, findings] of findingsOfRule(rule, relations)) {
      const own = found.get(path)
      if (own) own.push(...findings)
      else found.set(path, [...findings])
    }
  return new Map([...found].map(([path, findings]) => [path, told(findings)]))
}

/** What one rule finds in each file. */
export function findingsOfRule(rule: AnyRule, relations: Relations): RelatedFindings {
  const found = new Map<string, Finding[]>()
  for (const it of relationMatches(rule, relations)) add(found, rule, it)
  return found
}

/** The findings of all rules in one file as they are told: in order, and none that another one says better. */
export function told(findings: readonly Finding[]): Finding[] {
  const left = findings.filter(it => !findings.some(other => isCovered(it, other)))
  sortFindings(left)
  return left
}

/** The other says the same of the same place, and more. */
export function isCovered({ rule, start, end }: Finding, other: Finding): boolean {
  return other.covers?.includes(rule) === true && start < other.end && other.start < end
}

/** What a rule has to say of the relations. It runs again only for what it read something of that is otherwise now. */
export function relationMatches(rule: AnyRule, relations: Relations): readonly AnyMatch[] {
  const keys = Object.keys(rule.relate!) as (keyof Related)[]
  return keys.flatMap(key => {
    const ask = rule.relate![key] as (it: object, relations: Relations) => Iterable<AnyMatch> | undefined
    return relations.map<object, AnyMatch>(
      `rule ${rule.id} of ${key}`,
      () => RELATED[key](relations),
      it => {
        try {
          return [...(ask(it, relations) ?? [])]
        } catch (error) {
          bug('a rule failed', { rule: rule.id, error: String(error) })
          return []
        }
      },
    )
  })
}

function add(found: Map<string, Finding[]>, rule: AnyRule, match: AnyMatch): void {
  const { at, data, related } = match
  const fix = match.fix ?? match.otherFix
  const [start, end] = at.place
  const finding: Finding = {
    rule: rule.id,
    start,
    end,
    data,
    ...(fix && { fix: fix.safety }),
    ...(rule.covers && { covers: rule.covers }),
    ...(related && {
      related: related.map(({ file, place }) => ({ path: file, start: place[0], end: place[1] })),
    }),
  }
  const own = found.get(at.file)
  // A call that two routers lead to is still one call.
  if (!own) found.set(at.file, [finding])
  else if (!own.some(it => it.rule === rule.id && it.start === start)) own.push(finding)
}
