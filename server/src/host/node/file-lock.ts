// One process at a time: a lock file beside what it protects. Whoever dies while holding it does not keep others out.

import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname, platform } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export class LockTimeout extends Error {
  override readonly name = 'LockTimeout'
}

export interface LockPatience {
  /** How long to wait for whoever holds it, in milliseconds. */
  readonly patienceMs: number
  /** Nobody holds it longer, whatever the file says: the work under it is over by then. */
  readonly longestMs: number
}

const LOOK_MS = 25

/** Throws `LockTimeout`, what the file system throws, and what `run` throws. */
export async function withLock<T>(
  file: string,
  { patienceMs, longestMs }: LockPatience,
  run: () => Promise<T>,
): Promise<T> {
  const own = `${hostname()} ${process.pid} ${crypto.randomUUID()}`
  const until = performance.now() + patienceMs
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  while (!take(file, own)) {
    if (isLeft(file, longestMs)) continue
    if (performance.now() > until) throw new LockTimeout(`${file} is held by another process`)
    await wait(LOOK_MS)
  }
  try {
    return await run()
  } finally {
    if (read(file) === own) rmSync(file, { force: true })
  }
}

function take(file: string, own: string): boolean {
  try {
    writeFileSync(file, own, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Windows says so of a file that another process is removing right now.
    if (code === 'EEXIST' || (code === 'EPERM' && platform() === 'win32')) return false
    throw error
  }
}

/** Takes away the lock of who is gone. True: it may be free now. */
function isLeft(file: string, longestMs: number): boolean {
  const seen = read(file)
  if (seen === undefined) return true
  if (!isStale(file, seen, longestMs)) return false
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return true // somebody else was quicker
  }
  // Between the look and the grip somebody may have taken it anew: they get it back.
  const taken = read(aside)
  if (taken !== seen && taken !== undefined) take(file, taken)
  rmSync(aside, { force: true })
  return true
}

function isStale(file: string, seen: string, longestMs: number): boolean {
  const [host, holder] = seen.split(' ')
  if (host === hostname() && holder && !isAlive(Number(holder))) return true
  try {
    return Date.now() - statSync(file).mtimeMs > longestMs
  } catch {
    return false
  }
}

function isAlive(holder: number): boolean {
  try {
    process.kill(holder, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
