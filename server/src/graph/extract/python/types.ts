// What Python's annotations say of values on the wire.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { sameType } from '../../data-types.ts'
import type { DataType } from '../../rows/shapes.ts'
import { referenceOf } from '../reference.ts'

const UNKNOWN: DataType = { kind: 'unknown' }
const NULL: DataType = { kind: 'null' }
/** Types in types in types. */
const DEPTH = 8

/** By the last name of what is built in or comes with Python and Pydantic. */
const PLAIN: ReadonlyMap<string, DataType> = new Map(
  (
    [
      [
        'string',
        'str bytes AnyStr UUID UUID1 UUID3 UUID4 UUID5 UUID6 UUID7 date time datetime timedelta AwareDatetime NaiveDatetime ' +
          'PastDate FutureDate PastDatetime FutureDatetime EmailStr NameEmail AnyUrl AnyHttpUrl HttpUrl FileUrl PostgresDsn ' +
          'RedisDsn SecretStr SecretBytes StrictStr constr Path PurePath FilePath DirectoryPath IPv4Address IPv6Address ' +
          'IPvAnyAddress ObjectId Base64Str Base64Bytes Pattern',
      ],
      ['integer', 'int PositiveInt NegativeInt NonNegativeInt NonPositiveInt StrictInt conint ByteSize'],
      [
        'number',
        'float PositiveFloat NegativeFloat NonNegativeFloat NonPositiveFloat StrictFloat FiniteFloat confloat',
      ],
      ['boolean', 'bool StrictBool'],
    ] as const
  ).flatMap(([kind, names]) => names.split(' ').map(it => [it, { kind }] as const)),
)
/** Timedelta is written as a number by some. */
const AMBIGUOUS = new Set(['timedelta', 'Decimal', 'condecimal', 'ByteSize', 'bytes'])

const LISTS = new Set(
  'list List set Set frozenset FrozenSet tuple Tuple Sequence MutableSequence Iterable Iterator Collection Generator AsyncGenerator AsyncIterator conlist conset deque Deque'.split(
    ' ',
  ),
)
const MAPS = new Set(
  'dict Dict Mapping MutableMapping defaultdict DefaultDict OrderedDict Counter'.split(' '),
)
/** What stands around a type and says nothing of it. */
const AROUND = new Set(
  'Annotated Required NotRequired ReadOnly Final Awaitable Coroutine SkipValidation SerializeAsAny Mapped InstanceOf'.split(
    ' ',
  ),
)

/** What an annotation, or an expression that names a type, stands for. */
export function typeIn(file: SourceFile, given: SyntaxNode | undefined, depth = 0): DataType {
  let node = given?.unwrapped
  while (node?.kind === 'Type') node = node.firstChild?.unwrapped
  if (!node || depth > DEPTH) return UNKNOWN
  // `list[int] | None`
  if (node.type === 'union_type')
    return unionOf(node.children().flatMap(it => (it.kind === 'Type' ? [typeIn(file, it, depth + 1)] : [])))
  switch (node.kind) {
    case 'Null':
      return NULL
    case 'String':
      return typeInText(file, node.text.slice(1, -1).trim())
    case 'Name':
    case 'Member':
      return namedType(file, node, depth)
    case 'Binary':
      return node.operator === '|'
        ? unionOf([typeIn(file, node.child('left'), depth + 1), typeIn(file, node.child('right'), depth + 1)])
        : UNKNOWN
    case 'GenericType':
    case 'Index':
      return genericType(file, node, depth)
    case 'Call':
      return calledType(file, node)
    default:
      return UNKNOWN
  }
}

/** The name in front of the brackets, and what stands in them: `Optional[str]` → `Optional`, `str`. */
export function genericParts(node: SyntaxNode): {
  readonly head: SyntaxNode | undefined
  readonly inner: readonly SyntaxNode[]
} {
  if (node.kind === 'Index') return { head: node.child('object')?.unwrapped, inner: node.children('index') }
  const [head, parameters] = node.children()
  return { head, inner: parameters?.kind === 'TypeParameters' ? parameters.children() : [] }
}

/** Without `null`, and lists of one: `A | None` and `None | A` are the same. */
export function unionOf(given: readonly DataType[]): DataType {
  const all: DataType[] = []
  for (const it of given.flatMap(one => (one.kind === 'union' ? one.of : [one]))) {
    if (it.kind === 'unknown' && it.parameter === undefined) return UNKNOWN
    if (!all.some(other => sameType(other, it))) all.push(it)
  }
  const values = all.flatMap(it => (it.kind === 'values' ? it.values : []))
  const others = all.filter(it => it.kind !== 'values')
  const merged: DataType[] = values.length > 0 ? [{ kind: 'values', values }, ...others] : others
  return merged.length === 1 ? merged[0]! : { kind: 'union', of: merged }
}

export function isNullable(type: DataType): boolean {
  return type.kind === 'null' || (type.kind === 'union' && type.of.some(isNullable))
}

function namedType(file: SourceFile, node: SyntaxNode, depth: number): DataType {
  const name = node.kind === 'Member' ? (node.child('property')?.name ?? '') : node.name
  const binding = node.kind === 'Name' ? file.binding(node) : undefined
  if (binding && binding.kind !== 'import') {
    if (binding.kind === 'class') return reference(file, node)
    return ownAlias(file, node, depth)
  }
  // Without a binding it is built in; with one, of another module.
  if (!binding && node.kind === 'Name') return builtIn(name)
  const path = binding ? (file.importedName(node) ?? '') : file.qualifiedName(node)
  return isLibrary(path) ? builtIn(path.slice(path.lastIndexOf('.') + 1)) : reference(file, node)
}

const LIBRARY =
  /^(typing|typing_extensions|types|datetime|uuid|decimal|pathlib|pydantic\w*|collections|ipaddress|enum|fastapi|starlette|bson|sqlalchemy|django|rest_framework|re|io|fractions|numpy|pandas)(\.|$)/

function isLibrary(path: string): boolean {
  return LIBRARY.test(path)
}

function builtIn(name: string): DataType {
  if (AMBIGUOUS.has(name)) return UNKNOWN
  if (LISTS.has(name)) return { kind: 'list', of: UNKNOWN }
  if (MAPS.has(name)) return { kind: 'map', of: UNKNOWN }
  if (name === 'NoneType') return NULL
  return PLAIN.get(name) ?? UNKNOWN
}

function reference(file: SourceFile, node: SyntaxNode): DataType {
  const of = referenceOf(file, node)
  return of && of.names.length > 0 ? { kind: 'shape', of } : UNKNOWN
}

/** `UserId = int`, `Page = Annotated[int, Query()]`, `T = TypeVar("T")` */
function ownAlias(file: SourceFile, node: SyntaxNode, depth: number): DataType {
  const value = file.value(node)
  if (value.row === node.row) return UNKNOWN
  if (value.kind === 'Call')
    return calleeName(value) === 'TypeVar' ? parameterOf(node) : calledType(file, value)
  return value.is('Index', 'GenericType', 'Binary', 'Name', 'Member')
    ? typeIn(file, value, depth + 1)
    : UNKNOWN
}

/** `constr(min_length=1)`, `NewType("UserId", int)` */
function calledType(file: SourceFile, call: SyntaxNode): DataType {
  const name = calleeName(call)
  if (name === 'NewType') return typeIn(file, positional(call)[1], DEPTH)
  return /^con[a-z]+$/.test(name) ? builtIn(name) : UNKNOWN
}

function genericType(file: SourceFile, node: SyntaxNode, depth: number): DataType {
  const { head, inner } = genericParts(node)
  if (!head) return UNKNOWN
  const name = head.kind === 'Member' ? (head.child('property')?.name ?? '') : head.name
  const at = (index: number) => typeIn(file, inner[index], depth + 1)
  if (name === 'Optional') return unionOf([at(0), NULL])
  if (name === 'Union') return unionOf(inner.map((_, i) => at(i)))
  if (name === 'Literal') return literal(file, inner)
  if (AROUND.has(name)) return inner.length > 0 ? at(0) : UNKNOWN
  if (LISTS.has(name)) {
    const isSame = !/^tuple$/i.test(name) || inner.length === 1 || inner[1]?.text === '...'
    return { kind: 'list', of: isSame && inner.length > 0 ? at(0) : UNKNOWN }
  }
  if (MAPS.has(name)) return { kind: 'map', of: inner.length > 1 ? at(1) : UNKNOWN }
  if (!head.is('Name', 'Member')) return UNKNOWN
  const type = namedType(file, head, depth)
  return type.kind === 'shape' ? { ...type, with: inner.map((_, i) => at(i)) } : type
}

/** What the class around is given for a name: `T` in `class Page(BaseModel, Generic[T])`. */
function parameterOf(node: SyntaxNode): DataType {
  const made = node.closest('Class')
  const parameter = made ? parametersOf(made).indexOf(node.name) : -1
  return parameter === -1 ? UNKNOWN : { kind: 'unknown', parameter }
}

/** The names in `Generic[T, U]`. */
export function parametersOf(made: SyntaxNode): string[] {
  for (const it of made.children('superclass')) {
    if (!it.is('Index', 'GenericType')) continue
    const { head, inner } = genericParts(it)
    if (head && /^(\w+\.)?Generic$/.test(head.text)) return inner.map(one => one.text)
  }
  return []
}

function literal(file: SourceFile, inner: readonly SyntaxNode[]): DataType {
  const values: (string | number)[] = []
  let hasNull = false
  for (const it of inner) {
    const node = it.kind === 'Type' ? it.firstChild : it
    if (node?.kind === 'Null') {
      hasNull = true
      continue
    }
    const constant = node && file.constant(node)
    if (constant?.kind !== 'string' && constant?.kind !== 'number') return UNKNOWN
    values.push(constant.value)
  }
  const type: DataType = { kind: 'values', values }
  return hasNull ? unionOf([type, NULL]) : type
}

/** What stands in quotes because it is declared further down. */
function typeInText(file: SourceFile, text: string): DataType {
  const parts = text.split('|').map(it => it.trim())
  if (parts.length > 1 && !text.includes('[')) return unionOf(parts.map(it => typeInText(file, it)))
  const generic = /^(?:\w+\.)?(\w+)\[(.*)\]$/.exec(text)
  if (generic) {
    const inner = generic[2]!.trim().replace(/^(['"])(.*)\1$/, '$2')
    if (generic[1] === 'Optional') return unionOf([typeInText(file, inner), NULL])
    if (LISTS.has(generic[1]!) && !inner.includes(',')) return { kind: 'list', of: typeInText(file, inner) }
    return UNKNOWN
  }
  if (text === 'None') return NULL
  if (!/^[A-Za-z_]\w*$/.test(text)) return UNKNOWN
  for (const it of file.root.named(text)) {
    const binding = file.binding(it)
    if (binding && (binding.kind === 'import' || binding.isModuleLevel)) return namedType(file, it, DEPTH)
  }
  return builtIn(text)
}
