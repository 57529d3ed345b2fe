// Brings the weights of a description into a folder, from a store that has them as Hugging Face does, or from another folder. What is
// there already is left; what is not what was described never gets its name.

import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hashOf, isDigest, problemOf } from './check.ts'
import type { WeightsDescription, WeightsFile } from './description.ts'

export interface FetchWeights {
  readonly description: WeightsDescription
  /** https://…, or a folder. */
  readonly from: string
  readonly folder: string
  /** Told of every file, when it is there. */
  readonly progress: (file: WeightsFile, wasThere: boolean) => void
}

/** Thrown with the name of the file that could not be brought, and why. */
export class WeightsError extends Error {
  readonly file: string
  readonly reason: string

  constructor(file: string, reason: string) {
    super(`${file}: ${reason}`)
    this.file = file
    this.reason = reason
  }
}

type Pieces = AsyncIterable<Uint8Array>

export async function fetchWeights({ description, from, folder, progress }: FetchWeights): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const file of description.files) {
    const wasThere = (await problemOf(folder, file)) === undefined
    if (!wasThere) await bring(folder, file, await piecesOf(description, from, file))
    progress(file, wasThere)
  }
}

async function piecesOf(
  { repository, revision }: WeightsDescription,
  from: string,
  { name }: WeightsFile,
): Promise<Pieces> {
  if (!/^https?:/.test(from)) {
    const file = await open(join(from, name)).catch((error: Error) => {
      throw new WeightsError(name, error.message)
    })
    return file.createReadStream()
  }
  const url = `${from.replace(/\/+$/, '')}/${repository}/resolve/${revision}/${name}`
  const response = await fetch(url).catch(error => {
    throw new WeightsError(name, (error as Error & { cause?: Error }).cause?.message ?? String(error))
  })
  if (!response.ok || !response.body) throw new WeightsError(name, `HTTP ${response.status}`)
  return response.body as unknown as Pieces
}

async function bring(folder: string, file: WeightsFile, pieces: Pieces): Promise<void> {
  const part = join(folder, `${file.name}.part`)
  const target = await open(part, 'w', 0o644)
  try {
    const hash = hashOf(file)
    let bytes = 0
    for await (const piece of pieces) {
      bytes += piece.length
      // A store that sends without an end fills no volume.
      if (bytes > file.bytes) throw new WeightsError(file.name, 'size')
      hash.update(piece)
      await target.writeFile(piece)
    }
    if (bytes !== file.bytes) throw new WeightsError(file.name, 'size')
    if (!isDigest(file, hash)) throw new WeightsError(file.name, 'digest')
    await target.sync()
    await rename(part, join(folder, file.name))
  } catch (error) {
    throw error instanceof WeightsError ? error : new WeightsError(file.name, (error as Error).message)
  } finally {
    await target.close()
    await rm(part, { force: true })
  }
}
