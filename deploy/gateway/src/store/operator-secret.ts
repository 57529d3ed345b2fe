// The secret that seals signing keys: the operator's, or one of this computer's own beside its embedded database.

import { randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'

/** Undefined where several instances would have to share one and nobody gave it: there are no tokens then, only keys. */
export function operatorSecret({ identity, database, data }: Config): string | undefined {
  if (identity.secret !== undefined) return identity.secret
  if (database.url !== undefined) return undefined
  // In memory nothing outlives this process, and so need not its secret.
  return data.folder === undefined ? newSecret() : ownSecret(join(data.folder, 'identity-secret'))
}

/** The folder belongs to one process at a time (`store/embedded.ts`), so nobody else makes it meanwhile. */
function ownSecret(file: string): string {
  try {
    const kept = readFileSync(file, 'utf8').trim()
    chmodSync(file, 0o600)
    return kept
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const made = newSecret()
  writeFileSync(file, `${made}\n`, { mode: 0o600, flag: 'wx' })
  return made
}

function newSecret(): string {
  return randomBytes(32).toString('base64url')
}
