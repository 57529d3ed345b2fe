// Small files that only this user may read: written aside and renamed, so that nobody sees half of one.

import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { platform } from 'node:os'
import { dirname } from 'node:path'

/** Others than the owner can read it, so that it is not used. */
export class NotPrivate extends Error {
  override readonly name = 'NotPrivate'
  readonly file: string

  constructor(file: string) {
    super(`${file} can be read by others; chmod 600 makes it private`)
    this.file = file
  }
}

/** Undefined when there is none, or when it is no JSON. Throws `NotPrivate`. */
export function readPrivateJson(file: string): unknown {
  let text: string
  try {
    // Windows keeps what lies in a user's profile from others by itself, and has no such bits.
    if (platform() !== 'win32' && (statSync(file).mode & 0o077) !== 0) throw new NotPrivate(file)
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof NotPrivate) throw error
    return undefined
  }
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Throws what the file system throws. */
export function writePrivateJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const aside = `${file}.${process.pid}`
  try {
    writeFileSync(aside, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
    renameSync(aside, file)
  } catch (error) {
    rmSync(aside, { force: true })
    throw error
  }
}
