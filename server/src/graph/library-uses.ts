// Functions of shared libraries that Python looks up by name, and those of Rust that they are. Most libraries are somebody
// else's: one is taken for a crate of the workspace only when its file is called so, or when nearly all that is asked of it is
// there.

import { Crates } from './crates.ts'
import type { ForeignUse } from './foreign.ts'
import { exportAt, type ForeignExport } from './foreign-exports.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

/** The functions that crates export by the conventions of C. */
interface Library {
  readonly folder: string
  readonly name: string | undefined
  readonly functions: ReadonlyMap<string, readonly ForeignExport[]>
  readonly isOpen: boolean
}

/** Fewer names that two libraries share are chance. */
const LEAST_NAMES = 3

export function* libraryUses(facts: WorkspaceFacts): Generator<ForeignUse> {
  const libraries = librariesOf(facts)
  if (libraries.length === 0) return
  const everywhere = new Set(libraries.flatMap(it => [...it.functions.keys()]))
  for (const group of groupsOf(facts)) {
    const asked = new Set(group.uses.map(it => it.name))
    const { library, isSure } = libraryOf(libraries, group.told, asked) ?? {}
    if (!library) continue
    const known = [...library.functions.values()].flat()
    for (const { file, index, name } of group.uses) {
      const [found, ...others] = library.functions.get(name) ?? []
      const isKnown = others.every(it => it.parameters?.length === found!.parameters?.length)
      const row = facts.rowsIn(file, 'foreignUse')[index]!
      yield {
        ...{ file, bridge: 'c', name, arguments: isKnown ? row.arguments : undefined, found, known },
        isMissing: isSure === true && !library.isOpen && !everywhere.has(name),
        isUnregistered: false,
        get place() {
          return facts.placeOf(file, 'foreignUse', index)
        },
      }
    }
  }
}

interface Group {
  /** What names its file, where that is known. */
  readonly told: string
  readonly uses: { readonly file: string; readonly index: number; readonly name: string }[]
}

/** What is asked of one library: by a variable of a file, or by a name that files import from the same module. */
function groupsOf(facts: WorkspaceFacts): Iterable<Group> {
  const groups = new Map<string, Group>()
  for (const { path: file, rows } of facts.rows('foreignUse')) {
    for (const [index, { bridge, of }] of rows.entries()) {
      const name = of.names.at(-1)
      if (bridge !== 'c' || name === undefined) continue
      const isOwn = of.names.length === 1
      const key = isOwn
        ? `${file}\n${of.module}`
        : `${/\w*$/.exec(of.module)![0]}\n${of.names.slice(0, -1).join('.')}`
      let group = groups.get(key)
      if (!group) {
        group = { told: isOwn ? of.module : '', uses: [] }
        groups.set(key, group)
      }
      group.uses.push({ file, index, name })
    }
  }
  return groups.values()
}

function libraryOf(
  libraries: readonly Library[],
  told: string,
  asked: ReadonlySet<string>,
): { readonly library: Library; readonly isSure: boolean } | undefined {
  const called = libraries.filter(
    it => it.name && new RegExp(`(?<![a-zA-Z])(?:lib)?${it.name}(?![a-zA-Z0-9_])`).test(told),
  )
  const hits = (it: Library) => [...asked].filter(name => it.functions.has(name)).length
  const [best, next] = [...(called.length > 0 ? called : libraries)].sort((a, b) => hits(b) - hits(a))
  if (!best || hits(best) === 0 || (next && hits(next) === hits(best))) return undefined
  const isMost = hits(best) >= LEAST_NAMES && hits(best) >= asked.size * 0.8
  if (called.length === 0 && !isMost) return undefined
  return { library: best, isSure: isMost || (called.length === 1 && hits(best) > 0) }
}

function librariesOf(facts: WorkspaceFacts): Library[] {
  const exported = new Map<string, Map<string, ForeignExport[]>>()
  const crates = new Crates(facts)
  for (const { path, rows } of facts.rows('foreignExport'))
    for (const [i, row] of rows.entries()) {
      if (row.bridge !== 'c') continue
      const folder = crates.folderOf(path)
      const own = exported.get(folder) ?? new Map<string, ForeignExport[]>()
      exported.set(folder, own)
      own.set(row.name, [...(own.get(row.name) ?? []), exportAt(facts, path, i, row)])
    }
  const open = new Set(
    facts
      .rows('foreignOpening')
      .filter(it => it.rows.some(row => row.bridge === 'c'))
      .map(it => crates.folderOf(it.path)),
  )
  return [...exported].map(([folder, own]) => {
    const crate = crates.all.find(it => it.folder === folder)
    const { folders } = crate ? crates.linked(crate) : { folders: new Set([folder]) }
    const functions = new Map(own)
    for (const it of folders)
      for (const [name, all] of (it === folder ? undefined : exported.get(it)) ?? [])
        if (!functions.has(name)) functions.set(name, all)
    return { folder, name: crate?.name, functions, isOpen: [...folders].some(it => open.has(it)) }
  })
}
