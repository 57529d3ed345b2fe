// What holds routes in a JavaScript file, and what is called on it: applications and routers that are made here, and those
// that come as parameters, imports or members and that their use gives away.

import { positional } from '../../../semantics/calls.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Reference } from '../../rows/names.ts'
import type { Framework } from '../../rows/routes.ts'
import { describedRoute } from './described-route.ts'
import { type Likeness, likenessOf, likenessOfFile, type Use, VERBS } from './router-likeness.ts'
import { type Origin, originOf, USES_LIBRARY } from './router-origins.ts'
import { OTHER_CALLS, referenceFor, type Subject, subjectOf, takerOf } from './router-subjects.ts'
import { calleeReference, callGiven, functionNames } from './script-router-names.ts'

/** Something that holds routes. */
export interface Router {
  readonly reference: Reference
  readonly framework: Framework
  /** How it was made, where that is seen. */
  readonly origin: Origin | undefined
  /** The variable that holds it, where one does. */
  readonly binding: Binding | undefined
  /** The function that takes it as a parameter. */
  readonly taker: SyntaxNode | undefined
  /** Where it is made or declared, or the first use. */
  readonly at: SyntaxNode
  readonly uses: readonly Use[]
}

export interface Routers {
  readonly all: readonly Router[]
  /** The router that an expression is. */
  at(node: SyntaxNode): Router | undefined
  /** The routers that a function takes, in the order of its parameters, or else the one that it builds. */
  of(fn: SyntaxNode): readonly Router[]
}

interface Group {
  readonly subject: Subject
  readonly uses: Use[]
  origin: Origin | undefined
}

export function routersOf(file: SourceFile): Routers {
  const groups = new Map<string, Group>()
  if (USES_LIBRARY.test(file.tree.text)) addMade(file, groups)
  addUses(file, groups)
  const routers = new Map<string, Router>()
  const taken = new Set<string>()
  for (const group of [...groups.values()].sort((a, b) => startOf(a) - startOf(b))) {
    const likeness = group.origin ?? likenessOf(file, group.subject.base, group.subject.binding, group.uses)
    if (likeness) routers.set(group.subject.key, routerOf(file, group, likeness, taken))
  }
  addHandedOn(file, routers, taken)
  const all = [...routers.values()]
  return {
    all,
    at: node => routers.get(subjectOf(file, node)?.key ?? ''),
    of: fn => {
      const own = all.filter(it => it.taker?.row === fn.row)
      return own.length > 0
        ? own
        : all.filter(it => it.reference.names.join('.') === functionNames(file, fn).join('.'))
    },
  }
}

function startOf({ subject, uses }: Group): number {
  return (subject.binding?.declaration ?? uses[0]?.call ?? subject.base).row
}

function addMade(file: SourceFile, groups: Map<string, Group>): void {
  for (const call of file.root.descendants('Call', 'New')) {
    const origin = originOf(file, call)
    const subject = origin && subjectOf(file, call)
    if (subject) groupAt(groups, subject).origin ??= origin
  }
}

function addUses(file: SourceFile, groups: Map<string, Group>): void {
  const { names } = file.tree
  for (const verb of [...VERBS.keys(), ...OTHER_CALLS]) {
    // Everything has an `on`.
    if (!names.includes(verb) || (verb === 'on' && !file.tree.text.includes('hono'))) continue
    for (const name of file.root.named(verb, 'any')) {
      const member = name.role === 'property' ? name.parent : undefined
      const call = member?.role === 'callee' ? member.parent : undefined
      const object = member?.child('object')
      if (call?.kind !== 'Call' || !object || !mayBeUse(file, call, object, verb)) continue
      const subject = subjectOf(file, object)
      if (subject) groupAt(groups, subject).uses.push({ call, verb, route: subject.route })
    }
  }
  for (const { uses } of groups.values()) uses.sort((a, b) => a.call.end - b.call.end)
}

/** `module.exports = app => { require('./users')(app) }`: nothing is called on the parameter, and it is a router yet. */
function addHandedOn(file: SourceFile, routers: Map<string, Router>, taken: Set<string>): void {
  for (let round = 0; round < ROUNDS; round++) {
    const before = routers.size
    for (const name of ['app', 'router', 'fastify']) {
      for (const read of file.root.named(name)) {
        const subject = subjectOf(file, read)
        if (!subject || routers.has(subject.key) || !takerOf(file, subject)) continue
        const call = callGiven(read)
        if (!call || !(describedRoute(file, call, read) ?? takesRouter(file, call, taken))) continue
        const group = { subject, uses: [], origin: undefined }
        routers.set(subject.key, routerOf(file, group, likenessOfFile(file, name), taken))
      }
    }
    if (routers.size === before) return
  }
}

/** So many functions hand a router on to each other. */
const ROUNDS = 3

/** A function of this file that does, or one of another that says so by its name. */
function takesRouter(file: SourceFile, call: SyntaxNode, taken: ReadonlySet<string>): boolean {
  const callee = call.child('callee')
  const reference = callee && calleeReference(file, callee)
  if (!reference) return false
  const { module, names } = reference
  if (module === '') return taken.has(names.join('.'))
  return (
    /^[.@~#]/.test(module) &&
    /rout|api|controller|endpoint|handler|express|rest/i.test(`${module} ${names.join(' ')}`)
  )
}

/** `map.get(key)` is what most calls of these names are. */
function mayBeUse(file: SourceFile, call: SyntaxNode, object: SyntaxNode, verb: string): boolean {
  const [first, second] = positional(call)
  if (!first || second || !VERBS.has(verb) || object.unwrapped.kind === 'Call') return first !== undefined
  return first.is('Function', 'Name', 'Member') && file.tree.names.includes('route')
}

function groupAt(groups: Map<string, Group>, subject: Subject): Group {
  let group = groups.get(subject.key)
  if (!group) {
    group = { subject, uses: [], origin: undefined }
    groups.set(subject.key, group)
  }
  return group
}

function routerOf(file: SourceFile, group: Group, likeness: Likeness, taken: Set<string>): Router {
  const { subject, uses, origin } = group
  const { binding } = subject
  const taker = takerOf(file, subject)
  const reference = referenceFor(file, subject, taker, origin !== undefined)
  const own =
    reference.module === ''
      ? { module: '', names: unused(reference.names, taken, taker !== undefined) }
      : reference
  const at = binding?.declaration ?? (origin ? subject.base : (uses[0]?.call ?? subject.base))
  return { reference: own, framework: likeness.framework, origin, binding, taker, at, uses }
}

/** A second parameter that is a router too is told apart by its number; a variable in another block by its count. */
function unused(names: readonly string[], taken: Set<string>, isParameter: boolean): readonly string[] {
  let all = names
  for (let count = 1; taken.has(all.join('.')); count++)
    all = isParameter ? [...names, String(count)] : [...names.slice(0, -1), `${names.at(-1)}~${count + 1}`]
  taken.add(all.join('.'))
  return all
}
