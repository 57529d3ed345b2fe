// The language servers that are compared: ours, and every peer that has one and is here.

import { fileURLToPath } from 'node:url'
import type { BenchLanguage } from './keystroke-files.ts'
import type { Peers } from './peers.ts'

/** The program as it is shipped. */
export const MAIN = fileURLToPath(new URL('../../dist/server/main.mjs', import.meta.url))

export interface Server {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  readonly languages: readonly BenchLanguage[]
  readonly initializationOptions?: object
  /** What the folder needs before the server starts in it. */
  readonly prepare?: (folder: string) => void
}

export function servers({ bin }: Peers): Server[] {
  const list: Server[] = [
    {
      name: 'codeant',
      command: [process.execPath, MAIN, 'lsp', '--stdio'],
      languages: ['python', 'typescript', 'javascript', 'rust'],
      initializationOptions: { publishUnchanged: true },
    },
  ]
  const oxlint = bin('oxlint')
  if (oxlint)
    list.push({ name: 'oxlint', command: [oxlint, '--lsp'], languages: ['typescript', 'javascript'] })
  const ruff = bin('ruff')
  if (ruff) list.push({ name: 'ruff', command: [ruff, 'server'], languages: ['python'] })
  const biome = bin('biome')
  if (biome)
    list.push({ name: 'biome', command: [biome, 'lsp-proxy'], languages: ['typescript', 'javascript'] })
  return list
}
