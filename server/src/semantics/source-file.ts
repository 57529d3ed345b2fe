// What may be asked about one file: its nodes, what names mean, what is constant, where control goes.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import type { Kind } from '../syntax/kinds.ts'
import { Reader, SyntaxNode } from '../syntax/node.ts'
import { digestOf } from '../syntax/sameness.ts'
import { FLAG_ERROR, type Kept, moved, type SyntaxTree } from '../syntax/tree.ts'
import { type Constant, evaluate } from './constants.ts'
import { Flow, NORMAL } from './flow.ts'
import { importPath, requiredModule, requiredPath } from './import-paths.ts'
import { Memory } from './memory.ts'
import { isGeneratedPath, isSpecimen, isTest, saysCopied, saysGenerated } from './provenance.ts'
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
  #isUntended: boolean | undefined

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
    return isTest(this.path)
  }

  /** A program wrote it, as it says at its beginning: nobody reads it, so nobody wants to hear about its shape. */
  get isGenerated(): boolean {
    this.#isGenerated ??= saysGenerated(this.tree.text)
    return this.#isGenerated
  }

  /** Nobody works on this code: a program wrote it, it was copied from elsewhere, or tests are fed with it. */
  get isUntended(): boolean {
    this.#isUntended ??=
      isSpecimen(this.path) || isGeneratedPath(this.path) || this.isGenerated || saysCopied(this.tree.text)
    return this.#isUntended
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
    const isImportable = it.kind === 'Name' || (it.kind === 'TypeName' && it.tree.grammar === 'java')
    parts.unshift(isImportable ? (this.importedName(it) ?? head) : head)
    return parts.join('.')
  }

  /** For a name that an import or a `require` binds: where it comes from ('os.path'), whatever it is called here. */
  importedName(node: SyntaxNode): string | undefined {
    const binding = this.binding(node)
    if (!binding) return undefined
    return binding.kind === 'import' ? importPath(binding.declaration) : requiredPath(this, binding)
  }

  /** The rows that write a binding. Asked for often, of names that are read in a thousand places. */
  writeRows(binding: number): readonly number[] {
    let rows = this.#writeRows.get(binding)
    if (!rows) {
      const { firstOccurrence, nextOccurrence, access } = this.scopes
      const found: number[] = []
      for (let row = firstOccurrence[binding]!; row !== -1; row = nextOccurrence[row]!)
        if (access[row]! & WRITE) found.push(row)
      rows = found
      this.#writeRows.set(binding, rows)
    }
    return rows
  }

  readonly #writeRows = new Map<number, readonly number[]>()

  #look(row: number): void {
    if (row < this.reader.low || row >= this.reader.high) this.reader.outside(row)
  }
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
    for (const row of this.#writeRows) yield new SyntaxNode(this.file.reader, row)
  }
  get isRead(): boolean {
    for (const _ of this.reads()) return true
    return this.file.scopes.implicitReads.some((it, i) => i % 2 === 0 && it === this.id)
  }
  /** How often it is given a value, its declaration with a value included. */
  get writeCount(): number {
    return this.#writeRows.length
  }
  isDeclaration(node: SyntaxNode): boolean {
    return (this.file.scopes.access[node.row]! & DECLARE) !== 0
  }

  /** The expression it is given, when it is given exactly one and that is a plain `name = value`. */
  get onlyValue(): SyntaxNode | undefined {
    if (this.kind === 'parameter' || this.kind === 'loop' || this.kind === 'import' || this.kind === 'catch')
      return undefined
    const rows = this.#writeRows
    return rows.length === 1 ? valueGivenTo(new SyntaxNode(this.file.reader, rows[0]!)) : undefined
  }

  get #writeRows(): readonly number[] {
    this.file.reader.listed(this.id)
    return this.file.writeRows(this.id)
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
  // Go gives several names several values in one statement.
  if (target.tree.grammar === 'go') return valueBeside(parent, target)
  return parent.child('value')
}

function valueBeside(statement: SyntaxNode, target: SyntaxNode): SyntaxNode | undefined {
  const targets = statement.children('target')
  const values = statement.children('value')
  return values[targets.length === values.length ? targets.findIndex(it => it.row === target.row) : -1]
}
