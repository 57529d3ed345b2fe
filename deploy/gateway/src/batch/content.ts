// The files of a project as they wait in the database: packed, and with a digest that is the same whenever the result would be.

import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { UploadedFile } from '../analysis/upload.ts'

export interface Project {
  readonly name: string
  readonly root?: string
  readonly files: readonly UploadedFile[]
}

export async function pack(files: readonly UploadedFile[]): Promise<Uint8Array> {
  const plain = files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('base64')])
  return promisify(gzip)(JSON.stringify(plain))
}

export async function unpack(packed: Uint8Array): Promise<readonly UploadedFile[]> {
  const plain = JSON.parse((await promisify(gunzip)(packed)).toString('utf8')) as [string, string][]
  return plain.map(([path, base64]) => ({ path, bytes: Buffer.from(base64, 'base64') }))
}

/** `version` is the engine's: another one finds other things. */
export function digestOf(version: string, locale: string, projects: readonly Project[]): string {
  const parts = projects.map(({ name, root, files }) => [
    name,
    root ?? null,
    files
      .map(({ path, bytes }) => [path, createHash('sha256').update(bytes).digest('hex')])
      .sort(([a], [b]) => (a! < b! ? -1 : 1)),
  ])
  return createHash('sha256')
    .update(JSON.stringify([version, locale, parts]))
    .digest('hex')
}
