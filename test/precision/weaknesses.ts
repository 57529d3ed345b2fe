// Which weaknesses are one and the same to a reader, and whether a finding answers a question that has a published answer.

import type { Case } from './vulnerable-suites.ts'

/** Weaknesses that are one and the same to a reader; a finding of any of them answers for the others. */
const FAMILIES: readonly (readonly [string, readonly number[]])[] = [
  ['SQL injection', [89, 564]],
  ['command injection', [78, 77, 88]],
  ['code injection', [94, 95, 96, 98]],
  ['path traversal', [22, 23, 36, 73, 99, 641]],
  ['cross-site scripting', [79, 80, 83, 116, 87]],
  ['template injection', [1336]],
  ['insecure deserialisation', [502]],
  ['open redirect', [601]],
  ['server-side request forgery', [918, 941, 939]],
  ['XPath injection', [643]],
  ['LDAP injection', [90]],
  ['NoSQL injection', [943]],
  ['XML entities', [611, 776, 827]],
  ['header injection', [113, 93]],
  ['log injection', [117]],
  ['trust boundary', [501]],
  ['weak randomness', [330, 331, 338, 339, 335]],
  ['weak hash', [328, 916, 759, 760]],
  ['weak encryption', [327, 326, 329, 1204, 323, 780, 310, 696, 354]],
  ['cookie flags', [614, 1004, 1275, 522]],
  ['certificate checks', [295, 297, 296, 300, 319]],
  ['signatures and tokens', [347, 345, 346, 942, 352]],
  ['hard-coded secrets', [798, 259, 321]],
  ['temporary files', [377, 379, 378]],
  ['permissions', [732, 276, 269]],
  ['regular expressions', [1333, 400, 730, 185, 625, 20]],
  ['prototype pollution and mass assignment', [1321, 915]],
  ['archives', [409]],
  ['debugging left on', [489, 215, 209, 200, 668, 605]],
]

export interface SecurityFinding {
  readonly path: string
  readonly line: number
  readonly rule: string
  /** What its tool calls the weakness; nothing where the tool does not say. */
  readonly cwes: readonly number[]
}

export function familyOf(cwe: number): string {
  return FAMILIES.find(([, all]) => all.includes(cwe))?.[0] ?? 'other'
}

/** Whether a finding tells of the case's weakness, or of one of the same kind. */
export function isSameWeakness(of: SecurityFinding, { cwes }: Case): boolean {
  const families = new Set(cwes.map(familyOf))
  return of.cwes.some(cwe => cwes.includes(cwe) || (families.has(familyOf(cwe)) && familyOf(cwe) !== 'other'))
}

export function isInLines(of: SecurityFinding, { path, lines }: Case): boolean {
  return of.path === path && (!lines || (of.line >= lines[0] && of.line <= lines[1]))
}
