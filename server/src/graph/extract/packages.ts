// What package.json and tsconfig.json say of how files call one another.

import type { FactWriter } from '../facts.ts'
import { extractNativePackage } from './native-packages.ts'

/** Files that this reads, by name. */
export const PACKAGE_FILE = /(^|\/)(package|[tj]sconfig(\.\w+)?)\.json$/

export function extractPackage(path: string, text: string, facts: FactWriter): void {
  const read = parse(text)
  if (!read) return
  const at = { start: 0, end: 0 }
  if (/(^|\/)package\.json$/.test(path)) {
    if (typeof read.name === 'string') facts.add('package', { name: read.name, aliases: [] }, at)
    extractNativePackage(read, facts)
    return
  }
  const options = read.compilerOptions
  if (!isObject(options)) return
  const base = typeof options.baseUrl === 'string' ? options.baseUrl : '.'
  const aliases: [string, string][] = []
  if (isObject(options.paths)) {
    for (const [alias, targets] of Object.entries(options.paths))
      for (const it of Array.isArray(targets) ? targets : [])
        if (typeof it === 'string') aliases.push([alias, `${base}/${it}`])
  }
  if (typeof options.baseUrl === 'string') aliases.push(['*', `${base}/*`])
  if (aliases.length > 0) facts.add('package', { name: '', aliases }, at)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON with comments and trailing commas; undefined for what is no object. */
function parse(text: string): Record<string, unknown> | undefined {
  try {
    const plain = text
      .replace(/^\uFEFF/, '')
      .replace(
        /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
        (_, string: string | undefined) => string ?? '',
      )
      .replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_, string: string | undefined) => string ?? '')
    const value: unknown = JSON.parse(plain)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
