// Builds `Scopes` in two passes: binders declare names row by row, then `resolve` gives every identifier its binding.

import { KIND_CODE, ROLE_CODE } from '../syntax/kinds.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
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

/** What a language's binder works with: opening scopes, declaring names, marking occurrences. */
export class ScopeBuilder {
  readonly tree: SyntaxTree
  readonly scopeRow: number[] = []
  readonly scopeEnd: number[] = []
  readonly scopeParent: number[] = []
  readonly scopeKind: number[] = []
  readonly #scopeFrom: number[] = []
  /** Bindings made before the scope opened: none of those can be its own. */
  readonly #scopeFirst: number[] = []
  readonly #bindingName: number[] = []
  readonly #bindingKind: number[] = []
  readonly #bindingScope: number[] = []
  readonly #bindingRow: number[] = []
  /** The row from which the binding is visible. */
  readonly #bindingFrom: number[] = []
  /** The binding made just before with the same name. */
  readonly #sameName: number[] = []
  readonly #latest: Int32Array
  readonly #bindingOf: Int32Array
  readonly #access: Uint8Array
  /** `scope * names + name` → binding, for Python's `global` and `nonlocal`. */
  readonly #redirected = new Map<number, number>()
  readonly #implicit: number[] = []
  #innermost = -1
  #end = 0

  constructor(tree: SyntaxTree) {
    this.tree = tree
    this.#latest = new Int32Array(tree.names.length).fill(-1)
    this.#bindingOf = new Int32Array(tree.rows).fill(NOT_A_NAME)
    this.#access = new Uint8Array(tree.rows)
  }

  get scope(): number {
    return this.#innermost
  }

  /** Opens a scope over a row's subtree; its bindings are visible from row `from` on. */
  open(row: number, kind: number, from = row + 1, end = this.tree.after[row]!): void {
    this.scopeRow.push(row)
    this.scopeEnd.push(end)
    this.scopeParent.push(this.#innermost)
    this.scopeKind.push(kind)
    this.#scopeFirst.push(this.#bindingName.length)
    this.#scopeFrom.push(from)
    this.#innermost = this.scopeRow.length - 1
    this.#end = end
  }

  closeBefore(row: number): void {
    while (row >= this.#end && this.#innermost > 0) {
      this.#innermost = this.scopeParent[this.#innermost]!
      this.#end = this.scopeEnd[this.#innermost]!
    }
  }

  /** The nearest scope around `scope` (itself included) that is one of `kinds`, given as a bit set. */
  nearest(scope: number, kinds: number): number {
    let it = scope
    while (it > 0 && !(kinds & (1 << this.scopeKind[it]!))) it = this.scopeParent[it]!
    return it
  }

  /** Declares the identifier at `row`. Declaring a name again in the same scope adds an occurrence. */
  declare(
    row: number,
    kind: number,
    scope: number,
    from = this.#scopeFrom[scope]!,
    access = DECLARE | WRITE,
  ): number {
    const name = this.tree.name[row]!
    if (name === 0) return UNRESOLVED
    let binding = this.find(scope, name)
    if (binding === -1) {
      binding = this.#bindingName.length
      this.#bindingName.push(name)
      this.#bindingKind.push(kind)
      this.#bindingScope.push(scope)
      this.#bindingRow.push(row)
      this.#bindingFrom.push(from)
      this.#sameName.push(this.#latest[name]!)
      this.#latest[name] = binding
    }
    this.#bindingOf[row] = binding
    this.#access[row] = access
    return binding
  }

  /** Always a new binding, though the scope may have one of this name: Rust's `let x = x`. */
  shadow(row: number, kind: number, scope: number, from: number): void {
    const name = this.tree.name[row]!
    if (name === 0) return
    const binding = this.#bindingName.length
    this.#bindingName.push(name)
    this.#bindingKind.push(kind)
    this.#bindingScope.push(scope)
    this.#bindingRow.push(row)
    this.#bindingFrom.push(from)
    this.#sameName.push(this.#latest[name]!)
    this.#latest[name] = binding
    this.#bindingOf[row] = binding
    this.#access[row] = DECLARE | WRITE
  }

  /** The identifier at `row` is another occurrence of the one that `declared` declares. */
  alias(row: number, declared: number): void {
    this.#bindingOf[row] = this.#bindingOf[declared]!
    this.#access[row] = DECLARE | WRITE
  }

  find(scope: number, name: number): number {
    if (this.#redirected.size > 0) {
      const elsewhere = this.#redirected.get(scope * this.#latest.length + name)
      if (elsewhere !== undefined) return elsewhere
    }
    const first = this.#scopeFirst[scope]!
    for (let it = this.#latest[name]!; it >= first; it = this.#sameName[it]!) {
      if (this.#bindingScope[it] === scope) return it
    }
    return -1
  }

  /** From now on `name` in `scope` means the binding of `target`'s scope: `global x`, `nonlocal x`. */
  redirect(row: number, scope: number, target: number): void {
    const binding = this.declare(row, BINDING_CODE.variable, target, undefined, 0)
    if (binding >= 0) this.#redirected.set(scope * this.#latest.length + this.tree.name[row]!, binding)
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
    const bindings = this.#bindingName.length
    const bindingOf = this.#bindingOf
    const access = this.#access

    // Bindings by the row from which they are visible.
    const starting = new Int32Array(rows).fill(-1)
    const nextStarting = new Int32Array(bindings)
    for (let binding = bindings - 1; binding >= 0; binding--) {
      const from = this.#bindingFrom[binding]!
      if (from >= this.scopeEnd[this.#bindingScope[binding]!]!) continue // the last statement of its block
      nextStarting[binding] = starting[from]!
      starting[from] = binding
    }

    const current = new Int32Array(tree.names.length).fill(-1)
    const shadowed = new Int32Array(bindings).fill(-1)
    const firstOccurrence: number[] = new Array(bindings).fill(-1)
    const lastOccurrence = new Int32Array(bindings).fill(-1)
    const nextOccurrence = new Int32Array(rows).fill(-1)
    const undo: number[] = []
    const open: number[] = [] // scope, undo mark …
    const { scopeRow, scopeEnd, scopeKind } = this
    const scopes = scopeRow.length
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
      const id = this.#bindingName[binding]!
      shadowed[binding] = current[id]!
      current[id] = binding
      undo.push(binding)
    }
    const lookup = (row: number, id: number) => {
      let binding = current[id]!
      if (isPython) {
        while (binding >= 0) {
          const scope = this.#bindingScope[binding]!
          const hidden =
            (scopeKind[scope] === SCOPE_CLASS && scope !== innermost) ||
            (scopeKind[scope] === SCOPE_COMPREHENSION && isFirstIterable(tree, scopeRow[scope]!, row))
          if (!hidden) break
          binding = shadowed[binding]!
        }
      }
      return binding
    }

    for (let row = 0; row < rows; row++) {
      while (row >= end) {
        const mark = open.pop()!
        open.pop()
        while (undo.length > mark) {
          const id = undo.pop()!
          current[this.#bindingName[id]!] = shadowed[id]!
        }
        innermost = open.length > 0 ? open[open.length - 2]! : 0
        end = open.length > 0 ? scopeEnd[innermost]! : rows + 1
      }
      // What becomes visible here in the scopes around outlives a scope that opens here, so it comes first.
      for (let binding = starting[row]!; binding !== -1; binding = nextStarting[binding]!)
        if (scopeRow[this.#bindingScope[binding]!] !== row) become(binding)
      while (next < scopes && scopeRow[next] === row) {
        open.push(next, undo.length)
        innermost = next
        end = scopeEnd[next]!
        next++
      }
      for (let binding = starting[row]!; binding !== -1; binding = nextStarting[binding]!)
        if (scopeRow[this.#bindingScope[binding]!] === row) become(binding)
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
      scopeRow,
      scopeParent: this.scopeParent,
      scopeKind,
      bindingName: this.#bindingName,
      bindingKind: this.#bindingKind,
      bindingScope: this.#bindingScope,
      bindingRow: this.#bindingRow,
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
