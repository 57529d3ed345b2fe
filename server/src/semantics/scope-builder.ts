// Builds `Scopes` in two passes: binders declare names row by row, then `resolve` gives every identifier its binding.

import { KIND_CODE, type Kind, ROLE_CODE } from '../syntax/kinds.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import { Column, Room } from './column.ts'
import {
  BINDING_CODE,
  DECLARE,
  NOT_A_NAME,
  READ,
  SCOPE_CLASS,
  SCOPE_COMPREHENSION,
  type Scopes,
  UNRESOLVED,
  WRITE,
} from './scopes.ts'

const NAME = KIND_CODE.Name
const TYPE_NAME = KIND_CODE.TypeName
const PROPERTY_NAME = KIND_CODE.PropertyName
const IS_NAME = Uint8Array.from({ length: 256 }, (_, code) =>
  code === NAME || code === TYPE_NAME || code === PROPERTY_NAME ? 1 : 0,
)

// One tree is read at a time: all builders share this room, and what is kept is copied out of it.
const SCOPE_ROW = new Column()
const SCOPE_END = new Column()
const SCOPE_PARENT = new Column()
const SCOPE_KIND = new Column()
const SCOPE_FROM = new Column()
/** Bindings made before the scope opened: none of those can be its own. */
const SCOPE_FIRST = new Column()
const BINDING_NAME = new Column()
const BINDING_KIND = new Column()
const BINDING_SCOPE = new Column()
const BINDING_ROW = new Column()
/** The row from which the binding is visible. */
const BINDING_FROM = new Column()
/** The binding made just before with the same name. */
const SAME_NAME = new Column()
const COLUMNS = [
  ...[SCOPE_ROW, SCOPE_END, SCOPE_PARENT, SCOPE_KIND, SCOPE_FROM, SCOPE_FIRST],
  ...[BINDING_NAME, BINDING_KIND, BINDING_SCOPE, BINDING_ROW, BINDING_FROM, SAME_NAME],
]
const LATEST = new Room()
const STARTING = new Room()
const NEXT_STARTING = new Room()
const CURRENT = new Room()
const SHADOWED = new Room()
const LAST_OCCURRENCE = new Room()
const BUSY = new Room()

/** Opens scopes and declares names for one node. `after` is the row behind its subtree, `kind` its kind's code. */
export type Binder = (it: ScopeBuilder, row: number, after: number, kind: number) => void

/** What binds in a language, by kind. */
export type Binders = { readonly [K in Kind]?: Binder }

/** What a language's binder works with: opening scopes, declaring names, marking occurrences. */
export class ScopeBuilder {
  readonly tree: SyntaxTree
  /** The binding made last, by name. */
  readonly #latest: Int32Array
  readonly #names: number
  readonly #bindingOf: Int32Array
  readonly #access: Uint8Array
  /** `scope * names + name` → binding, for Python's `global` and `nonlocal`. */
  readonly #redirected = new Map<number, number>()
  readonly #implicit: number[] = []
  #innermost = -1
  #end = 0

  constructor(tree: SyntaxTree) {
    this.tree = tree
    this.#names = tree.names.length
    this.#latest = LATEST.of(this.#names, -1)
    for (const it of COLUMNS) it.length = 0
    this.#bindingOf = new Int32Array(tree.rows).fill(NOT_A_NAME)
    this.#access = new Uint8Array(tree.rows)
  }

  get scope(): number {
    return this.#innermost
  }
  get scopeParent(): Int32Array {
    return SCOPE_PARENT.values
  }
  get scopeKind(): Int32Array {
    return SCOPE_KIND.values
  }

  /** Opens a scope over a row's subtree; its bindings are visible from row `from` on. */
  open(row: number, kind: number, from = row + 1, end = this.tree.after[row]!): void {
    SCOPE_ROW.push(row)
    SCOPE_END.push(end)
    SCOPE_PARENT.push(this.#innermost)
    SCOPE_KIND.push(kind)
    SCOPE_FIRST.push(BINDING_NAME.length)
    SCOPE_FROM.push(from)
    this.#innermost = SCOPE_ROW.length - 1
    this.#end = end
  }

  closeBefore(row: number): void {
    while (row >= this.#end && this.#innermost > 0) {
      this.#innermost = SCOPE_PARENT.values[this.#innermost]!
      this.#end = SCOPE_END.values[this.#innermost]!
    }
  }

  /** The nearest scope around `scope` (itself included) that is one of `kinds`, given as a bit set. */
  nearest(scope: number, kinds: number): number {
    let it = scope
    while (it > 0 && !(kinds & (1 << SCOPE_KIND.values[it]!))) it = SCOPE_PARENT.values[it]!
    return it
  }

  /** Declares the identifier at `row`. Declaring a name again in the same scope adds an occurrence. */
  declare(
    row: number,
    kind: number,
    scope: number,
    from = SCOPE_FROM.values[scope]!,
    access = DECLARE | WRITE,
  ): number {
    return this.declareAs(row, this.tree.name[row]!, kind, scope, from, access)
  }

  /** The same under a name that the row itself does not say: Go's `import "net/http"` binds `http`. */
  declareAs(
    row: number,
    name: number,
    kind: number,
    scope: number,
    from = SCOPE_FROM.values[scope]!,
    access = DECLARE | WRITE,
  ): number {
    if (name === 0) return UNRESOLVED
    let binding = this.find(scope, name)
    if (binding === -1) binding = this.#newBinding(name, row, kind, scope, from)
    this.#bindingOf[row] = binding
    this.#access[row] = access
    return binding
  }

  /** Always a new binding, though the scope may have one of this name: Rust's `let x = x`. */
  shadow(row: number, kind: number, scope: number, from: number): void {
    const name = this.tree.name[row]!
    if (name === 0) return
    this.#bindingOf[row] = this.#newBinding(name, row, kind, scope, from)
    this.#access[row] = DECLARE | WRITE
  }

  #newBinding(name: number, row: number, kind: number, scope: number, from: number): number {
    const binding = BINDING_NAME.length
    BINDING_NAME.push(name)
    BINDING_KIND.push(kind)
    BINDING_SCOPE.push(scope)
    BINDING_ROW.push(row)
    BINDING_FROM.push(from)
    SAME_NAME.push(this.#latest[name]!)
    this.#latest[name] = binding
    return binding
  }

  /** The identifier at `row` is another occurrence of the one that `declared` declares. */
  alias(row: number, declared: number): void {
    this.#bindingOf[row] = this.#bindingOf[declared]!
    this.#access[row] = DECLARE | WRITE
  }

  find(scope: number, name: number): number {
    if (this.#redirected.size > 0) {
      const elsewhere = this.#redirected.get(scope * this.#names + name)
      if (elsewhere !== undefined) return elsewhere
    }
    const first = SCOPE_FIRST.values[scope]!
    for (let it = this.#latest[name]!; it >= first; it = SAME_NAME.values[it]!) {
      if (BINDING_SCOPE.values[it] === scope) return it
    }
    return -1
  }

  /** From now on `name` in `scope` means the binding of `target`'s scope: `global x`, `nonlocal x`. */
  redirect(row: number, scope: number, target: number): void {
    const binding = this.declare(row, BINDING_CODE.variable, target, undefined, 0)
    if (binding >= 0) this.#redirected.set(scope * this.#names + this.tree.name[row]!, binding)
  }

  /** The identifier at `row` is written, and read as well when `access` says so. */
  mark(row: number, access: number): void {
    this.#access[row] = access
  }

  /** The identifier at `row` is no variable: the first name of `import { a as b }`. */
  ignore(row: number): void {
    this.#access[row] = IGNORED
  }

  /** The row that reads `name` without being an identifier: the string of `println!("{x}")`. */
  readImplicitly(row: number, name: number): void {
    this.#implicit.push(row, name)
  }

  resolve(): Scopes {
    const { tree } = this
    const { kind, name, rows } = tree
    const scopeRow = SCOPE_ROW.values
    const scopeEnd = SCOPE_END.values
    const scopeKind = SCOPE_KIND.values
    const bindingName = BINDING_NAME.values
    const bindingScope = BINDING_SCOPE.values
    const bindingFrom = BINDING_FROM.values
    const bindings = BINDING_NAME.length
    const bindingOf = this.#bindingOf
    const access = this.#access

    // Bindings by the row from which they are visible.
    const starting = STARTING.of(rows, -1)
    const nextStarting = NEXT_STARTING.of(bindings, -1)
    for (let binding = bindings - 1; binding >= 0; binding--) {
      const from = bindingFrom[binding]!
      if (from >= scopeEnd[bindingScope[binding]!]!) continue // the last statement of its block
      nextStarting[binding] = starting[from]!
      starting[from] = binding
    }

    const current = CURRENT.of(this.#names, -1)
    const shadowed = SHADOWED.of(bindings, -1)
    const firstOccurrence = new Int32Array(bindings).fill(-1)
    const lastOccurrence = LAST_OCCURRENCE.of(bindings, -1)
    const nextOccurrence = new Int32Array(rows).fill(-1)
    const undo: number[] = []
    const open: number[] = [] // scope, undo mark …
    const scopes = SCOPE_ROW.length
    const isPython = tree.grammar === 'python'
    let next = 0
    let end = rows + 1
    let innermost = 0
    let implicit = 0
    const implicitReads: number[] = []

    const occurs = (row: number, binding: number) => {
      if (firstOccurrence[binding] === -1) firstOccurrence[binding] = row
      else nextOccurrence[lastOccurrence[binding]!] = row
      lastOccurrence[binding] = row
    }
    const become = (binding: number) => {
      const id = bindingName[binding]!
      shadowed[binding] = current[id]!
      current[id] = binding
      undo.push(binding)
    }
    const lookup = (row: number, id: number) => {
      let binding = current[id]!
      if (isPython) {
        while (binding >= 0) {
          const scope = bindingScope[binding]!
          const hidden =
            (scopeKind[scope] === SCOPE_CLASS && scope !== innermost) ||
            (scopeKind[scope] === SCOPE_COMPREHENSION && isFirstIterable(tree, scopeRow[scope]!, row))
          if (!hidden) break
          binding = shadowed[binding]!
        }
      }
      return binding
    }

    // Rows at which something happens: a name, a scope that opens, a binding that becomes visible, a string that reads.
    const busy = BUSY.of(rows, 0)
    for (let row = 0; row < rows; row++) busy[row] = IS_NAME[kind[row]!]!
    for (let scope = 0; scope < scopes; scope++) busy[scopeRow[scope]!] = 1
    for (let binding = 0; binding < bindings; binding++)
      if (bindingFrom[binding]! < rows) busy[bindingFrom[binding]!] = 1
    for (let i = 0; i < this.#implicit.length; i += 2) busy[this.#implicit[i]!] = 1

    for (let row = 0; row < rows; row++) {
      if (busy[row] === 0) continue
      while (row >= end) {
        const mark = open.pop()!
        open.pop()
        while (undo.length > mark) {
          const id = undo.pop()!
          current[bindingName[id]!] = shadowed[id]!
        }
        innermost = open.length > 0 ? open[open.length - 2]! : 0
        end = open.length > 0 ? scopeEnd[innermost]! : rows + 1
      }
      // What becomes visible here in the scopes around outlives a scope that opens here, so it comes first.
      for (let binding = starting[row]!; binding !== -1; binding = nextStarting[binding]!)
        if (scopeRow[bindingScope[binding]!] !== row) become(binding)
      while (next < scopes && scopeRow[next] === row) {
        open.push(next, undo.length)
        innermost = next
        end = scopeEnd[next]!
        next++
      }
      for (let binding = starting[row]!; binding !== -1; binding = nextStarting[binding]!)
        if (scopeRow[bindingScope[binding]!] === row) become(binding)
      const what = kind[row]
      if (what === NAME || what === TYPE_NAME) {
        if (access[row] === IGNORED) {
          access[row] = 0
          continue
        }
        let binding = bindingOf[row]!
        if (binding === NOT_A_NAME) {
          binding = lookup(row, name[row]!)
          bindingOf[row] = binding
          if (access[row] === 0) access[row] = READ
        }
        if (binding >= 0) occurs(row, binding)
      } else if (what === PROPERTY_NAME && bindingOf[row]! >= 0) {
        occurs(row, bindingOf[row]!)
      }
      while (implicit < this.#implicit.length && this.#implicit[implicit] === row) {
        const binding = lookup(row, this.#implicit[implicit + 1]!)
        if (binding >= 0) implicitReads.push(binding, row)
        implicit += 2
      }
    }
    return {
      scopeRow: SCOPE_ROW.taken(),
      scopeParent: SCOPE_PARENT.taken(),
      scopeKind: SCOPE_KIND.taken(),
      bindingName: BINDING_NAME.taken(),
      bindingKind: BINDING_KIND.taken(),
      bindingScope: BINDING_SCOPE.taken(),
      bindingRow: BINDING_ROW.taken(),
      bindingOf,
      access,
      firstOccurrence,
      nextOccurrence,
      implicitReads,
    }
  }
}

const IGNORED = 255

/** Python evaluates the first iterable of a comprehension outside of it. */
function isFirstIterable(tree: SyntaxTree, comprehension: number, row: number): boolean {
  const { role, after } = tree
  const last = after[comprehension]!
  for (let clause = comprehension + 1; clause < last; clause = after[clause]!) {
    if (tree.kind[clause] !== KIND_CODE.ComprehensionFor) continue
    for (let part = clause + 1; part < after[clause]!; part = after[part]!) {
      if (role[part] === ROLE_CODE.iterable) return row >= part && row < after[part]!
    }
    return false
  }
  return false
}
