// Asking git, so that nothing of the repository itself gets to run.

import { execFile } from 'node:child_process'

/** Nothing that the repository itself configures may run: no hooks, no monitors, no external diffs. */
const SAFE = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'diff.external=',
  '-c',
  'core.pager=cat',
  '--no-optional-locks',
]

export interface GitOptions {
  /** What git reads from its standard input. */
  readonly input?: string
  readonly env?: NodeJS.ProcessEnv
  /** In milliseconds. */
  readonly timeout?: number
}

/** Rejects with what the operating system says, or with git's own complaint. */
export function runGit(
  cwd: string,
  args: readonly string[],
  { input, ...options }: GitOptions = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      [...SAFE, ...args],
      { cwd, encoding: 'buffer', maxBuffer: 1 << 28, ...options },
      (error, stdout, stderr) => {
        if (error) reject(Object.assign(error, { stderr: stderr.toString('utf8') }))
        else resolve(stdout)
      },
    )
    if (input === undefined) return
    // Who ends before it read everything says why by its exit code.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })
}
