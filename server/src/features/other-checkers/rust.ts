// Settings of clippy and rustc: limits in `clippy.toml`, lints in `Cargo.toml`, and what a crate allows at its beginning.

import { parse } from 'smol-toml'
import { lintsOf } from '../../rules/foreign-names.ts'
import { entriesOf, isTable, numberIn, tableIn } from './data.ts'
import type { CheckerSettings, Saying } from './decisions.ts'

const LIMITS: Readonly<Record<string, string>> = {
  'cognitive-complexity-threshold': 'clippy::cognitive_complexity',
  'excessive-nesting-threshold': 'clippy::excessive_nesting',
  'too-many-arguments-threshold': 'clippy::too_many_arguments',
  'too-many-lines-threshold': 'clippy::too_many_lines',
}

/** `clippy.toml` */
export function readClippy(text: string): readonly CheckerSettings[] {
  const table = parse(text)
  const says = new Map<string, Saying>()
  for (const [key, name] of Object.entries(LIMITS)) {
    const limit = numberIn(table, key)
    if (limit !== undefined) says.set(name, { limit })
  }
  return [rust('clippy', says, true)]
}

/** `Cargo.toml`: of a workspace, or of a package, which takes over the workspace's or has its own. */
export function readCargo(text: string): readonly CheckerSettings[] {
  if (!/^\s*\[(workspace\.)?lints/m.test(text)) return []
  const manifest = parse(text)
  const own = tableIn(manifest, 'lints')
  const says = new Map<string, Saying>()
  for (const lints of [tableIn(tableIn(manifest, 'workspace'), 'lints'), own])
    for (const [tool, before] of [
      ['clippy', 'clippy::'],
      ['rust', ''],
    ] as const)
      for (const [name, value] of entriesOf(tableIn(lints, tool))) {
        const level = isTable(value) ? value.level : value
        if (typeof level === 'string') switchLint(says, before + name.replaceAll('-', '_'), level !== 'allow')
      }
  return [rust('cargo', says, own !== undefined && own.workspace !== true)]
}

/** `lib.rs` or `main.rs`: `#![allow(…)]` before the first item speaks of every module of the crate. */
export function readCrate(text: string): readonly CheckerSettings[] {
  const says = new Map<string, Saying>()
  const head = HEAD.exec(text)?.[0] ?? ''
  for (const [, names] of head.matchAll(/^[ \t]*#!\[\s*(?:allow|expect)\s*\(([^)]*)\)\s*\]/gm))
    for (const name of names!.replace(/reason\s*=\s*"[^"]*"/, '').split(',')) {
      const bare = name.trim()
      if (/^[\w:]+$/.test(bare)) switchLint(says, bare, false)
    }
  return says.size > 0 ? [rust('crate', says, false)] : []
}

/** Comments, empty lines and attributes of the crate itself. */
const HEAD = /^(?:\s|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/|#!\[[^\]]*\])+/

function switchLint(says: Map<string, Saying>, name: string, isOn: boolean): void {
  // What is said of a group, a lint of it may take back.
  for (const it of lintsOf(name)) if (it === name || !says.has(it)) says.set(it, { isOn })
}

function rust(checker: string, says: ReadonlyMap<string, Saying>, isLast: boolean): CheckerSettings {
  return { checker, family: 'rust', isLast, decisions: [{ says }] }
}
