// Where things lie on this computer: the cache, and what was shipped beside the program.

import { createHash } from 'node:crypto'
import { homedir, platform } from 'node:os'
import { join } from 'node:path'
import type { Digest } from '../../base/digest.ts'

declare const CODEANT_VERSION: string | undefined
declare const CODEANT_ANALYSIS: string | undefined

/** The product's version, written in when the bundle is made. */
export const VERSION: string = typeof CODEANT_VERSION === 'string' ? CODEANT_VERSION : '0.0.0-source'

/** A digest of everything that decides what is found: rules, syntax, grammars. Empty when run from source. */
export const ANALYSIS: string = typeof CODEANT_ANALYSIS === 'string' ? CODEANT_ANALYSIS : ''

/** The private folder for what can be computed again: `CODEANT_CACHE` or the system's own place. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  if (env.CODEANT_CACHE) return env.CODEANT_CACHE
  if (platform() === 'win32')
    return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'codeant', 'cache')
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Caches', 'codeant')
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'codeant')
}

/** The private folder for what cannot be computed again: `CODEANT_STATE` or the system's own place. */
export function stateFolder(env: NodeJS.ProcessEnv): string {
  if (env.CODEANT_STATE) return env.CODEANT_STATE
  if (platform() === 'win32')
    return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'codeant', 'state')
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Application Support', 'codeant')
  return join(env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'codeant')
}

/** The private folder for what a person set up: `CODEANT_CONFIG` or the system's own place. */
export function configFolder(env: NodeJS.ProcessEnv): string {
  if (env.CODEANT_CONFIG) return env.CODEANT_CONFIG
  if (platform() === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'codeant')
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Preferences', 'codeant')
  return join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'codeant')
}

/** Seen from the bundle in `dist/server/` or from the sources. `runtime` is the engine of the models. */
export function shipped(name: 'grammars' | 'docs' | 'models' | 'page' | 'runtime'): URL {
  const here = import.meta.url
  const fromBundle = here.includes('/dist/server/')
  const root = new URL(fromBundle ? '../../' : '../../../../', here)
  // What is committed as it is shipped needs no build to be there.
  if (name === 'docs' || (name === 'models' && !fromBundle)) return new URL(`${name}/`, root)
  return new URL(`dist/${name}/`, root)
}

/** 128 bits of SHA-256: enough that two contents never meet by accident or design. */
export const digest: Digest = content => createHash('sha256').update(content).digest('hex').slice(0, 32)
