// `main.mjs weights fetch|check DESCRIPTION FOLDER [FROM]`: what an engine that writes text loads is what was described, or it loads
// nothing. A job fetches once, before a deployment; every pod of the engine checks.

import { join } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { WORDS } from '../words.ts'
import { problemOf } from './check.ts'
import { DescriptionError, readDescription, type WeightsDescription } from './description.ts'
import { fetchWeights, WeightsError } from './fetch.ts'

export interface WeightsRun {
  readonly given: readonly string[]
  readonly readText: (path: string) => string
  readonly locale: Locale
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** 0: all of it is there. 2: it is not, or it cannot be known, and that was said. */
export async function runWeights({ given, readText, locale, out, err }: WeightsRun): Promise<0 | 2> {
  const say = WORDS[locale]
  const [action, path, root, from] = given
  const fail = (sentence: string) => {
    err(`codeant: ${sentence}\n`)
    return 2 as const
  }
  const isFetch = action === 'fetch'
  if ((!isFetch && action !== 'check') || !path || !root || isFetch !== (from !== undefined))
    return fail(say.weightsUsage)
  try {
    const description = readDescription(readText(path))
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
