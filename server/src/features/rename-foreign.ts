// Renames a function or a class of Rust that another language calls without a network: where it is declared, or by its alias, and
// wherever the other language names it.

import type { Place } from '../graph/facts.ts'
import type { ForeignExport } from '../graph/foreign-exports.ts'
import type { At } from '../graph/routes.ts'
import { mentions } from './doubtful-names.ts'
import { familyOf, isName } from './language-family.ts'
import { restyling } from './name-styles.ts'
import { placeOfWord } from './path-literals.ts'
import { type Changes, once, type Refusal, type Renaming, type Replacement } from './renaming.ts'
import { endsIn } from './ties.ts'
import type { WorkspaceView } from './workspace-view.ts'
import { aliasPlaces, escaped } from './written-names.ts'

export function renameForeign(view: WorkspaceView, path: string, offset: number): Renaming | undefined {
  const text = view.text(path)
  if (text === undefined) return undefined
  for (const { at, side, tie } of endsIn(view.relations, path, ['foreign'])) {
    if (tie.about.kind !== 'foreign' || tie.about.of.kind === 'constructor') continue
    const { of } = tie.about
    const name = ownName(of)
    const written = placeOfWord(text, at.place, name)
    const own = written ? [written] : side === 'declared' ? aliasPlaces(text, at.place, name, 'rust') : []
    const place = own.find(([start, end]) => start <= offset && offset <= end)
    if (place) return { at: { file: path, place }, name, to: it => renamed(view, of, tie.used, it) }
    const [start, end] = at.place
    const rule = side === 'declared' && own.length === 0 ? restyling(text.slice(start, end), name) : undefined
    if (rule && start <= offset && offset <= end)
      return { at, name: text.slice(start, end), to: it => renamed(view, of, tie.used, rule.forth(it)) }
  }
  return undefined
}

/** Of `Counter.add`, the member. */
function ownName({ name }: ForeignExport): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

function renamed(
  view: WorkspaceView,
  of: ForeignExport,
  uses: readonly At[],
  newName: string,
): Changes | Refusal {
  const name = ownName(of)
  const text = view.text(of.file)
  if (text === undefined) return { reason: 'not-written', name, at: of }
  for (const it of view.relations.foreignExports.get(of.file)?.values() ?? [])
    if (it.bridge === of.bridge && it.kind === of.kind && it.name === newName)
      return { reason: 'taken', name: newName, at: it }
  const change = declaration(text, of, name, newName)
  if (!change) return { reason: 'not-written', name, at: of }
  const { inRust } = change
  if (inRust === 'no-case') return { reason: 'no-case', name: newName, at: of }
  if (!uses.every(it => isName(newName, familyOf(it.file))) || (inRust && !isName(inRust[1], 'rust')))
    return { reason: 'no-name', name: newName }
  const certain: Replacement[] = change.places.map(place => ({
    at: { file: of.file, place },
    newText: inRust ? inRust[1] : newName,
  }))
  for (const at of uses) {
    const own = view.text(at.file)
    const place = own === undefined ? undefined : placeOfWord(own, at.place, name)
    if (!place || own!.slice(...place) !== name) return { reason: 'not-written', name, at }
    certain.push({ at: { file: at.file, place }, newText: newName })
  }
  const taken = () => certain.map(it => it.at)
  if (inRust)
    for (const { at } of mentions(view, inRust[0], handing(inRust[0]), isRust, taken()))
      certain.push({ at, newText: inRust[1] })
  const using = new Set(uses.map(it => it.file))
  const isAsked = (file: string) => !isRust(file) && (using.has(file) || file.endsWith('.pyi'))
  const others = mentions(view, name, wordOf(name), isAsked, taken()).map(({ at }) => ({
    at,
    newText: newName,
  }))
  const own = inRust ? mentions(view, inRust[0], wordOf(inRust[0]), isRust, taken()) : []
  return {
    certain: once(certain),
    doubtful: [...others, ...own.map(({ at }) => ({ at, newText: inRust![1] }))],
    beyond: 'unknown callers',
  }
}

interface Declaration {
  readonly places: readonly Place[]
  /** What it is called in Rust, and what it becomes; undefined where an alias changes. */
  readonly inRust: readonly [string, string] | 'no-case' | undefined
}

function declaration(
  text: string,
  { place }: ForeignExport,
  name: string,
  newName: string,
): Declaration | undefined {
  const word = text.slice(...place)
  if (word === name) return { places: [place], inRust: [word, newName] }
  const aliases = aliasPlaces(text, place, name, 'rust')
  if (aliases.length > 0) return { places: aliases, inRust: undefined }
  // What is built for JavaScript is called in its manner: `read_all` is `readAll` there.
  const rule = restyling(word, name)
  const own = rule?.back(newName)
  return rule && { places: [place], inRust: own === undefined ? 'no-case' : [word, own] }
}

function wordOf(name: string): RegExp {
  return new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`, 'g')
}

function isRust(file: string): boolean {
  return familyOf(file) === 'rust'
}

/** Where Rust hands a function out: `wrap_pyfunction!(scale, m)`, `generate_handler![save, files::load]`. */
function handing(name: string): RegExp {
  return new RegExp(
    String.raw`(?<=\bwrap_pyfunction!\(\s*(?:\w+::)*|\bgenerate_handler!\s*[\[(](?:[\w:]+\s*,\s*)*(?:\w+::)*)${name}(?!\w)`,
    'g',
  )
}
