// Runs a program to its end and says how long it took, how much processor time, and how much memory at most.

import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { processTree } from './process-tree.ts'

export interface Measurement {
  readonly seconds: number
  /** User and system time of the program and all that it started. Undefined where there is no POSIX shell. */
  readonly cpuSeconds?: number
  /** In bytes. Undefined where the system does not tell. */
  readonly peakMemory?: number
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface ProcessOptions {
  readonly cwd: string
  /** What it says goes into files here: a pipe that is read slowly would make it wait. */
  readonly scratch: string
  readonly env?: NodeJS.ProcessEnv
}

/** Often enough for a program that lives for a fifth of a second; each look costs a tenth of a millisecond. */
const LOOK_MS = 20

export async function measureProcess(
  command: readonly string[],
  { cwd, scratch, env }: ProcessOptions,
): Promise<Measurement> {
  const files = {
    out: join(scratch, 'out.txt'),
    err: join(scratch, 'err.txt'),
    times: join(scratch, 'times.txt'),
  }
  const stdio = ['ignore', openSync(files.out, 'w'), openSync(files.err, 'w')] as const
  const posix = process.platform !== 'win32'
  // `times` is the one way to learn the processor time of a child that every POSIX system has.
  const [file, ...args] = posix
    ? ['/bin/sh', '-c', `"$@"; code=$?; times > '${files.times}'; exit $code`, 'sh', ...command]
    : command
  const began = performance.now()
  const child = spawn(file!, args, { cwd, stdio: [...stdio], env: { ...process.env, ...env } })
  let peakMemory: number | undefined
  const look = setInterval(() => {
    const peak = child.pid && processTree(child.pid)?.peak
    if (peak) peakMemory = Math.max(peakMemory ?? 0, peak)
  }, LOOK_MS)
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    const seconds = (performance.now() - began) / 1000
    return {
      seconds,
      ...(posix && { cpuSeconds: childTimes(readFileSync(files.times, 'utf8')) }),
      ...(peakMemory !== undefined && { peakMemory }),
      code,
      out: readFileSync(files.out, 'utf8'),
      err: readFileSync(files.err, 'utf8'),
    }
  } finally {
    clearInterval(look)
    for (const it of stdio.slice(1)) closeSync(it as number)
  }
}

/** `times` prints user and system time of the shell, and on a second line of its children: `0m1.230s 0m0.450s`. */
function childTimes(printed: string): number {
  const line = printed.trim().split('\n')[1] ?? ''
  return [...line.matchAll(/(\d+)m([\d.,]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds!.replace(',', '.')),
    0,
  )
}
