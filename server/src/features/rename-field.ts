// Renames a field of data on both sides of the language border: where it is declared, in the keys of what is sent to those who
// take it, and where it is read of what they answer. What has a name of its own in the code keeps it: only the alias changes.

import type { DeclaredField, FieldTie } from '../graph/field-ties.ts'
import type { Relations } from '../graph/relations.ts'
import type { At } from '../graph/routes.ts'
import { type Doubt, doubtfulNames } from './doubtful-names.ts'
import { familyOf, isName } from './language-family.ts'
import { type Restyling, restyling } from './name-styles.ts'
import { isSamePlace } from './own-language.ts'
import {
  type Beyond,
  type Changes,
  isRefusal,
  once,
  type Refusal,
  type Renaming,
  type Replacement,
} from './renaming.ts'
import { endsIn } from './ties.ts'
import type { WorkspaceView } from './workspace-view.ts'
import { aliasPlaces, nameIn, renamedIn, statementBehind } from './written-names.ts'

/** Undefined where no other file has to do with the name: what it is there, its language knows. */
export function renameField(
  view: WorkspaceView,
  path: string,
  offset: number,
): Renaming | Refusal | undefined {
  const text = view.text(path)
  if (text === undefined) return undefined
  for (const { at, tie } of endsIn(view.relations, path, ['field'])) {
    if (tie.about.kind !== 'field') continue
    const { field: known } = tie.about
    const place = nameIn(text, at.place)
    const declared = declaredAt(known, at)
    const aliases =
      !declared || text.slice(...place) === known.name
        ? []
        : aliasPlaces(text, at.place, known.name, familyOf(path))
    const own = [place, ...aliases].find(([start, end]) => start <= offset && offset <= end)
    if (!own) continue
    const name = text.slice(...own)
    const here = { file: path, place: own }
    if (name === known.name) return { at: here, name, to: it => renamed(view, known, it) }
    // With an alias, the name in the code is nobody else's.
    const rule = declared && aliases.length === 0 ? restyling(name, known.name) : undefined
    if (rule) return { at: here, name, to: it => renamed(view, known, rule.forth(it)) }
  }
  return undefined
}

function declaredAt({ field, twins }: FieldTie, at: At): DeclaredField | undefined {
  return [field, ...twins].find(it => isSamePlace(it.at, at))
}

function renamed(view: WorkspaceView, field: FieldTie, name: string): Changes | Refusal {
  const ties = connected(view.relations, field)
  const other = ties.find(it => it.name !== field.name)
  if (other) return { reason: 'not-written', name: field.name, at: other.field.at }
  const declared = uniqueFields(ties.flatMap(it => [it.field, ...it.twins]))
  const certain: Replacement[] = []
  /** What fields are called in the code from now on. */
  const inCode = new Map<string, string>()
  const doubts: Doubt[] = []
  const inFunctions: Replacement[] = []
  const types = new Set(ties.flatMap(it => [...it.types]))
  for (const it of declared) {
    const change = declaration(view, it, field.name, name)
    if (isRefusal(change)) return change
    certain.push(...change.replacements)
    if (!change.inCode) continue
    inCode.set(...change.inCode)
    const [old, newName] = change.inCode
    if (it.kind === 'parameter') inFunctions.push(...usesInFunction(view, it.at, old, newName))
    else doubts.push({ name: old, newName, family: familyOf(it.at.file), types })
  }
  for (const at of ties.flatMap(it => [...it.sent, ...it.read.map(read => read.at)])) {
    const text = view.text(at.file)
    const place = text === undefined ? undefined : nameIn(text, at.place)
    const word = place && text!.slice(...place)
    const newName = word === field.name ? name : word === undefined ? undefined : inCode.get(word)
    if (!place || newName === undefined) return { reason: 'not-written', name: field.name, at }
    certain.push({
      at: { file: at.file, place },
      newText: renamedIn(text!, place, newName, familyOf(at.file)),
    })
  }
  const taken = certain.map(it => it.at)
  const files = new Set(taken.map(it => it.file))
  return {
    certain: once(certain),
    doubtful: once([
      ...inFunctions,
      ...uniqueDoubts(doubts).flatMap(it => doubtfulNames(view, it, files, taken)),
    ]),
    beyond: beyond(view, declared),
  }
}

/** A field that two types of the other side know ties these too. */
function connected(relations: Relations, first: FieldTie): readonly FieldTie[] {
  const byPlace = relations.derive('field ties by place', () => {
    const all = new Map<string, FieldTie[]>()
    for (const tie of relations.fieldTies)
      for (const { at } of [tie.field, ...tie.twins]) all.set(keyOf(at), [...(all.get(keyOf(at)) ?? []), tie])
    return all
  })
  const found = new Set([first])
  // A set grows while it is gone through.
  for (const { field, twins } of found)
    for (const { at } of [field, ...twins]) for (const it of byPlace.get(keyOf(at)) ?? []) found.add(it)
  return [...found]
}

interface Declaration {
  readonly replacements: readonly Replacement[]
  /** The name in the code, and what it becomes; undefined where an alias changes. */
  readonly inCode: readonly [string, string] | undefined
}

function declaration(
  view: WorkspaceView,
  { at, inCode, owner, kind }: DeclaredField,
  onWire: string,
  name: string,
): Declaration | Refusal {
  const text = view.text(at.file)
  const family = familyOf(at.file)
  const place = text === undefined ? undefined : nameIn(text, at.place)
  const word = place && text!.slice(...place)
  // Of a parameter, only its name on the wire is known.
  const expected = inCode ?? (kind === 'parameter' ? word : onWire)
  if (text === undefined || !place || word === undefined || word !== expected)
    return { reason: 'not-written', name: onWire, at }
  const taken = view.relations.shapes
    .fieldsOf({ kind: 'shape', of: { module: '', names: owner.split('.') } }, at.file)
    ?.fields.find(it => it.name === name)
  if (taken) return { reason: 'taken', name, at: taken.at }
  const aliases = word === onWire ? [] : aliasPlaces(text, at.place, onWire, family)
  if (aliases.length > 0)
    return {
      replacements: aliases.map(it => ({ at: { file: at.file, place: it }, newText: name })),
      inCode: undefined,
    }
  if (kind === 'field' && family === 'python' && isNamedElsewhere(text, at, place))
    return { reason: 'from-elsewhere', name: onWire, at }
  const rule: Restyling | undefined = word === onWire ? PLAIN : restyling(word, onWire)
  const newName = rule?.back(name)
  if (newName === undefined) return { reason: 'no-case', name, at }
  const isQuoted = place[0] !== at.place[0]
  if (!isQuoted && !isName(newName, family)) return { reason: 'no-name', name: newName }
  const newText = renamedIn(text, place, newName, family)
  return { replacements: [{ at: { file: at.file, place }, newText }], inCode: [word, newName] }
}

/** A parameter is used in its function; where that has another variable of the name, only a reader can tell. */
function usesInFunction(view: WorkspaceView, at: At, name: string, newName: string): readonly Replacement[] {
  const [start, end] = at.place
  const around = view.functions(at.file).findLast(it => it.start <= start && end <= it.end)
  const text = view.text(at.file)
  if (!around || text === undefined) return []
  const word = new RegExp(`(?<![.\\w])${name}\\b(?!\\s*=(?!=))`, 'g')
  return [...text.slice(end, around.end).matchAll(word)].map(({ index }) => ({
    at: { file: at.file, place: [end + index, end + index + name.length] },
    newText: newName,
  }))
}

const PLAIN: Restyling = { forth: it => it, back: it => it }

/** A serializer of Django takes a field from the model's attribute of the same name, unless it says from which. */
function isNamedElsewhere(text: string, at: At, place: At['place']): boolean {
  if (place[0] !== at.place[0]) return true
  const behind = text.slice(...statementBehind(text, place))
  return /^\s*=/.test(behind) && !/\b(?:source|attribute)\s*=/.test(behind)
}

/** Something in the file reads data into fields by their names. */
const FILLED_BY_NAME =
  /\b(?:from_attributes|orm_mode)\s*=\s*True|\btable\s*=\s*True|\b(?:DeriveEntityModel|FromRow|Queryable|FromQueryResult)\b/

function beyond(view: WorkspaceView, declared: readonly DeclaredField[]): Beyond {
  const isFilled = declared.some(it => FILLED_BY_NAME.test(view.text(it.at.file) ?? ''))
  return isFilled ? 'filled by name' : 'unknown callers'
}

function uniqueFields(fields: readonly DeclaredField[]): readonly DeclaredField[] {
  return [...new Map(fields.map(it => [keyOf(it.at), it])).values()]
}

function uniqueDoubts(doubts: readonly Doubt[]): readonly Doubt[] {
  return [...new Map(doubts.map(it => [`${it.family} ${it.name}`, it])).values()]
}

function keyOf({ file, place }: At): string {
  return `${file}\n${place[0]}`
}
