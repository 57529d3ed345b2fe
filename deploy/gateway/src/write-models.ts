// `main.mjs models FOLDER`: the models of this installation as a repository that NVIDIA Triton and OpenVINO Model Server serve, each with
// weights whose digest was checked.

import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type EmbeddedModels, MODELS_FOLDER, openEmbeddedModels } from '@codeant/server/api/models.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import type { ConfigSources } from './config.ts'
import { openVinoConfig } from './models/openvino-config.ts'
import { configText } from './models/triton-config.ts'
import { settingsOrTell } from './run.ts'
import { isSigned, modelsManifest, trustOf } from './weights/trust.ts'
import { WORDS } from './words.ts'

export interface WriteModels extends Partial<Pick<ConfigSources, 'env' | 'readText'>> {
  readonly folder: string | undefined
  readonly locale: Locale
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** Of all that is loaded to see what it takes, in bytes. */
const MEMORY = 512 * 1024 * 1024

/** 0: done. 2: it cannot be done, and that was said. */
export async function writeModels({
  folder,
  env = {},
  readText = () => '',
  locale,
  out,
  err,
}: WriteModels): Promise<0 | 2> {
  const say = WORDS[locale]
  if (!folder) {
    err(`codeant: ${say.modelsFolder}\n`)
    return 2
  }
  const config = settingsOrTell({ env, readText, locale, err })
  if (!config) return 2
  const trust = trustOf(config)
  if (trust && !isSigned(trust, modelsManifest(MODELS_FOLDER))) {
    err(`codeant: ${say.weightsUnsigned(MODELS_FOLDER)}\n`)
    return 2
  }
  const models = openEmbeddedModels({ threads: 1, memoryLimit: MEMORY, releaseAfter: 1000, notify: () => {} })
  try {
    out(say.modelsWritten(await writeModelRepository(folder, models), folder))
    return 0
  } catch (error) {
    const text = error instanceof UnusableModel ? say.modelUnusable(error.model) : (error as Error).message
    err(`codeant: ${text}\n`)
    return 2
  } finally {
    await models.close()
  }
}

export class UnusableModel extends Error {
  readonly model: string

  constructor(model: string) {
    super(`${model} cannot be loaded, or is not what was shipped`)
    this.name = 'UnusableModel'
    this.model = model
  }
}

/** A number that other weights do not have: what answers are remembered by, since engines tell versions and no digests. */
export function versionOf(sha256: string): string {
  return String(Number.parseInt(sha256.slice(0, 7), 16) + 1)
}

/** Returns the names of the models that were written below `folder`. */
export async function writeModelRepository(
  folder: string,
  models: Pick<EmbeddedModels, 'names' | 'signature' | 'weights'>,
): Promise<readonly string[]> {
  for (const name of models.names) {
    const signature = await models.signature(name)
    const weights = models.weights(name)
    if (!signature || !weights) throw new UnusableModel(name)
    const version = join(folder, name, versionOf(signature.sha256))
    mkdirSync(version, { recursive: true })
    const target = join(version, 'model.onnx')
    copyFileSync(weights, target)
    // Of the copy: what the engine will load.
    if (createHash('sha256').update(readFileSync(target)).digest('hex') !== signature.sha256)
      throw new UnusableModel(name)
    writeFileSync(join(folder, name, 'config.pbtxt'), configText(name, signature))
  }
  // Triton looks into folders only.
  writeFileSync(join(folder, 'config.json'), openVinoConfig(models.names))
  return models.names
}
