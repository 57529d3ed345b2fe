// What the bug finder may put in the place of what stands there: closed groups of tokens that mean the same sort of thing.

/** Normal forms: one word for what every language has. Within a group each member can stand where another stands. */
const GROUP_MEMBERS = {
  comparison: ['<', '<=', '>', '>=', '==', '!='],
  arithmetic: ['+', '-', '*', '/', '%'],
  logical: ['and', 'or'],
  membership: ['in', 'not in'],
  identity: ['is', 'is not'],
  update: ['+=', '-=', '*=', '/='],
  bits: ['&', '|', '^'],
  shift: ['<<', '>>'],
  boolean: ['<true>', '<false>'],
  integer: ['0', '1', '2', '3'],
  negation: ['<plain>', '<not>'],
  await: ['<call>', '<await>'],
} as const

export type Group = keyof typeof GROUP_MEMBERS
export const GROUPS = Object.keys(GROUP_MEMBERS) as readonly Group[]

/** Every member of every group; a number of a choice is its place here, and is what the model answers with. */
export const CHOICES: readonly string[] = GROUPS.flatMap(it => GROUP_MEMBERS[it])

/** The kinds of bugs, as settings, gates and reports name them. */
export const BUG_KINDS = ['variable', 'operator', 'literal', 'negation', 'await'] as const
export type BugKind = (typeof BUG_KINDS)[number]

/** A token may be a site: a place where a bug may be. 0 is none, 1 a variable, and above the groups in their order. */
export const NO_SITE = 0
export const VARIABLE_SITE = 1
export const siteOf = (group: Group): number => 2 + GROUPS.indexOf(group)
export const groupOf = (site: number): Group => GROUPS[site - 2]!

export function bugKindOf(site: number): BugKind {
  if (site === VARIABLE_SITE) return 'variable'
  const group = groupOf(site)
  if (group === 'negation' || group === 'await') return group
  return group === 'boolean' || group === 'integer' ? 'literal' : 'operator'
}

/** The first choice of a site's group and the one behind its last. */
export function choicesOf(site: number): { readonly from: number; readonly to: number } {
  const group = groupOf(site)
  const from = CHOICES.indexOf(GROUP_MEMBERS[group][0])
  return { from, to: from + GROUP_MEMBERS[group].length }
}

/** How operators of single languages are called here. */
const NORMAL_FORM: Readonly<Record<string, string>> = {
  '===': '==',
  '!==': '!=',
  '<>': '!=',
  '&&': 'and',
  '||': 'or',
}

export function normalOperator(text: string): string {
  return NORMAL_FORM[text] ?? text
}

/** The group of operators that this one belongs to, given in normal form. */
export function operatorGroup(operator: string): Group | undefined {
  return OPERATOR_GROUPS.get(operator)
}

const OPERATOR_GROUPS: ReadonlyMap<string, Group> = new Map(
  (
    ['comparison', 'arithmetic', 'logical', 'membership', 'identity', 'update', 'bits', 'shift'] as const
  ).flatMap(group => GROUP_MEMBERS[group].map(it => [it, group] as const)),
)
