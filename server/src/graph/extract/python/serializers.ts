// Serializers of Django's REST framework, and schemas of marshmallow, which are declared alike: each field is an object.

import { calleeName, isFalse, isTrue, keywordArgument, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference } from '../../rows/names.ts'
import type { DataType, Field } from '../../rows/shapes.ts'
import { referenceOf } from '../reference.ts'
import { assignmentsIn, methodsOf, superclassesOf } from './classes.ts'
import { djangoLimits } from './limits.ts'
import { textIn } from './shape-fields.ts'
import { typeIn, unionOf } from './types.ts'

const UNKNOWN: DataType = { kind: 'unknown' }

export function isSerializer(made: SyntaxNode): boolean {
  return superclassesOf(made).some(it => /Serializer$/.test(it.text))
}

export function addSerializer(file: SourceFile, made: SyntaxNode, name: string, facts: FactWriter): void {
  const meta = metaOf(made)
  const listed = meta.get('fields')
  const names = listed && textsIn(file, listed)
  const settings = settingsIn(file, meta.get('extra_kwargs'))
  const readOnly = new Set(
    meta.has('read_only_fields') ? textsIn(file, meta.get('read_only_fields')!).texts : [],
  )
  const fields = new Map<string, { readonly field: Field; readonly at: SyntaxNode }>()
  for (const it of assignmentsIn(made)) {
    const target = it.child('target')
    const value = it.child('value')?.unwrapped
    const field =
      target?.kind === 'Name' && value?.kind === 'Call' ? declared(file, made, target.name, value) : undefined
    if (target && field) fields.set(target.name, { field, at: target })
  }
  for (const { text, at } of names?.nodes ?? []) {
    if (!fields.has(text))
      fields.set(text, { field: ofModel(text, settings.get(text), readOnly.has(text)), at })
  }
  const bases = superclassesOf(made).flatMap(it => baseOf(file, it) ?? [])
  // What is listed is all there is; without a list a serializer of a model has what the model has.
  const isListed = names?.isWhole === true
  const isModel = superclassesOf(made).some(it => /Model\w*Serializer$/.test(it.text)) || meta.has('model')
  const isChanged = [...methodsOf(made)].some(it => CHANGES.test(it.name))
  const isOpen =
    isChanged ||
    meta.has('exclude') ||
    (listed !== undefined && !isListed) ||
    (isModel && !listed && bases.length === 0)
  const row = { name, type: undefined, bases: isListed ? [] : bases, isOpen, isStrict: false }
  facts.add('shape', row, made.child('name') ?? made)
  for (const { field, at } of fields.values()) {
    if (isListed && !names.texts.includes(field.inCode ?? field.name)) continue
    const { isAlwaysGiven: _, ...loose } = field
    facts.add('field', { shape: name, ...(isChanged ? { ...loose, isOptional: true } : field) }, at)
  }
}

/** Methods that may take fields away or add some. */
const CHANGES = /^(to_representation|get_fields|__init__|to_internal_value|get_field_names|data)$/

/** A serializer of this project that it takes more from. */
function baseOf(file: SourceFile, node: SyntaxNode): Reference | undefined {
  const reference = node.is('Name', 'Member') ? referenceOf(file, node) : undefined
  const isLibrary = /^(rest_framework|drf|django|polymorphic|marshmallow|flask)\w*(\.|$)/.test(
    reference?.module ?? '',
  )
  return isLibrary || /^(\w+\.)?(Serializer|ModelSerializer|HyperlinkedModelSerializer)$/.test(node.text)
    ? undefined
    : reference
}

function metaOf(made: SyntaxNode): Map<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode>()
  for (const it of made.child('body')?.children('statement') ?? []) {
    if (it.kind !== 'Class' || it.child('name')?.name !== 'Meta') continue
    for (const one of assignmentsIn(it)) {
      const value = one.child('value')?.unwrapped
      if (value) found.set(one.child('target')?.name ?? '', value)
    }
    // It takes the rest from another one.
    if (it.child('superclass') && !found.has('fields')) found.set('exclude', it)
  }
  return found
}

interface Texts {
  readonly texts: readonly string[]
  readonly nodes: readonly { readonly text: string; readonly at: SyntaxNode }[]
  /** Every element is a text. */
  readonly isWhole: boolean
}

/** `["id", "name"]`, also `Base.Meta.fields + ["name"]`, of which only a part is known. */
function textsIn(file: SourceFile, given: SyntaxNode): Texts {
  const node = file.value(given)
  const nodes: { text: string; at: SyntaxNode }[] = []
  let isWhole = node.is('List', 'Tuple', 'Set')
  const parts = node.kind === 'Binary' ? [node.child('left'), node.child('right')] : [node]
  for (const part of parts) {
    for (const at of part?.is('List', 'Tuple', 'Set') ? part.children('element') : []) {
      const text = textIn(file, at)
      if (text === undefined) isWhole = false
      else nodes.push({ text, at })
    }
  }
  return { texts: nodes.map(it => it.text), nodes, isWhole }
}

type Settings = ReadonlyMap<string, ReadonlySet<string>>

/** `{"password": {"write_only": True, "required": False}}` */
function settingsIn(file: SourceFile, node: SyntaxNode | undefined): Settings {
  const all = new Map<string, Set<string>>()
  for (const it of node?.kind === 'Dictionary' ? node.children('element') : []) {
    const name = textIn(file, it.child('key'))
    const own = new Set<string>()
    for (const one of it.child('value')?.children('element') ?? []) {
      const key = textIn(file, one.child('key'))
      if (key) own.add(isFalse(file, one.child('value')) ? `not ${key}` : key)
    }
    if (name) all.set(name, own)
  }
  return all
}

/** A field that the model declares: whether it has to be there, only the model knows. */
function ofModel(name: string, settings: ReadonlySet<string> | undefined, isReadOnly: boolean): Field {
  const only = settings?.has('write_only')
    ? ('taken' as const)
    : isReadOnly || settings?.has('read_only') || name === 'id' || name === 'pk'
      ? ('given' as const)
      : undefined
  return { name, isOptional: true, type: UNKNOWN, isAlwaysGiven: true, ...(only ? { only } : {}) }
}

const TYPES: readonly (readonly [RegExp, DataType])[] = [
  [
    /^(Char|Email|URL|Url|UUID|Slug|Regex|DateTime|Date|Time|File|Image|FilePath|IPAddress|StringRelated|HyperlinkedIdentity|HyperlinkedRelated|String|Str|AwareDateTime)(Field)?$/,
    { kind: 'string' },
  ],
  [/^(Integer|Int)(Field)?$/, { kind: 'integer' }],
  [/^Float(Field)?$/, { kind: 'number' }],
  [/^(Boolean|Bool|NullBoolean)(Field)?$/, { kind: 'boolean' }],
]

function declared(file: SourceFile, made: SyntaxNode, inCode: string, call: SyntaxNode): Field | undefined {
  const kind = calleeName(call)
  if (kind === 'HiddenField' || !/(Field|Serializer|Relation\w*)$/.test(kind)) return undefined
  const said = (name: string) => isTrue(file, keywordArgument(call, name))
  const isOutOnly =
    said('read_only') ||
    /^(SerializerMethodField|HyperlinkedIdentityField|StringRelatedField|ReadOnlyField)$/.test(kind)
  const type = typeOf(file, made, inCode, call, kind)
  const hasDefault = keywordArgument(call, 'default') !== undefined
  const isOptional = isOutOnly || hasDefault || isFalse(file, keywordArgument(call, 'required'))
  const only = said('write_only') ? ('taken' as const) : isOutOnly ? ('given' as const) : undefined
  const limits = djangoLimits(file, call)
  return {
    ...{ name: inCode, isOptional, type: said('allow_null') ? unionOf([type, { kind: 'null' }]) : type },
    ...(isOptional ? { isAlwaysGiven: true as const } : {}),
    ...(only ? { only } : {}),
    ...(limits ? { limits } : {}),
  }
}

function typeOf(
  file: SourceFile,
  made: SyntaxNode,
  inCode: string,
  call: SyntaxNode,
  kind: string,
): DataType {
  const callee = call.child('callee')
  const list = (of: DataType): DataType =>
    isTrue(file, keywordArgument(call, 'many')) ? { kind: 'list', of } : of
  if (/Serializer$/.test(kind)) {
    const of = callee && referenceOf(file, callee)
    return list(of ? { kind: 'shape', of } : UNKNOWN)
  }
  if (kind === 'ListField') {
    const child = keywordArgument(call, 'child')
    return {
      kind: 'list',
      of: child?.kind === 'Call' ? typeOf(file, made, inCode, child, calleeName(child)) : UNKNOWN,
    }
  }
  if (kind === 'ChoiceField') return choices(file, call)
  if (kind === 'SerializerMethodField') {
    const name = textIn(file, positional(call)[0] ?? keywordArgument(call, 'method_name')) ?? `get_${inCode}`
    const fn = [...methodsOf(made)].find(it => it.name === name)?.fn
    const annotation = fn?.child('returnType')
    return annotation ? typeIn(file, annotation) : UNKNOWN
  }
  if (keywordArgument(call, 'many')) return list(UNKNOWN)
  return TYPES.find(([pattern]) => pattern.test(kind))?.[1] ?? UNKNOWN
}

/** `ChoiceField(choices=["a", "b"])`, with pairs of what is stored and what is shown. */
function choices(file: SourceFile, call: SyntaxNode): DataType {
  const given = keywordArgument(call, 'choices') ?? positional(call)[0]
  const node = given && file.value(given)
  if (!node?.is('List', 'Tuple') || isTrue(file, keywordArgument(call, 'allow_blank'))) return UNKNOWN
  const values: (string | number)[] = []
  for (const it of node.children('element')) {
    const constant = file.constant(it.is('Tuple', 'List') ? (it.children('element')[0] ?? it) : it)
    if (constant?.kind !== 'string' && constant?.kind !== 'number') return UNKNOWN
    values.push(constant.value)
  }
  return values.length > 0 ? { kind: 'values', values } : UNKNOWN
}
