// What of an organisation's code is analysed by which shard: a file that all shards and the merge go by.

import { readFileSync } from 'node:fs'
import type { ShardsContext } from './context.ts'
import { ShardTrouble } from './trouble.ts'
import type { ShardsWords } from './words.ts'

/** Files of one project that follow each other in the order in which a single run would read them. */
export interface Part {
  /** Which of the plan's places they are below, and which of its files: from this one up to the one before `to`. */
  readonly place: number
  readonly from: number
  readonly to: number
  /** The project's root, as a person in the plan's folder would write it. */
  readonly root: string
  /** The project has other parts: what its files say to each other is known when all of them were read. */
  readonly isDivided: boolean
  readonly shard: number
  readonly lines: number
  readonly bytes: number
  /** Of all that decides what is found in it, the engine aside. */
  readonly digest: string
}

export interface Plan extends ShardsContext {
  readonly format: typeof FORMAT
  readonly shards: number
  /** What was asked for, in the order in which results come. */
  readonly places: readonly string[]
  readonly parts: readonly Part[]
  /** YYYY-MM-DD: suppressions expire on the same day for all shards. */
  readonly today: string
}

export const FORMAT = 'codeant-shards/1'

export function planText(plan: Plan): string {
  // A line for each part: a person may read it, and a thousand million lines of code are a few megabytes.
  const { parts, ...rest } = plan
  const head = JSON.stringify(rest, null, 2).slice(0, -2)
  const rows = parts.map(it => `    ${JSON.stringify(it)}`).join(',\n')
  return `${head},\n  "parts": [\n${rows}\n  ]\n}\n`
}

/** Throws `ShardTrouble`. */
export function readPlan(file: string, say: ShardsWords): Plan {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new ShardTrouble(say.noPlan(file, (error as Error).message), 'later')
  }
  try {
    const plan = JSON.parse(text) as Plan
    if (plan.format === FORMAT && Array.isArray(plan.parts) && Array.isArray(plan.places)) return plan
  } catch {
    // Said below, as of any other file.
  }
  throw new ShardTrouble(say.notAPlan(file), 'never')
}

/** Those of the same project, by its root. */
export function families(plan: Plan): Map<string, Part[]> {
  const found = new Map<string, Part[]>()
  for (const it of plan.parts) if (it.isDivided) found.set(it.root, [...(found.get(it.root) ?? []), it])
  return found
}
