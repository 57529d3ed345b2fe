// Call hierarchy across the language border: who calls a handler, and which handlers a function calls.

import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type Position,
  SymbolKind,
} from 'vscode-languageserver'
import {
  CALLED,
  type Caller,
  callerAt,
  type HierarchyCall,
  incomingCalls,
  outgoingCalls,
} from '../../features/call-hierarchy.ts'
import type { ProjectView } from '../project-view.ts'
import type { Session } from '../session.ts'
import { viewAt } from '../view-at.ts'

export async function prepareCallHierarchy(
  session: Session,
  uri: string,
  position: Position,
): Promise<CallHierarchyItem[] | null> {
  const here = viewAt(session, uri, position)
  if (!here) return null
  await here.view.prepareTied(CALLED)
  const caller = callerAt(here.view, here.view.path, here.offset)
  const item = caller && itemOf(here.view, caller)
  return item ? [item] : null
}

export function callHierarchyIncoming(
  session: Session,
  item: CallHierarchyItem,
): Promise<CallHierarchyIncomingCall[] | null> {
  return calls(session, item, (view, caller) =>
    incomingCalls(view, caller).flatMap(({ other, places }) => {
      const from = itemOf(view, other)
      return from ? [{ from, fromRanges: ranges(view, other.file, places) }] : []
    }),
  )
}

export function callHierarchyOutgoing(
  session: Session,
  item: CallHierarchyItem,
): Promise<CallHierarchyOutgoingCall[] | null> {
  return calls(session, item, (view, caller) =>
    outgoingCalls(view, caller).flatMap(({ other, places }) => {
      const to = itemOf(view, other)
      return to ? [{ to, fromRanges: ranges(view, caller.file, places) }] : []
    }),
  )
}

/** Asks about an item that was given before: its function may have moved since. */
async function calls<T>(
  session: Session,
  { uri, selectionRange }: CallHierarchyItem,
  find: (view: ProjectView, caller: Caller) => T[],
): Promise<T[] | null> {
  const view = session.related.viewOf(uri)
  await view.prepareTied(CALLED)
  const offset = view.document(view.path)?.offsetAt(selectionRange.start)
  const caller = offset === undefined ? undefined : callerAt(view, view.path, offset)
  return caller ? find(view, caller) : null
}

function itemOf(
  view: ProjectView,
  { file, name, range, nameAt, isFile }: Caller,
): CallHierarchyItem | undefined {
  const document = view.document(file)
  const all = view.range(file, range)
  const selectionRange = view.range(file, nameAt)
  if (!document || !all || !selectionRange) return undefined
  const kind = isFile ? SymbolKind.File : SymbolKind.Function
  return { name, kind, uri: document.uri, range: all, selectionRange, detail: file }
}

function ranges(view: ProjectView, file: string, places: HierarchyCall['places']) {
  return places.flatMap(it => view.range(file, it) ?? [])
}
