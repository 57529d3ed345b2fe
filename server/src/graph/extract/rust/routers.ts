// Where a Rust router ends up. Routers are values: built in chains, kept in variables, put below one another, and handed out
// by functions. What a function hands out is one router by the function's name, and what it puts together inside of itself
// is written as paths of that.

import { calleeName } from '../../../semantics/calls.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import { joinPaths } from '../../path-pattern.ts'
import type { Reference } from '../../rows/names.ts'
import type { Method, RoutePath } from '../../rows/routes.ts'
import { functionAround, rustNameOf } from './bindings.ts'
import type { Answerer } from './handlers.ts'
import { chainHead, type Dialect, madeBefore } from './router-chains.ts'

/** The function that hands something out, and the path below which it does. Undefined: below something nobody knows. */
export interface Outlet {
  readonly owner: SyntaxNode
  readonly prefix: RoutePath | undefined
}

interface Mounted {
  readonly parent: Reference
  readonly child: Reference
  readonly prefix: RoutePath | undefined
  readonly at: { readonly start: number; readonly end: number }
}

/** Chains of variables this long are followed; more are not written by people. */
const STEPS = 400
const OUTLETS = 12

/** Writes the rows of the routers that functions of one file hand out. */
export class RouterWriter {
  readonly file: SourceFile
  readonly facts: FactWriter
  readonly dialect: Dialect
  readonly #owners = new Map<number, { readonly owner: SyntaxNode; isRoot: boolean }>()
  readonly #mounted = new Map<string, Mounted>()

  constructor(file: SourceFile, facts: FactWriter, dialect: Dialect) {
    this.file = file
    this.facts = facts
    this.dialect = dialect
  }

  /** A route that the call `node` adds to the chain it is a link of. */
  route(
    node: SyntaxNode,
    path: RoutePath | undefined,
    methods: readonly Method[],
    answerer: Answerer,
    at: SyntaxNode,
  ): void {
    const { framework } = this.dialect
    const paths = (madeBefore(this.file, this.dialect, node) ?? ['']).map(own => join(own, path))
    for (const { owner, prefix, path: own } of this.outlets(node).flatMap(it =>
      paths.map(path => ({ ...it, path })),
    )) {
      const whole = join(prefix, own)
      // Nothing but an unknown prefix.
      if (whole === undefined && path !== undefined) continue
      // Behind something that nobody knows, a path is the end of a whole one.
      const isOpen = whole?.startsWith('{') === true
      const router = isOpen ? undefined : this.#routerOf(owner)
      if (router || isOpen)
        this.facts.add('route', { router, methods, path: whole, ...answerer, framework }, at)
    }
  }

  /** `node` holds what `child` holds. */
  mount(node: SyntaxNode, child: Reference, at: { readonly start: number; readonly end: number }): void {
    for (const { owner, prefix } of this.outlets(node)) {
      const parent = this.#routerOf(owner)
      if (!parent || parent.names.join('.') === child.names.join('.')) continue
      const key = `${parent.names.join('.')} ${child.names.join('.')} ${prefix}`
      if (!this.#mounted.has(key)) this.#mounted.set(key, { parent, child, prefix, at })
    }
  }

  /** The function around `node` serves what it puts together. */
  serves(node: SyntaxNode): void {
    const owner = functionAround(node)
    if (!owner) return
    this.#routerOf(owner)
    const known = this.#owners.get(owner.row)
    if (known) known.isRoot = true
  }

  /** Writes the routers themselves and what they mount, when all that they hold is known. */
  finish(): void {
    for (const { parent, child, prefix, at } of this.#mounted.values()) {
      this.facts.add('mount', { parent, child, prefix: prefix?.replace(/\/+$/, '') }, at)
    }
    for (const { owner, isRoot } of this.#owners.values()) {
      const name = rustNameOf(owner)
      const at = owner.child('name')
      const { framework } = this.dialect
      if (name && at)
        this.facts.add('router', { name, prefix: '', framework, isRoot: isRoot || name === 'main' }, at)
    }
  }

  outlets(node: SyntaxNode): Outlet[] {
    const found = new Map<string, Outlet>()
    const walk: Walk = { file: this.file, dialect: this.dialect, steps: 0, open: new Set() }
    for (const it of outletsOf(walk, node)) {
      found.set(`${it.owner.row} ${it.prefix}`, it)
      if (found.size >= OUTLETS) break
    }
    const owner = functionAround(node)
    return found.size === 0 && owner ? [{ owner, prefix: '' }] : [...found.values()]
  }

  #routerOf(owner: SyntaxNode): Reference | undefined {
    const name = rustNameOf(owner)
    if (!name) return undefined
    if (!this.#owners.has(owner.row)) this.#owners.set(owner.row, { owner, isRoot: false })
    return { module: '', names: name.split('.') }
  }
}

/** Two paths in a row, the first of which may be unknown; what is known behind an unknown one is kept as the end of a path. */
export function join(prefix: RoutePath | undefined, path: RoutePath | undefined): RoutePath | undefined {
  if (path === undefined || path.startsWith('{')) return path
  if (prefix === undefined) return path === '' || path === '/' ? undefined : joinPaths('{}', path)
  if (path === '/' && prefix !== '') return prefix
  return joinPaths(prefix, path)
}

interface Walk {
  readonly file: SourceFile
  readonly dialect: Dialect
  steps: number
  /** The variables that are being followed. */
  readonly open: Set<number>
}

/** Where the value of an expression goes. */
function* outletsOf(walk: Walk, node: SyntaxNode): Generator<Outlet> {
  let it = node
  for (;;) {
    if (walk.steps++ > STEPS) return
    const { parent } = it
    if (!parent) return
    switch (parent.kind) {
      case 'Function':
        if (parent.type !== 'closure_expression') {
          yield { owner: parent, prefix: '' }
          return
        }
        break
      case 'Declarator':
      case 'LetCondition':
      case 'Assignment': {
        const binding = it.role === 'value' ? boundTo(walk.file, parent.child('target')) : undefined
        if (binding) {
          yield* outletsOfBinding(walk, binding)
          return
        }
        break
      }
      case 'ExpressionStatement': {
        const head = chainHead(it)
        const binding = head.kind === 'Name' && head.row !== it.row ? walk.file.binding(head) : undefined
        if (binding?.kind === 'variable') {
          yield* outletsOfBinding(walk, binding)
          return
        }
        break
      }
      case 'Comparison':
        return
      case 'If':
      case 'While':
        if (it.role === 'condition') return
        break
      case 'MacroCall':
        if (LOGGING.test(calleeName(parent))) return
        break
      case 'Call':
        if (it.role === 'argument') {
          const below = walk.dialect.below(walk.file, parent, it)
          if (below) {
            const around = prefixesOf(walk, parent)
            for (const outer of outletsOf(walk, parent))
              for (const own of around)
                for (const path of below)
                  yield { owner: outer.owner, prefix: join(join(outer.prefix, own), path) }
            return
          }
        }
        break
    }
    it = parent
  }
}

const LOGGING =
  /^(trace|debug|info|warn|error|log|print|println|eprintln|dbg|assert|assert_eq|assert_ne|panic)$/

function* outletsOfBinding(walk: Walk, binding: Binding): Generator<Outlet> {
  if (walk.open.has(binding.id)) return
  walk.open.add(binding.id)
  let isUsed = false
  for (const read of binding.reads())
    for (const it of outletsOf(walk, read)) {
      isUsed = true
      yield it
    }
  walk.open.delete(binding.id)
  // What nobody takes further stays with the function: a test asks the variable, and that is all.
  const owner = isUsed ? undefined : functionAround(binding.declaration)
  if (owner) yield { owner, prefix: '' }
}

/** `app` for `let mut app`, and for `let (app, docs)`. */
function boundTo(file: SourceFile, target: SyntaxNode | undefined): Binding | undefined {
  let it = target
  for (let steps = 0; steps < 4 && it && it.kind !== 'Name'; steps++)
    it = it.child('target') ?? it.children('element')[0]
  return it && file.binding(it)
}

/** What stands before all that the chain around a call holds. */
function prefixesOf(walk: Walk, call: SyntaxNode): readonly (RoutePath | undefined)[] {
  return madeBefore(walk.file, walk.dialect, call) ?? ['']
}
