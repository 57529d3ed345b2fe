// Modules of JavaScript that are built from Rust: packages of wasm-bindgen and addons of napi-rs. They are mostly not there
// before they are built, so manifests, customary names and the files that load them tell where they will be.

import { type Crate, Crates } from './crates.ts'
import { exportAt, type ForeignExport } from './foreign-exports.ts'
import { folderOf, type Modules, normal } from './modules.ts'
import type { NativePackageRow, ScriptBridge } from './rows/foreign.ts'
import type { Reference } from './rows/names.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export interface NativeModule {
  readonly bridge: ScriptBridge
  /** By their names in JavaScript; of some there is another one in each build. */
  readonly items: ReadonlyMap<string, readonly ForeignExport[]>
  /** `fonts` where there is `fonts.load`. */
  readonly namespaces: ReadonlySet<string>
  /** There may be more in it. */
  readonly isOpen: boolean
  /** Of a class, by their names. */
  members(of: ForeignExport): readonly ForeignExport[]
}

export interface NativeTarget {
  readonly module: NativeModule
  /** What is looked for in it. */
  readonly names: readonly string[]
  /** It is surely this one, and as it is now: no release of some time ago. */
  readonly isSure: boolean
}

/** Files that hand on what others hand on. */
const DEPTH = 6

/** Where a module is built from; without a crate, from one that nobody names. */
interface Source {
  readonly bridge: ScriptBridge
  readonly crate: Crate | undefined
  readonly isSure: boolean
}

type Exported = { readonly it: ForeignExport; readonly owner: string | undefined; readonly inCode: string }

export class NativeModules {
  readonly #facts: WorkspaceFacts
  readonly #modules: Modules
  readonly #crates: Crates
  readonly #exports = new Map<ScriptBridge, Map<string, Exported[]>>()
  readonly #openings = new Map<ScriptBridge, Set<string>>()
  readonly #packages: readonly { readonly folder: string; readonly row: NativePackageRow }[]
  readonly #loaders = new Map<string, { readonly bridge: ScriptBridge; readonly built: string | undefined }>()
  readonly #built = new Map<string, Source>()
  readonly #aliases: ReadonlyMap<string, readonly { readonly name: string; readonly of: Reference }[]>
  readonly #known = new Map<string, NativeModule>()
  readonly #found = new Map<string, Source | 'none'>()

  constructor(facts: WorkspaceFacts, modules: Modules) {
    this.#facts = facts
    this.#modules = modules
    this.#crates = new Crates(facts)
    this.#packages = facts
      .rows('nativePackage')
      .flatMap(({ path, rows }) => rows.map(row => ({ folder: folderOf(path), row })))
    this.#aliases = new Map(facts.rows('alias').map(({ path, rows }) => [path, rows]))
    this.#readExports()
    for (const { path, rows } of facts.rows('loader'))
      for (const { bridge, built } of rows) this.#loaders.set(path, { bridge, built })
    this.#readBuilds()
  }

  /** Any function or class of this bridge is there at all. */
  get isEmpty(): boolean {
    return this.#exports.size === 0
  }

  /** What a reference of a JavaScript file leads to; undefined when it is none of these, or nobody can tell. */
  find(from: string, { module, names }: Reference, depth = 0): NativeTarget | undefined {
    if (depth > DEPTH || module === '') return undefined
    const source = this.#source(from, module)
    if (source) {
      const rest = names[0] === 'default' ? names.slice(1) : names
      return { module: this.#moduleOf(source), names: rest, isSure: source.isSure }
    }
    for (const { path } of this.#targets(from, module)) {
      if (path.endsWith('.rs')) continue
      const [first] = names
      if (first === undefined) continue
      for (const it of this.#aliases.get(path) ?? []) {
        if (it.name !== first && it.name !== '*') continue
        const inner = it.name === '*' ? names : names.slice(1)
        const found = this.find(path, { module: it.of.module, names: [...it.of.names, ...inner] }, depth + 1)
        // `export *` of a module that has no such thing says nothing.
        if (found && (it.name !== '*' || found.module.items.has(found.names[0] ?? ''))) return found
      }
    }
    return undefined
  }

  #targets(from: string, module: string) {
    const own = this.#packages.find(it => it.row.name === module)
    const main = own && this.#fileAt(normal(`${own.folder}/${own.row.main}`))
    return main ? [{ path: main }] : this.#modules.targets(from, { module, names: [] })
  }

  #source(from: string, module: string): Source | undefined {
    const key = `${folderOf(from)}\n${module}`
    let found = this.#found.get(key)
    if (found === undefined) {
      found =
        (/^\.\.?(\/|$)/.test(module) ? this.#relative(from, module) : this.#named(from, module)) ?? 'none'
      this.#found.set(key, found)
    }
    return found === 'none' ? undefined : found
  }

  #relative(from: string, module: string): Source | undefined {
    return this.#at(normal(`${folderOf(from)}/${module}`))
  }

  /** What is, or will be, at a path. */
  #at(path: string): Source | undefined {
    const bare = withoutExtension(path)
    const built = this.#built.get(bare) ?? this.#built.get(`${bare}/`)
    const file = this.#fileAt(path)
    const loader = file === undefined ? undefined : this.#loaders.get(file)
    if (file !== undefined && !loader) return undefined
    if (built) return built
    const stem = loader?.built ?? nameIn(bare)
    const crate = this.#crateBuiltTo('wasm-bindgen', stem)
    if (loader?.bridge !== 'napi' && crate) return { bridge: 'wasm-bindgen', crate, isSure: true }
    if (loader) return { bridge: loader.bridge, crate: this.#crateAround(loader.bridge, file!), isSure: true }
    // `../geo/pkg`, beside the sources of the crate.
    const folder = /^(.*?)\/?\bpkg(?:\/|$)/.exec(bare)?.[1]
    const around = this.#crates.all.find(it => it.folder === folder && this.#hasExports('wasm-bindgen', it))
    return around && { bridge: 'wasm-bindgen', crate: around, isSure: true }
  }

  /** By the name of a package. */
  #named(from: string, module: string): Source | undefined {
    const local = this.#localFolder(from, module)
    if (local) {
      const source = this.#at(local)
      if (source) return source
    }
    const own = this.#packages.find(it => it.row.name === module)
    if (own) {
      const main = normal(`${own.folder}/${own.row.main}`)
      const source = this.#at(main)
      if (source || !own.row.isNapi || this.#fileAt(main)) return source
      return undefined
    }
    const last = module.startsWith('@') ? module.split('/', 2)[1] : module
    if (last === undefined || /^\.|\//.test(last)) return undefined
    const crate = this.#crates.all.find(it => it.package === last && this.#hasExports('wasm-bindgen', it))
    const isSure = local !== undefined
    return crate && { bridge: 'wasm-bindgen', crate, isSure }
  }

  /** The folder that a manifest above this file gives for a package; empty where it is somewhere in the workspace. */
  #localFolder(from: string, module: string): string | undefined {
    for (const { folder, row } of this.#packages) {
      if (folder !== '' && !from.startsWith(`${folder}/`)) continue
      const found = row.local.find(([name]) => name === module)
      if (found) return found[1] === '' ? '' : normal(`${folder}/${found[1]}`)
    }
    return undefined
  }

  #fileAt(path: string): string | undefined {
    const [slash, name] = [path.lastIndexOf('/'), path.slice(path.lastIndexOf('/') + 1)]
    const folder = slash === -1 ? '' : path.slice(0, slash)
    return this.#modules.targets(`${folder}/_.js`, { module: `./${name}`, names: [] })[0]?.path
  }

  #readExports(): void {
    for (const { path, rows } of this.#facts.rows('foreignExport')) {
      for (const [i, row] of rows.entries()) {
        const { bridge } = row
        if (bridge !== 'napi' && bridge !== 'wasm-bindgen') continue
        const it = exportAt(this.#facts, path, i, row)
        const own = inner(
          inner(this.#exports, bridge, () => new Map()),
          this.#crates.folderOf(path),
          () => [],
        )
        own.push({ it, owner: row.owner, inCode: row.inCode })
      }
    }
    for (const { path, rows } of this.#facts.rows('foreignOpening'))
      for (const { bridge } of rows)
        if (bridge === 'napi' || bridge === 'wasm-bindgen')
          inner(this.#openings, bridge, () => new Set<string>()).add(this.#crates.folderOf(path))
  }

  #readBuilds(): void {
    for (const { folder, row } of this.#packages) {
      for (const { bridge, into, crate: written } of row.builds) {
        const path = normal(`${folder}/${into}`)
        const crate =
          (written !== undefined && this.#crateIn(normal(`${folder}/${written}`), bridge)) ||
          (bridge === 'wasm-bindgen'
            ? this.#crateBuiltTo(bridge, nameIn(path))
            : this.#crateAround(bridge, `${folder}/_`))
        const source = { bridge, crate: crate || undefined, isSure: true }
        const isFolder = into.endsWith('/')
        this.#built.set(isFolder ? `${path}/` : path, source)
        if (isFolder && crate) this.#built.set(`${path}/${crate.name}`, source)
      }
      if (row.isNapi && !row.builds.some(it => it.bridge === 'napi')) {
        const crate = this.#crateAround('napi', `${folder}/_`)
        if (crate) this.#built.set(normal(`${folder}/index`), { bridge: 'napi', crate, isSure: true })
      }
    }
  }

  #hasExports(bridge: ScriptBridge, { folder }: Crate): boolean {
    return this.#exports.get(bridge)?.has(folder) === true
  }

  #crateIn(folder: string, bridge: ScriptBridge): Crate | undefined {
    return this.#crates.all.find(it => it.folder === folder && this.#hasExports(bridge, it))
  }

  #crateBuiltTo(bridge: ScriptBridge, stem: string): Crate | undefined {
    const name = stem.replaceAll('-', '_')
    const all = this.#crates.all.filter(it => it.name === name && this.#hasExports(bridge, it))
    return all.length === 1 ? all[0] : undefined
  }

  /** The crate in a folder around a file; else the only one of the workspace. */
  #crateAround(bridge: ScriptBridge, file: string): Crate | undefined {
    for (let folder = folderOf(file); ; folder = folderOf(folder)) {
      const found = this.#crateIn(folder, bridge)
      if (found) return found
      if (folder === '') break
    }
    const all = this.#crates.all.filter(it => this.#hasExports(bridge, it))
    return all.length === 1 ? all[0] : undefined
  }

  #moduleOf({ bridge, crate }: Source): NativeModule {
    const key = `${bridge}\n${crate?.folder ?? '*'}`
    return inner(this.#known, key, () => this.#read(bridge, crate))
  }

  #read(bridge: ScriptBridge, crate: Crate | undefined): NativeModule {
    const byFolder = this.#exports.get(bridge) ?? new Map<string, Exported[]>()
    const linked = crate && this.#crates.linked(crate)
    const folders = linked?.folders ?? new Set(byFolder.keys())
    const isWhole = linked !== undefined && !linked.beyond.some(it => mayHandOut(bridge, it))
    const all = [...folders].flatMap(it => byFolder.get(it) ?? [])
    const isOpen = !isWhole || [...folders].some(it => this.#openings.get(bridge)?.has(it))
    const items = new Map<string, ForeignExport[]>()
    const members = new Map<string, ForeignExport[]>()
    const inCode = new Map<ForeignExport, string>()
    for (const { it, owner, inCode: own } of all) {
      inCode.set(it, own)
      if (owner !== undefined) inner(members, owner, () => []).push(it)
      else inner(items, it.name, () => []).push(it)
    }
    // Nobody says which crate it is: what only one of them has is known.
    if (!crate)
      for (const [name, found] of items)
        if (new Set(found.map(it => this.#crates.folderOf(it.file))).size > 1) items.delete(name)
    const namespaces = new Set([...items.keys()].flatMap(it => /^(\w+)\./.exec(it)?.[1] ?? []))
    return { bridge, items, namespaces, isOpen, members: of => members.get(inCode.get(of) ?? '') ?? [] }
  }
}

/** A crate of somebody else may have functions for JavaScript of its own. */
function mayHandOut(bridge: ScriptBridge, name: string): boolean {
  if (bridge === 'napi')
    return /napi/.test(name) && !/^napi(_derive|_build|_sys|_h|_derive_backend)?$/.test(name)
  return /wasm|(^|_)js(_|$)/.test(name) && !HARMLESS.test(name)
}

const HARMLESS =
  /^(wasm_bindgen(_futures|_test|_derive|_macro|_shared)?|(serde_)?wasm_bindgen|serde_wasm_bindgen|js_sys|web_sys|wasm_logger|wasm_tracing|tracing_wasm|wasm_streams|wasmtimer|wasm_timer|tsify_?\w*|wasm_sync|wasm_thread|wasm_opt|wasmparser|wasm_encoder|wasmi|wasmtime\w*|wasmer\w*)$/

function withoutExtension(path: string): string {
  return path.replace(/(\.d)?\.(?:[cm]?[jt]sx?|node)$/, '')
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function inner<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) {
    value = make()
    map.set(key, value)
  }
  return value
}
