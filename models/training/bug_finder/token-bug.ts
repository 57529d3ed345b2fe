// What a fix changed, as the bug finder would have to say it.

import type { FunctionTokens } from '../../../server/src/inference/function-tokens/tokens.ts'

export interface Bug {
  readonly token: number
  /** A choice, or for variables the number of the symbol that belongs there. */
  readonly repair: number
}

/** Undefined when the two differ in anything but one token that is a site in both, or the right name stands nowhere else. */
export function bugBetween(before: FunctionTokens, after: FunctionTokens): Bug | undefined {
  if (before.count !== after.count) return undefined
  let token = -1
  for (let i = 0; i < before.count; i++) {
    if (before.words[i] === after.words[i]) continue
    if (token !== -1) return undefined
    token = i
  }
  if (token === -1) return undefined
  const site = before.site[token]!
  if (site === 0 || after.site[token] !== site) return undefined
  if (site > 1) return { token, repair: after.choice[token]! }
  const meant = after.words[token]!
  const repair = before.symbols.findIndex(it => it.name === meant && it.isVariable) + 1
  return repair > 0 ? { token, repair } : undefined
}
