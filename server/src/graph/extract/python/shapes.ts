// Shapes of Python: Pydantic and SQLModel, dataclasses, typed dictionaries, enums, and names for types.

import { calleeName, isFalse, keywordArgument } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference } from '../../rows/names.ts'
import type { DataType, Naming } from '../../rows/shapes.ts'
import { referenceOf } from '../reference.ts'
import { assignmentsIn, decoratorsOf, lineage, superclassesOf } from './classes.ts'
import { MAKES_DATA, returnedType } from './returned-data.ts'
import { addSerializer, isSerializer } from './serializers.ts'
import { addFields } from './shape-fields.ts'
import { genericParts, parametersOf, typeIn } from './types.ts'

export function extractShapesPython(file: SourceFile, facts: FactWriter): void {
  if (file.language !== 'python' || file.isTest) return
  if (MAY_HOLD_SHAPES.test(file.tree.text))
    for (const made of file.root.descendants('Class')) {
      const name = nameOf(made)
      if (name) readClass(file, made, name, facts)
    }
  for (const it of MAY_MAKE_DATA.test(file.tree.text) ? file.root.children('statement') : []) {
    const fn = it.kind === 'Decorated' ? it.child('definition') : it
    if (fn?.kind === 'Function') readMaker(file, fn, facts)
  }
  if (MAY_HOLD_ALIASES.test(file.tree.text))
    for (const it of file.root.children('statement')) readAlias(file, it, facts)
}

/** `def serialize_user(user): return {"id": user.id}` */
function readMaker(file: SourceFile, fn: SyntaxNode, facts: FactWriter): void {
  const at = fn.child('name')
  const type = at && MAKES_DATA.test(at.name) ? returnedType(file, fn) : undefined
  if (at && type) facts.add('shape', { name: at.name, type, bases: [], isOpen: false, isStrict: false }, at)
}

const MAY_MAKE_DATA =
  /^def ((serialize|dump|format|jsonify)_\w+|\w+_(to|as)_(dict|json)|\w+_(serializer|payload))\(/m

/** A class with an annotated name, an enum, or a class that adds nothing to its superclass. */
const MAY_HOLD_SHAPES =
  /^[ \t]+\w+[ \t]*:[ \t]*["'\w]|\b(Enum|BaseModel|RootModel|\w*Serializer)\b|^[ \t]+pass\b|\b(Literal|Union|Annotated)\[/m
const MAY_HOLD_ALIASES = /^(type \w+|\w+(: *(\w+\.)?TypeAlias)?) *= *[\w.]*(\[|.*\|)/m

/** What Pydantic and others bring, with no fields of their own. */
const ROOT =
  /^(BaseModel|GenericModel|SQLModel|BaseSettings|TypedDict|NamedTuple|RootModel|Struct|Schema|ModelSchema|CamelModel)$/
const NO_FIELDS = /^(ABC|Protocol|Generic|object|RootModel)$/
const ENUM = /^(Enum|IntEnum|StrEnum|Flag|IntFlag|ReprEnum|TextChoices|IntegerChoices|Choices)$/
/** Classes that hold no data for the wire, whatever is annotated in them. */
const NO_SHAPE =
  /(^|\.)(Exception|\w*Error|TestCase|View\w*|\w*ViewSet|Thread|Process|Command|AppConfig|Module|Protocol|Model|DeclarativeBase|Enum\w*|Serializer|\w*Serializer)$/

/** `Outer.Inner`; undefined for what a function makes. */
function nameOf(made: SyntaxNode): string | undefined {
  const own = made.child('name')?.name
  const around = made.closest('Class', 'Function')
  if (!own || around?.kind === 'Function') return undefined
  const outer = around && nameOf(around)
  return around ? outer && `${outer}.${own}` : own
}

function readClass(file: SourceFile, made: SyntaxNode, name: string, facts: FactWriter): void {
  const superclasses = superclassesOf(made)
  if (isSerializer(made)) return addSerializer(file, made, name, facts)
  const isEnum = superclasses.some(it => ENUM.test(lastName(it)))
  if (isEnum) return addEnum(file, made, name, facts)
  const root = rootType(file, made)
  const at = made.child('name') ?? made
  if (root) {
    facts.add('shape', { name, type: root, bases: [], isOpen: false, isStrict: false }, at)
    return
  }
  const isData = decoratorsOf(made).some(it =>
    /\bdataclass\b|\b(attr\.s|define|frozen|attrs)\b/.test(it.text),
  )
  const known = lineage(file, made).some(it =>
    superclassesOf(it).some(one => ROOT.test(lastName(one)) && !isDjangoModel(file, one)),
  )
  const own = superclasses.flatMap(it => baseOf(file, it) ?? [])
  if (!isData && !known && !(own.length > 0 && looksLikeShape(made))) return
  // What comes from elsewhere may have fields.
  const isOpen = superclasses.some(it => isForeign(file, it))
  const settings = settingsOf(file, made)
  facts.add(
    'shape',
    {
      ...{ name, type: undefined, bases: own },
      ...{ isOpen: isOpen || settings.extra === 'allow', isStrict: settings.extra === 'forbid' },
      ...(parametersOf(made).length > 0 ? { isGeneric: true as const } : {}),
      ...(settings.naming ? { naming: settings.naming } : {}),
      ...(settings.takesNamesInCode ? { takesNamesInCode: true as const } : {}),
    },
    at,
  )
  addFields(file, made, name, facts)
}

/** `class Ids(RootModel[list[int]])`, `__root__: list[int]` */
function rootType(file: SourceFile, made: SyntaxNode): DataType | undefined {
  for (const it of made.children('superclass')) {
    if (!it.is('Index', 'GenericType')) continue
    const { head, inner } = genericParts(it)
    if (head && lastName(head) === 'RootModel') return typeIn(file, inner[0])
  }
  for (const it of assignmentsIn(made)) {
    const isRoot = /^(root|__root__)$/.test(it.child('target')?.name ?? '')
    const isModel = made.children('superclass').some(one => lastName(one) === 'RootModel')
    if (isRoot && (isModel || it.child('target')?.name === '__root__')) return typeIn(file, it.child('type'))
  }
  return undefined
}

/** A superclass of this project; undefined for one of a library, and for what has no fields. */
function baseOf(file: SourceFile, node: SyntaxNode): Reference | undefined {
  const name = lastName(node)
  if (ROOT.test(name) || NO_FIELDS.test(name) || NO_SHAPE.test(name)) return undefined
  const reference = node.is('Name', 'Member') ? referenceOf(file, node) : undefined
  return reference && (reference.module === '' || !LIBRARY.test(reference.module)) ? reference : undefined
}

const LIBRARY =
  /^(typing\w*|abc|enum|pydantic\w*|sqlmodel|sqlalchemy|django|rest_framework|flask\w*|collections|dataclasses|unittest|threading|logging|ninja|starlette|fastapi|marshmallow)(\.|$)/

/** A superclass that nobody can see into. */
function isForeign(file: SourceFile, node: SyntaxNode): boolean {
  const name = lastName(node)
  if (ROOT.test(name) || NO_FIELDS.test(name) || /^(str|int|float|Generic)$/.test(name)) return false
  return baseOf(file, node) === undefined
}

function isDjangoModel(file: SourceFile, node: SyntaxNode): boolean {
  return /^(django|marshmallow|rest_framework)\b/.test(file.qualifiedName(node))
}

/** It has annotated names, or adds nothing to its superclass. */
function looksLikeShape(made: SyntaxNode): boolean {
  if (/\bMapped\[|\bmapped_column\(|\b(Column|relationship)\(/.test(made.text)) return false
  if (made.children('superclass').some(it => NO_SHAPE.test(it.text))) return false
  let isBare = true
  for (const it of made.child('body')?.children('statement') ?? []) {
    const value = it.kind === 'ExpressionStatement' ? it.child('value') : it
    if (value?.kind === 'Assignment' && value.child('type')) return true
    if (value?.kind === 'Assignment' && value.child('target')?.name === 'model_config') return true
    if (!value?.is('String', 'Pass', 'Ellipsis') && !(value?.kind === 'Class')) isBare = false
  }
  return isBare
}

interface Settings {
  readonly extra?: string
  readonly naming?: Naming
  readonly takesNamesInCode?: boolean
}

/** `model_config = ConfigDict(…)`, `class Config: …`, `class User(BaseModel, extra="forbid")` */
function settingsOf(file: SourceFile, made: SyntaxNode): Settings {
  const find = (name: string): SyntaxNode | undefined => {
    for (const it of made.children('superclass'))
      if (it.kind === 'KeywordArgument' && it.child('label')?.text === name) return it.child('value')
    for (const it of made.child('body')?.children('statement') ?? []) {
      const value = it.kind === 'ExpressionStatement' ? it.child('value') : it
      if (value?.kind === 'Assignment' && value.child('target')?.name === 'model_config')
        return settingIn(file, value.child('value')?.unwrapped, name)
      if (value?.kind !== 'Class' || value.child('name')?.name !== 'Config') continue
      for (const one of assignmentsIn(value))
        if (one.child('target')?.name === name) return one.child('value')
    }
    return undefined
  }
  const extra = find('extra')
  const generator = find('alias_generator') ?? find('rename')
  const takesNames =
    find('populate_by_name') ?? find('allow_population_by_field_name') ?? find('validate_by_name')
  return {
    ...(extra ? { extra: wordOf(extra) } : {}),
    ...(generator ? { naming: namingOf(generator) } : {}),
    ...(takesNames && !isFalse(file, takesNames) ? { takesNamesInCode: true } : {}),
  }
}

function settingIn(file: SourceFile, config: SyntaxNode | undefined, name: string): SyntaxNode | undefined {
  if (config?.kind === 'Call') return keywordArgument(config, name)
  for (const it of config?.kind === 'Dictionary' ? config.children('element') : []) {
    const key = it.kind === 'Pair' ? file.constant(it.child('key')!) : undefined
    if (key?.kind === 'string' && key.value === name) return it.child('value')
  }
  return undefined
}

/** `"forbid"`, `Extra.forbid` */
function wordOf(node: SyntaxNode): string {
  return /(\w+)\W*$/.exec(node.text)?.[1] ?? ''
}

/** A function that makes names is known by its own. */
function namingOf(node: SyntaxNode): Naming {
  const text = node.is('Name', 'Member', 'String') ? node.text : ''
  if (/pascal/i.test(text)) return 'pascal'
  if (/camel/i.test(text)) return 'camel'
  if (/kebab|dash|hyphen/i.test(text)) return 'kebab'
  return node.kind === 'Null' ? 'as written' : 'unknown'
}

function addEnum(file: SourceFile, made: SyntaxNode, name: string, facts: FactWriter): void {
  const type = enumType(file, made)
  facts.add('shape', { name, type, bases: [], isOpen: false, isStrict: false }, made.child('name') ?? made)
}

function enumType(file: SourceFile, made: SyntaxNode): DataType {
  const values: (string | number)[] = []
  const isNamed = made.children('superclass').some(it => lastName(it) === 'StrEnum')
  for (const it of assignmentsIn(made)) {
    const target = it.child('target')?.name ?? ''
    if (target === '' || target.startsWith('_')) continue
    let value = it.child('value')?.unwrapped
    // Django's choices: the value and what is shown for it.
    if (value?.kind === 'Tuple') value = value.children('element')[0]
    if (value?.kind === 'Call' && calleeName(value) === 'auto' && isNamed) {
      values.push(target.toLowerCase())
      continue
    }
    const constant = value && file.constant(value)
    if (constant?.kind !== 'string' && constant?.kind !== 'number') return { kind: 'unknown' }
    values.push(constant.value)
  }
  return values.length > 0 ? { kind: 'values', values } : { kind: 'unknown' }
}

/** `UserId = Annotated[int, …]`, `Role = Literal["a", "b"]`, `type Id = int | str` */
function readAlias(file: SourceFile, statement: SyntaxNode, facts: FactWriter): void {
  const node = statement.kind === 'ExpressionStatement' ? statement.child('value') : statement
  if (!node?.is('Assignment', 'TypeAlias')) return
  const target = node.child('target') ?? node.child('name')
  const name = target?.kind === 'Type' ? target.text : (target?.name ?? '')
  let value = node.child('value')?.unwrapped
  while (value?.kind === 'Type') value = value.firstChild
  if (!target || !/^[A-Za-z_]\w*$/.test(name) || !value?.is('Index', 'GenericType', 'Binary')) return
  if (value.kind === 'Index' && !/^[\w.]+\[/.test(value.text)) return
  if (/\b(Depends|Security|Header|Cookie|Form|Body)\(/.test(value.text)) return
  const type = typeIn(file, value)
  if (type.kind !== 'unknown')
    facts.add('shape', { name, type, bases: [], isOpen: false, isStrict: false }, target)
}

function lastName(node: SyntaxNode): string {
  const it = node.is('Index', 'GenericType') ? (genericParts(node).head ?? node) : node
  return it.kind === 'Member' ? (it.child('property')?.name ?? '') : it.name
}
