// What our security rules say of a folder.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RULES } from '../../server/src/rules/registry.generated.ts'
import type { SecurityFinding } from './weaknesses.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cwesOf = new Map(RULES.map(it => [it.id, it.cwe ?? []]))
/** Rules that belong to another category and tell of a weakness all the same. */
const ALSO = RULES.filter(it => (it.cwe ?? []).length > 0 && !isSecurity(it.id) && !it.learned)
  .filter(it => it.cwe!.some(cwe => [1333, 400].includes(cwe)))
  .map(it => it.id)

/** Build first: it is the command line that is asked. */
export function securityFindings(
  at: string,
  folders: readonly string[],
  rules: 'default' | 'all' = 'default',
): SecurityFinding[] {
  // Named rules are asked even where they are off by default.
  const only = rules === 'all' ? RULES.map(it => it.id).filter(isSecurity) : ['security']
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'dist/server/main.mjs'),
      ...['analyze', '--format', 'json', '--show', 'hint', '--show-all', '--locale', 'en', '--no-cache'],
      ...['--threads', '1', '--only', [...only, ...ALSO].join(','), ...folders],
    ],
    { cwd: at, encoding: 'utf8', maxBuffer: 1 << 30 },
  )
  if (!stdout) throw new Error(stderr)
  const { findings } = JSON.parse(stdout) as {
    readonly findings: readonly {
      readonly rule: string
      readonly path: string
      readonly start: { readonly line: number }
    }[]
  }
  return findings.map(({ rule, path, start }) => ({
    rule,
    path,
    line: start.line,
    cwes: cwesOf.get(rule) ?? [],
  }))
}

function isSecurity(id: string): boolean {
  return id.startsWith('security/')
}
