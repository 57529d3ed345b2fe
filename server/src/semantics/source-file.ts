// What may be asked about one file: its nodes, what names mean, what is constant, where control goes.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import type { Kind } from '../syntax/kinds.ts'
import { Reader, SyntaxNode } from '../syntax/node.ts'
import { digestOf } from '../syntax/sameness.ts'
import { FLAG_ERROR, type Kept, moved, type SyntaxTree } from '../syntax/tree.ts'
import { type Constant, evaluate } from './constants.ts'
import { Flow, NORMAL } from './flow.ts'
import { Memory } from './memory.ts'
import { resolveNames } from './resolve-names.ts'
import { BINDING_KINDS, type BindingKind, DECLARE, READ, SCOPE_MODULE, type Scopes, WRITE } from './scopes.ts'

/** Who is told what was looked at, so that an answer can be kept as long as nothing of it changes. */
export class FileReader extends Reader {
  /** The binding of the identifier at `row` was asked for. */
  resolved(_row: number): void {}
  /** All occurrences of a binding were asked for. */
  listed(_binding: number): void {}
}

/** Everything derived from one tree. A function of the tree, so it can be shared by all who hold it. */
export interface Semantics {
  readonly tree: SyntaxTree
  readonly scopes: Scopes
  readonly flow: Flow
  readonly digests: Digests
  readonly memory: Memory
}

/** With `previous`, what an edit kept need not be computed again. */
export function analyse(
  tree: SyntaxTree,
  previous?: { readonly semantics: Semantics; readonly kept: Kept },
): Semantics {
  return {
    tree,
    scopes: resolveNames(tree),
    flow: new Flow(tree),
    digests: new Digests(tree, previous?.semantics.digests, previous?.kept),
    memory: new Memory(tree.rows, previous?.semantics.memory, previous?.kept),
  }
}

/** `digestOf`, each row once. */
class Digests {
  readonly #tree: SyntaxTree
  #known: Uint32Array | undefined

  constructor(tree: SyntaxTree, previous: Digests | undefined, kept: Kept | undefined) {
    this.#tree = tree
    const before = previous ? previous.#known : undefined
    if (before && kept) this.#known = moved(before, kept, tree.rows)
  }

  of(row: number): number {
    this.#known ??= new Uint32Array(this.#tree.rows)
    return this.#known[row] || digestOf(this.#tree, row, this.#known)
  }
}

export class SourceFile {
  /** Relative to the project's root, with forward slashes. */
  readonly path: string
  readonly language: CodeLanguage
  readonly reader: FileReader
  readonly #semantics: Semantics
  #isGenerated: boolean | undefined

  constructor(path: string, language: CodeLanguage, semantics: Semantics, reader: FileReader) {
    this.path = path
    this.language = language
    this.reader = reader
    this.#semantics = semantics
  }

  get tree(): SyntaxTree {
    return this.#semantics.tree
  }
  get scopes(): Scopes {
    return this.#semantics.scopes
  }
  get root(): SyntaxNode {
    return new SyntaxNode(this.reader, 0)
  }
  /** Some of the file does not parse: what seems to be missing may only be unread. */
  get hasErrors(): boolean {
    this.reader.doubted(0)
    return (this.tree.flags[0]! & FLAG_ERROR) !== 0
  }
  get isTest(): boolean {
    return /(^|\/)(tests?|testing|__tests__|spec|specs|e2e|fixtures?|conftest\.py)(\/|$)|(^|\/)test_[^/]*$|(^|\/)tests\.\w+$|_tests?\.\w+$|[.-](test|spec|cy)\.\w+$/i.test(
      this.path,
    )
  }

  /** A program wrote it, as it says at its beginning: nobody reads it, so nobody wants to hear about its shape. */
  get isGenerated(): boolean {
    this.#isGenerated ??= saysGenerated(this.tree.text)
    return this.#isGenerated
  }

  /** Nobody works on this code: a program wrote it, it was copied from elsewhere, or tests are fed with it. */
  get isUntended(): boolean {
    return isSpecimen(this.path) || this.isGenerated
  }

  /** What an identifier refers to; undefined for a built-in, an unknown global, or something that is no variable. */
  binding(node: SyntaxNode): Binding | undefined {
    this.#look(node.row)
    this.reader.resolved(node.row)
    const binding = this.scopes.bindingOf[node.row]!
    return binding >= 0 ? new Binding(this, binding) : undefined
  }

  /** The identifier is a free name: a built-in or a global that this file does not make. */
  isFree(node: SyntaxNode): boolean {
    return (node.kind === 'Name' || node.kind === 'TypeName') && this.binding(node) === undefined
  }

  /** What a string reads by name from within: `x` in Rust's `println!("{x}")`. */
  implicitReads(node: SyntaxNode): Binding[] {
    this.#look(node.row)
    const { implicitReads } = this.scopes
    const found: Binding[] = []
    for (let i = 1; i < implicitReads.length; i += 2) {
      if (implicitReads[i] !== node.row) continue
      const binding = implicitReads[i - 1]!
      this.reader.listed(binding)
      found.push(new Binding(this, binding))
    }
    // What a name that is bound nowhere might be bound to tomorrow is not written down anywhere: look at everything.
    if (found.length === 0) this.#look(0)
    return found
  }

  /** Every binding of the file. Reads the whole file. */
  *bindings(): Generator<Binding> {
    this.#look(0)
    const count = this.scopes.bindingName.length
    for (let binding = 0; binding < count; binding++) yield new Binding(this, binding)
  }

  /** The expression that this one surely stands for: the only value ever given to a name, or itself. */
  value(node: SyntaxNode): SyntaxNode {
    let it = node.unwrapped
    for (let steps = 0; steps < 8 && it.kind === 'Name'; steps++) {
      const next = this.binding(it)?.onlyValue
      if (!next) return it
      it = next.unwrapped
    }
    return it
  }

  /** The value of an expression that is the same whenever it runs. */
  constant(node: SyntaxNode): Constant | undefined {
    return evaluate(this, node, 0)
  }

  /** Equal for nodes of this file that say the `same`; different, most likely, for others. */
  digest(node: SyntaxNode): number {
    this.#look(node.row)
    return this.#semantics.digests.of(node.row)
  }

  /**
   * `compute()`, remembered over edits as long as `node` says the same. It must be a function of what stands inside of
   * `node` alone: no bindings, no rows, no offsets but relative ones, and never undefined.
   */
  remembered<T extends object | number | string | boolean>(
    what: string,
    node: SyntaxNode,
    compute: () => T,
  ): T {
    this.#look(node.row)
    return this.#semantics.memory.of(what, node.row, compute)
  }

  /** Control may go on behind this statement. */
  completes(node: SyntaxNode): boolean {
    this.#look(node.row)
    return (this.#semantics.flow.exits(node.row) & NORMAL) !== 0
  }
  /** Bit set of `flow.ts`: how control may leave this statement. */
  exits(node: SyntaxNode): number {
    this.#look(node.row)
    return this.#semantics.flow.exits(node.row)
  }

  /**
   * `a.b.c` and `a::b::c` as 'a.b.c', with imports written out: after `from os import path as p`, `p.join` is
   * 'os.path.join'. Empty when it is anything else than names.
   */
  qualifiedName(node: SyntaxNode): string {
    const parts: string[] = []
    let it: SyntaxNode | undefined = node.unwrapped
    while (it && (it.kind === 'Member' || it.kind === 'Path' || it.kind === 'GenericType')) {
      if (it.kind === 'GenericType') {
        it = it.child('callee') ?? it.child('type')
        continue
      }
      const property = it.child('property')
      if (!property) return ''
      parts.unshift(property.name || property.text)
      it = it.child('object')?.unwrapped
    }
    if (
      !it ||
      !(it.kind === 'Name' || it.kind === 'TypeName' || it.kind === 'This' || it.kind === 'PropertyName')
    ) {
      const module = it && requiredModule(this, it)
      if (module !== undefined) return [module, ...parts].join('.')
      return it && it.type === 'crate' ? ['crate', ...parts].join('.') : ''
    }
    const head = it.kind === 'This' ? 'this' : it.name
    parts.unshift(it.kind === 'Name' ? (this.importedName(it) ?? head) : head)
    return parts.join('.')
  }

  /** For a name that an import or a `require` binds: where it comes from ('os.path'), whatever it is called here. */
  importedName(node: SyntaxNode): string | undefined {
    const binding = this.binding(node)
    if (!binding) return undefined
    return binding.kind === 'import' ? importPath(binding.declaration) : requiredPath(this, binding)
  }

  #look(row: number): void {
    if (row < this.reader.low || row >= this.reader.high) this.reader.outside(row)
  }
}

const GENERATED =
  /@generated\b|\bdo not (edit|modify)\b|\b(auto-?|automatically |programmatically )generated\b|^\W*(this (file|code|module) (is|was) |code )?generated (by|from|with)\b|\bgenerated from\b.*\b(by|using|with)\b/im

function saysGenerated(text: string): boolean {
  return GENERATED.test(text.slice(0, HEAD_LENGTH))
}

const HEAD_LENGTH = 1000

/** Both texts say of themselves that a program wrote them, or neither does. */
export function areEquallyGenerated(one: string, two: string): boolean {
  return one.slice(0, HEAD_LENGTH) === two.slice(0, HEAD_LENGTH) || saysGenerated(one) === saysGenerated(two)
}

/**
 * Copies of other people's code, and code that exists to be read by the programs under test, which is odd on purpose: in
 * folders that are called so anywhere, in folders of material below those of tests, and in files named after a release.
 */
const SPECIMEN =
  /(^|\/)(__)?(fixtures?|snapshots?|test[-_]?(data|files|cases|examples?|fixtures?)|golden|corpus)(__)?\/|(^|\/)(tests?|specs?|__tests__)\/(.*\/)?(\w*cases|assets|inputs?|outputs?|samples?|data|resources|perf(ormance)?|bench(marks?)?)\/|(^|\/)(vendor(ed)?|third[-_]?party|node_modules|bower_components|external)\/|[-_.@]v?\d+\.\d+(\.\d+)?([-.]\w+)*\.[cm]?[jt]sx?$/i

function isSpecimen(path: string): boolean {
  return SPECIMEN.test(path)
}

/** One variable, function, class, import, … of a file. */
export class Binding {
  readonly file: SourceFile
  readonly id: number
  constructor(file: SourceFile, id: number) {
    this.file = file
    this.id = id
  }

  get kind(): BindingKind {
    return BINDING_KINDS[this.file.scopes.bindingKind[this.id]!]!
  }
  get name(): string {
    return this.file.tree.names[this.file.scopes.bindingName[this.id]!]!
  }
  /** The identifier that first declares it. */
  get declaration(): SyntaxNode {
    return new SyntaxNode(this.file.reader, this.file.scopes.bindingRow[this.id]!)
  }
  /** The node whose scope it lives in. */
  get scope(): SyntaxNode {
    return new SyntaxNode(
      this.file.reader,
      this.file.scopes.scopeRow[this.file.scopes.bindingScope[this.id]!]!,
    )
  }
  get isModuleLevel(): boolean {
    const { scopes } = this.file
    return scopes.scopeKind[scopes.bindingScope[this.id]!] === SCOPE_MODULE
  }
  same(other: Binding | undefined): boolean {
    return other?.id === this.id
  }

  /** All its occurrences, in source order. */
  *occurrences(): Generator<SyntaxNode> {
    for (const row of this.#rows()) yield new SyntaxNode(this.file.reader, row)
  }
  *reads(): Generator<SyntaxNode> {
    for (const row of this.#rows())
      if (this.file.scopes.access[row]! & READ) yield new SyntaxNode(this.file.reader, row)
  }
  *writes(): Generator<SyntaxNode> {
    for (const row of this.#rows())
      if (this.file.scopes.access[row]! & WRITE) yield new SyntaxNode(this.file.reader, row)
  }
  get isRead(): boolean {
    for (const _ of this.reads()) return true
    return this.file.scopes.implicitReads.some((it, i) => i % 2 === 0 && it === this.id)
  }
  /** How often it is given a value, its declaration with a value included. */
  get writeCount(): number {
    let count = 0
    for (const _ of this.writes()) count++
    return count
  }
  isDeclaration(node: SyntaxNode): boolean {
    return (this.file.scopes.access[node.row]! & DECLARE) !== 0
  }

  /** The expression it is given, when it is given exactly one and that is a plain `name = value`. */
  get onlyValue(): SyntaxNode | undefined {
    if (this.kind === 'parameter' || this.kind === 'loop' || this.kind === 'import' || this.kind === 'catch')
      return undefined
    let only: SyntaxNode | undefined
    for (const write of this.writes()) {
      if (only) return undefined
      only = write
    }
    return only && valueGivenTo(only)
  }

  *#rows(): Generator<number> {
    this.file.reader.listed(this.id)
    const { firstOccurrence, nextOccurrence } = this.file.scopes
    for (let row = firstOccurrence[this.id]!; row !== -1; row = nextOccurrence[row]!) yield row
  }
}

const HOLDS_VALUE: ReadonlySet<Kind> = new Set(['Assignment', 'Declarator', 'NamedExpression'])

/** For the target of a plain `name = value`: that value. */
export function valueGivenTo(target: SyntaxNode): SyntaxNode | undefined {
  const { parent } = target
  if (!parent || !HOLDS_VALUE.has(parent.kind) || target.role !== 'target') return undefined
  return parent.child('value')
}

/** The dotted path that an imported name stands for: `from a.b import c as d` → 'a.b.c'. */
function importPath(declaration: SyntaxNode): string | undefined {
  const statement = declaration.closest('Import')
  if (!statement) return undefined
  const { grammar } = declaration.tree
  if (grammar === 'python') return pythonImportPath(statement, declaration)
  if (grammar === 'rust') return rustImportPath(declaration)
  const source = statement
    .child('source')
    ?.text.slice(1, -1)
    .replace(/^node:/, '')
  if (source === undefined) return undefined
  const specifier = declaration.parent
  if (specifier?.kind === 'ImportName' && specifier.type === 'import_specifier') {
    return `${source}.${specifier.child('name')?.name ?? ''}`
  }
  return source
}

/** `const x = require('m')`, `const { a: b } = require('m')`, `const y = require('m').z`. */
function requiredPath(file: SourceFile, binding: Binding): string | undefined {
  if (file.language !== 'javascript' && file.language !== 'typescript') return undefined
  if (binding.kind !== 'constant' && binding.kind !== 'variable') return undefined
  const { declaration } = binding
  const { parent } = declaration
  const isRenamed = parent?.kind === 'Pair' && declaration.role === 'value'
  const pattern = isRenamed ? parent.parent : parent
  const declarator = pattern?.kind === 'ObjectPattern' ? pattern.parent : parent
  const value = declarator?.kind === 'Declarator' ? declarator.child('value')?.unwrapped : undefined
  if (!value?.is('Call', 'Member') || !requiredModule(file, headOf(value))) return undefined
  if (binding.kind === 'variable' && binding.writeCount > 1) return undefined
  const path = file.qualifiedName(value)
  if (pattern?.kind !== 'ObjectPattern') return path
  const property = isRenamed ? (parent.child('key')?.name ?? '') : declaration.name
  return property ? `${path}.${property}` : undefined
}

function headOf(node: SyntaxNode): SyntaxNode {
  let it = node
  while (it.kind === 'Member') {
    const object = it.child('object')?.unwrapped
    if (!object) return it
    it = object
  }
  return it
}

/** The module's name in `require('m')`. */
function requiredModule(file: SourceFile, call: SyntaxNode): string | undefined {
  if (call.kind !== 'Call') return undefined
  const callee = call.child('callee')
  if (callee?.kind !== 'Name' || callee.name !== 'require' || !file.isFree(callee)) return undefined
  const source = call.child('argument')
  return source?.kind === 'String' ? source.text.slice(1, -1).replace(/^node:/, '') : undefined
}

function pythonImportPath(statement: SyntaxNode, declaration: SyntaxNode): string {
  const from = statement.child('source')
  const alias = declaration.role === 'alias' ? declaration.parent : undefined
  const name = alias ? (alias.child('name')?.text ?? '') : declaration.name
  return from ? `${from.text}.${name}` : name
}

function rustImportPath(declaration: SyntaxNode): string {
  const parts: string[] = []
  let it: SyntaxNode | undefined = declaration
  if (declaration.role === 'alias') {
    parts.unshift(...pathParts(declaration.parent!.children()[0]!))
    it = declaration.parent
  } else parts.unshift(declaration.name)
  for (; it && it.kind !== 'Import'; it = it.parent) {
    const { parent }: SyntaxNode = it
    if (parent?.kind === 'Path' && it.role !== 'object') {
      const object = parent.child('object')
      if (object) parts.unshift(...pathParts(object))
    }
  }
  return parts.join('.')
}

function pathParts(node: SyntaxNode): string[] {
  return node.text.split('::').map(it => it.trim())
}
