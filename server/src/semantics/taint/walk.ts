// One walk back from a use of a value: what is wanted, where it has been, and what it found.

import type { SyntaxNode } from '../../syntax/node.ts'
import type { Asked } from '../checks.ts'
import type { SourceFile } from '../source-file.ts'
import type { Inlet, Origin, Part, Source } from './sources.ts'

export interface Wanted {
  readonly origins: readonly Origin[]
  /** Parts of a request that cannot hold what would do harm here. */
  readonly except?: readonly Part[]
}

/**
 * Where a value may come from, as far as one function tells. `isHead`: nothing that matters stands before it in its text.
 * `via`: the names and members that it went through, about which somebody may ask.
 */
export type Beginning = { readonly isHead: boolean; readonly via: readonly SyntaxNode[] } & (
  | { readonly kind: 'source'; readonly source: Source }
  /** What lies at `path` in an argument of whoever calls the function. */
  | {
      readonly kind: 'parameter'
      readonly function: SyntaxNode
      readonly parameter: SyntaxNode
      readonly index: number
      readonly path: readonly string[]
    }
  /** What lies at `path` in what a call gives back. */
  | { readonly kind: 'result'; readonly call: SyntaxNode; readonly path: readonly string[] }
)

export interface Border {
  /** Others can call this function: what its parameters stand for is not to be guessed here. */
  readonly isShared: (fn: SyntaxNode) => boolean
  /** Another file may say what this call gives back. */
  readonly isForeign: (call: SyntaxNode) => boolean
  /** Where somebody may have asked about what goes by the name that stands there. */
  readonly questions: (place: SyntaxNode, name: string) => Asked | undefined
  /** What was found at places of the file that walks came by before. */
  readonly known: Map<string, readonly Beginning[]>
  /** How many parts of the value at each place, by its row, walks asked for. */
  readonly paths: Map<number, number>
}

/** Names of members and elements, from the outermost in. */
export type Path = readonly string[]

/** What kinds of expression a walk goes through is known in one place, which those that it comes by need not import. */
export interface Steps {
  readonly trace: (walk: Walk, node: SyntaxNode, path: Path) => Source | undefined
  readonly step: (walk: Walk, node: SyntaxNode, path: Path) => Source | undefined
}

export interface Walk {
  readonly steps: Steps
  readonly file: SourceFile
  readonly sink: SyntaxNode
  readonly wanted: Wanted
  /** Rows and paths that were asked about already. */
  readonly seen: Set<string>
  /** The call whose arguments the parameters of `function` stand for. */
  readonly inside?:
    | { readonly function: SyntaxNode; readonly call: SyntaxNode; readonly outer: Walk }
    | undefined
  /** How often the walk went from a parameter to the calls of its function. */
  readonly risen: number
  /** Where all that is found is gathered, when the first one is not enough. */
  readonly found?: Beginning[]
  readonly border?: Border
  readonly depth: number
  /** The walk came through a text in which something stands before. */
  readonly isBehind?: boolean
}

/** Goes on at another expression. */
export function trace(walk: Walk, node: SyntaxNode, path: Path): Source | undefined {
  return walk.steps.trace(walk, node, path)
}

/** The same where it is still the same expression, as far as anybody asks about it. */
export function step(walk: Walk, node: SyntaxNode, path: Path): Source | undefined {
  return walk.steps.step(walk, node, path)
}

export function inner(walk: Walk, node: SyntaxNode | undefined, path: Path): Source | undefined {
  return node && trace(walk, node, path)
}

/** The first that is found; where all are wanted, the others are looked at too. */
export function first<T>(
  { found: all }: Walk,
  values: readonly (T | undefined)[],
  find: (it: T) => Source | undefined,
): Source | undefined {
  let known: Source | undefined
  for (const it of values) {
    const found = it === undefined ? undefined : find(it)
    if (found && !all) return found
    known ??= found
  }
  return known
}

/** What comes out of here is for another file to say. */
export function begins(walk: Walk, call: SyntaxNode, path: Path): undefined {
  if (walk.border?.isForeign(call))
    walk.found?.push({ kind: 'result', call, path, isHead: !walk.isBehind, via: [] })
}

/** A source is what was looked for, unless it is of a kind that does no harm here. */
export function accept(walk: Walk, found: Inlet | undefined, at: SyntaxNode, path: Path): Source | undefined {
  if (!found || !walk.wanted.origins.includes(found.origin) || walk.wanted.except?.includes(found.part))
    return undefined
  // Whether it holds text, another file has to say.
  if (found.shape && !walk.found) return undefined
  const source = { ...found, at, path }
  walk.found?.push({ kind: 'source', source, isHead: !walk.isBehind, via: [] })
  return source
}
