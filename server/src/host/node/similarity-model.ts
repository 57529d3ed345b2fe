// The table by which functions are compared, from the installation.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readTermWeights, type TermWeights } from '../../inference/similarity/weights.ts'
import { shipped } from './folders.ts'

/** Why there is no table. */
export type NoTable = 'missing' | 'corrupt'

/** Nothing is used that is not, byte for byte, what was shipped. */
export function loadTermWeights(env: NodeJS.ProcessEnv): TermWeights | NoTable {
  const folder = join(env.CODEANT_MODELS ?? fileURLToPath(shipped('models')), 'similarity')
  let described: Buffer
  let table: Buffer
  try {
    described = readFileSync(join(folder, 'model.json'))
    table = readFileSync(join(folder, 'terms.tsv'))
  } catch {
    return 'missing'
  }
  const { sha256, step, unknown } = parse(described)
  if (typeof step !== 'number' || typeof unknown !== 'number') return 'corrupt'
  const actual = createHash('sha256').update(table).digest('hex')
  if (actual !== sha256) return 'corrupt'
  return readTermWeights(table.toString('utf8'), actual, step, unknown) ?? 'corrupt'
}

function parse(json: Buffer): {
  readonly sha256?: unknown
  readonly step?: unknown
  readonly unknown?: unknown
} {
  try {
    return (JSON.parse(json.toString('utf8')) as object | null) ?? {}
  } catch {
    return {}
  }
}
