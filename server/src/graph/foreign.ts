// Which function of Rust a call from another language leads to.

import type { Place, Row } from './facts.ts'
import type { ForeignExport } from './foreign-exports.ts'
import { libraryUses } from './library-uses.ts'
import type { Modules } from './modules.ts'
import { type Names, tableOf, type WholeTable } from './names.ts'
import { NativeModules, type NativeTarget } from './native-modules.ts'
import type { PythonModules } from './python-modules.ts'
import type { Bridge, GivenArguments } from './rows/foreign.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

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

export function foreignUsesOf(
  facts: WorkspaceFacts,
  names: Names,
  modules: Modules,
  exports: WholeTable<ForeignExport>,
  python: PythonModules,
): ForeignUse[] {
  return [
    ...commandUses(facts, names, exports),
    ...toldOnce(pythonUses(facts, python)),
    ...toldOnce(scriptUses(facts, modules)),
    ...toldOnce(libraryUses(facts)),
  ]
}

/** What is imported and is not there is missing where it is imported, not at every place behind. */
function* toldOnce(uses: Iterable<ForeignUse>): Generator<ForeignUse> {
  const told = new Set<string>()
  for (const it of uses) {
    const key = `${it.file}\n${it.name}`
    const isAgain = it.isMissing && told.has(key)
    if (it.isMissing) told.add(key)
    yield isAgain ? silenced(it) : it
  }
}

function silenced(use: ForeignUse): ForeignUse {
  const { file, bridge, name, found, known, isUnregistered, arguments: given } = use
  return {
    ...{ file, bridge, name, found, known, isUnregistered, arguments: given, isMissing: false },
    get place() {
      return use.place
    },
  }
}

type UseRow = Row<'foreignUse'>

function useAt(
  facts: WorkspaceFacts,
  file: string,
  index: number,
  row: UseRow,
  rest: Pick<ForeignUse, 'bridge' | 'name' | 'found' | 'isMissing' | 'isUnregistered' | 'known'>,
): ForeignUse {
  return {
    ...{ file, arguments: row.arguments, ...rest },
    get place() {
      return facts.placeOf(file, 'foreignUse', index)
    },
  }
}

/** `invoke('save', { path })` */
function* commandUses(
  facts: WorkspaceFacts,
  names: Names,
  exports: WholeTable<ForeignExport>,
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
        bridge: 'tauri',
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
function registeredCommands(facts: WorkspaceFacts, names: Names, exports: WholeTable<ForeignExport>) {
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
function* pythonUses(facts: WorkspaceFacts, python: PythonModules): Generator<ForeignUse> {
  if (facts.rows('foreignModule').length === 0) return
  const called = new Called()
  for (const { path, rows } of facts.rows('foreignUse')) {
    for (const [i, row] of rows.entries()) {
      if (row.bridge !== 'pyo3') continue
      const target = python.find(path, row.of)
      const [first, second, ...more] = target?.names ?? []
      if (!target || first === undefined || more.length > 0) continue
      const { module } = target
      const it = module.items.get(first)
      const found =
        second === undefined ? it && called.of(module.members, it) : memberOf(module.members, it, second)
      const isNamed = second === undefined && row.isType !== true && !/^__\w+__$/.test(first)
      const unlisted = it || !isNamed ? undefined : module.unlisted(first)
      yield useAt(facts, path, i, row, {
        bridge: 'pyo3',
        name: second === undefined ? first : `${first}.${second}`,
        found,
        isMissing: isNamed && target.isDirect && !module.isOpen && !module.items.has(first) && !unlisted,
        isUnregistered: unlisted !== undefined && target.isDirect && !module.isOpen,
        known: [...module.items.values()].filter(known => known !== undefined),
      })
    }
  }
}

/** `import { scale } from '../geo/pkg'`, `const { scale } = require('./geo.node')` */
function* scriptUses(facts: WorkspaceFacts, modules: Modules): Generator<ForeignUse> {
  const called = new Called()
  const native = new NativeModules(facts, modules)
  if (native.isEmpty) return
  const all = facts.rows('foreignUse').flatMap(({ path, rows }) =>
    rows.flatMap((row, i) => {
      const target = row.bridge === 'script' ? native.find(path, row.of) : undefined
      return target ? [{ path, row, i, target }] : []
    }),
  )
  // Classes that JavaScript adds to.
  const extended = new Set(all.filter(it => it.target.names[1] === 'prototype').map(it => classIn(it.target)))
  for (const { path, row, i, target } of all) {
    const { module, isSure } = target
    const [first, second, ...more] = target.names
    if (first === undefined || more.length > 0) continue
    const nested = second === undefined ? undefined : `${first}.${second}`
    const name = nested && module.items.has(nested) ? nested : first
    const isMember = second !== undefined && name === first
    const named = namesakes(module, name)
    const known = isMember ? named.flatMap(it => module.members(it)) : [...module.items.values()].flat()
    const found = isMember
      ? known.filter(it => it.name === second && it.kind !== 'constructor')
      : named.map(it => called.of(module.members, it))
    const isValue = row.isType !== true && !IMPLIED.test(second ?? first)
    const isWhole = isSure && !module.isOpen && !module.namespaces.has(first) && isValue && found.length === 0
    yield useAt(facts, path, i, row, {
      bridge: module.bridge,
      name: isMember ? `${first}.${second}` : name,
      found: called.common(found),
      isMissing:
        isWhole &&
        (isMember
          ? row.isMember === true &&
            row.arguments !== undefined &&
            named.length > 0 &&
            named.every(it => it.kind === 'class' && !extended.has(it))
          : true),
      isUnregistered: false,
      known: known.filter(it => it.kind !== 'type' && it.kind !== 'constructor'),
    })
  }
}

/** What comes with every module, every class and every object. */
const IMPLIED =
  /^(__\w+|default|init|initSync|memory|wasm|free|constructor|prototype|name|length|to(String|JSON|LocaleString)|valueOf|hasOwnProperty|isPrototypeOf|call|apply|bind|then|catch)$/

function classIn({ module, names: [first] }: NativeTarget): ForeignExport | undefined {
  return first === undefined ? undefined : namesakes(module, first)[0]
}

/** napi-rs splits words at digits in ways that changed: names that differ in their capitals only are one. */
function namesakes({ bridge, items }: NativeTarget['module'], name: string): readonly ForeignExport[] {
  const own = items.get(name)
  if (own || bridge !== 'napi' || name.includes('_')) return own ?? []
  const plain = name.toLowerCase()
  for (const [other, all] of items) if (other.toLowerCase() === plain) return all
  return []
}

/** What uses of an export lead to: the same object for all of them, so that they are found together. */
class Called {
  readonly #known = new Map<ForeignExport, ForeignExport>()

  /** Who calls a class calls its constructor. */
  of(members: Members, it: ForeignExport): ForeignExport {
    if (it.kind !== 'class') return it
    return this.#with(it, members(it).find(member => member.kind === 'constructor')?.parameters)
  }

  /** One build has another one than the other: what is the same of them is known. */
  common(found: readonly ForeignExport[]): ForeignExport | undefined {
    const [first] = found
    const told = (it: ForeignExport) => JSON.stringify(it.parameters)
    if (!first || found.every(it => told(it) === told(first))) return first
    return this.#with(first, undefined)
  }

  #with(it: ForeignExport, parameters: ForeignExport['parameters']): ForeignExport {
    let known = this.#known.get(it)
    if (!known) {
      const { file, bridge, name, kind } = it
      known = {
        ...{ file, bridge, name, kind, parameters },
        get place() {
          return it.place
        },
      }
      this.#known.set(it, known)
    }
    return known
  }
}

function memberOf(members: Members, of: ForeignExport | undefined, name: string): ForeignExport | undefined {
  if (of?.kind !== 'class') return undefined
  return members(of).find(it => it.name === name && it.kind !== 'constructor')
}

export type Members = (of: ForeignExport) => readonly ForeignExport[]
