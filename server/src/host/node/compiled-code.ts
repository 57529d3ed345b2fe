// What V8 compiled of the program is kept for the next process, where Node can do that (22.8 and later): to compile it is half of what
// starting takes. It is code that will be run: it lies in the folder of this user, and never in one that was named instead, which builds
// may share that do not trust each other.

import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { cacheFolder, VERSION } from './folders.ts'

/** What a version left that nobody has started for so long is taken away by the next one that is new here. */
const KEPT_MS = 30 * 86_400_000

/** To be called before the program is loaded. Where it cannot be kept, it is compiled as ever. */
export function keepCompiledCode(env: NodeJS.ProcessEnv, now = Date.now()): void {
  const { enableCompileCache } = module as { enableCompileCache?: (folder: string) => unknown }
  if (!enableCompileCache || env.CODEANT_CACHE) return
  const versions = join(cacheFolder(env), 'compiled')
  const own = join(versions, VERSION)
  try {
    const isNew = mkdirSync(own, { recursive: true, mode: 0o700 }) !== undefined
    if (isNew) removeOld(versions, now)
    else utimesSync(own, now / 1000, now / 1000)
    enableCompileCache(own)
  } catch {
    // A folder that cannot be written.
  }
}

function removeOld(versions: string, now: number): void {
  for (const it of readdirSync(versions)) {
    const folder = join(versions, it)
    if (now - statSync(folder).mtimeMs > KEPT_MS) rmSync(folder, { recursive: true, force: true })
  }
}
