// What a project decided in the settings of other checkers, and what that means for our rules: a check that was switched off
// stays off under our name for it, and a limit that was raised is raised here. Nothing is ever switched on or made stricter.

import type { RuleSettings } from '@codeant/shared/settings.ts'
import { namesInSettings } from '../../rules/foreign-names.ts'
import { type Globs, globFits } from './globs.ts'

/** Whose files: settings of a checker of Python say nothing of Rust. */
export type Family = 'python' | 'script' | 'rust'

/** One block of settings. Later ones of the same checker go before earlier ones. */
export interface Decision {
  /** Absent: all files below the folder. */
  readonly files?: Globs
  readonly except?: Globs
  /** By what the checker calls the problem, with its plugin before it if it has one. */
  readonly says: ReadonlyMap<string, Saying>
}

export interface Saying {
  /** Absent where only a limit is given. */
  readonly isOn?: boolean
  readonly limit?: number
}

/** What one file of settings says. */
export interface CheckerSettings {
  /** Settings of the same name do not go on from each other: `ruff`, `eslint`. */
  readonly checker: string
  readonly family: Family
  /** What the same checker is told in the folders above does not count. */
  readonly isLast: boolean
  readonly decisions: readonly Decision[]
}

/** Settings of a folder: the outermost first, so that the nearer ones go before them. */
export interface PlacedSettings extends CheckerSettings {
  /** Where their patterns begin, relative to the project's root; empty for the root itself. */
  readonly folder: string
}

/** Which decisions are about a file, as places in the list. */
export function decisionsFor(all: readonly PlacedSettings[], family: Family, path: string): Decision[] {
  const found: Decision[] = []
  for (const it of all) {
    if (it.family !== family) continue
    const inside = it.folder ? path.slice(it.folder.length + 1) : path
    for (const decision of it.decisions) {
      if (decision.files && !globFits(decision.files, inside)) continue
      if (decision.except && globFits(decision.except, inside)) continue
      found.push(decision)
    }
  }
  return found
}

/** By the id of our rule. Only what is off, and limits: `limitOf` is a rule's own, below which nothing is said anyway. */
export function meaningFor(decisions: readonly Decision[]): Readonly<Record<string, RuleSettings>> {
  const said = new Map<string, Map<string, Saying>>()
  for (const { says } of decisions)
    for (const [name, saying] of says) {
      const last = lastName(name)
      const variants = said.get(last) ?? new Map<string, Saying>()
      variants.set(name, { ...variants.get(name), ...saying })
      said.set(last, variants)
    }
  if (said.size === 0) return NOTHING
  const meaning: Record<string, RuleSettings> = {}
  for (const [rule, names] of namesInSettings()) {
    const sayings = names.flatMap(it => [...(said.get(it)?.values() ?? [])])
    // `no-unused-vars` is off where its twin of a plugin has taken over.
    const isOff = sayings.some(it => it.isOn === false) && !sayings.some(it => it.isOn)
    const limits = sayings.flatMap(it => (it.limit === undefined ? [] : [it.limit]))
    if (isOff) meaning[rule] = { enabled: false }
    else if (limits.length > 0) meaning[rule] = { limit: Math.max(...limits) }
  }
  return meaning
}

/** `@typescript-eslint/no-unused-vars` and `no-unused-vars` are the same problem. */
export function lastName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

const NOTHING: Readonly<Record<string, RuleSettings>> = {}
