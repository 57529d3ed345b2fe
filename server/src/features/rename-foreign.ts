// Renames a function or a class of Rust that another language calls without a network: where it is declared, or by its alias, and
// wherever the other language names it.

import type { ForeignExport } from '../graph/foreign-exports.ts'
import type { At } from '../graph/routes.ts'
import { mentions } from './doubtful-names.ts'
import { familyOf, isName } from './language-family.ts'
import { placeOfWord } from './path-literals.ts'
import { type Changes, once, type Refusal, type Renaming, type Replacement } from './renaming.ts'
import { endsIn } from './ties.ts'
import type { WorkspaceView } from './workspace-view.ts'
import { aliasPlaces } from './written-names.ts'

export function renameForeign(view: WorkspaceView, path: string, offset: number): Renaming | undefined {
  const text = view.text(path)
  if (text === undefined) return undefined
  for (const { at, side, tie } of endsIn(view.relations, path)) {
    if (tie.about.kind !== 'foreign' || tie.about.of.kind === 'constructor') continue
    const { of } = tie.about
    const name = ownName(of)
    const written = placeOfWord(text, at.place, name)
    const own = written ? [written] : side === 'declared' ? aliasPlaces(text, at.place, name, 'rust') : []
    const place = own.find(([start, end]) => start <= offset && offset <= end)
    if (place) return { at: { file: path, place }, name, to: it => renamed(view, of, tie.used, it) }
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
  const written = text.slice(...of.place) === name
  const declared = written ? [of.place] : aliasPlaces(text, of.place, name, 'rust')
  if (declared.length === 0) return { reason: 'not-written', name, at: of }
  const families = [...(written ? (['rust'] as const) : []), ...uses.map(it => familyOf(it.file))]
  if (!families.every(it => isName(newName, it))) return { reason: 'no-name', name: newName }
  const places: At[] = declared.map(place => ({ file: of.file, place }))
  for (const at of uses) {
    const own = view.text(at.file)
    const place = own === undefined ? undefined : placeOfWord(own, at.place, name)
    if (!place || own!.slice(...place) !== name) return { reason: 'not-written', name, at }
    places.push({ file: at.file, place })
  }
  const handedOut = written ? mentions(view, name, handing(name), isRust, places).map(it => it.at) : []
  places.push(...handedOut)
  const using = new Set(uses.map(it => it.file))
  const isAsked = (file: string) => (isRust(file) ? written : using.has(file) || file.endsWith('.pyi'))
  const others = mentions(view, name, new RegExp(`(?<!\\w)${name}(?!\\w)`, 'g'), isAsked, places)
  const replace = (at: At): Replacement => ({ at, newText: newName })
  return {
    certain: once(places.map(replace)),
    doubtful: others.map(it => replace(it.at)),
    beyond: 'unknown callers',
  }
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
