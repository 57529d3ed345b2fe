// Variables of the environment that code for browsers reads though nobody hands them over.

import type { Bundler, Environment, Variable, VariableRead } from '../../graph/settings.ts'
import { productReads } from './environment-keys.ts'

export interface HiddenRead {
  readonly read: VariableRead
  /** What its name should begin with. */
  readonly prefix: string
  readonly tool: 'Vite' | 'Next'
}

export function* hiddenReads(variable: Variable, environment: Environment): Generator<HiddenRead> {
  if (variable.settings.some(it => it.in === 'bundler')) return
  for (const read of productReads(variable)) {
    const tool = read.from === 'bundler' ? 'vite' : read.isClient ? 'next' : undefined
    if (!tool || GIVEN[tool].test(read.key)) continue
    const bundlers = bundlersOf(environment.bundlers, tool, read.file)
    if (bundlers.length === 0 || bundlers.some(it => it.isOpen || it.isScript)) continue
    const prefixes = bundlers.flatMap(it => (it.prefixes.length > 0 ? it.prefixes : [DEFAULT[tool]]))
    if (prefixes.some(it => read.key.startsWith(it))) continue
    yield { read, prefix: prefixes[0]!, tool: tool === 'vite' ? 'Vite' : 'Next' }
  }
}

/**
 * The settings in the folder that is nearest above a file, and programs that build anywhere below it. A library that has none is
 * built by whoever uses it.
 */
function bundlersOf(all: readonly Bundler[], tool: Bundler['tool'], file: string): readonly Bundler[] {
  const own = all.filter(it => it.tool === tool)
  const above = own.filter(it => !it.isScript && file.startsWith(it.folder))
  if (above.length === 0) return tool === 'vite' ? own : []
  const nearest = above.reduce((a, b) => (b.folder.length > a.folder.length ? b : a)).folder
  return own.filter(it => it.folder === nearest || (it.isScript && it.folder.startsWith(nearest)))
}

const DEFAULT = { vite: 'VITE_', next: 'NEXT_PUBLIC_' } as const

/** What the tools themselves, those that run tests, and frameworks above them put there. */
const GIVEN = {
  vite: /^(MODE|DEV|PROD|SSR|BASE_URL|LEGACY|SITE|ASSETS_PREFIX|VITEST|TEST|STORYBOOK\w*|(PUBLIC|NUXT|TAURI|EXPO_PUBLIC|WXT|PLASMO_PUBLIC|ELECTRON|MAIN|RENDERER|PRELOAD|VITE)_\w+|CHROME|FIREFOX|SAFARI|EDGE|OPERA|BROWSER|MANIFEST_VERSION|COMMAND)$/,
  next: /^(NODE_ENV|NEXT_RUNTIME|NEXT_DEPLOYMENT_ID|__NEXT\w*|STORYBOOK\w*|NEXT_PUBLIC_\w+)$/,
} as const
