// `2n+1`: positions among siblings, as style sheets write them.

import { Unsupported } from '../refusal.ts'

export interface Steps {
  readonly step: number
  readonly offset: number
}

/** Throws `Unsupported` for what is no such expression. */
export function parseSteps(written: unknown): Steps {
  if (typeof written === 'number' && Number.isInteger(written) && written >= 0)
    return { step: 0, offset: written }
  const text = typeof written === 'string' ? written.replace(/\s/g, '') : ''
  const match = /^(?:([+-]?\d*)[nN](?:([+-]\d+))?|([+-]?\d+))$/.exec(text)
  if (!match) throw new Unsupported('form', 'nthChild', String(written))
  const [, steps, offset, alone] = match
  if (alone !== undefined) return { step: 0, offset: Number(alone) }
  return { step: /\d/.test(steps!) ? Number(steps) : steps === '-' ? -1 : 1, offset: Number(offset ?? 0) }
}
