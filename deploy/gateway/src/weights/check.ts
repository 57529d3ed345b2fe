// Whether files are what their description says: of this size, and of this digest.

import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { WeightsFile } from './description.ts'

export type WeightsProblem = 'missing' | 'size' | 'digest'

/** Undefined where the file is what was described. */
export async function problemOf(folder: string, file: WeightsFile): Promise<WeightsProblem | undefined> {
  const path = join(folder, file.name)
  const known = await stat(path).catch(() => undefined)
  if (!known?.isFile()) return 'missing'
  if (known.size !== file.bytes) return 'size'
  const hash = hashOf(file)
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece)
  return isDigest(file, hash) ? undefined : 'digest'
}

/** Begun as the digest of this file begins. */
export function hashOf({ digest, bytes }: WeightsFile): Hash {
  return digest.startsWith('git:') ? createHash('sha1').update(`blob ${bytes}\0`) : createHash('sha256')
}

export function isDigest({ digest }: WeightsFile, hash: Hash): boolean {
  return hash.digest('hex') === digest.slice(digest.indexOf(':') + 1)
}
