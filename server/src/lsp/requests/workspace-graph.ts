// The folders that are open as a picture: what their files have to do with each other, as of the last keystroke.

import { basename, join, relative, sep } from 'node:path'
import type { WorkspaceGraphParams, WorkspaceGraphResult } from '@codeant/shared/protocol.ts'
import { Pacer } from '../../base/pause.ts'
import { type PlainTie, type TieEnd, tiesOf } from '../../features/architecture-picture.ts'
import { pageOf } from '../../features/picture-page.ts'
import { commonFolder, isWithin } from '../common-folder.ts'
import { fileUri } from '../convert.ts'
import type { ProjectView } from '../project-view.ts'
import type { Session } from '../session.ts'
import { WORDS } from '../words.ts'

/** How often to say how far reading is. */
const TELL_MS = 200

export async function workspaceGraph(
  session: Session,
  { refresh = false, workDoneToken }: WorkspaceGraphParams,
  signal: AbortSignal,
): Promise<WorkspaceGraphResult | null> {
  const { folders, locale, related } = session
  if (folders.length === 0) return null
  await readAll(session, refresh, workDoneToken, signal)
  // What was typed last is read before anything is asked about it.
  for (const it of session.database.snapshot.documents.values())
    if (session.isPrepared(it)) session.report(it)
  const base = commonFolder(folders)
  const shown = (file: string) => relative(base, file).split(sep).join('/')
  const pacer = new Pacer(() => performance.now(), signal)
  const ties: PlainTie[] = []
  const lines = new Map<string, ReadonlyMap<number, number>>()
  let files = 0
  for (const view of related.views()) {
    if (!folders.some(it => isWithin(view.root, it) || isWithin(it, view.root))) continue
    files += view.graph.size
    await pacer.step()
    const isWanted = (path: string) => folders.some(it => isWithin(join(view.root, path), it))
    const own = tiesOf(view.relations, { tests: false, isWanted })
    const nameOf = (path: string) => shown(join(view.root, path))
    for (const [path, offsets] of offsetsOf(own)) {
      await pacer.step()
      lines.set(nameOf(path), linesOf(view, path, offsets))
    }
    for (const it of own) ties.push(renamed(it, nameOf))
  }
  const lineOf = (file: string, offset: number) => lines.get(file)?.get(offset) ?? 1
  const title = folders.map(it => basename(it)).join(', ')
  return { page: pageOf(ties, { title, locale, lineOf }), base: fileUri(base), files }
}

/** Waits until everything is known, and says meanwhile how far that is. */
async function readAll(
  { connection, related, locale }: Session,
  isAgain: boolean,
  token: WorkspaceGraphParams['workDoneToken'],
  signal: AbortSignal,
): Promise<void> {
  const progress = connection.window.attachWorkDoneProgress(token)
  progress.begin(WORDS[locale].readingWorkspace)
  const telling = setInterval(() => progress.report(WORDS[locale].scanned(related.filesRead)), TELL_MS)
  try {
    await related.whole
    signal.throwIfAborted()
    if (isAgain) await related.read(signal)
  } finally {
    clearInterval(telling)
    progress.done()
  }
}

function offsetsOf(ties: readonly PlainTie[]): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>()
  for (const { from, to } of ties)
    for (const it of [from, to]) {
      if (!('file' in it) || it.offset === undefined) continue
      const known = found.get(it.file)
      if (known) known.add(it.offset)
      else found.set(it.file, new Set([it.offset]))
    }
  return found
}

function linesOf(view: ProjectView, path: string, offsets: Iterable<number>): Map<number, number> {
  const text = view.document(path)
  return new Map([...offsets].map(it => [it, text ? text.positionAt(it).line + 1 : 1]))
}

function renamed(tie: PlainTie, nameOf: (path: string) => string): PlainTie {
  const end = (it: TieEnd) => ('file' in it ? { ...it, file: nameOf(it.file) } : it)
  return { ...tie, from: end(tie.from), to: end(tie.to) }
}
