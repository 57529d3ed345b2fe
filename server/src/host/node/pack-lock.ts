// `.codeant/packs.json`: which packs a project has, where each came from, and the digest of every file of it.
//
// It lies in the project, so that everybody who works on it has the same rules; it may therefore have been written by anybody.

import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { staysInside } from './pack-sources/brought.ts'

/** In a project's root. */
export const PACKS_FOLDER = '.codeant/packs'
export const LOCK_FILE = '.codeant/packs.json'

export interface LockedPack {
  /** As it was given, without credentials; a place on the same disk is relative to the project. */
  readonly origin: string
  /** The branch, tag or commit that was asked for. */
  readonly ref?: string
  readonly commit?: string
  /** Of the list of all files. */
  readonly digest: string
  /** As its file says; absent where there is none. */
  readonly licence?: string
  /** The key that it was signed with when it was added. */
  readonly key?: string
  /** The digest of each file, by its path in the pack's folder. */
  readonly files: Readonly<Record<string, string>>
}

export type Lock = ReadonlyMap<string, LockedPack>

/** Larger than that of 20,000 files. */
const MOST_BYTES = 8 * 1024 * 1024

/** Empty where there is none. What is malformed in it is not there; `undefined` when all of it is. */
export function readLock(root: string): Lock | undefined {
  const file = join(root, LOCK_FILE)
  let text: string
  try {
    const about = lstatSync(file)
    if (!about.isFile() || about.size > MOST_BYTES) return undefined
    text = readFileSync(file, 'utf8')
  } catch {
    return new Map()
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const { version, packs } = record(json)
  if (version !== 1) return undefined
  const lock = new Map<string, LockedPack>()
  for (const [name, given] of Object.entries(record(packs))) {
    const pack = lockedPack(record(given))
    if (pack && isPackName(name)) lock.set(name, pack)
  }
  return lock
}

/** The same packs make the same file, whatever the day and whoever wrote it. Throws what the file system throws. */
export function writeLock(root: string, lock: Lock): void {
  const file = join(root, LOCK_FILE)
  if (lock.size === 0) {
    rmSync(file, { force: true })
    return
  }
  const packs = Object.fromEntries([...lock].sort(([a], [b]) => (a < b ? -1 : 1)))
  mkdirSync(join(root, '.codeant'), { recursive: true })
  const aside = `${file}.${process.pid}`
  rmSync(aside, { force: true })
  writeFileSync(aside, `${JSON.stringify({ version: 1, packs }, null, 2)}\n`, { flag: 'wx' })
  renameSync(aside, file)
}

/** Lower case, so that two names are two folders everywhere. */
export function isPackName(name: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,63}$/.test(name) && !name.endsWith('.')
}

/** Git may give a file the line ends of the system: they do not count. */
export function fileDigest(bytes: Buffer): string {
  const text = bytes.includes('\r\n')
    ? Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
    : bytes
  return createHash('sha256').update(text).digest('hex')
}

export function packDigest(files: Readonly<Record<string, string>>): string {
  const lines = Object.keys(files)
    .sort()
    .map(it => `${files[it]}  ${it}\n`)
  return createHash('sha256').update(lines.join('')).digest('hex')
}

function lockedPack(given: Record<string, unknown>): LockedPack | undefined {
  const { origin, digest, ref, commit, licence, key } = given
  const files = Object.entries(record(given.files))
  if (typeof origin !== 'string' || typeof digest !== 'string') return undefined
  if (!files.every(([path, it]) => typeof it === 'string' && staysInside(path))) return undefined
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return {
    origin,
    ...(text(ref) && { ref: text(ref)! }),
    ...(text(commit) && { commit: text(commit)! }),
    digest,
    ...(text(licence) && { licence: text(licence)! }),
    ...(text(key) && { key: text(key)! }),
    files: Object.fromEntries(files) as Record<string, string>,
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}
