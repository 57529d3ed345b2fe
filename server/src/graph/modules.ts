// From how a file names another file to that file: relative paths, aliases of a project, packages of a workspace, Python's
// dotted modules and Rust's paths. Nothing is read from disk: only what is in the graph can be found.

import { isOfPython } from '../semantics/python-library.ts'
import type { PackageRow, Reference } from './rows/names.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

/** A file, and names in it that are left to be looked up there. */
export interface Target {
  readonly path: string
  readonly names: readonly string[]
}

const EXTENSIONS = [
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '.d.ts',
  '.vue',
  '.svelte',
  '.json',
]
/** Written so, meant as `.ts`. */
const COMPILED = /\.(?:js|jsx|mjs|cjs)$/
/** Aliases that build tools bring along without anybody writing them down. */
const CUSTOMARY = /^(?:@|~|~~|@@|#|\$lib|src|app)\/|^\$lib$/

export class Modules {
  readonly #files: ReadonlySet<string>
  readonly #packages: readonly { readonly folder: string; readonly row: PackageRow }[]
  readonly #crates: ReadonlyMap<string, string>
  readonly #known = new Map<string, string | null>()

  constructor(facts: WorkspaceFacts) {
    this.#files = facts.paths
    this.#crates = cratesOf(facts)
    // The nearest first.
    this.#packages = facts
      .rows('package')
      .flatMap(({ path, rows }) => rows.map(row => ({ folder: folderOf(path), row })))
      .sort((a, b) => b.folder.length - a.folder.length)
  }

  /** Where to look for what `reference` of the file at `from` names; several places where Python leaves it open. */
  targets(from: string, reference: Reference): Target[] {
    if (from.endsWith('.rs')) return this.#rust(from, reference.names)
    if (reference.module === '') return [{ path: from, names: reference.names }]
    if (/\.pyi?$/.test(from)) return this.#pythonTargets(from, reference)
    const path = this.#remember(`js\n${folderOf(from)}\n${reference.module}`, () =>
      this.#script(from, reference.module),
    )
    return path === undefined ? [] : [{ path, names: reference.names }]
  }

  #remember(key: string, find: () => string | undefined): string | undefined {
    let known = this.#known.get(key)
    if (known === undefined) {
      known = find() ?? null
      this.#known.set(key, known)
    }
    return known ?? undefined
  }

  #script(from: string, module: string): string | undefined {
    if (/^\.\.?(\/|$)/.test(module)) return this.#file(normal(`${folderOf(from)}/${module}`))
    for (const { folder, row } of this.#packages) {
      if (!isIn(from, folder)) continue
      for (const [alias, target] of row.aliases) {
        const rest = matched(alias, module)
        if (rest === undefined) continue
        const found = this.#file(normal(`${folder}/${target.replace('*', rest)}`))
        if (found) return found
      }
    }
    for (const { folder, row } of this.#packages) {
      if (row.name === '' || !(module === row.name || module.startsWith(`${row.name}/`))) continue
      const rest = module.slice(row.name.length + 1)
      for (const inner of rest === ''
        ? ['src/index', 'index', 'lib/index', 'src/main']
        : [rest, `src/${rest}`, `lib/${rest}`]) {
        const found = this.#file(normal(`${folder}/${inner}`))
        if (found) return found
      }
    }
    if (!CUSTOMARY.test(module)) return undefined
    const rest = module.startsWith('$lib') ? `lib${module.slice(4)}` : module.slice(module.indexOf('/') + 1)
    const isWord = /^(src|app)\//.test(module)
    for (let folder = folderOf(from); ; folder = folderOf(folder)) {
      for (const inner of isWord ? [module] : [`src/${rest}`, `app/${rest}`, rest]) {
        const found = this.#file(normal(`${folder}/${inner}`))
        if (found) return found
      }
      if (folder === '') return undefined
    }
  }

  #file(path: string): string | undefined {
    if (this.#files.has(path)) return path
    const bare = path.replace(COMPILED, '')
    for (const it of EXTENSIONS) {
      if (this.#files.has(path + it)) return path + it
      if (bare !== path && this.#files.has(bare + it)) return bare + it
    }
    for (const it of EXTENSIONS) if (this.#files.has(`${path}/index${it}`)) return `${path}/index${it}`
    return undefined
  }

  /** `a.b` with the names `c`, `d`: `c` may be a name in `a/b.py` or a module of its own. */
  #pythonTargets(from: string, { module, names }: Reference): Target[] {
    const found: Target[] = []
    for (let taken = names.length; taken >= 0; taken--) {
      const dotted = [module, ...names.slice(0, taken)].join(module.endsWith('.') ? '' : '.')
      const path = this.#remember(`py\n${folderOf(from)}\n${dotted}`, () => this.#python(from, dotted))
      if (path !== undefined) found.push({ path, names: names.slice(taken) })
    }
    return found
  }

  #python(from: string, dotted: string): string | undefined {
    const dots = /^\.*/.exec(dotted)![0].length
    const inner = dotted.slice(dots).replaceAll('.', '/')
    const at = (folder: string) => {
      const path = normal(inner === '' ? folder : `${folder}/${inner}`)
      return [`${path}.py`, `${path}/__init__.py`, `${path}.pyi`].find(it => this.#files.has(it))
    }
    if (dots > 0) {
      let folder = folderOf(from)
      for (let i = 1; i < dots; i++) folder = folderOf(folder)
      return at(folder)
    }
    if (isOfPython(dotted.split('.', 1)[0]!)) return undefined
    // A package is looked into from outside of it. Where nothing is found so, the program is started inside of one.
    let inside: string | undefined
    for (let folder = folderOf(from); ; folder = folderOf(folder)) {
      const found = at(folder) ?? at(`${folder}/src`)
      if (found && !this.#files.has(normal(`${folder}/__init__.py`))) return found
      // A file inside of a package that is named like somebody else's means theirs: `from lark import Tree` in `parsers/lark/tree.py`.
      if (found && !from.startsWith(`${folderOf(found)}/`)) inside ??= found
      if (folder === '') return inside
    }
  }

  #rust(from: string, names: readonly string[]): Target[] {
    const [first, ...rest] = names
    if (first === undefined) return []
    if (first === 'crate') return this.#inCrate(this.#crateOf(from), rest)
    if (first === 'self') return [...this.#below(from, rest), { path: from, names: rest }]
    if (first === 'super') {
      const above = this.#above(from)
      if (!above) return []
      return rest[0] === 'super'
        ? this.#rust(above, rest)
        : [...this.#below(above, rest), { path: above, names: rest }]
    }
    const inside = [...this.#below(from, names), { path: from, names }]
    return [...inside, ...this.#inCrate(this.#crateNamed(first), rest)]
  }

  /** The file at the root of the crate that a file belongs to. */
  #crateOf(from: string): string | undefined {
    return this.#remember(`rs\n${folderOf(from)}`, () => {
      for (let folder = folderOf(from); ; folder = folderOf(folder)) {
        const found = this.#rootIn(folder)
        if (found) return found
        if (folder === '') return undefined
      }
    })
  }

  #rootIn(folder: string): string | undefined {
    return ['lib.rs', 'main.rs'].map(it => normal(`${folder}/${it}`)).find(it => this.#files.has(it))
  }

  /** By its folder; `shop_core` is mostly called so in `core`. */
  #crateNamed(name: string): string | undefined {
    return this.#remember(`crate\n${name}`, () => {
      const root = this.#crates.get(name)
      if (root !== undefined) return root
      // A manifest that is not in the workspace: most crates are called like their folder.
      for (const it of this.#files) {
        if (!it.endsWith('/src/lib.rs')) continue
        const folder = it.slice(0, -'/src/lib.rs'.length)
        if (folder.slice(folder.lastIndexOf('/') + 1).replaceAll('-', '_') === name) return it
      }
      return undefined
    })
  }

  #inCrate(root: string | undefined, names: readonly string[]): Target[] {
    return root === undefined ? [] : [...this.#below(root, names), { path: root, names }]
  }

  /** Modules below a file, the deepest first. */
  #below(from: string, names: readonly string[]): Target[] {
    const found: Target[] = []
    let folder = moduleFolder(from)
    for (let i = 0; i < names.length; i++) {
      const path = normal(`${folder}/${names[i]}`)
      const file = [`${path}.rs`, `${path}/mod.rs`].find(it => this.#files.has(it))
      if (!file) break
      found.unshift({ path: file, names: names.slice(i + 1) })
      folder = path
    }
    return found
  }

  #above(from: string): string | undefined {
    const own = moduleFolder(from)
    const folder = folderOf(own)
    const candidates = [`${folder}.rs`, `${folder}/mod.rs`, `${folder}/lib.rs`, `${folder}/main.rs`]
    return candidates.map(normal).find(it => this.#files.has(it))
  }
}

/** The file at the root of each library, by the name that Rust gives to it. */
function cratesOf(facts: WorkspaceFacts): Map<string, string> {
  const roots = new Map<string, string>()
  for (const { path, rows } of facts.rows('crate')) {
    for (const { name, root } of rows) {
      const file = normal(`${folderOf(path)}/${root ?? 'src/lib.rs'}`)
      if (name !== '' && !roots.has(name) && facts.paths.has(file)) roots.set(name, file)
    }
  }
  return roots
}

/** Where the modules below a Rust file lie: `a/b.rs` → `a/b`, `a/mod.rs` → `a`. */
function moduleFolder(path: string): string {
  return /(?:^|\/)(?:mod|lib|main)\.rs$/.test(path) ? folderOf(path) : path.replace(/\.rs$/, '')
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash === -1 ? '' : path.slice(0, slash)
}

function isIn(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`)
}

function matched(alias: string, module: string): string | undefined {
  const star = alias.indexOf('*')
  if (star === -1) return alias === module ? '' : undefined
  const [head, tail] = [alias.slice(0, star), alias.slice(star + 1)]
  return module.startsWith(head) && module.endsWith(tail) && module.length >= head.length + tail.length
    ? module.slice(head.length, module.length - tail.length)
    : undefined
}

/** Without `.`, `..` and doubled slashes. */
export function normal(path: string): string {
  const parts: string[] = []
  for (const it of path.split('/')) {
    if (it === '' || it === '.') continue
    if (it === '..') parts.pop()
    else parts.push(it)
  }
  return parts.join('/')
}
