// Calls across the language border: who calls a handler through its route or a function of Rust by its name, and which of them a
// function reaches.

import type { Place } from '../graph/facts.ts'
import type { At } from '../graph/routes.ts'
import type { NamedFunction } from '../semantics/functions.ts'
import type { Kind, Tie } from './tie-kinds.ts'
import { type End, endsAt, endsIn, handlerOn } from './ties.ts'
import type { WorkspaceView } from './workspace-view.ts'

/** A function, or a file for what stands in none. */
export interface Caller {
  readonly file: string
  readonly name: string
  /** All of it. */
  readonly range: Place
  /** Its name, which tells it from others. */
  readonly nameAt: Place
  readonly isFile: boolean
}

export interface HierarchyCall {
  readonly other: Caller
  /** Where the calls are, in the file of who calls. */
  readonly places: readonly Place[]
}

/** The function whose name, or whose route, is under the cursor. Undefined when no other file calls it or is called by it. */
export function callerAt(view: WorkspaceView, path: string, offset: number): Caller | undefined {
  for (const { side, tie } of endsAt(view, path, offset)) {
    const called = side === 'declared' ? calledOn(view, tie) : undefined
    if (called) return functionNamedAt(view, called)
  }
  const fn = view
    .functions(path)
    .find(it => it.nameStart <= offset && offset <= it.nameStart + it.name.length)
  return fn && callsIn(view, path, [fn.start, fn.end]).length > 0 ? callerOf(path, fn) : undefined
}

/** The functions of other files that ask for what it answers. */
export function incomingCalls(view: WorkspaceView, { file, nameAt }: Caller): HierarchyCall[] {
  const calls = endsIn(view.relations, file, CALLED).flatMap(({ side, tie }) => {
    const called = side === 'declared' ? calledOn(view, tie) : undefined
    return called?.file === file && called.place[0] === nameAt[0] ? callsOf(tie) : []
  })
  return grouped(calls.map(it => ({ other: functionAround(view, it), place: it.place })))
}

/** The handlers of other files that answer what it asks for. */
export function outgoingCalls(view: WorkspaceView, { file, range }: Caller): HierarchyCall[] {
  return grouped(
    callsIn(view, file, range).flatMap(({ at, tie }) => {
      const called = calledOn(view, tie)
      return called ? [{ other: functionNamedAt(view, called), place: at.place }] : []
    }),
  )
}

/** Kinds of things that are called: by a request, or without a network. */
export const CALLED: readonly Kind[] = ['route', 'foreign']

/** The function that a call reaches. */
function calledOn(view: WorkspaceView, tie: Tie): At | undefined {
  return tie.about.kind === 'foreign' ? tie.about.of : handlerOn(view, tie)
}

/** Who imports a function does not call it yet. */
function callsOf({ about, used }: Tie): readonly At[] {
  return about.kind === 'foreign' ? about.calls : used
}

function callsIn({ relations }: WorkspaceView, path: string, [start, end]: Place): readonly End[] {
  return endsIn(relations, path, CALLED).filter(
    ({ side, tie, at }) =>
      side === 'used' && start <= at.place[0] && at.place[1] <= end && callsOf(tie).includes(at),
  )
}

function functionNamedAt(view: WorkspaceView, { file, place }: At): Caller {
  const fn = view.functions(file).find(it => it.nameStart === place[0])
  if (fn) return callerOf(file, fn)
  const name = view.text(file)?.slice(...place) ?? ''
  return { file, name, range: place, nameAt: place, isFile: false }
}

/** The innermost function around a call. */
function functionAround(view: WorkspaceView, { file, place: [start, end] }: At): Caller {
  const fn = view.functions(file).findLast(it => it.start <= start && end <= it.end)
  if (fn) return callerOf(file, fn)
  const name = file.slice(file.lastIndexOf('/') + 1)
  return { file, name, range: [0, view.text(file)?.length ?? 0], nameAt: [0, 0], isFile: true }
}

function callerOf(file: string, { name, nameStart, start, end }: NamedFunction): Caller {
  const range: Place = [Math.min(start, nameStart), end]
  return { file, name, range, nameAt: [nameStart, nameStart + name.length], isFile: false }
}

function grouped(calls: readonly { readonly other: Caller; readonly place: Place }[]): HierarchyCall[] {
  const groups = new Map<string, { readonly other: Caller; readonly places: Place[] }>()
  for (const { other, place } of calls) {
    const key = `${other.file}\n${other.nameAt}`
    const known = groups.get(key)
    if (!known) groups.set(key, { other, places: [place] })
    else if (!known.places.some(it => it[0] === place[0])) known.places.push(place)
  }
  return [...groups.values()]
}
