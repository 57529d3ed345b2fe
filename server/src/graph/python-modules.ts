// Modules of Python that are written in Rust: what they are called, and what is in them.

import { isTest } from '../semantics/provenance.ts'
import type { Members } from './foreign.ts'
import type { ForeignExport } from './foreign-exports.ts'
import { folderOf, type Modules, normal } from './modules.ts'
import type { Names, WholeTable } from './names.ts'
import type { At } from './routes.ts'
import type { ForeignItem, ForeignModuleRow } from './rows/foreign.ts'
import type { Reference } from './rows/names.ts'
import { placeIn, type WorkspaceFacts } from './workspace-facts.ts'

export interface PythonModule {
  readonly file: string
  /** Where it is declared. */
  readonly at: At
  readonly name: string
  /** `package._core`, where somebody says so. */
  readonly fullName: string | undefined
  /** By their names in Python; undefined for what is no function or class. */
  readonly items: ReadonlyMap<string, ForeignExport | undefined>
  /** There may be more in it. */
  readonly isOpen: boolean
  /** A function or class of the same crate by this name, that was not put into any module. */
  readonly unlisted: (name: string) => ForeignExport | undefined
  readonly members: Members
}

export interface PythonTarget {
  readonly module: PythonModule
  /** What is looked for in it. */
  readonly names: readonly string[]
  /** It is asked itself, not a package around it that may have more. */
  readonly isDirect: boolean
}

/** Packages that hand on what others hand on. */
const DEPTH = 4

type Filler = { readonly file: string; readonly row: ForeignModuleRow }

export class PythonModules {
  readonly #facts: WorkspaceFacts
  readonly #names: Names
  readonly #modules: Modules
  readonly #exports: WholeTable<ForeignExport>
  readonly #fillers: ReadonlyMap<string, ReadonlyMap<string, Filler>>
  readonly #byName = new Map<string, PythonModule[]>()
  readonly #aliases: ReadonlyMap<string, readonly { readonly name: string; readonly of: Reference }[]>

  constructor(facts: WorkspaceFacts, names: Names, modules: Modules, exports: WholeTable<ForeignExport>) {
    this.#facts = facts
    this.#names = names
    this.#modules = modules
    this.#exports = exports
    this.#fillers = new Map(
      facts
        .rows('foreignModule')
        .map(
          ({ path: file, rows }) => [file, new Map(rows.map(row => [row.inCode, { file, row }]))] as const,
        ),
    )
    this.#aliases = new Map(facts.rows('alias').map(({ path, rows }) => [path, rows]))
    this.#readModules()
  }

  /** The module that a reference of a Python file leads to; undefined when it is none of these, or nobody can tell. */
  find(from: string, { module, names }: Reference, depth = 0): PythonTarget | undefined {
    for (let taken = 0; taken <= names.length; taken++) {
      const found = this.#named(from, spelled(module, names.slice(0, taken)))
      if (found) return { module: found, names: names.slice(taken), isDirect: depth === 0 }
    }
    if (depth > DEPTH) return undefined
    for (const { path, names: rest } of this.#modules.targets(from, { module, names })) {
      const [first] = rest
      if (first === undefined || !path.endsWith('.py')) continue
      for (const it of this.#aliases.get(path) ?? []) {
        if (it.name !== first && it.name !== '*') continue
        const inner = it.name === '*' ? rest : rest.slice(1)
        const found = this.find(path, { module: it.of.module, names: [...it.of.names, ...inner] }, depth + 1)
        if (found) return found
      }
    }
    return undefined
  }

  /** The module that a stub stands for: `package/_core.pyi` for `package._core`. */
  behind(stub: string): PythonModule | undefined {
    const dotted = stub.replace(/(\/__init__)?\.pyi$/, '').replaceAll('/', '.')
    const named = this.#byName.get(/(\w+)$/.exec(dotted)?.[1] ?? '') ?? []
    const fitting = named.filter(({ fullName, name }) => `.${dotted}`.endsWith(`.${fullName ?? name}`))
    return fitting.length === 1 ? fitting[0] : undefined
  }

  #named(from: string, dotted: string): PythonModule | undefined {
    const last = /(\w+)$/.exec(dotted)?.[1]
    const all = (last && this.#byName.get(last)) || []
    if (all.length === 0) return undefined
    const fitting = all.filter(it => this.#fits(from, dotted, it))
    if (fitting.length !== 1) return undefined
    // A file of Python comes first.
    const isPython = this.#modules
      .targets(from, { module: dotted, names: [] })
      .some(it => it.path.endsWith('.py'))
    return isPython ? undefined : fitting[0]
  }

  #fits(from: string, dotted: string, { name, fullName }: PythonModule): boolean {
    const dots = /^\.*/.exec(dotted)![0].length
    if (dots === 0) {
      if (fullName) return dotted === fullName
      if (dotted !== name) return dotted.split('.').length === 2
      // A package of Python that is called like what it holds.
      return !this.#isPackage(name)
    }
    let folder = folderOf(from)
    for (let i = 1; i < dots; i++) folder = folderOf(folder)
    const path = `${folder}/${dotted.slice(dots).replaceAll('.', '/')}`
    return `/${normal(path)}`.endsWith(`/${(fullName ?? name).replaceAll('.', '/')}`)
  }

  #isPackage(name: string): boolean {
    for (const it of this.#facts.paths) if (it.endsWith(`/${name}/__init__.py`)) return true
    return false
  }

  #readModules(): void {
    const called = this.#calledByPython()
    for (const { path: file, rows } of this.#facts.rows('foreignModule')) {
      if (isTest(file) || /(^|\/)(examples?|benches|docs?)\//.test(file)) continue
      for (const [i, row] of rows.entries()) {
        if (row.name === undefined) continue
        const at = placeIn(this.#facts, file, 'foreignModule', i)
        const module = this.#moduleOf(at, row, called)
        this.#byName.set(row.name, [...(this.#byName.get(row.name) ?? []), module])
      }
    }
  }

  #moduleOf(at: At, row: ForeignModuleRow, called: readonly Called[]): PythonModule {
    const { file } = at
    const items = new Map<string, ForeignExport | undefined>()
    const isOpen = !this.#fill(items, { file, row }, new Set())
    const fullName = called.find(
      it => isIn(file, it.folder) && (it.module === row.name || it.module.endsWith(`.${row.name}`)),
    )?.module
    const crate = crateOf(file)
    const inCrate = [...this.#exports].filter(([path]) => crateOf(path) === crate)
    const others = inCrate.flatMap(([, all]) => [...all.values()]).filter(it => it.bridge === 'pyo3')
    const owners = new Map<string, ForeignExport[]>()
    for (const { path, rows } of this.#facts.rows('foreignExport')) {
      if (crateOf(path) !== crate) continue
      for (const it of rows) {
        const found = this.#exports.get(path)?.get(it.inCode)
        if (it.owner && found) owners.set(it.owner, [...(owners.get(it.owner) ?? []), found])
      }
    }
    const inCode = new Map<ForeignExport, string>()
    for (const [, all] of inCrate) for (const [name, it] of all) inCode.set(it, name)
    return {
      ...{ file, at, name: row.name!, fullName, items, isOpen },
      unlisted: name =>
        others.find(it => it.name === name && (it.kind === 'function' || it.kind === 'class')),
      members: of => {
        const own = inCode.get(of) ?? ''
        const all = owners.get(own) ?? []
        // Two types of one name, each in a file of its own.
        const isShared = inCrate.filter(([, it]) => it.get(own)?.kind === 'class').length > 1
        return isShared ? all.filter(it => it.file === of.file) : all
      },
    }
  }

  /** Puts in what a function puts into a module; false when there may be more. */
  #fill(
    items: Map<string, ForeignExport | undefined>,
    { file, row }: Filler,
    seen: Set<ForeignModuleRow>,
  ): boolean {
    if (seen.has(row)) return true
    seen.add(row)
    let isWhole = !row.isOpen
    for (const it of row.items) isWhole = this.#put(items, file, it, seen) && isWhole
    return isWhole
  }

  #put(
    items: Map<string, ForeignExport | undefined>,
    file: string,
    item: ForeignItem,
    seen: Set<ForeignModuleRow>,
  ): boolean {
    if (item.kind === 'value') {
      // What a module declares in itself.
      const own = [...(this.#exports.get(file)?.values() ?? [])].find(
        it => it.name === item.name && !['method', 'static', 'property'].includes(it.kind),
      )
      items.set(item.name, own)
      return true
    }
    if (item.kind === 'filledBy') {
      const found = this.#names.find(this.#fillers, file, item.of)?.value
      return found !== undefined && this.#fill(items, found, seen)
    }
    const found = this.#names.find(this.#exports, file, item.of)?.value ?? this.#byLastName(file, item.of)
    if (found) items.set(item.as ?? found.name, found)
    else {
      // A module in the module.
      const inner = this.#names.find(this.#fillers, file, item.of)?.value.row.name
      if (inner === undefined) return false
      items.set(item.as ?? inner, undefined)
    }
    return true
  }

  /** Types are often named by paths that only the compiler can follow; in one crate one of a name is the one. */
  #byLastName(file: string, { names }: Reference): ForeignExport | undefined {
    const last = names.at(-1) ?? ''
    const crate = crateOf(file)
    const found: ForeignExport[] = []
    for (const [path, all] of this.#exports) {
      if (crateOf(path) !== crate) continue
      for (const [inCode, it] of all)
        if (
          it.bridge === 'pyo3' &&
          (inCode === last || inCode.endsWith(`.${last}`)) &&
          (it.kind === 'class' || it.kind === 'function')
        )
          found.push(it)
    }
    return found.length === 1 ? found[0] : undefined
  }

  #calledByPython(): Called[] {
    return this.#facts.rows('crate').flatMap(({ path, rows }) =>
      rows.flatMap(({ pythonModule, manifest }) =>
        pythonModule
          ? [
              {
                folder: folderOf(normal(`${folderOf(path)}/${manifest ?? 'Cargo.toml'}`)),
                module: pythonModule,
              },
            ]
          : [],
      ),
    )
  }
}

interface Called {
  readonly folder: string
  readonly module: string
}

function isIn(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`)
}

function crateOf(file: string): string {
  const source = /^(.*?)(?:^|\/)src\//.exec(file)
  return source ? source[1]! : folderOf(file)
}

/** `.` and `_core` are `._core`; `a` and `b` are `a.b`. */
function spelled(module: string, names: readonly string[]): string {
  return names.length === 0
    ? module
    : module.endsWith('.')
      ? module + names.join('.')
      : [module, ...names].join('.')
}
