// `main.mjs weights fetch|check DESCRIPTION FOLDER [FROM]`: what an engine that writes text loads is what was described, or it loads
// nothing. A job fetches once, before a deployment; every pod of the engine checks. `main.mjs weights manifest` says what the models of
// this installation are made of: what is signed of it.

import { join } from 'node:path'
import { MODELS_FOLDER } from '@codeant/server/api/models.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import type { ConfigSources } from '../config.ts'
import { settingsOrTell } from '../run.ts'
import { WORDS } from '../words.ts'
import { problemOf } from './check.ts'
import { DescriptionError, readDescription, type WeightsDescription } from './description.ts'
import { fetchWeights, WeightsError } from './fetch.ts'
import { isSigned, modelsManifest, trustOf } from './trust.ts'

export interface WeightsRun {
  readonly given: readonly string[]
  readonly env?: ConfigSources['env']
  readonly readText: (path: string) => string
  readonly locale: Locale
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** 0: all of it is there. 2: it is not, or it cannot be known, and that was said. */
export async function runWeights({
  given,
  env = {},
  readText,
  locale,
  out,
  err,
}: WeightsRun): Promise<0 | 2> {
  const say = WORDS[locale]
  const [action, path, root, from] = given
  const fail = (sentence: string) => {
    err(`codeant: ${sentence}\n`)
    return 2 as const
  }
  if (action === 'manifest' && path === undefined) {
    out(modelsManifest(MODELS_FOLDER))
    return 0
  }
  const isFetch = action === 'fetch'
  if ((!isFetch && action !== 'check') || !path || !root || isFetch !== (from !== undefined))
    return fail(say.weightsUsage)
  try {
    const config = settingsOrTell({ env, readText, locale, err })
    if (!config) return 2
    const trust = trustOf(config)
    const text = readText(path)
    if (trust && !isSigned(trust, text)) return fail(say.weightsUnsigned(path))
    const description = readDescription(text)
    const folder = folderOf(root, description)
    if (isFetch)
      await fetchWeights({
        ...{ description, folder, from: from! },
        progress: ({ name, bytes }, wasThere) => out(say.weightsFile(name, bytes, wasThere)),
      })
    else
      for (const file of description.files) {
        const problem = await problemOf(folder, file)
        if (problem) return fail(say.weightsWrong(join(folder, file.name), problem))
      }
    out(say.weightsThere(folder, description.files.length))
    return 0
  } catch (error) {
    if (error instanceof WeightsError) return fail(say.weightsWrong(error.file, error.reason))
    return fail(
      error instanceof DescriptionError
        ? say.weightsDescription(path, error.message)
        : (error as Error).message,
    )
  }
}

/** One volume holds several, each in a folder that a new revision has for itself: what runs goes on with what it has. */
export function folderOf(root: string, { repository, revision }: WeightsDescription): string {
  return join(root, repository.replace('/', '--'), revision)
}
