// The view of the unified tree that rules read it through.

import { KIND_CODE, KINDS, type Kind, ROLE_CODE, ROLES, type Role } from './kinds.ts'
import { membersNamed } from './members.ts'
import { saysTheSame } from './sameness.ts'
import { FLAG_ERROR, FLAG_MISSING, nameIndex, type SyntaxTree } from './tree.ts'

/** What a view may look at freely, and who is told when it looks elsewhere. */
export class Reader {
  readonly tree: SyntaxTree
  /** Rows `low..high` belong to whoever reads; others are `outside`. */
  low = 0
  high = 0xffffffff
  constructor(tree: SyntaxTree) {
    this.tree = tree
  }
  // What was looked at beyond those rows. The engine overrides these to learn what its findings depend on.
  /** All that `row` holds. */
  outside(_row: number): void {}
  /** Only what `row` is: its kind, role and type. */
  glanced(_row: number): void {}
  /** Which children `row` has, and what those are. */
  entered(_row: number): void {}
  /** What is around `row`. */
  climbed(_row: number): void {}
  /** Whether there is a syntax error in `row`. */
  doubted(_row: number): void {}
  /** Where in `row` an identifier stands; its number is -1 when nowhere in the document. */
  searched(_row: number, _name: string, _id: number): void {}
  /** Which children of `row` declare a name, given by its number. */
  listedMembers(_row: number, _id: number): void {}
  node(row: number): SyntaxNode {
    return new SyntaxNode(this, row)
  }
}

/** A view of one row. Costs nothing until asked; broken code shows as absent children. */
export class SyntaxNode {
  readonly reader: Reader
  readonly row: number
  constructor(reader: Reader, row: number) {
    this.reader = reader
    this.row = row
  }

  get tree(): SyntaxTree {
    return this.reader.tree
  }
  get kind(): Kind {
    const { reader, row } = this
    if (row < reader.low || row >= reader.high) reader.glanced(row)
    return KINDS[reader.tree.kind[row]!]!
  }
  get role(): Role {
    const { reader, row } = this
    if (row < reader.low || row >= reader.high) reader.glanced(row)
    return ROLES[reader.tree.role[row]!]!
  }
  /** The grammar's own name of this node: `expression_statement`. */
  get type(): string {
    const { reader, row } = this
    if (row < reader.low || row >= reader.high) reader.glanced(row)
    return reader.tree.types[reader.tree.symbol[row]!] ?? 'ERROR'
  }
  get start(): number {
    this.#look()
    return this.reader.tree.start[this.row]!
  }
  get end(): number {
    this.#look()
    return this.reader.tree.end[this.row]!
  }
  get text(): string {
    this.#look()
    const { text, start, end } = this.reader.tree
    return text.slice(start[this.row]!, end[this.row]!)
  }
  /** The text of an identifier; empty for everything else. */
  get name(): string {
    this.#look()
    const { names, name } = this.reader.tree
    return names[name[this.row]!]!
  }
  get hasError(): boolean {
    const { reader, row } = this
    if (row < reader.low || row >= reader.high) reader.doubted(row)
    return (reader.tree.flags[row]! & FLAG_ERROR) !== 0
  }
  get isMissing(): boolean {
    this.#look()
    return (this.reader.tree.flags[this.row]! & FLAG_MISSING) !== 0
  }
  /** The number of rows of this subtree, itself included. */
  get size(): number {
    this.#look()
    return this.reader.tree.after[this.row]! - this.row
  }

  is(...kinds: readonly Kind[]): boolean {
    return kinds.includes(this.kind)
  }

  get parent(): SyntaxNode | undefined {
    this.#climb()
    return this.row === 0 ? undefined : new SyntaxNode(this.reader, this.reader.tree.parent[this.row]!)
  }
  *ancestors(): Generator<SyntaxNode> {
    this.#climb()
    const { parent } = this.reader.tree
    for (let row = this.row; row !== 0; ) {
      row = parent[row]!
      yield new SyntaxNode(this.reader, row)
    }
  }
  /** The nearest ancestor of one of these kinds. */
  closest(...kinds: readonly Kind[]): SyntaxNode | undefined {
    this.#climb()
    const { kind, parent } = this.reader.tree
    for (let row = this.row; row !== 0; ) {
      row = parent[row]!
      if (kinds.includes(KINDS[kind[row]!]!)) return new SyntaxNode(this.reader, row)
    }
    return undefined
  }
  /** The nearest function around this node, if any. */
  get function(): SyntaxNode | undefined {
    return this.closest('Function')
  }

  /** The first child with this role. */
  child(role: Role): SyntaxNode | undefined {
    this.#enter()
    const { role: roles, after } = this.reader.tree
    const code = ROLE_CODE[role]
    const last = after[this.row]!
    for (let row = this.row + 1; row < last; row = after[row]!) {
      if (roles[row] === code) return new SyntaxNode(this.reader, row)
    }
    return undefined
  }
  /** The children, in source order, without comments; with a role, only those. */
  children(role?: Role): SyntaxNode[] {
    this.#enter()
    const { role: roles, after, kind } = this.reader.tree
    const code = role === undefined ? -1 : ROLE_CODE[role]
    const found: SyntaxNode[] = []
    const last = after[this.row]!
    for (let row = this.row + 1; row < last; row = after[row]!) {
      if (code === -1 ? kind[row] !== COMMENT : roles[row] === code)
        found.push(new SyntaxNode(this.reader, row))
    }
    return found
  }
  /** The children, in source order, comments among them. */
  *parts(): Generator<SyntaxNode> {
    this.#enter()
    const { after } = this.reader.tree
    const last = after[this.row]!
    for (let row = this.row + 1; row < last; row = after[row]!) yield new SyntaxNode(this.reader, row)
  }
  get firstChild(): SyntaxNode | undefined {
    return this.children()[0]
  }
  /** The nodes below this one, in source order; with kinds, only those. */
  *descendants(...kinds: readonly Kind[]): Generator<SyntaxNode> {
    this.#look()
    const { kind, after } = this.reader.tree
    const last = after[this.row]!
    if (kinds.length === 0) {
      for (let row = this.row + 1; row < last; row++) yield new SyntaxNode(this.reader, row)
      return
    }
    const wanted = wantedKinds(kinds)
    for (let row = this.row + 1; row < last; row++)
      if (wanted[kind[row]!] !== 0) yield new SyntaxNode(this.reader, row)
  }
  /** Like `descendants`, but does not enter functions and classes that begin below this node. */
  *ownDescendants(...kinds: readonly Kind[]): Generator<SyntaxNode> {
    this.#look()
    const { kind, after } = this.reader.tree
    const last = after[this.row]!
    const wanted = kinds.length === 0 ? undefined : wantedKinds(kinds)
    for (let row = this.row + 1; row < last; ) {
      const code = kind[row]!
      if (wanted?.[code] !== 0) yield new SyntaxNode(this.reader, row)
      row = code === FUNCTION || code === CLASS ? after[row]! : row + 1
    }
  }
  /** The node that lies so many rows behind this one, inside of it: for places that were remembered. */
  rowBelow(rows: number): SyntaxNode {
    return new SyntaxNode(this.reader, this.row + rows)
  }
  has(...kinds: readonly Kind[]): boolean {
    this.#look()
    const { kind, after } = this.reader.tree
    const last = after[this.row]!
    const wanted = wantedKinds(kinds)
    for (let row = this.row + 1; row < last; row++) if (wanted[kind[row]!] !== 0) return true
    return false
  }
  /** The variables of this name in here; keys and properties too, with `any`. Much cheaper than `descendants`. */
  *named(name: string, any: 'Name' | 'any' = 'Name'): Generator<SyntaxNode> {
    const { reader, row: from } = this
    const { names, kind, after } = reader.tree
    const id = names.indexOf(name)
    if (from < reader.low || from >= reader.high) reader.searched(from, name, id)
    if (id === -1) return
    const { first, next } = nameIndex(reader.tree)
    const last = after[from]!
    for (let row = first[id]!; row !== -1 && row < last; row = next[row]!)
      if (row >= from && (any === 'any' || kind[row] === NAME)) yield new SyntaxNode(reader, row)
  }
  /** The children that declare what this identifier names, such as the members of a class's body; of decorated ones, what is decorated. */
  declaring(identifier: SyntaxNode): SyntaxNode[] {
    const { reader, row } = this
    identifier.#look()
    const id = reader.tree.name[identifier.row]!
    if (id === 0) return []
    if (row < reader.low || row >= reader.high) reader.listedMembers(row, id)
    return membersNamed(reader.tree, row, id).map(it => new SyntaxNode(reader, it))
  }
  /** A variable of one of these names is in here. */
  mentions(...names: readonly string[]): boolean {
    for (const name of names) for (const _ of this.named(name)) return true
    return false
  }
  contains(other: SyntaxNode): boolean {
    // A question about what is around `other`: it need not be asked again when something else in here changes.
    other.#climb()
    return other.row >= this.row && other.row < this.reader.tree.after[this.row]!
  }
  /** The next node with the same parent, comments left out. */
  get next(): SyntaxNode | undefined {
    this.#climb()
    if (this.row === 0) return undefined
    const { parent, after, kind } = this.reader.tree
    this.reader.node(parent[this.row]!).#enter()
    const last = after[parent[this.row]!]!
    let row = after[this.row]!
    while (row < last && kind[row] === COMMENT) row = after[row]!
    return row < last ? new SyntaxNode(this.reader, row) : undefined
  }
  /** The node before with the same parent, comments left out. */
  get previous(): SyntaxNode | undefined {
    this.#climb()
    if (this.row === 0) return undefined
    const { parent, kind } = this.reader.tree
    const around = parent[this.row]!
    this.reader.node(around).#enter()
    // The row before ends the subtree of the node before: a file may have a hundred thousand siblings.
    for (let row = this.row - 1; row > around; row--) {
      while (parent[row] !== around) row = parent[row]!
      if (kind[row] !== COMMENT) return new SyntaxNode(this.reader, row)
    }
    return undefined
  }

  /** The text of the operator child: `+`, `not in`. */
  get operator(): string {
    return this.child('operator')?.text ?? ''
  }
  /** This node without the parentheses around it. */
  get unwrapped(): SyntaxNode {
    let it: SyntaxNode = this
    while (it.kind === 'Parenthesized') {
      const inner = it.child('value')
      if (!inner) return it
      it = inner
    }
    return it
  }
  /** Both say the same, whatever the spacing and the comments. */
  same(other: SyntaxNode): boolean {
    this.#look()
    other.#look()
    return saysTheSame(this.tree, this.row, other.tree, other.row)
  }

  #look(): void {
    const { reader, row } = this
    if (row < reader.low || row >= reader.high) reader.outside(row)
  }

  #enter(): void {
    const { reader, row } = this
    if (row < reader.low || row >= reader.high) reader.entered(row)
  }

  #climb(): void {
    const { reader, row } = this
    if (row < reader.low || row >= reader.high) reader.climbed(row)
  }
}

/** For each kind whether it is among `kinds`: walks ask this of every node. */
function wantedKinds(kinds: readonly Kind[]): Uint8Array {
  if (isLast(kinds)) return lastWanted
  const key = kinds.join()
  let wanted = WANTED_KINDS.get(key)
  if (!wanted) {
    wanted = new Uint8Array(KINDS.length)
    for (const kind of kinds) wanted[KIND_CODE[kind]] = 1
    WANTED_KINDS.set(key, wanted)
  }
  lastKinds = kinds
  lastWanted = wanted
  return wanted
}
const WANTED_KINDS = new Map<string, Uint8Array>()

// Whoever walks asks the same of many nodes in a row; joining the kinds to a key costs more than comparing them.
let lastKinds: readonly Kind[] = []
let lastWanted: Uint8Array = new Uint8Array(KINDS.length)

function isLast(kinds: readonly Kind[]): boolean {
  if (kinds.length !== lastKinds.length) return false
  for (let i = 0; i < kinds.length; i++) if (kinds[i] !== lastKinds[i]) return false
  return true
}

const COMMENT = KIND_CODE.Comment
const NAME = KIND_CODE.Name
const FUNCTION = KIND_CODE.Function
const CLASS = KIND_CODE.Class
