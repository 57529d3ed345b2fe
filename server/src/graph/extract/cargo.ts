// What Cargo.toml and pyproject.toml say of crates: what they are called in Rust, and as which module Python imports them.

import type { FactWriter } from '../facts.ts'
import { normal } from '../modules.ts'

/** Files that this reads, by name. */
export const CRATE_FILE = /(^|\/)(Cargo|pyproject)\.toml$/

export function extractCrate(path: string, text: string, facts: FactWriter): void {
  const tables = readTables(text)
  if (path.endsWith('pyproject.toml')) pythonProject(tables, facts)
  else crate(tables, facts)
}

function crate(tables: readonly Table[], facts: FactWriter): void {
  const own = tables.find(it => it.name === 'package')?.values.get('name')
  const library = tables.find(it => it.name === 'lib')?.values
  const name = (library?.get('name') ?? own)?.replaceAll('-', '_')
  if (!name) return
  const dependencies = dependenciesIn(tables)
  facts.add(
    'crate',
    {
      ...{ name, root: library?.get('path') },
      ...(own && own !== name && { package: own }),
      ...(dependencies.length > 0 && { dependencies }),
    },
    NOWHERE,
  )
}

/** Of all builds; those of tests and of build scripts are none. */
function dependenciesIn(tables: readonly Table[]): string[] {
  const found = new Set<string>()
  for (const { name, values, keys } of tables) {
    if (name.startsWith('workspace')) continue
    const [, one] = /(?:^|\.)dependencies(?:\.([\w-]+))?$/.exec(name) ?? []
    if (one) found.add(values.get('package') ?? one)
    else if (/(^|\.)dependencies$/.test(name)) for (const it of keys) found.add(it)
  }
  return [...found].map(it => it.replaceAll('-', '_')).sort()
}

function pythonProject(tables: readonly Table[], facts: FactWriter): void {
  for (const { name, values } of tables) {
    const isMaturin = name === 'tool.maturin'
    if (!isMaturin && name !== 'tool.setuptools-rust.ext-modules') continue
    const module = values.get(isMaturin ? 'module-name' : 'target')
    const manifest = values.get(isMaturin ? 'manifest-path' : 'path') ?? 'Cargo.toml'
    if (module)
      facts.add(
        'crate',
        { name: '', root: undefined, pythonModule: module, manifest: normal(manifest) },
        NOWHERE,
      )
  }
}

const NOWHERE = { start: 0, end: 0 }

interface Table {
  readonly name: string
  readonly values: ReadonlyMap<string, string>
  /** Also of what is no text; a dependency that goes by another name is told by its own. */
  readonly keys: readonly string[]
}

/** Tables and their texts. Manifests are typed like any other file: what does not parse yet must not lose the rest. */
function readTables(text: string): Table[] {
  const tables: { name: string; values: Map<string, string>; keys: string[] }[] = []
  for (const line of text.split('\n')) {
    const header = /^\s*\[\[?\s*((?:[\w.-]|'[^']*'|"[^"]*")+)\s*\]\]?/.exec(line)
    if (header) tables.push({ name: header[1]!, values: new Map(), keys: [] })
    const key = /^\s*([\w-]+)\s*(?:\.\s*workspace\s*)?=/.exec(line)?.[1]
    if (key) tables.at(-1)?.keys.push(/\bpackage\s*=\s*["']([\w-]+)/.exec(line)?.[1] ?? key)
    const value = /^\s*([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(line)
    if (value) tables.at(-1)?.values.set(value[1]!, value[2] ?? value[3]!)
  }
  return tables
}
