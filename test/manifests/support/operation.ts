// A program of deploy/operations, run as an operator runs it.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './render.ts'

export interface Done {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Not waited for in a blocking way: what it asks may live in this process. */
export function operate(
  program: string,
  given: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Done> {
  const child = spawn(process.execPath, [join(root, `deploy/operations/${program}.mjs`), ...given], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', it => {
    stdout += String(it)
  })
  child.stderr.on('data', it => {
    stderr += String(it)
  })
  return new Promise(resolve => child.once('close', code => resolve({ status: code ?? -1, stdout, stderr })))
}
