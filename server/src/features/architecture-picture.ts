// The picture of a project: its files or folders, and what ties them, within a language and across languages.

import {
  type Picture,
  type PictureEdge,
  type PictureNode,
  type PictureTie,
  TIE_KINDS,
  type TieKind,
} from '@codeant/shared/picture.ts'
import type { Relations } from '../graph/relations.ts'
import type { At } from '../graph/routes.ts'
import { languageOf } from './languages.ts'
import { isTestFile } from './similar-functions.ts'

/** Two ends that have to do with each other, before anybody asked for folders. */
export interface PlainTie {
  readonly kind: TieKind
  readonly from: TieEnd
  readonly to: TieEnd
  readonly label?: string
}

/** A file, with the place in it if there is one, or a thing that files share. */
export type TieEnd =
  | { readonly file: string; readonly offset?: number }
  | { readonly thing: 'topic' | 'table' | 'variable'; readonly name: string }

export interface PictureOptions {
  readonly by: Picture['by']
  /** By folder: so many at most, if there are not more at the top already. */
  readonly most?: number
  readonly kinds?: readonly TieKind[]
  /** Lines count from 1. */
  readonly lineOf: (file: string, offset: number) => number
}

/** More boxes than this cannot be taken in at a glance. */
export const READABLE = 40

/** A person reads a few places of a tie, and a page of thousands of files has to be opened. */
const TIES_SHOWN = 25

/** Everything between the files of a project that `isWanted` at one end. Ties of a file to itself are left out. */
export function tiesOf(
  relations: Relations,
  options: { readonly tests: boolean; readonly isWanted: (file: string) => boolean },
): PlainTie[] {
  const takes = (end: TieEnd) => !('file' in end) || options.tests || !isTestFile(end.file)
  const wants = (end: TieEnd) => 'file' in end && options.isWanted(end.file)
  return [...allTies(relations)].filter(
    ({ from, to }) =>
      takes(from) &&
      takes(to) &&
      (wants(from) || wants(to)) &&
      (!('file' in from && 'file' in to) || from.file !== to.file),
  )
}

function* allTies(relations: Relations): Generator<PlainTie> {
  for (const it of relations.imports.all) yield { kind: 'import', from: endAt(it), to: { file: it.to } }
  for (const { call, pattern, route } of relations.links) {
    if (!route || (pattern?.isOpen && isOwnServer(call.file, route.file))) continue
    const method = call.method === '*' ? '' : `${call.method} `
    yield { kind: 'call', from: endAt(call), to: endAt(route), label: `${method}${route.path}` }
  }
  for (const it of relations.foreignUses)
    if (it.found) yield { kind: 'foreign', from: endAt(it), to: endAt(it.found), label: it.name }
  for (const { name, sends, receives } of relations.topics.all) {
    if (!areShared([...sends, ...receives])) continue
    const topic = { thing: 'topic', name } as const
    for (const it of sends) yield { kind: 'message', from: endAt(it), to: topic }
    for (const it of receives) yield { kind: 'message', from: topic, to: endAt(it) }
  }
  yield* tableTies(relations)
  for (const { name, reads, settings } of relations.environment.variables) {
    const set = settings.filter(it => !it.isComment)
    if (!areShared([...reads, ...set])) continue
    const variable = { thing: 'variable', name } as const
    for (const it of reads) yield { kind: 'variable', from: endAt(it), to: variable }
    for (const it of set) yield { kind: 'variable', from: variable, to: endAt(it) }
  }
}

/** A server hardly asks itself: where it is not known whom it asks, it is somebody else. */
function isOwnServer(caller: string, answering: string): boolean {
  const family = familyOf(caller)
  return family !== 'typescript' && family === familyOf(answering)
}

function* tableTies({ database }: Relations): Generator<PlainTie> {
  const uses = new Map<string, At[]>()
  for (const it of database.tableUses) {
    const known = uses.get(it.table)
    if (known) known.push(it)
    else uses.set(it.table, [it])
  }
  for (const [name, users] of uses) {
    const made = database.tables.get(name)
    if (!areShared(made ? [...users, made.at] : users)) continue
    const table = { thing: 'table', name } as const
    for (const it of users) yield { kind: 'table', from: endAt(it), to: table }
    if (made) yield { kind: 'table', from: table, to: endAt(made.at) }
  }
}

/** What only one file knows ties nothing. */
function areShared(places: readonly At[]): boolean {
  return places.some(it => it.file !== places[0]!.file)
}

function endAt({ file, place }: At): TieEnd {
  return { file, offset: place[0] }
}

/** The ties gathered by the nodes that they lead from and to. Everything is in one order, whatever came first. */
export function pictureOf(all: readonly PlainTie[], options: PictureOptions): Picture {
  const { by, lineOf, kinds = TIE_KINDS } = options
  const ties = all.filter(it => kinds.includes(it.kind))
  const files = new Set(ties.flatMap(it => [it.from, it.to]).flatMap(it => ('file' in it ? [it.file] : [])))
  const folders = by === 'folder' ? foldersOf(files, options.most ?? READABLE) : undefined
  const idOf = (end: TieEnd) =>
    'file' in end ? (folders?.get(end.file) ?? end.file) : `${end.thing}:${end.name}`
  const crosses = crossing(ties)
  const nodes = new Map<string, NodeInMaking>()
  const edges = new Map<string, EdgeInMaking>()
  for (const tie of ties) {
    const [from, to] = [idOf(tie.from), idOf(tie.to)]
    if (from === to) continue
    addNode(nodes, from, tie.from, by)
    addNode(nodes, to, tie.to, by)
    const key = `${from}\n${to}\n${tie.kind}`
    let edge = edges.get(key)
    if (!edge) {
      edge = { from, to, kind: tie.kind, crossesLanguages: false, ties: [] }
      edges.set(key, edge)
    }
    edge.ties.push(tie)
    edge.crossesLanguages ||= crosses(tie)
  }
  return {
    version: 1,
    by,
    nodes: [...nodes.values()].map(finishedNode).sort((a, b) => inOrder(a.id, b.id)),
    edges: [...edges.values()]
      .map(it => finishedEdge(it, lineOf))
      .sort((a, b) => inOrder(a.from, b.from) || inOrder(a.to, b.to) || inOrder(a.kind, b.kind)),
  }
}

interface NodeInMaking extends Omit<PictureNode, 'languages'> {
  readonly files: Set<string>
}

interface EdgeInMaking extends Pick<PictureEdge, 'from' | 'to' | 'kind'> {
  crossesLanguages: boolean
  readonly ties: PlainTie[]
}

function addNode(nodes: Map<string, NodeInMaking>, id: string, end: TieEnd, by: Picture['by']): void {
  let node = nodes.get(id)
  if (!node) {
    const kind = 'file' in end ? by : end.thing
    node = { id, kind, name: 'file' in end ? id : end.name, files: new Set() }
    nodes.set(id, node)
  }
  if ('file' in end) node.files.add(end.file)
}

function finishedNode({ files, ...node }: NodeInMaking): PictureNode {
  const languages: Record<string, number> = {}
  for (const it of [...files].map(languageName).sort(inOrder)) languages[it] = (languages[it] ?? 0) + 1
  return { ...node, languages }
}

function finishedEdge({ ties, ...edge }: EdgeInMaking, lineOf: PictureOptions['lineOf']): PictureEdge {
  const shown = ties
    .map(it => finishedTie(it, lineOf))
    .sort((a, b) => inOrder(a.path, b.path) || a.line - b.line)
  return { ...edge, count: ties.length, ties: shown.slice(0, TIES_SHOWN) }
}

/** Told from the end that has a place; where a thing is received, or set, only the other end has one. */
function finishedTie({ from, to, label }: PlainTie, lineOf: PictureOptions['lineOf']): PictureTie {
  const placed = (end: TieEnd) =>
    'file' in end && end.offset !== undefined
      ? { path: end.file, line: lineOf(end.file, end.offset) }
      : undefined
  const [here, there] = [placed(from), placed(to)]
  const target = there ?? ('file' in to ? { path: to.file, line: 1 } : undefined)
  return {
    ...(here ?? there ?? { path: '', line: 1 }),
    ...(here && target && { to: target }),
    ...(label !== undefined && { label }),
  }
}

/** Tells of a tie whether two languages meet in it; in a thing, of all who share it. */
function crossing(ties: readonly PlainTie[]): (tie: PlainTie) => boolean {
  const sharers = new Map<string, Set<string>>()
  const nameOf = (end: TieEnd) => ('file' in end ? undefined : `${end.thing}:${end.name}`)
  for (const { from, to } of ties) {
    const name = nameOf(from) ?? nameOf(to)
    if (name === undefined) continue
    const known = sharers.get(name) ?? new Set()
    sharers.set(name, known)
    for (const it of [from, to]) if ('file' in it && isProgram(it.file)) known.add(familyOf(it.file))
  }
  return ({ from, to }) => {
    const name = nameOf(from) ?? nameOf(to)
    if (name !== undefined) return (sharers.get(name)?.size ?? 0) > 1
    const [one, other] = [from, to].map(it => ('file' in it && isProgram(it.file) ? familyOf(it.file) : ''))
    return one !== '' && other !== '' && one !== other
  }
}

/** TypeScript and JavaScript are one, and so is what is written in either of them. */
function familyOf(file: string): string {
  const name = languageName(file)
  return name === 'javascript' || name === 'vue' || name === 'svelte' ? 'typescript' : name
}

/** Data is in a language too, but nobody has to speak it. */
function isProgram(file: string): boolean {
  return PROGRAMS.has(familyOf(file))
}

const PROGRAMS: ReadonlySet<string> = new Set(['python', 'typescript', 'rust'])

/** Components have a language of their own here: people look for them so. */
function languageName(file: string): string {
  const component = /\.(vue|svelte|sql|prisma|env)$/.exec(file)?.[1]
  return component ?? languageOf(file) ?? 'text'
}

/**
 * The folder that stands for each file. It begins with all files in one; the folder with the most files is opened again and
 * again, as long as there are no more than `most`.
 */
export function foldersOf(files: Iterable<string>, most: number): Map<string, string> {
  let groups = new Map<string, readonly string[]>([['', [...files]]])
  const closed = new Set<string>()
  for (;;) {
    const [largest] = [...groups]
      .filter(([folder, inside]) => inside.length > 1 && !closed.has(folder))
      .sort((a, b) => b[1].length - a[1].length || inOrder(a[0], b[0]))
    if (!largest) break
    const [folder, inside] = largest
    const opened = new Map<string, string[]>()
    for (const it of inside) {
      const slash = it.indexOf('/', folder.length)
      const inner = slash === -1 ? folder : it.slice(0, slash + 1)
      const known = opened.get(inner)
      if (known) known.push(it)
      else opened.set(inner, [it])
    }
    // The files that lie in it directly stay under its name.
    if (opened.has(folder)) closed.add(folder)
    if (folder !== '' && groups.size - 1 + opened.size > most) closed.add(folder)
    else {
      const rest = [...groups].filter(it => it[0] !== folder)
      groups = new Map([...rest, ...opened])
    }
  }
  const found = new Map<string, string>()
  for (const [folder, inside] of groups) for (const it of inside) found.set(it, folder || './')
  return found
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
