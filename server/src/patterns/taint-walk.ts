// Follows values through the statements of a file, in the order in which they run, function by function.

import { KIND_CODE, type Kind, ROLE_CODE } from '../syntax/kinds.ts'
import type { Code } from './code.ts'
import type { Found } from './found.ts'
import type { Bound } from './pattern.ts'
import { STATEMENT_LISTS, unwrapped } from './shapes.ts'
import type { LabelTest, TaintOptions } from './taint-formula.ts'

export interface Origin {
  readonly found: Found
  readonly exact: boolean
  readonly bySideEffect: boolean
  readonly label: string
  readonly requires: LabelTest | undefined
}

export interface SinkPlace {
  readonly found: Found
  readonly exact: boolean
  readonly requires: LabelTest | undefined
}

export interface CleanPlace {
  readonly found: Found
  readonly exact: boolean
  readonly bySideEffect: boolean
}

export interface TaintPlaces {
  readonly options: TaintOptions
  readonly origins: readonly Origin[]
  readonly sinks: readonly SinkPlace[]
  readonly sanitizers: readonly CleanPlace[]
  readonly propagators: readonly { readonly from: Bound; readonly to: Bound }[]
}

/** Where a value may come from; absent when it is clean. */
type Taint = ReadonlySet<Origin> | undefined

/** What each variable, or a part of one (`7.query.id`), holds at a point. */
class State {
  readonly values: Map<string, Taint>
  /** Control does not get here. */
  isDead = false
  constructor(values: Map<string, Taint> = new Map()) {
    this.values = values
  }
  copy(): State {
    const copy = new State(new Map(this.values))
    copy.isDead = this.isDead
    return copy
  }
  /** Continues as this one or the other. */
  join(other: State): void {
    if (other.isDead) return
    if (this.isDead) {
      this.values.clear()
      for (const [key, taint] of other.values) this.values.set(key, taint)
      this.isDead = false
      return
    }
    for (const [key, taint] of other.values)
      this.values.set(
        key,
        this.values.has(key) ? union(this.values.get(key), taint) : union(this.#inherited(key), taint),
      )
    for (const key of this.values.keys())
      if (!other.values.has(key)) this.values.set(key, union(this.values.get(key), other.#inherited(key)))
  }
  get(key: string): Taint {
    return this.values.has(key) ? this.values.get(key) : this.#inherited(key)
  }
  set(key: string, taint: Taint): void {
    for (const it of this.values.keys()) if (it.startsWith(`${key}.`)) this.values.delete(it)
    this.values.set(key, taint)
  }
  #inherited(key: string): Taint {
    for (let at = key.lastIndexOf('.'); at > 0; at = key.lastIndexOf('.', at - 1)) {
      const around = key.slice(0, at)
      if (this.values.has(around)) return this.values.get(around)
    }
    return undefined
  }
}

function union(one: Taint, other: Taint): Taint {
  if (!one || one === other) return other
  if (!other) return one
  return new Set([...one, ...other])
}

export class TaintWalk {
  readonly #code: Code
  readonly #places: TaintPlaces
  readonly #sinksAt = new Map<string, SinkPlace[]>()
  readonly #wideSinks: SinkPlace[] = []
  readonly #reached = new Map<SinkPlace, Set<Origin>>()
  /** What a propagator gave to an expression that has no name. */
  readonly #given = new Map<string, Taint>()
  #depth = 0

  constructor(code: Code, places: TaintPlaces) {
    this.#code = code
    this.#places = places
    const { rows, start, end } = code.tree
    const ranges = new Set<string>()
    for (let row = 1; row < rows; row++) ranges.add(`${start[row]},${end[row]}`)
    for (const sink of places.sinks) {
      const key = `${sink.found.start},${sink.found.end}`
      if (!sink.exact || !ranges.has(key)) this.#wideSinks.push(sink)
      else this.#sinksAt.set(key, [...(this.#sinksAt.get(key) ?? []), sink])
    }
  }

  reached(): { readonly sink: SinkPlace; readonly origins: Iterable<Origin> }[] {
    this.#statements(0, new State())
    return [...this.#reached].map(([sink, origins]) => ({ sink, origins }))
  }

  #statements(row: number, state: State): void {
    for (const it of this.#code.statements(row)) this.#statement(it, state)
  }

  #statement(given: number, state: State): void {
    const { code } = { code: this.#code }
    const { kind, role } = code.tree
    const row = given
    switch (kind[row]) {
      case K.Decorated:
      case K.Export: {
        for (const it of code.children(row)) this.#statement(it, state)
        return
      }
      case K.If:
      case K.ElseIf: {
        const condition = code.child(row, R.condition)
        if (condition !== -1) this.#value(condition, state)
        const otherwise = state.copy()
        const then = code.child(row, R.consequence)
        if (then !== -1) this.#statements(then, state)
        for (const it of code.children(row)) if (role[it] === R.alternative) this.#alternative(it, otherwise)
        state.join(otherwise)
        return
      }
      case K.For:
      case K.ForEach:
      case K.While:
      case K.DoWhile:
      case K.Loop:
        return this.#loop(row, state)
      case K.Switch: {
        const subject = code.child(row, R.subject)
        if (subject !== -1) this.#value(subject, state)
        const before = state.copy()
        for (const it of code.children(row)) {
          if (role[it] !== R.case) continue
          const branch = before.copy()
          if (!state.isDead) branch.join(state)
          for (const child of code.children(it)) {
            if (role[child] === R.pattern || role[child] === R.guard) this.#value(child, branch)
            else this.#statements(child, branch)
          }
          state.join(branch)
        }
        return
      }
      case K.Try: {
        const before = state.copy()
        const body = code.child(row, R.body)
        if (body !== -1) this.#statements(body, state)
        const after = state.copy()
        for (const it of code.children(row)) {
          if (it === body) continue
          if (kind[it] !== K.Catch) {
            this.#statements(kind[it] === K.Finally ? code.child(it, R.body) : it, state)
            continue
          }
          const handler = before.copy()
          handler.join(after)
          const inner = code.child(it, R.body)
          if (inner !== -1) this.#statements(inner, handler)
          state.join(handler)
        }
        return
      }
      case K.With: {
        for (const it of code.children(row)) {
          if (role[it] === R.body) this.#statements(it, state)
          else this.#value(it, state)
        }
        return
      }
      case K.Function:
        this.#function(row, state)
        return
      case K.Class:
      case K.Implementation:
      case K.Namespace: {
        for (const it of code.children(row)) {
          if (kind[it] === K.Block) this.#statements(it, state.copy())
          else if (role[it] === R.member) this.#statement(it, state.copy())
        }
        return
      }
      case K.Return:
      case K.Throw: {
        let taint: Taint
        for (const it of code.children(row)) taint = union(taint, this.#value(it, state))
        this.#meet(row, taint, state)
        state.isDead = true
        return
      }
      case K.Break:
      case K.Continue:
        return
      case K.Import:
        return
      case K.Block:
      case K.Module:
        return this.#statements(row, state)
      case K.ExpressionStatement:
      case K.Declaration: {
        let taint: Taint
        for (const it of code.children(row)) taint = union(taint, this.#value(it, state))
        this.#meet(row, taint, state)
        return
      }
      default:
        this.#value(row, state)
    }
  }

  #alternative(row: number, state: State): void {
    if (this.#code.tree.kind[row] === K.ElseIf) this.#statement(row, state)
    else this.#statements(row, state)
  }

  #loop(row: number, state: State): void {
    const code = this.#code
    const { role } = code.tree
    const body = code.child(row, R.body)
    const iterable = code.child(row, R.iterable)
    for (const it of code.children(row)) if (role[it] === R.initializer) this.#statement(it, state)
    for (let turn = 0; turn < 2; turn++) {
      const around = state.copy()
      const taint = iterable === -1 ? undefined : this.#value(iterable, around)
      for (const it of code.children(row)) if (role[it] === R.target) this.#assign(it, taint, around)
      for (const it of code.children(row))
        if (role[it] === R.condition || role[it] === R.increment) this.#value(it, around)
      if (body !== -1) this.#statements(body, around)
      around.isDead = false
      state.join(around)
    }
    const otherwise = code.child(row, R.alternative)
    if (otherwise !== -1) this.#statements(otherwise, state)
  }

  /** A function's body, with what is known where it is made. */
  #function(row: number, around: State): void {
    if (++this.#depth > 40) {
      this.#depth--
      return
    }
    const code = this.#code
    const { role, kind } = code.tree
    const state = around.copy()
    state.isDead = false
    const own = code.children(row)
    const lists = own.filter(it => role[it] === R.parameters)
    const parameters =
      lists.length === 0
        ? own.filter(it => role[it] === R.parameter)
        : lists.flatMap(it => (kind[it] === K.Parameters ? code.children(it) : [it]))
    for (const it of parameters) {
      const target = code.child(it, R.target)
      const value = code.child(it, R.value)
      if (value !== -1) this.#value(value, state)
      // Go's `a, b string`
      if (code.tree.grammar === 'go')
        for (const name of code.children(it))
          if (role[name] === R.target) this.#assign(name, this.#origins(it, state), state)
      this.#assign(
        target === -1 || kind[it] === K.ObjectPattern || kind[it] === K.ListPattern ? it : target,
        this.#origins(it, state),
        state,
      )
    }
    const body = code.child(row, R.body)
    if (body !== -1) {
      if (STATEMENT_LISTS.has(kind[body]!)) this.#statements(body, state)
      else this.#value(body, state)
    }
    this.#depth--
  }

  /** What an expression may hold; sinks on the way are met. */
  #value(given: number, state: State): Taint {
    const code = this.#code
    const { kind } = code.tree
    const row = kind[given] === K.Parenthesized ? unwrapped(code.tree, given) : given
    let taint = this.#plain(row, state)
    if (this.#isClean(row, state) || this.#isSafe(row)) return undefined
    taint = union(taint, this.#origins(row, state))
    if (this.#given.size > 0) taint = union(taint, this.#given.get(this.#rangeKey(row)))
    if (taint) this.#propagate(row, taint, state)
    const { start, end } = code.tree
    if (row !== given && taint && (start[row] !== start[given] || end[row] !== end[given]))
      this.#meet(given, taint, state)
    if (kind[row] !== K.Call && kind[row] !== K.New) this.#meet(row, taint, state)
    else if (taint) this.#meetWide(row, taint)
    return taint
  }

  /** By what it is made of. */
  #plain(row: number, state: State): Taint {
    const code = this.#code
    const { kind, role } = code.tree
    switch (kind[row]) {
      case K.Name:
      case K.This:
        return state.get(this.#key(row)!)
      case K.Member:
      case K.Path: {
        const object = code.child(row, R.object)
        const inner = object === -1 ? undefined : this.#value(object, state)
        const key = this.#key(row)
        return key === undefined ? inner : this.#known(key, state) ? state.get(key) : inner
      }
      case K.Index: {
        const key = this.#key(row)
        let taint: Taint
        for (const it of code.children(row)) taint = union(taint, this.#value(it, state))
        return key !== undefined && this.#known(key, state) ? state.get(key) : taint
      }
      case K.Assignment:
      case K.NamedExpression:
      case K.Declarator:
      case K.WithItem:
      case K.AsPattern: {
        if (code.tree.grammar === 'go') return this.#several(row, state)
        const value = code.child(row, R.value)
        const target = code.child(row, R.target)
        const taint = value === -1 ? undefined : this.#value(value, state)
        if (target !== -1) {
          const inside = this.#parts(target, state)
          if (kind[target] === K.Index) this.#meet(target, inside, state)
          if (value !== -1 || kind[row] !== K.Declarator) this.#assign(target, taint, state)
        }
        return taint
      }
      case K.AugmentedAssignment: {
        const value = code.child(row, R.value)
        const target = code.child(row, R.target)
        const taint = value === -1 ? undefined : this.#value(value, state)
        const before = target === -1 ? undefined : this.#value(target, state)
        if (target !== -1) this.#assign(target, union(before, taint), state)
        return union(before, taint)
      }
      case K.Call:
      case K.New:
      case K.MacroCall:
      case K.TaggedTemplate: {
        let taint: Taint
        const callee = code.child(row, R.callee)
        if (callee !== -1) {
          const its = kind[callee]
          taint = this.#value(callee, state)
          if (its === K.Function) taint = undefined
        }
        for (const it of code.children(row)) if (it !== callee) taint = union(taint, this.#value(it, state))
        this.#meetExact(row, taint)
        return taint
      }
      case K.Function:
        this.#function(row, state)
        return undefined
      case K.Class:
      case K.If:
      case K.Switch:
      case K.Block:
      case K.UnsafeBlock:
        if (kind[row] === K.UnsafeBlock) for (const it of code.children(row)) this.#statement(it, state)
        else this.#statement(row, state)
        return undefined
      case K.Conditional: {
        let taint: Taint
        for (const it of code.children(row)) {
          const value = this.#value(it, state)
          if (role[it] !== R.condition) taint = union(taint, value)
        }
        return taint
      }
      case K.Comprehension: {
        const inner = state.copy()
        let taint: Taint
        const clauses = code.children(row)
        for (const it of clauses) {
          if (kind[it] !== K.ComprehensionFor) continue
          const iterable = code.child(it, R.iterable)
          const target = code.child(it, R.target)
          const value = iterable === -1 ? undefined : this.#value(iterable, inner)
          if (target !== -1) this.#assign(target, value, inner)
        }
        for (const it of clauses)
          if (kind[it] !== K.ComprehensionFor) taint = union(taint, this.#value(it, inner))
        return taint
      }
      case K.Pair: {
        const value = code.child(row, R.value)
        return value === -1 ? undefined : this.#value(value, state)
      }
      case K.KeywordArgument: {
        const value = code.child(row, R.value)
        return value === -1 ? undefined : this.#value(value, state)
      }
      case K.PropertyName:
      case K.Operator:
      case K.Keyword:
      case K.Type:
      case K.TypeName:
      case K.Number:
        return undefined
      default: {
        let taint: Taint
        for (const it of code.children(row)) taint = union(taint, this.#value(it, state))
        return taint
      }
    }
  }

  /** The expressions inside of what is assigned to: `a[f(x)] = …`. */
  #parts(target: number, state: State): Taint {
    const code = this.#code
    const { kind } = code.tree
    let taint: Taint
    if (kind[target] === K.Member || kind[target] === K.Index)
      for (const it of code.children(target)) taint = union(taint, this.#value(it, state))
    return taint
  }

  /** Gives a value to a name, a part of one, or the names of a pattern. */
  #assign(given: number, value: Taint, state: State): void {
    const code = this.#code
    const { kind, after } = code.tree
    const target = unwrapped(code.tree, given)
    const taint = this.#isClean(target, state) ? undefined : union(value, this.#origins(target, state))
    const key = this.#key(target)
    if (key !== undefined) {
      if (kind[target] === K.Index && !taint) return
      state.set(key, taint)
      return
    }
    if (kind[target] === K.Index) {
      const object = code.child(target, R.object)
      const around = object === -1 ? undefined : this.#key(object)
      if (around !== undefined && taint) state.set(around, union(state.get(around), taint))
      return
    }
    for (let it = target + 1; it < after[target]!; it++)
      if (kind[it] === K.Name) state.set(this.#key(it)!, union(taint, this.#origins(it, state)))
  }

  /** `7` for a variable, `7.a.b` for what lies in it; undefined for what has no name. */
  #key(row: number): string | undefined {
    const code = this.#code
    const { kind } = code.tree
    switch (kind[row]) {
      case K.Name: {
        const binding = code.file.scopes.bindingOf[row]!
        return binding >= 0 ? String(binding) : code.text(row)
      }
      case K.This:
        return 'this'
      case K.Member: {
        const object = code.child(row, R.object)
        const property = code.child(row, R.property)
        const around = object === -1 ? undefined : this.#key(unwrapped(code.tree, object))
        return around === undefined || property === -1 ? undefined : `${around}.${code.text(property)}`
      }
      case K.Index: {
        const object = code.child(row, R.object)
        const index = code.child(row, R.index)
        if (object === -1 || index === -1) return undefined
        const constant = code.constant(index)
        const around = constant && this.#key(unwrapped(code.tree, object))
        return around === undefined ? undefined : `${around}.${String(constant!.value)}`
      }
      default:
        return undefined
    }
  }

  #known(key: string, state: State): boolean {
    return state.values.has(key)
  }

  /** Go's `a, b := f()` and `a, b := 1, 2`. */
  #several(row: number, state: State): Taint {
    const code = this.#code
    const { kind, role } = code.tree
    const rows = code.children(row)
    const targets = rows.filter(it => role[it] === R.target)
    const values = rows.filter(it => role[it] === R.value).map(it => this.#value(it, state))
    const all = values.reduce(union, undefined)
    targets.forEach((target, i) => {
      const inside = this.#parts(target, state)
      if (kind[target] === K.Index) this.#meet(target, inside, state)
      this.#assign(target, values.length === targets.length ? values[i] : all, state)
    })
    return all
  }

  #origins(row: number, state: State): Taint {
    const { start, end } = this.#code.tree
    const from = start[row]!
    const to = end[row]!
    let taint: Taint
    for (const origin of this.#places.origins) {
      const { found } = origin
      const fits = origin.exact
        ? from === found.start && to === found.end
        : from >= found.start && to <= found.end
      if (!fits) continue
      if (origin.requires && !origin.requires(labelsOf(this.#plainOnce(row, state)))) continue
      taint = union(taint, new Set([origin]))
      const key = origin.bySideEffect ? this.#key(row) : undefined
      if (key !== undefined) state.set(key, union(state.get(key), taint))
    }
    return taint
  }

  #plainOnce(row: number, state: State): Taint {
    return this.#plain(row, state)
  }

  /** Surely a number or a truth value, where the rule says that those do no harm. */
  #isSafe(row: number): boolean {
    const { safeBooleans, safeNumbers } = this.#places.options
    const { kind } = this.#code.tree
    if (safeBooleans && (kind[row] === K.Comparison || kind[row] === K.Not)) return true
    if (!safeNumbers && !safeBooleans) return false
    const callee = kind[row] === K.Call ? this.#code.child(row, R.callee) : -1
    const name = callee === -1 ? '' : this.#code.text(callee)
    return (safeNumbers && NUMBERS.has(name)) || (safeBooleans && (name === 'bool' || name === 'Boolean'))
  }

  #isClean(row: number, state: State): boolean {
    const { start, end } = this.#code.tree
    for (const { found, exact, bySideEffect } of this.#places.sanitizers) {
      const fits = exact
        ? start[row] === found.start && end[row] === found.end
        : start[row]! >= found.start && end[row]! <= found.end
      if (!fits) continue
      const key = bySideEffect ? this.#key(row) : undefined
      if (key !== undefined) state.set(key, undefined)
      return true
    }
    return false
  }

  #propagate(row: number, taint: Taint, state: State): void {
    const { start, end } = this.#code.tree
    for (const { from, to } of this.#places.propagators) {
      if (from.start !== start[row] || from.end !== end[row]) continue
      const key = to.row < 0 ? undefined : this.#key(to.row)
      if (key !== undefined) state.set(key, union(state.get(key), taint))
      this.#given.set(`${to.start},${to.end}`, taint)
    }
  }

  #rangeKey(row: number): string {
    const { start, end } = this.#code.tree
    return `${start[row]},${end[row]}`
  }

  #meet(row: number, taint: Taint, _state: State): void {
    if (!taint) return
    this.#meetExact(row, taint)
    this.#meetWide(row, taint)
  }

  #meetExact(row: number, taint: Taint): void {
    if (!taint) return
    const sinks = this.#sinksAt.get(this.#rangeKey(row))
    if (sinks) for (const sink of sinks) this.#report(sink, taint)
  }

  #meetWide(row: number, taint: Taint): void {
    const { start, end } = this.#code.tree
    for (const sink of this.#wideSinks)
      if (start[row]! >= sink.found.start && end[row]! <= sink.found.end) this.#report(sink, taint)
  }

  #report(sink: SinkPlace, taint: Taint): void {
    if (!taint || (sink.requires && !sink.requires(labelsOf(taint)))) return
    const origins = this.#reached.get(sink)
    if (!origins) this.#reached.set(sink, new Set(taint))
    else for (const it of taint) origins.add(it)
  }
}

function labelsOf(taint: Taint): ReadonlySet<string> {
  return new Set([...(taint ?? [])].map(it => it.label))
}

/** Functions that give a number, whatever they are given. */
const NUMBERS: ReadonlySet<string> = new Set(['int', 'float', 'len', 'parseInt', 'parseFloat', 'Number'])

const K: Readonly<Record<Kind, number>> = KIND_CODE
const R = ROLE_CODE
