// What Rust's types are on the wire, as serde writes them.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { DataType } from '../../rows/shapes.ts'
import { lastName, rustReference } from './bindings.ts'

const UNKNOWN: DataType = { kind: 'unknown' }
const NULL: DataType = { kind: 'null' }
/** Types in types in types. */
const DEPTH = 8

const PLAIN: ReadonlyMap<string, DataType> = new Map(
  (
    [
      [
        'string',
        'String str char Uuid Url PathBuf Path OsString Cow NaiveDate NaiveTime NaiveDateTime DateTime IpAddr Ipv4Addr Ipv6Addr ' +
          'Version VersionReq CompactString SmolStr Ulid EmailAddress',
      ],
      [
        'integer',
        'i8 i16 i32 i64 isize u8 u16 u32 u64 usize NonZeroU8 NonZeroU16 NonZeroU32 NonZeroU64 NonZeroI32 NonZeroI64',
      ],
      ['number', 'f32 f64'],
      ['boolean', 'bool'],
    ] as const
  ).flatMap(([kind, names]) => names.split(' ').map(it => [it, { kind }] as const)),
)
const LISTS = new Set(
  'Vec VecDeque HashSet BTreeSet IndexSet LinkedList BinaryHeap SmallVec ArrayVec'.split(' '),
)
const MAPS = new Set('HashMap BTreeMap IndexMap FxHashMap AHashMap'.split(' '))
/** What stands around a type and is not seen on the wire. */
const AROUND = new Set('Box Arc Rc Cow Mutex RwLock Secret SecretBox Cell RefCell'.split(' '))

export function rustType(
  file: SourceFile,
  given: SyntaxNode | undefined,
  generics: readonly string[] = [],
  depth = 0,
): DataType {
  if (!given || depth > DEPTH) return UNKNOWN
  const inner = (node: SyntaxNode | undefined) => rustType(file, node, generics, depth + 1)
  switch (given.type) {
    case 'reference_type':
      return inner(given.child('type'))
    case 'array_type':
      return { kind: 'list', of: inner(given.children().find(it => it.kind !== 'Number')) }
    case 'tuple_type':
      return given.children().length === 0 ? NULL : { kind: 'list', of: UNKNOWN }
    case 'unit_type':
      return NULL
    default:
  }
  if (given.kind === 'GenericType') return genericType(file, given, generics, depth)
  if (!given.is('TypeName', 'Path')) return UNKNOWN
  const name = lastName(given)
  const parameter = given.kind === 'TypeName' ? generics.indexOf(name) : -1
  if (parameter !== -1) return { kind: 'unknown', parameter }
  return ownType(file, given) ?? PLAIN.get(name) ?? shapeOf(file, given)
}

/** The types between the brackets: `A`, `B` of `Result<A, B>`. */
export function typeArguments(node: SyntaxNode): SyntaxNode[] {
  const all = node.child('typeArguments')?.children() ?? []
  return all.filter(it => it.kind !== 'Operator' && it.type !== 'lifetime')
}

function genericType(
  file: SourceFile,
  node: SyntaxNode,
  generics: readonly string[],
  depth: number,
): DataType {
  const name = lastName(node)
  const given = typeArguments(node)
  const at = (index: number) => rustType(file, given[index], generics, depth + 1)
  if (name === 'Option') {
    const of = at(0)
    return of.kind === 'unknown' ? of : { kind: 'union', of: [...(of.kind === 'union' ? of.of : [of]), NULL] }
  }
  if (LISTS.has(name)) return { kind: 'list', of: at(0) }
  if (MAPS.has(name)) return { kind: 'map', of: at(1) }
  if (AROUND.has(name)) return at(0)
  const plain = PLAIN.get(name)
  if (plain) return plain
  const shape = shapeOf(file, node)
  return shape.kind === 'shape' ? { ...shape, with: given.map((_, i) => at(i)) } : shape
}

/** A type of this file goes before one that everybody knows by the same name. */
function ownType(file: SourceFile, node: SyntaxNode): DataType | undefined {
  const binding = node.kind === 'TypeName' ? file.binding(node) : undefined
  return binding && binding.kind !== 'import' ? shapeOf(file, node) : undefined
}

function shapeOf(file: SourceFile, node: SyntaxNode): DataType {
  const of = rustReference(file, node)
  if (!of || of.names.length === 0) return UNKNOWN
  // What is only known to macros, such as a JSON value.
  return /^(serde_json|serde_yaml|toml|bson|std|core)$/.test(of.names[0]!) || of.names.at(-1) === 'Value'
    ? UNKNOWN
    : { kind: 'shape', of }
}
