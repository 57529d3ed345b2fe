// What names of Rust stand for, and by which name others call a function: modules may be nested in one file, `Self` is a
// type, and the arguments of macros are tokens instead of a tree.

import { importPath } from '../../../semantics/import-paths.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { SyntaxTree } from '../../../syntax/tree.ts'
import type { Reference } from '../../rows/names.ts'

/** What a function goes by: `list`, `Client.get`, `v1.router`; undefined for a closure. */
export function rustNameOf(fn: SyntaxNode): string | undefined {
  const own = fn.child('name')?.name
  return own ? [...holdersOf(fn), own].join('.') : undefined
}

/** The function, not a closure, around a node. */
export function functionAround(node: SyntaxNode): SyntaxNode | undefined {
  let fn = node.function
  while (fn?.type === 'closure_expression') fn = fn.function
  return fn
}

/** What a path, a name or a method of `self` stands for; undefined for variables and what is put together. */
export function rustReference(file: SourceFile, node: SyntaxNode): Reference | undefined {
  const names: string[] = []
  let it = withoutTypeArguments(node.unwrapped)
  const isMethod = it.kind === 'Member'
  while (it.is('Member', 'Path')) {
    const property = it.child('property')
    const object = it.child('object')?.unwrapped
    if (!property || !object) return undefined
    names.unshift(property.name || property.text)
    it = withoutTypeArguments(object)
  }
  if (isMethod) return it.kind === 'This' && names.length === 1 ? memberOfSelf(file, it, names) : undefined
  return referenceFrom(file, it, names)
}

/** What the name that an import binds stands for. */
export function importedReference(declaration: SyntaxNode): Reference | undefined {
  const path = importPath(declaration)
  return path ? relative(declaration, path.split('.')) : undefined
}

/** `users::list` as its head and the names behind it: what a group of tokens holds between two commas. */
export interface TokenPath {
  readonly head: SyntaxNode
  readonly rest: readonly SyntaxNode[]
}

/** The paths in the arguments of `routes![a, users::list]`, each with the tokens that spell it. */
export function tokenPaths(tokens: SyntaxNode | undefined): TokenPath[] {
  if (tokens?.kind !== 'TokenTree') return []
  const { text, start } = tokens
  const all: { head: SyntaxNode; rest: SyntaxNode[] }[] = []
  let isOpen = false
  let isAttributed = false
  let end = start + 1
  for (const node of tokens.children()) {
    const gap = text.slice(end - start, node.start - start).replace(/\s|\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    end = node.end
    // `#[cfg(debug_assertions)]` before a path.
    const isAttribute = node.kind === 'TokenTree' && gap.endsWith('#')
    const isNext = isAttributed || gap.includes(',')
    isAttributed = isAttribute
    if (isAttribute) continue
    const last = all.at(-1)
    if (!last || isNext) {
      isOpen = node.is('Name', 'This', 'Super') || node.type === 'crate'
      if (isOpen) all.push({ head: node, rest: [] })
    } else if (isOpen && gap.endsWith('::') && node.is('Name', 'Super')) last.rest.push(node)
    else isOpen = false
  }
  return all
}

export function tokenReference(file: SourceFile, { head, rest }: TokenPath): Reference | undefined {
  return referenceFrom(
    file,
    head,
    rest.map(it => it.name || it.text),
  )
}

/** The name behind the last `::` of a handler: `list` for `users::list::<Db>`. */
export function lastName(node: SyntaxNode | undefined): string {
  let it = node && withoutTypeArguments(node.unwrapped)
  // `Sequential(handler)`
  for (let steps = 0; steps < 4 && it?.kind === 'Call'; steps++) it = it.child('argument')?.unwrapped
  if (!it) return ''
  it = withoutTypeArguments(it)
  return it.is('Path', 'Member') ? (it.child('property')?.name ?? '') : it.name
}

/** `Foo` of `Foo::<T>` and `Foo<T>`. */
export function withoutTypeArguments(node: SyntaxNode): SyntaxNode {
  if (node.kind !== 'GenericType') return node
  return (node.child('callee') ?? node.child('type') ?? node).unwrapped
}

function referenceFrom(file: SourceFile, head: SyntaxNode, names: readonly string[]): Reference | undefined {
  if (head.name === 'Self') return memberOfSelf(file, head, names)
  if (head.is('This', 'Super') || head.type === 'crate') {
    return names.length > 0 ? relative(head, [head.text, ...names]) : undefined
  }
  if (!head.is('Name', 'TypeName')) return undefined
  const binding = file.binding(head)
  if (!binding) return unbound(file, head, names)
  const { declaration } = binding
  if (binding.kind === 'import') {
    const of = importedReference(declaration)
    return of && { module: '', names: [...of.names, ...names] }
  }
  const holder = declaration.parent
  if (!holder || binding.kind === 'parameter' || holder.is('TuplePattern', 'VariantPattern')) return undefined
  if (holder.type === 'let_declaration' || binding.kind === 'loop') return undefined
  return { module: '', names: [...holdersOf(holder), binding.name, ...names] }
}

/** The modules, functions and types around a declaration, by their names. */
function holdersOf(declaration: SyntaxNode): string[] {
  const names: string[] = []
  let it = declaration.closest('Namespace', 'Function', 'Implementation', 'Interface')
  for (; it; it = it.closest('Namespace', 'Function', 'Implementation', 'Interface')) {
    const name = it.kind === 'Implementation' ? typeName(it) : it.child('name')?.name
    if (name) names.unshift(name)
  }
  return names
}

function typeName(implementation: SyntaxNode): string {
  const type = implementation.child('type')
  return type ? lastName(type) : ''
}

/** `self.get`, `Self::get`: a member of the type that the code around is written for. */
function memberOfSelf(file: SourceFile, node: SyntaxNode, names: readonly string[]): Reference | undefined {
  const holder = node.closest('Implementation', 'Interface')
  const type = holder && (holder.kind === 'Interface' ? holder.child('name') : holder.child('type'))
  if (!type) return undefined
  const own = rustReference(file, type)
  return own && { module: '', names: [...own.names, ...names] }
}

/** Paths with `self` and `super` in modules of this file lead to other parts of this file. */
function relative(at: SyntaxNode, names: readonly string[]): Reference {
  const modules: string[] = []
  for (const it of at.ancestors()) if (it.kind === 'Namespace') modules.unshift(it.child('name')?.name ?? '')
  const rest = [...names]
  if (rest[0] === 'self') return { module: '', names: [...modules, ...rest.slice(1)] }
  while (rest[0] === 'super' && modules.length > 0) {
    modules.pop()
    rest.shift()
    if (rest[0] !== 'super') return { module: '', names: [...modules, ...rest] }
  }
  return { module: '', names: rest }
}

/** A name that nothing binds: from `use a::b::{self}`, from `use a::*`, from another crate, or of the module around. */
function unbound(file: SourceFile, head: SyntaxNode, names: readonly string[]): Reference {
  const plain = { module: '', names: [head.name, ...names] }
  const known = openImports(file)
  if (known.length === 0) return plain
  const around = new Set<number>([0])
  for (const it of head.ancestors()) {
    around.add(it.row)
    if (it.kind !== 'Namespace') continue
    around.delete(0)
    break
  }
  const visible = known.filter(it => around.has(it.scope))
  const self = visible.find(it => it.name === head.name)
  if (self) return relative(self.at, [...self.path, ...names])
  const [glob, other] = visible.filter(it => it.name === '*')
  if (!glob || other || (names.length > 0 && !/^[a-z]/.test(head.name))) return plain
  return relative(glob.at, [...glob.path, head.name, ...names])
}

/** An import that binds no name in the tree: `self` in a list, and `*`. */
interface OpenImport {
  /** The last name of what `self` stands for, or `*`. */
  readonly name: string
  readonly path: readonly string[]
  readonly at: SyntaxNode
  /** The row of the block that it stands in; 0 for the file. */
  readonly scope: number
}

const OPEN_IMPORTS = new WeakMap<SyntaxTree, readonly OpenImport[]>()

function openImports(file: SourceFile): readonly OpenImport[] {
  const before = OPEN_IMPORTS.get(file.tree)
  if (before) return before
  const found: OpenImport[] = []
  for (const statement of file.root.descendants('Import')) {
    for (const at of statement.descendants('This', 'Wildcard')) {
      const path = pathAround(at)
      const last = path.at(-1)
      if (last === undefined || (at.kind === 'This' && at.parent?.kind !== 'List')) continue
      if (at.kind === 'Wildcard' && !/^(?:crate|super|self)$/.test(path[0]!)) continue
      const name = at.kind === 'This' ? last : '*'
      found.push({ name, path, at, scope: statement.parent?.row ?? 0 })
    }
  }
  OPEN_IMPORTS.set(file.tree, found)
  return found
}

/** `['a', 'b']` for the `*` of `use a::{b::*}` and for the `self` of `use a::b::{self}`. */
export function pathAround(part: SyntaxNode): string[] {
  const names = segments(/^([\w:\s]+)::\s*\*$/.exec(part.text)?.[1])
  for (const it of part.ancestors()) {
    if (it.kind === 'Import') break
    if (it.kind === 'Path') names.unshift(...segments(it.child('object')?.text))
  }
  return names
}

function segments(path: string | undefined): string[] {
  return path ? path.split('::').map(it => it.trim()) : []
}
