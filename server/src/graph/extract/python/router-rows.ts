// The routers of one Python file, gathered while its routes are read: what only looks like a router is none in the end.

import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference } from '../../rows/names.ts'
import type { Framework, MountRow, RoutePath, RouteRow } from '../../rows/routes.ts'

interface Candidate {
  readonly reference: Reference
  readonly prefix: RoutePath | undefined
  readonly isRoot: boolean
  /** It is one even when this file puts nothing on it. */
  readonly isSure: boolean
  readonly at: SyntaxNode
}

export class RouterRows {
  readonly #facts: FactWriter
  readonly #framework: Framework
  readonly #known = new Map<string, Candidate>()
  readonly #used = new Set<string>()
  readonly #mounted = new Set<string>()
  readonly #handed: { readonly row: MountRow; readonly at: SyntaxNode }[] = []

  constructor(facts: FactWriter, framework: Framework) {
    this.#facts = facts
    this.#framework = framework
  }

  declare(candidate: Candidate): void {
    const name = nameOf(candidate.reference)
    if (candidate.reference.module === '' && !this.#known.has(name)) this.#known.set(name, candidate)
  }

  has(reference: Reference): boolean {
    return reference.module === '' && this.#known.has(nameOf(reference))
  }

  /** What one of this file has before its paths. */
  prefixOf(reference: Reference | undefined): RoutePath | undefined {
    const known = reference?.module === '' ? this.#known.get(nameOf(reference)) : undefined
    return known ? known.prefix : ''
  }

  /** Its prefix is given where it is mounted. */
  withoutPrefix(reference: Reference): void {
    const known = reference.module === '' ? this.#known.get(nameOf(reference)) : undefined
    if (known) this.#known.set(nameOf(reference), { ...known, prefix: '' })
  }

  route(row: Omit<RouteRow, 'framework' | 'router'> & { readonly router: Reference }, at: SyntaxNode): void {
    this.#use(row.router, at)
    this.#facts.add('route', { ...row, framework: this.#framework }, at)
  }

  mount(row: MountRow, at: SyntaxNode): void {
    if (row.parent.module === row.child.module && nameOf(row.parent) === nameOf(row.child)) return
    this.#use(row.parent, at)
    if (row.child.module === '') this.#mounted.add(nameOf(row.child))
    this.#facts.add('mount', row, at)
  }

  /** A function of this file that is given a router matters when it puts something on it. */
  handOn(row: MountRow, at: SyntaxNode): void {
    if (row.child.module === '') this.#handed.push({ row, at })
    else this.mount(row, at)
  }

  /** A function gives back a router of this file. */
  giveBack(row: MountRow, at: SyntaxNode): void {
    if (!this.has(row.parent)) return
    this.declare({ reference: row.child, prefix: '', isRoot: false, isSure: true, at })
    this.mount(row, at)
  }

  write(): void {
    // Functions hand on what they were handed: the last one first.
    for (let steps = 0; steps < 3; steps++) {
      for (const { row, at } of this.#handed.splice(0)) {
        if (this.#used.has(nameOf(row.child))) this.mount(row, at)
        else this.#handed.push({ row, at })
      }
    }
    for (const [name, { prefix, isRoot, isSure, at }] of this.#known) {
      if (!isSure && !this.#used.has(name)) continue
      const row = { name, prefix, framework: this.#framework, isRoot: isRoot && !this.#mounted.has(name) }
      this.#facts.add('router', row, at)
    }
  }

  /** A function that takes a router is one from here on. */
  #use(reference: Reference, at: SyntaxNode): void {
    if (reference.module !== '') return
    this.#used.add(nameOf(reference))
    this.declare({ reference, prefix: '', isRoot: false, isSure: false, at })
  }
}

function nameOf(reference: Reference): string {
  return reference.names.join('.')
}
