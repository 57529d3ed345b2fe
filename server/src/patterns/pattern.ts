// What a code pattern is: a tree like that of code, with holes in it.

import { ROLE_CODE } from '../syntax/kinds.ts'

/** A node of a pattern. `role` is its role below its parent, as a code; gaps take only children of their own role. */
export type Pattern = Hole | Gap | Deep | Text | Template | Tree

/** `$X`, or `$_` (no name), which matches any one thing. */
export interface Hole {
  readonly what: 'hole'
  readonly role: number
  readonly name: string
  /** `($X: Type)`: the declared type of what it stands for. */
  readonly type?: string
}

/** `...`, or `$...ARGS`, which remembers what it skipped. */
export interface Gap {
  readonly what: 'gap'
  readonly role: number
  readonly name: string
}

/** `<... inner ...>`: somewhere in here. */
export interface Deep {
  readonly what: 'deep'
  readonly role: number
  readonly inner: Pattern
}

/** A string literal. */
export interface Text {
  readonly what: 'text'
  readonly role: number
  readonly content: TextContent
  /** Written as an f-string or with back-quotes: texts with values in them match too. */
  readonly interpolates: boolean
  /** A regular expression literal, whose body this is about. */
  readonly isRegex: boolean
}

export type TextContent =
  | { readonly what: 'any' }
  | { readonly what: 'exactly'; readonly value: string }
  | { readonly what: 'hole'; readonly name: string }
  | { readonly what: 'regex'; readonly regex: RegExp }

/** A string with values in it: `f"...{$X}..."`. */
export interface Template {
  readonly what: 'template'
  readonly role: number
  readonly pieces: readonly (Pattern | { readonly what: 'piece'; readonly content: TextContent })[]
}

export interface Tree {
  readonly what: 'tree'
  readonly role: number
  /** The class of its node type (`shapes.ts`). */
  readonly shape: number
  /** Its kind, as a code. */
  readonly kind: number
  /** The text of a leaf; undefined where its shape says all. */
  readonly text: string | undefined
  readonly children: readonly Pattern[]
  /** Which roles its children have, for what code may have and the pattern need not say. */
  readonly roles: ReadonlySet<number>
  /** `a.b.c` where it is nothing but names: what an imported name may stand for. */
  readonly dotted: string | undefined
}

const WITHOUT_MODIFIERS = new WeakMap<Tree, Tree>()

/** What a declaration says besides its modifiers. */
export function withoutModifiers(pattern: Tree): Tree {
  let rest = WITHOUT_MODIFIERS.get(pattern)
  if (!rest) {
    const children = pattern.children.filter(it => it.role !== ROLE_CODE.modifier)
    rest = { ...pattern, children, roles: new Set(children.map(it => it.role)) }
    WITHOUT_MODIFIERS.set(pattern, rest)
  }
  return rest
}

/** What a whole pattern asks of a file. */
export type Program =
  | { readonly what: 'expression' | 'statement'; readonly root: Pattern }
  | { readonly what: 'statements'; readonly list: readonly Pattern[] }

/** What a metavariable stands for: a row, several, or a stretch of text. */
export interface Bound {
  /** -1 where it is text that is no node. */
  readonly row: number
  readonly start: number
  readonly end: number
  /** What it says, where that is put together and stands nowhere as a whole. */
  readonly text?: string
}

/** Bindings, newest first: immutable, so that going back costs nothing. */
export interface Bindings {
  readonly name: string
  readonly bound: Bound
  readonly before: Bindings | undefined
}

export function lookUp(bindings: Bindings | undefined, name: string): Bound | undefined {
  for (let it = bindings; it; it = it.before) if (it.name === name) return it.bound
  return undefined
}

export interface Match {
  readonly start: number
  readonly end: number
  readonly bindings: Bindings | undefined
}
