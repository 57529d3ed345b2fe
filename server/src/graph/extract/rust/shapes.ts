// Shapes of Rust: the structs and enums that serde is derived for.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference } from '../../rows/names.ts'
import type { DataType, Field, FieldRow, ShapeRow } from '../../rows/shapes.ts'
import { attributesOf } from './attributes.ts'
import { rustType } from './data-types.ts'
import { limitsAbove } from './limits.ts'
import { isDerived, renamedField, renamedVariant, type Serde, serdeOf } from './serde.ts'

const UNKNOWN: DataType = { kind: 'unknown' }

export function extractShapesRust(file: SourceFile, facts: FactWriter): void {
  if (file.language !== 'rust' || !/\b(Des|S)erialize\b/.test(file.tree.text)) return
  for (const node of file.root.descendants('Struct', 'Enum', 'TypeAlias')) {
    const at = node.child('name')
    const name = at && nameOf(node, at.name)
    if (!at || !name) continue
    if (node.kind === 'TypeAlias') addAlias(file, node, name, at, facts)
    else if (isDerived(attributesOf(node))) {
      if (node.kind === 'Struct') addStruct(file, node, name, at, facts)
      else facts.add('shape', plain(name, enumType(file, node)), at)
    }
  }
}

/** With the modules around: `json.NewUser`. What a function declares is nobody else's. */
function nameOf(node: SyntaxNode, own: string): string | undefined {
  const names = [own]
  for (const it of node.ancestors()) {
    if (it.is('Function', 'Implementation')) return undefined
    if (it.kind !== 'Namespace') continue
    const name = it.child('name')?.name ?? ''
    if (/^tests?$/.test(name)) return undefined
    names.unshift(name)
  }
  return names.join('.')
}

function plain(name: string, type: DataType | undefined): ShapeRow {
  return { name, type, bases: [], isOpen: false, isStrict: false }
}

/** `type Ids = Vec<i32>` */
function addAlias(file: SourceFile, node: SyntaxNode, name: string, at: SyntaxNode, facts: FactWriter): void {
  const value = node.child('type')
  if (!value || node.child('typeParameters')) return
  const type = rustType(file, value)
  if (type.kind !== 'unknown') facts.add('shape', plain(name, type), at)
}

function addStruct(
  file: SourceFile,
  node: SyntaxNode,
  name: string,
  at: SyntaxNode,
  facts: FactWriter,
): void {
  const serde = serdeOf(file, node)
  const members = node.children('member').filter(it => it.kind !== 'Decorator')
  const generics = genericsOf(node)
  if (isMadeOtherwise(serde)) {
    facts.add('shape', plain(name, UNKNOWN), at)
    return
  }
  const [first] = members
  if (first?.kind !== 'Field') {
    facts.add('shape', plain(name, unnamedType(file, node, members, generics)), at)
    return
  }
  if (serde.has('transparent')) {
    facts.add('shape', plain(name, rustType(file, first.child('type'), generics)), at)
    return
  }
  // `#[serde_with::skip_serializing_none]`
  const skipsNone = attributesOf(node).some(it => /(^|::)skip_serializing_none$/.test(it.name))
  const bases: Reference[] = []
  let isOpen = false
  const fields: { readonly row: FieldRow; readonly at: SyntaxNode }[] = []
  for (const it of members) {
    const own = serdeOf(file, it)
    if (own.has('flatten')) {
      const type = rustType(file, it.child('type'), generics)
      if (type.kind === 'shape') bases.push(type.of)
      else isOpen = true
      continue
    }
    const field = fieldIn(file, it, own, serde, generics, skipsNone)
    if (field) fields.push({ row: { shape: name, ...field }, at: it.child('name') ?? it })
  }
  const isStrict = serde.has('deny_unknown_fields')
  const isGeneric = generics.length > 0 ? { isGeneric: true as const } : {}
  facts.add('shape', { name, type: undefined, bases, isOpen, isStrict, ...isGeneric }, at)
  for (const { row, at: place } of fields) facts.add('field', row, place)
}

/** `struct Id(i32)` is what it holds, `struct Nothing;` is `null`; undefined for an object without fields. */
function unnamedType(
  file: SourceFile,
  node: SyntaxNode,
  members: readonly SyntaxNode[],
  generics: readonly string[],
): DataType | undefined {
  const [first, ...more] = members
  if (first) return more.length === 0 ? rustType(file, first, generics) : { kind: 'list', of: UNKNOWN }
  return /\{\s*\}$/.test(node.text) ? undefined : { kind: 'null' }
}

/** Something else is written, or read, in its place. */
function isMadeOtherwise(serde: Serde): boolean {
  return ['into', 'from', 'try_from', 'remote', 'rename_all_fields'].some(it => serde.has(it))
}

function genericsOf(node: SyntaxNode): string[] {
  const all = node.child('typeParameters')?.children() ?? []
  return all.flatMap(it => (it.kind === 'TypeParameter' ? (it.child('name')?.name ?? '') : []))
}

function fieldIn(
  file: SourceFile,
  node: SyntaxNode,
  own: Serde,
  around: Serde,
  generics: readonly string[],
  skipsNone: boolean,
): Field | undefined {
  const inCode = (node.child('name')?.name ?? '').replace(/^r#/, '')
  if (inCode === '' || own.has('skip')) return undefined
  const [isGiven, isTaken] = [!own.has('skip_serializing'), !own.has('skip_deserializing')]
  if (!isGiven && !isTaken) return undefined
  const { given, taken } = namesOf(inCode, own, around)
  const isMade = ['with', 'serialize_with', 'deserialize_with', 'getter'].some(it => own.has(it))
  const isAs = attributesOf(node).some(it => it.name === 'serde_as')
  const type = isMade || isAs ? UNKNOWN : rustType(file, node.child('type'), generics)
  const isOption = /^(\w+::)*Option\s*</.test(node.child('type')?.text ?? '')
  const isSkipped = own.has('skip_serializing_if') || (isOption && skipsNone)
  // With a function of its own, even an `Option` has to be there.
  const mayMiss =
    own.has('default') ||
    around.has('default') ||
    (isOption && !own.has('with') && !own.has('deserialize_with'))
  const isOptional = mayMiss || isSkipped
  const name = isGiven ? given : taken
  const limits = limitsAbove(file, node)
  const alsoRead = [...(isTaken && taken !== name ? [taken] : []), ...own.texts('alias')]
  return {
    ...{ name, ...(name === inCode ? {} : { inCode }), isOptional, type },
    ...(alsoRead.length > 0 ? { alsoRead } : {}),
    ...(isOptional && !isSkipped ? { isAlwaysGiven: true as const } : {}),
    ...(isGiven && isTaken ? {} : { only: isGiven ? ('given' as const) : ('taken' as const) }),
    ...(limits ? { limits } : {}),
  }
}

function namesOf(
  inCode: string,
  own: Serde,
  around: Serde,
): { readonly given: string; readonly taken: string } {
  const [name, all] = [own.ways('rename'), around.ways('rename_all')]
  return {
    given: name.given ?? renamedField(inCode, all.given),
    taken: name.taken ?? renamedField(inCode, all.taken),
  }
}

/** Variants without data are texts; with a tag, objects that say which one they are. */
function enumType(file: SourceFile, node: SyntaxNode): DataType {
  const serde = serdeOf(file, node)
  const members = node.children('member').filter(it => it.kind === 'EnumMember')
  if (isMadeOtherwise(serde) || members.length === 0) return UNKNOWN
  const rule = serde.ways('rename_all')
  if (rule.given !== rule.taken) return UNKNOWN
  const variants = members.flatMap(it => {
    const own = serdeOf(file, it)
    if (own.has('skip')) return []
    const name = it.child('name')?.name ?? ''
    const { given } = own.ways('rename')
    const data = it.children('member').filter(one => one.kind !== 'Decorator')
    return [
      {
        name: given ?? renamedVariant(name, rule.given),
        aliases: own.texts('alias'),
        data,
        isOther: own.has('other') || own.has('untagged'),
      },
    ]
  })
  if (variants.some(it => it.isOther || it.aliases.length > 0)) return UNKNOWN
  const values: DataType = { kind: 'values', values: variants.map(it => it.name) }
  if (serde.has('untagged')) {
    const types = variants.map(it =>
      it.data.length === 1 && it.data[0]!.kind !== 'Field' ? rustType(file, it.data[0]) : UNKNOWN,
    )
    return types.some(it => it.kind === 'unknown') ? UNKNOWN : { kind: 'union', of: types }
  }
  const tag = serde.text('tag')
  if (tag !== undefined)
    return { kind: 'object', fields: [{ name: tag, isOptional: false, type: values }], isOpen: true }
  return variants.every(it => it.data.length === 0) ? values : UNKNOWN
}
