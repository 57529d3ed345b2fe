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

/** A rule, and one sort of the things that it is asked about. */
export interface Question {
  readonly rule: AnyRule
  readonly about: keyof Related
}

/** In the order in which a rule is asked. */
export function questionsTo(rule: AnyRule): Question[] {
  return (Object.keys(rule.relate!) as (keyof Related)[]).map(about => ({ rule, about }))
}

export function checkRelations(rules: RuleSet, relations: Relations): RelatedFindings {
  const found = new Map<string, Finding[]>()
  for (const question of rules.relating.flatMap(questionsTo))
    for (const [path, findings] of answersTo(question, relations)) {
      const own = found.get(path)
      if (own) own.push(...findings)
      else found.set(path, [...findings])
    }
  return new Map([...found].map(([path, findings]) => [path, told(findings)]))
}

/** What a rule finds in each file. */
export function answersTo(question: Question, relations: Relations): RelatedFindings {
  return byFile(question.rule, matchesOf(question, relations))
}

/** What it finds by some of the things alone: without a look at all the others. */
export function answersAbout(
  question: Question,
  things: readonly object[],
  relations: Relations,
): RelatedFindings {
  const name = `near ${nameOf(question)}`
  const matches = things.flatMap(thing => relations.each(name, thing, it => ask(question, it, relations)))
  return byFile(question.rule, matches)
}

/** The findings of all rules in one file as they are told: in order, and none that another one says better. */
export function told(findings: readonly Finding[]): Finding[] {
  const left = findings.filter(
    (it, i) => !findings.some((other, j) => isCovered(it, other) || (j < i && saysTheSame(it, other))),
  )
  sortFindings(left)
  return left
}

/** The other says the same of the same place, and more. */
export function isCovered({ rule, start, end }: Finding, other: Finding): boolean {
  return other.covers?.includes(rule) === true && start < other.end && other.start < end
}

/** A call that two routers lead to is still one call. */
function saysTheSame({ rule, start }: Finding, other: Finding): boolean {
  return rule === other.rule && start === other.start
}

/** What a rule has to say of the relations. It runs again only for what it read something of that is otherwise now. */
export function relationMatches(rule: AnyRule, relations: Relations): readonly AnyMatch[] {
  return questionsTo(rule).flatMap(it => matchesOf(it, relations))
}

function matchesOf(question: Question, relations: Relations): readonly AnyMatch[] {
  return relations.map<object, AnyMatch>(
    nameOf(question),
    () => RELATED[question.about](relations),
    it => ask(question, it, relations),
  )
}

function nameOf({ rule, about }: Question): string {
  return `rule ${rule.id} of ${about}`
}

function ask({ rule, about }: Question, thing: object, relations: Relations): readonly AnyMatch[] {
  const look = rule.relate![about] as (it: object, relations: Relations) => Iterable<AnyMatch> | undefined
  try {
    return [...(look(thing, relations) ?? [])]
  } catch (error) {
    bug('a rule failed', { rule: rule.id, error: String(error) })
    return []
  }
}

function byFile(rule: AnyRule, matches: readonly AnyMatch[]): RelatedFindings {
  const found = new Map<string, Finding[]>()
  for (const match of matches) {
    const { file } = match.at
    const own = found.get(file)
    if (own) own.push(findingOf(rule, match))
    else found.set(file, [findingOf(rule, match)])
  }
  return found
}

function findingOf(rule: AnyRule, { at, data, related, fix, otherFix }: AnyMatch): Finding {
  const offered = fix ?? otherFix
  const [start, end] = at.place
  return {
    rule: rule.id,
    start,
    end,
    data,
    ...(offered && { fix: offered.safety }),
    ...(rule.covers && { covers: rule.covers }),
    ...(related && {
      related: related.map(({ file, place }) => ({ path: file, start: place[0], end: place[1] })),
    }),
  }
}
