// The layers that `.codeant.toml` declares, for the rule that compares imports with them.

import { readArchitecture } from '@codeant/shared/architecture.ts'
import { parse, TomlError } from 'smol-toml'
import type { FactWriter } from '../facts.ts'

/** Files that this reads, by name. */
export const SETTINGS_FILE = /(^|\/)\.codeant\.toml$/

export function extractArchitecture(text: string, facts: FactWriter): void {
  if (!text.includes('architecture')) return
  for (const it of layersIn(text)) {
    const start = text.search(new RegExp(`(["'])${it.name.replace(/\W/g, '\\$&')}\\1`))
    facts.add('layer', it, { start, end: start + it.name.length + 2 })
  }
}

function layersIn(text: string) {
  try {
    const { architecture } = parse(text)
    return typeof architecture === 'object' && !Array.isArray(architecture) && !(architecture instanceof Date)
      ? readArchitecture(architecture).architecture.layers
      : []
  } catch (error) {
    // Who reads the settings tells of it.
    if (error instanceof TomlError) return []
    throw error
  }
}
