// What the parts of a sentence mean together; undefined where that is nothing.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import type { Demand, Measure, Place, Requirement, Scope, Subject, SubjectKind } from '../requirement.ts'

export type Where =
  | { readonly languages: readonly CodeLanguage[] }
  | { readonly inside: Place }
  | { readonly outside: Place }

export const IN_TESTS: Where = { inside: { kind: 'tests' } }
export const ANYTHING: Subject = { kind: 'file', qualities: [] }

export const NAMED: readonly SubjectKind[] = [
  'function',
  'method',
  'test',
  'class',
  'interface',
  'type',
  'enum',
  'enumMember',
  'variable',
  'constant',
  'parameter',
  'file',
]

export function isNamed({ kind }: Subject): boolean {
  return NAMED.includes(kind)
}

export function isForbidden(modal: string, isNo: boolean): boolean {
  return (modal === 'mustNot') !== isNo
}

export function plainSubject(kind: string): Subject {
  return { kind: kind as SubjectKind, qualities: [] }
}

export function requirement(
  subject: Subject,
  wheres: readonly Where[],
  demand: Demand | undefined,
): Requirement | undefined {
  if (!demand) return undefined
  if (demand.kind === 'limit' && !MEASURED[demand.measure].includes(subject.kind)) return undefined
  if (
    demand.kind === 'limit' &&
    demand.measure === 'characters' &&
    !demand.ofName &&
    NAMED.includes(subject.kind)
  )
    return undefined
  if (demand.kind === 'case' && !isNamed(subject)) return undefined
  return { subject, scope: scopeOf(wheres), demand }
}

export function joined(one: Scope, other: Scope): Scope {
  const languages = [...(one.languages ?? []), ...(other.languages ?? [])]
  return {
    ...(languages.length > 0 && { languages }),
    inside: [...one.inside, ...other.inside],
    outside: [...one.outside, ...other.outside],
  }
}

export function scopeOf(wheres: readonly Where[]): Scope {
  const languages = wheres.flatMap(it => ('languages' in it ? it.languages : []))
  return {
    ...(languages.length > 0 && { languages }),
    inside: wheres.flatMap(it => ('inside' in it ? [it.inside] : [])),
    outside: wheres.flatMap(it => ('outside' in it ? [it.outside] : [])),
  }
}

/** What can be measured of what. */
const MEASURED: Readonly<Record<Measure, readonly SubjectKind[]>> = {
  codeLines: ['function', 'method', 'constructor', 'test', 'class', 'file'],
  lines: [
    'function',
    'method',
    'constructor',
    'test',
    'class',
    'file',
    'interface',
    'catch',
    'loop',
    'switch',
    'comment',
  ],
  characters: ['line', 'string', 'comment', ...NAMED],
  parameters: ['function', 'method', 'constructor'],
  arguments: ['call'],
  methods: ['class'],
  publicMethods: ['class'],
  bases: ['class'],
  assertions: ['test'],
  fields: ['class', 'interface'],
  functions: ['file'],
  classes: ['file'],
  imports: ['file'],
  returns: ['function', 'method'],
  cases: ['switch'],
  complexity: ['function', 'method', 'constructor'],
  nesting: ['function', 'method'],
}
