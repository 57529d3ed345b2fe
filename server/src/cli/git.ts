// Asking git, so that nothing of the repository itself gets to run.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

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

/** Rejects with what the operating system says, or with git's own complaint. */
export async function runGit(cwd: string, args: readonly string[]): Promise<Buffer> {
  const { stdout } = await run('git', [...SAFE, ...args], { cwd, encoding: 'buffer', maxBuffer: 1 << 28 })
  return stdout
}
