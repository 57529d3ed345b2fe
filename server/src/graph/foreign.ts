// Which function of Rust a call from another language leads to.

import type { Place, Row } from './facts.ts'
import type { Modules } from './modules.ts'
import { type Names, type Table, tableOf } from './names.ts'
import { PythonModules } from './python-modules.ts'
import type { Bridge, ForeignExportRow, ForeignParameter, GivenArguments } from './rows/foreign.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

/** Something that another language may call. */
export interface ForeignExport {
  readonly file: string
  readonly place: Place
  readonly bridge: Bridge
  readonly name: string
  readonly kind: ForeignExportRow['kind']
  /** Undefined where nobody can tell. */
  readonly parameters: readonly ForeignParameter[] | undefined
}

/** A name of another language, as it is used. */
export interface ForeignUse {
  readonly file: string
  readonly place: Place
  readonly bridge: Bridge
  readonly name: string
  readonly found: ForeignExport | undefined
  /** All that is there is known, and this is not among it. */
  readonly isMissing: boolean
  /** What is there instead. */
  readonly known: readonly ForeignExport[]
  /** It is declared, and nobody has put it where the other language looks for it. */
  readonly isUnregistered: boolean
  readonly arguments: GivenArguments | undefined
}

export function foreignExportsOf(facts: WorkspaceFacts): Table<ForeignExport> {
  const table = new Map<string, Map<string, ForeignExport>>()
  for (const { path: file, rows } of facts.rows('foreignExport')) {
    const own = new Map<string, ForeignExport>()
    for (const [i, { bridge, name, kind, parameters, inCode }] of rows.entries()) {
      const it = {
        ...{ file, bridge, name, kind, parameters },
        get place() {
          return facts.placeOf(file, 'foreignExport', i)
        },
      }
      if (!own.has(inCode)) own.set(inCode, it)
    }
    table.set(file, own)
  }
  return table
}

export function foreignUsesOf(
  facts: WorkspaceFacts,
  names: Names,
  modules: Modules,
  exports: Table<ForeignExport>,
): ForeignUse[] {
  return [...commandUses(facts, names, exports), ...pythonUses(facts, names, modules, exports)]
}

type UseRow = Row<'foreignUse'>

function useAt(
  facts: WorkspaceFacts,
  file: string,
  index: number,
  row: UseRow,
  rest: Pick<ForeignUse, 'name' | 'found' | 'isMissing' | 'isUnregistered' | 'known'>,
): ForeignUse {
  return {
    ...{ file, bridge: row.bridge, arguments: row.arguments, ...rest },
    get place() {
      return facts.placeOf(file, 'foreignUse', index)
    },
  }
}

/** `invoke('save', { path })` */
function* commandUses(
  facts: WorkspaceFacts,
  names: Names,
  exports: Table<ForeignExport>,
): Generator<ForeignUse> {
  const known = [...exports.values()].flatMap(it => [...it.values()]).filter(it => it.bridge === 'tauri')
  if (known.length === 0) return
  const byName = new Map<string, ForeignExport[]>()
  for (const it of known) byName.set(it.name, [...(byName.get(it.name) ?? []), it])
  const { registered, names: listed } = registeredCommands(facts, names, exports)
  const wrappers = tableOf(facts, 'commandWrapper', it => [it.name, it])
  for (const { path, rows } of facts.rows('foreignUse')) {
    for (const [i, row] of rows.entries()) {
      const { command, of } = row
      if (row.bridge !== 'tauri' || command === undefined || command.includes('|')) continue
      if (!of.module.startsWith('@tauri-apps/') && !names.find(wrappers, path, of)) continue
      const all = byName.get(command) ?? []
      const found = all.find(it => registered.has(it)) ?? all[0]
      yield useAt(facts, path, i, row, {
        name: command,
        // Two applications of one workspace may both have such a command.
        found:
          all.length > 1 && new Set(all.map(it => JSON.stringify(it.parameters))).size > 1
            ? undefined
            : found,
        isMissing: all.length === 0 && registered.size > 0 && !listed.has(command),
        isUnregistered:
          all.length > 0 &&
          registered.size > 0 &&
          !listed.has(command) &&
          !all.some(it => registered.has(it)),
        known,
      })
    }
  }
}

/** What applications list, and the names of all that is listed, also of what was not found. */
function registeredCommands(facts: WorkspaceFacts, names: Names, exports: Table<ForeignExport>) {
  const registered = new Set<ForeignExport>()
  const listed = new Set<string>()
  for (const { path, rows } of facts.rows('registration')) {
    for (const of of rows.flatMap(it => it.of)) {
      const found = names.find(exports, path, of)?.value
      if (found) registered.add(found)
      listed.add(of.names.at(-1) ?? '')
    }
  }
  return { registered, names: listed }
}

/** `from package._core import scale`, `_core.scale(2)` */
function* pythonUses(
  facts: WorkspaceFacts,
  names: Names,
  modules: Modules,
  exports: Table<ForeignExport>,
): Generator<ForeignUse> {
  if (facts.rows('foreignModule').length === 0) return
  const python = new PythonModules(facts, names, modules, exports)
  for (const { path, rows } of facts.rows('foreignUse')) {
    for (const [i, row] of rows.entries()) {
      if (row.bridge !== 'pyo3') continue
      const target = python.find(path, row.of)
      const [first, second, ...more] = target?.names ?? []
      if (!target || first === undefined || more.length > 0) continue
      const { module } = target
      const it = module.items.get(first)
      const found =
        second === undefined ? it && callable(module.members, it) : memberOf(module.members, it, second)
      const isNamed = second === undefined && !/^__\w+__$/.test(first)
      const unlisted = it || !isNamed ? undefined : module.unlisted(first)
      yield useAt(facts, path, i, row, {
        name: second === undefined ? first : `${first}.${second}`,
        found,
        isMissing: isNamed && target.isDirect && !module.isOpen && !module.items.has(first) && !unlisted,
        isUnregistered: unlisted !== undefined && target.isDirect && !module.isOpen,
        known: [...module.items.values()].filter(known => known !== undefined),
      })
    }
  }
}

/** Who calls a class calls its constructor. */
function callable(members: Members, it: ForeignExport): ForeignExport {
  if (it.kind !== 'class') return it
  const made = members(it).find(member => member.kind === 'constructor')
  const { file, bridge, name, kind } = it
  return {
    ...{ file, bridge, name, kind, parameters: made?.parameters },
    get place() {
      return it.place
    },
  }
}

function memberOf(members: Members, of: ForeignExport | undefined, name: string): ForeignExport | undefined {
  if (of?.kind !== 'class') return undefined
  return members(of).find(it => it.name === name && it.kind !== 'constructor')
}

export type Members = (of: ForeignExport) => readonly ForeignExport[]
