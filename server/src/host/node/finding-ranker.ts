// The small model that orders findings, from the installation: read once, and only when its weights are what was shipped.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FindingRanker } from '../../inference/finding-ranker.ts'
import { describeModel } from '../../inference/local/models.ts'
import { shipped } from './folders.ts'

export interface InstalledRanker {
  readonly ranker: FindingRanker
  /** Findings that are less likely than this to be acted on are held back. */
  readonly holdBack: number
  /** Of the weights, so that what was ranked by others is not taken for theirs. */
  readonly digest: string
}

/** Undefined when the model is not there or is not what was shipped: findings are then ordered without it. */
export function installedRanker(env: NodeJS.ProcessEnv): InstalledRanker | undefined {
  const folder = join(env.CODEANT_MODELS ?? fileURLToPath(shipped('models')), 'actionability')
  if (!KNOWN.has(folder)) KNOWN.set(folder, read(folder))
  return KNOWN.get(folder)
}

const KNOWN = new Map<string, InstalledRanker | undefined>()

function read(folder: string): InstalledRanker | undefined {
  try {
    const description = readFileSync(join(folder, 'model.json'), 'utf8')
    const known = describeModel('actionability', description, it => join(folder, it))
    const { thresholds } = JSON.parse(description) as { thresholds?: { holdBack?: unknown } }
    const holdBack = thresholds?.holdBack
    if (!known || typeof holdBack !== 'number') return undefined
    const weights = readFileSync(known.file)
    if (createHash('sha256').update(weights).digest('hex') !== known.sha256) return undefined
    const ranker = FindingRanker.read(weights)
    return ranker && { ranker, holdBack, digest: known.sha256 }
  } catch {
    return undefined // `codeant system status` says what is missing
  }
}
