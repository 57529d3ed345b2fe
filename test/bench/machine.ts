// On what, and with what, the measuring is done.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem, type } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Peers } from './peers.ts'

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly system: string
}

export function machine(): Machine {
  return {
    cpu: (cpus()[0]?.model ?? 'unknown').replace(/\s+/g, ' ').trim(),
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: type(),
  }
}

/** The load average of the last minute. */
export const load = () => Math.round(loadavg()[0]! * 100) / 100

/** Ours with its commit, Node, and every peer that is here. */
export function versions(peers: Pick<Peers, 'versions'>): Record<string, string> {
  const root = new URL('../..', import.meta.url)
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string }
  return { codeant: version + commit(fileURLToPath(root)), node: process.versions.node, ...peers.versions }
}

function commit(folder: string): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim()
    return ` (${git('log', '-1', '--format=%h', '--', 'server', 'shared')})`
  } catch {
    return ''
  }
}
