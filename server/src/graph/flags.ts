// Switches of features by their keys, with all who ask for them and all who declare them.

import { wordsOf } from './name-words.ts'
import type { At } from './routes.ts'
import { placeIn, type WorkspaceFacts } from './workspace-facts.ts'

export interface Flag {
  readonly key: string
  readonly asks: readonly At[]
  /** In a file of flags, or among texts that code lists under such a name. */
  readonly declarations: readonly At[]
}

export function flagsOf(facts: WorkspaceFacts): ReadonlyMap<string, Flag> {
  const flags = new Map<string, { key: string; asks: At[]; declarations: At[] }>()
  const flag = (key: string) => {
    const known = flags.get(key) ?? { key, asks: [], declarations: [] }
    flags.set(key, known)
    return known
  }
  for (const { path, rows } of facts.rows('flag'))
    for (const [i, { key, role }] of rows.entries())
      flag(key)[role === 'asks' ? 'asks' : 'declarations'].push(placeIn(facts, path, 'flag', i))
  // Most projects have none.
  if (flags.size === 0) return flags
  for (const { path, rows } of facts.rows('enumeration'))
    for (const [i, { name, values }] of rows.entries())
      if (isOfFlags(name))
        for (const it of values) flag(it).declarations.push(placeIn(facts, path, 'enumeration', i))
  for (const { path, rows } of facts.rows('shape'))
    for (const [i, { name, type }] of rows.entries())
      if (type?.kind === 'values' && isOfFlags(name))
        for (const it of type.values)
          if (typeof it === 'string') flag(it).declarations.push(placeIn(facts, path, 'shape', i))
  return flags
}

/** `FEATURE_FLAGS`, `FeatureFlag`, `FlagKey` */
function isOfFlags(name: string): boolean {
  return wordsOf(name).some(it => /^(flags?|toggles?)$/.test(it))
}
