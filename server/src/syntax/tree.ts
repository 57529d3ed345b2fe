// The unified tree: one set of flat columns for every language, and the view that rules read it through.

import { KIND_CODE, KINDS, type Kind, ROLE_CODE, ROLES, type Role } from './kinds.ts'
import type { Grammar } from './language.ts'

/**
 * Pre-order columns: row i spans `start[i]..end[i]` (UTF-16 offsets); its descendants are `i+1..after[i]`. Plain data.
 *
 * Punctuation and the insides of literals have no row; neither do wrappers that say nothing (`language.ts`).
 */
export interface SyntaxTree {
  readonly grammar: Grammar
  readonly text: string
  /** How many rows there are; the columns may be longer. Row 0 is the module. */
  readonly rows: number
  readonly kind: Uint8Array
  readonly role: Uint8Array
  /** The grammar's own node type, so that patterns and single-language rules lose nothing. */
  readonly symbol: Uint16Array
  readonly flags: Uint8Array
  readonly start: Uint32Array
  readonly end: Uint32Array
  readonly after: Uint32Array
  readonly parent: Uint32Array
  /** The number of an identifier's text in `names`, 0 for everything else. */
  readonly name: Uint32Array
  /** Texts of identifiers by number. Only ever grows, so that trees of one document can share it. */
  readonly names: readonly string[]
  /** Node types by symbol. */
  readonly types: readonly string[]
}

/** What of a tree stood in the previous one, unchanged: `origin[row]` is its old row, or `NOT_KEPT`. */
export interface Kept {
  readonly from: SyntaxTree
  readonly origin: Uint32Array
}

export const NOT_KEPT = 0xffffffff

/** The subtree holds a syntax error or a missing token. */
export const FLAG_ERROR = 1
export const FLAG_MISSING = 2
export const FLAG_NAMED = 4
export const FLAG_EXTRA = 8

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
      if (!wanted || wanted[code] !== 0) yield new SyntaxNode(this.reader, row)
      row = code === FUNCTION || code === CLASS ? after[row]! : row + 1
    }
  }
  has(...kinds: readonly Kind[]): boolean {
    this.#look()
    const { kind, after } = this.reader.tree
    const last = after[this.row]!
    const wanted = wantedKinds(kinds)
    for (let row = this.row + 1; row < last; row++) if (wanted[kind[row]!] !== 0) return true
    return false
  }
  /** An identifier below this node, or this node, has one of these names. */
  mentions(...names: readonly string[]): boolean {
    this.#look()
    const { name, after, names: known } = this.reader.tree
    const last = after[this.row]!
    for (const wanted of names) {
      const id = known.indexOf(wanted)
      if (id === -1) continue
      for (let row = this.row; row < last; row++) if (name[row] === id) return true
    }
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
  get previous(): SyntaxNode | undefined {
    const siblings = this.parent?.children() ?? []
    return siblings[siblings.findIndex(it => it.row === this.row) - 1]
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
    return sameSubtree(this, other)
  }
  /** Equal for subtrees that are `same`; different, most likely, for others. */
  get fingerprint(): number {
    return fingerprint(this)
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
  const key = kinds.join()
  let wanted = WANTED_KINDS.get(key)
  if (!wanted) {
    wanted = new Uint8Array(KINDS.length)
    for (const kind of kinds) wanted[KIND_CODE[kind]] = 1
    WANTED_KINDS.set(key, wanted)
  }
  return wanted
}
const WANTED_KINDS = new Map<string, Uint8Array>()

const COMMENT = KIND_CODE.Comment
const FUNCTION = KIND_CODE.Function
const CLASS = KIND_CODE.Class

function sameSubtree(a: SyntaxNode, b: SyntaxNode): boolean {
  if (a.row === b.row && a.tree === b.tree) return true
  const one = a.tree
  const two = b.tree
  const lastA = a.row + a.size
  const lastB = b.row + b.size
  let i = a.row
  let j = b.row
  for (;;) {
    while (i < lastA && one.kind[i] === COMMENT) i = one.after[i]!
    while (j < lastB && two.kind[j] === COMMENT) j = two.after[j]!
    if (i >= lastA || j >= lastB) return i >= lastA && j >= lastB
    if (one.symbol[i] !== two.symbol[j] || (i !== a.row && one.role[i] !== two.role[j])) return false
    const leaf = one.after[i] === i + 1
    if (leaf !== (two.after[j] === j + 1)) return false
    if (leaf && !sameLeaf(one, i, two, j)) return false
    if (!leaf && SPELLED.has(one.kind[i]!) && ownText(one, i) !== ownText(two, j)) return false
    i++
    j++
  }
}

/** Kinds that say something between their children: `a[1:]`, `/a/`, `yield from a`, `[a,,b]`, `m!(a; b)`. */
const SPELLED: ReadonlySet<number> = new Set(
  (['Template', 'Interpolation', 'Regex', 'Slice', 'Yield', 'List', 'TokenTree', 'Other'] as const).map(
    it => KIND_CODE[it],
  ),
)
const TEXTS: ReadonlySet<number> = new Set(
  (['Template', 'Interpolation', 'Regex'] as const).map(it => KIND_CODE[it]),
)

/** What a node says outside its children; blanks and a last comma count only inside a text. */
function ownText({ text, kind, start, end, after }: SyntaxTree, row: number): string {
  let own = ''
  let from = start[row]!
  for (let child = row + 1; child < after[row]!; child = after[child]!) {
    own += `${text.slice(from, start[child])}\0`
    from = end[child]!
  }
  own += text.slice(from, end[row])
  if (TEXTS.has(kind[row]!)) return own
  return own.replace(/[\s\0]+/g, blank => (blank.includes('\0') ? '\0' : '')).replace(/,(\0?[\])}])$/, '$1')
}

function sameLeaf(one: SyntaxTree, i: number, two: SyntaxTree, j: number): boolean {
  if (one === two && one.name[i] !== 0) return one.name[i] === two.name[j]
  const length = one.end[i]! - one.start[i]!
  if (length !== two.end[j]! - two.start[j]!) return false
  return one.text.slice(one.start[i], one.end[i]) === two.text.slice(two.start[j], two.end[j])
}

function fingerprint(node: SyntaxNode): number {
  const { kind, symbol, after, name, names, text, start, end } = node.tree
  const last = node.row + node.size
  let hash = 0x811c9dc5
  for (let row = node.row; row < last; row++) {
    if (kind[row] === COMMENT) {
      row = after[row]! - 1
      continue
    }
    hash = Math.imul(hash ^ symbol[row]!, 0x01000193)
    const isLeaf = after[row] === row + 1
    if (isLeaf || SPELLED.has(kind[row]!)) {
      const word = !isLeaf
        ? ownText(node.tree, row)
        : name[row] !== 0
          ? names[name[row]!]!
          : text.slice(start[row], end[row])
      for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
    }
  }
  return hash >>> 0
}
