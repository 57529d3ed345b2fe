// A function as every language could say it: what was read of one, with types, before it is written in another.

/**
 * `float`: 64 bits, as all four languages have them. `integer`: given by a caller, of whatever size its language allows, so that no
 * sum of it is certain. `count`: an integer that stays small whatever is given, such as an index.
 */
export type Type = 'float' | 'integer' | 'count' | 'text' | 'truth' | { readonly list: Type }

export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly type: 'float' | 'count' }
  | { readonly kind: 'text'; readonly value: string; readonly type: 'text' }
  | { readonly kind: 'truth'; readonly value: boolean; readonly type: 'truth' }
  | { readonly kind: 'name'; readonly name: string; readonly type: Type }
  | {
      readonly kind: 'arithmetic'
      readonly operator: Arithmetic
      readonly left: Expression
      readonly right: Expression
      readonly type: 'float' | 'count'
    }
  | { readonly kind: 'negative'; readonly of: Expression; readonly type: 'float' }
  | {
      readonly kind: 'comparison'
      readonly operator: Comparing
      readonly left: Expression
      readonly right: Expression
      readonly type: 'truth'
    }
  | {
      readonly kind: 'logical'
      readonly operator: 'and' | 'or'
      readonly left: Expression
      readonly right: Expression
      readonly type: 'truth'
    }
  | { readonly kind: 'not'; readonly of: Expression; readonly type: 'truth' }
  | {
      readonly kind: 'choice'
      readonly condition: Expression
      readonly yes: Expression
      readonly no: Expression
      readonly type: Type
    }
  /** A whole number where a float is needed. */
  | { readonly kind: 'widened'; readonly of: Expression; readonly type: 'float' }
  /** Texts and whole numbers, one behind the other. */
  | { readonly kind: 'joined'; readonly parts: readonly Expression[]; readonly type: 'text' }
  | { readonly kind: 'length'; readonly of: Expression; readonly type: 'count' }
  | { readonly kind: 'element'; readonly of: Expression; readonly at: Expression; readonly type: Type }
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly type: { readonly list: Type } }
  | {
      readonly kind: 'library'
      readonly name: Library
      readonly given: readonly Expression[]
      readonly type: Type
    }

/** `halves` and `rest` are division and remainder of what is not negative by a positive number. */
export type Arithmetic = '+' | '-' | '*' | '/' | 'halves' | 'rest'
export type Comparing = '<' | '<=' | '>' | '>=' | '==' | '!='
/** Functions of which all four languages have the same one. */
export type Library =
  | 'startsWith'
  | 'endsWith'
  | 'includes'
  | 'split'
  | 'join'
  | 'replaceAll'
  | 'absolute'
  | 'least'
  | 'most'

export type Statement =
  | {
      readonly kind: 'declare'
      readonly name: string
      readonly type: Type
      readonly value: Expression
      readonly isOnly: boolean
    }
  | { readonly kind: 'assign'; readonly name: string; readonly value: Expression }
  | { readonly kind: 'append'; readonly to: string; readonly value: Expression }
  | {
      readonly kind: 'if'
      readonly condition: Expression
      readonly yes: readonly Statement[]
      readonly no: readonly Statement[]
    }
  | {
      readonly kind: 'each'
      readonly name: string
      readonly index: string | undefined
      readonly list: Expression
      readonly body: readonly Statement[]
    }
  | {
      readonly kind: 'count'
      readonly name: string
      readonly from: Expression
      readonly to: Expression
      readonly body: readonly Statement[]
    }
  | { readonly kind: 'while'; readonly condition: Expression; readonly body: readonly Statement[] }
  | { readonly kind: 'return'; readonly value: Expression }
  | { readonly kind: 'break' | 'continue' }

export interface Plan {
  readonly name: string
  readonly parameters: readonly { readonly name: string; readonly type: Type }[]
  readonly returns: Type
  readonly body: readonly Statement[]
}

/** Names that are given another value somewhere. */
export function assignedIn(statements: readonly Statement[]): ReadonlySet<string> {
  const names = new Set<string>()
  const walk = (all: readonly Statement[]): void => {
    for (const it of all) {
      if (it.kind === 'assign') names.add(it.name)
      if (it.kind === 'if') walk([...it.yes, ...it.no])
      if ('body' in it) walk(it.body)
    }
  }
  walk(statements)
  return names
}

/** The same number as a float, where one is wanted. */
export function widened(it: Expression, wanted: Type | undefined): Expression {
  if (wanted !== 'float' || it.type === 'float') return it
  return it.kind === 'number' ? { ...it, type: 'float' } : { kind: 'widened', of: it, type: 'float' }
}

export function isNumber(type: Type): boolean {
  return type === 'float' || type === 'integer' || type === 'count'
}

export function sameType(one: Type, other: Type): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other
  return sameType(one.list, other.list)
}

/** What both are; undefined where they have nothing in common. */
export function joined(one: Type, other: Type): Type | undefined {
  if (sameType(one, other)) return one
  if (!isNumber(one) || !isNumber(other)) return undefined
  // A large integer is no float.
  if ([one, other].includes('integer') && [one, other].includes('float')) return undefined
  return one === 'float' || other === 'float' ? 'float' : 'integer'
}
