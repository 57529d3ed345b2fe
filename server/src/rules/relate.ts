// Runs the rules that compare what files say to each other over the relations of a workspace.

import type { Finding, FindingData } from '@codeant/shared/finding.ts'
import { bug } from '../base/bug.ts'
import type { Relations } from '../graph/graph.ts'
import { sortFindings } from './engine.ts'
import type { AnyRule, RelationMatch } from './rule.ts'
import type { RuleSet } from './rule-set.ts'

/** By file, from the project's root. */
export type RelatedFindings = ReadonlyMap<string, readonly Finding[]>

export function checkRelations(rules: RuleSet, relations: Relations): RelatedFindings {
  const found = new Map<string, Finding[]>()
  for (const rule of rules.relating) {
    const { link, route } = rule.relate!
    for (const it of link ? relations.links : []) take(found, rule, () => link!(it, relations))
    for (const it of route ? relations.routes : []) take(found, rule, () => route!(it, relations))
  }
  for (const findings of found.values()) sortFindings(findings)
  return found
}

function take(
  found: Map<string, Finding[]>,
  rule: AnyRule,
  check: () => Iterable<RelationMatch<FindingData>> | undefined,
): void {
  try {
    for (const { at, data, related } of check() ?? []) {
      const finding: Finding = {
        rule: rule.id,
        start: at.place[0],
        end: at.place[1],
        data,
        ...(related && {
          related: related.map(({ file, place }) => ({ path: file, start: place[0], end: place[1] })),
        }),
      }
      const own = found.get(at.file)
      // A call that two routers lead to is still one call.
      if (!own) found.set(at.file, [finding])
      else if (!own.some(it => it.rule === rule.id && it.start === finding.start)) own.push(finding)
    }
  } catch (error) {
    bug('a rule failed', { rule: rule.id, error: String(error) })
  }
}
