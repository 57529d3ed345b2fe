// What code takes of protobuf, and where that is declared.

import type { Place } from './facts.ts'
import type { At } from './routes.ts'
import type { ProtoMemberRow, ProtoSubject, ProtoTypeRow } from './rows/protobuf.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export interface ProtoType extends At {
  /** With those around it: `Order.Line`. */
  readonly name: string
  /** `shop.v1.Order.Line` */
  readonly fullName: string
  readonly kind: ProtoTypeRow['kind']
  readonly members: ReadonlyMap<string, ProtoMember>
  /** Groups of fields of which one is given; they are no fields, but some generators make one of them. */
  readonly oneofs: readonly string[]
}

export interface ProtoMember extends At {
  readonly name: string
  readonly of: ProtoType
  readonly row: ProtoMemberRow
}

/** A name of protobuf in code. */
export interface ProtoUse extends At {
  readonly name: string
  readonly kind: 'type' | 'field' | 'method' | 'value'
  /** What has it, or should: `Order`; a file for what stands at its top. */
  readonly owner: string
  /** Where that is declared; undefined for a file. */
  readonly ownerAt: At | undefined
  readonly found: At | undefined
  /** All that is there is known, and this is not among it. */
  readonly isMissing: boolean
  /** What is there, by the names that code uses. */
  readonly known: ReadonlyMap<string, At>
}

export function protoUsesOf(facts: WorkspaceFacts): readonly ProtoUse[] {
  const files = protoFilesOf(facts)
  if (files.length === 0) return []
  const schema = new Schema(files, foldersOf(facts))
  const uses: ProtoUse[] = []
  for (const { path, rows } of facts.rows('protoUse')) {
    for (const [i, { of, fields }] of rows.entries()) {
      const answers = schema.candidates(of).map(it => answer(schema, it, of, fields))
      // Copies of one file that differ: what one of them has, is there.
      const use = answers.find(it => !it?.isMissing) ?? answers[0]
      if (answers.length === 0 || answers.includes(undefined) || !use) continue
      uses.push({
        ...use,
        file: path,
        get place() {
          return facts.placeOf(path, 'protoUse', i)
        },
      })
    }
  }
  return uses
}

/** A `.proto` file. */
interface ProtoFile {
  readonly path: string
  readonly package: string
  readonly isOpen: boolean
  readonly others: readonly string[]
  readonly types: ReadonlyMap<string, ProtoType>
}

function protoFilesOf(facts: WorkspaceFacts): ProtoFile[] {
  const types = new Map(facts.rows('protoType').map(it => [it.path, it.rows]))
  const members = new Map(facts.rows('protoMember').map(it => [it.path, it.rows]))
  return facts.rows('protoFile').map(({ path, rows: [row] }) => {
    const { package: name, isOpen = false, others = [] } = row!
    const own = new Map<string, ProtoType & { readonly members: Map<string, ProtoMember> }>()
    for (const [i, type] of (types.get(path) ?? []).entries())
      own.set(type.name, {
        ...{
          name: type.name,
          kind: type.kind,
          oneofs: type.oneofs ?? [],
          file: path,
          members: new Map<string, ProtoMember>(),
        },
        fullName: name === '' ? type.name : `${name}.${type.name}`,
        get place(): Place {
          return facts.placeOf(path, 'protoType', i)
        },
      })
    for (const [i, member] of (members.get(path) ?? []).entries()) {
      const of = own.get(member.of)
      of?.members.set(member.name, {
        ...{ file: path, name: member.name, row: member, of },
        get place(): Place {
          return facts.placeOf(path, 'protoMember', i)
        },
      })
    }
    return { path, package: name, isOpen, others, types: own }
  })
}

/** The folders at which the Python packages of the workspace begin; others are somebody else's. */
function foldersOf(facts: WorkspaceFacts): ReadonlySet<string> {
  const folders = new Set<string>()
  for (const path of facts.paths)
    if (/\.(pyi?|proto)$/.test(path)) for (const it of path.split('/').slice(0, -1)) folders.add(it)
  return folders
}

class Schema {
  readonly #files: readonly ProtoFile[]
  readonly #folders: ReadonlySet<string>
  readonly #byFullName = new Map<string, ProtoType>()

  constructor(files: readonly ProtoFile[], folders: ReadonlySet<string>) {
    this.#files = files
    this.#folders = folders
    for (const file of files)
      for (const it of file.types.values())
        if (!this.#byFullName.has(it.fullName)) this.#byFullName.set(it.fullName, it)
  }

  /** The files that a module may have been made of; of a service that goes by its name, those that declare it. */
  candidates({ module, ...of }: ProtoSubject): readonly ProtoFile[] {
    if (module === '') return this.#files.filter(it => 'name' in of && serviceNamed(it, of.name))
    const folders = module.replace(/^\.+/, '').split('.')
    const file = folders.pop()!.replace(/_pb2(_grpc)?$/, '')
    const [first] = folders
    if (first !== undefined && !module.startsWith('.') && !this.#folders.has(first)) return []
    const all = this.#files.filter(it => moduleName(it.path).at(-1) === file)
    const near = all.filter(it => moduleName(it.path).at(-2) === folders.at(-1))
    return near.length > 0 ? near : all
  }

  /** A type as a declaration names it: in what is around it first. */
  typeNamed(name: string, { fullName }: ProtoType): ProtoType | undefined {
    if (name.startsWith('.')) return this.#byFullName.get(name.slice(1))
    const around = fullName.split('.')
    for (let taken = around.length; taken >= 0; taken--) {
      const found = this.#byFullName.get([...around.slice(0, taken), name].join('.'))
      if (found) return found
    }
    return undefined
  }
}

/** protoc writes `my-orders.proto` into a module `my_orders_pb2`. */
function moduleName(path: string): string[] {
  return path
    .replace(/\.proto$/, '')
    .replace(/-/g, '_')
    .split('/')
}

/** Generators of scripts put something behind its name. */
function serviceNamed({ types }: ProtoFile, name: string): ProtoType | undefined {
  return [name, name.replace(/(Client|Definition|Service)$/, '')]
    .map(it => types.get(it))
    .find(it => it?.kind === 'service')
}

type Answer = Pick<ProtoUse, 'name' | 'kind' | 'owner' | 'ownerAt' | 'found' | 'isMissing' | 'known'>

/** Undefined where nobody can tell. */
function answer(
  schema: Schema,
  file: ProtoFile,
  of: ProtoSubject,
  fields: readonly string[],
): Answer | undefined {
  if (of.kind === 'type') return staticNamed(file, of.names)
  if (of.kind === 'message') {
    const type = file.types.get(of.names.join('.'))
    return type?.kind === 'message' ? fieldOf(schema, type, fields, false) : undefined
  }
  // Scripts do not say where a service comes from.
  const isScript = of.module === ''
  const service = serviceNamed(file, of.name)
  if (!service) return undefined
  if (of.kind === 'service') return found(service, fields[0]!, 'method', isScript)
  const method = memberNamed(service, of.method, isScript)
  const type = method && (of.kind === 'request' ? method.row.type : method.row.answer)
  const message = type ? schema.typeNamed(type, service) : undefined
  return message && fieldOf(schema, message, fields, isScript)
}

/** What every message, enumeration or module that protoc wrote has besides. */
const OWN = /^_|^DESCRIPTOR$|_FIELD_NUMBER$|_pb2(_grpc)?$|^(name|value|keys|values|items|Name|Value)$/

/** `Order`, `Order.Line`, `Order.PAID` */
function staticNamed(file: ProtoFile, names: readonly string[]): Answer | undefined {
  const [first, second, third] = names
  if (first === undefined || third !== undefined || file.isOpen || OWN.test(first)) return undefined
  const top = [...file.types.values()].filter(it => !it.name.includes('.'))
  const service = /^(?:add_)?(\w+?)(?:Stub|Servicer(?:_to_server)?)?$/.exec(first)?.[1] ?? first
  const type = file.types.get(first) ?? file.types.get(service)
  if (second === undefined) {
    const values = top.filter(it => it.kind === 'enum').flatMap(it => [...it.members.values()])
    const found = type ?? values.find(it => it.name === first)
    const known = new Map<string, At>([...top, ...values].map(it => [it.name, it]))
    const isMissing = !found && !file.others.includes(first)
    return {
      name: first,
      kind: 'type',
      owner: baseName(file.path),
      ownerAt: undefined,
      found,
      isMissing,
      known,
    }
  }
  if (!type || type.kind === 'service' || OWN.test(second) || METHODS.has(second)) return undefined
  const inner = [...file.types.values()].filter(it => it.name.startsWith(`${type.name}.`))
  const values = [type, ...inner.filter(it => it.name.split('.').length === type.name.split('.').length + 1)]
    .filter(it => it.kind === 'enum')
    .flatMap(it => [...it.members.values()])
  const known = new Map<string, At>([
    ...values.map(it => [it.name, it] as const),
    ...inner.map(it => [it.name.slice(type.name.length + 1), it] as const),
  ])
  // A field of the class itself is a descriptor.
  if (type.members.has(second) && type.kind === 'message') return undefined
  const found = known.get(second)
  return { name: second, kind: 'value', owner: type.name, ownerAt: type, found, isMissing: !found, known }
}

/** What a message can do in Python. */
const METHODS: ReadonlySet<string> = new Set(
  'ByteSize Clear ClearExtension ClearField CopyFrom DiscardUnknownFields Extensions FindInitializationErrors FromString HasExtension HasField IsInitialized ListFields MergeFrom MergeFromString ParseFromString RegisterExtension SerializePartialToString SerializeToString SetInParent UnknownFields WhichOneof'.split(
    ' ',
  ),
)

function fieldOf(
  schema: Schema,
  type: ProtoType,
  fields: readonly string[],
  isScript: boolean,
): Answer | undefined {
  let of: ProtoType | undefined = type
  for (const name of fields.slice(0, -1)) {
    const row: ProtoMemberRow | undefined = of && memberNamed(of, name, isScript)?.row
    of = row?.type ? schema.typeNamed(row.type, of!) : undefined
  }
  const name = fields.at(-1)
  // Its types are messages of every program, with methods of their own.
  if (of?.kind !== 'message' || name === undefined || of.fullName.startsWith('google.protobuf.'))
    return undefined
  if (of.oneofs.includes(name) || of.oneofs.some(it => camel(it) === name)) return undefined
  if (METHODS.has(name) || OWN.test(name))
    return of.members.has(name) ? found(of, name, 'field', isScript) : undefined
  return found(of, name, 'field', isScript)
}

function found(of: ProtoType, name: string, kind: 'field' | 'method', isScript: boolean): Answer {
  const member = memberNamed(of, name, isScript)
  return { name, kind, owner: of.name, ownerAt: of, found: member, isMissing: !member, known: of.members }
}

/** As it is written; in languages of camel case, in that. */
function memberNamed({ members }: ProtoType, name: string, isScript: boolean): ProtoMember | undefined {
  const own = members.get(name)
  if (own || !isScript) return own
  for (const it of members.values()) if (camel(it.name) === name) return it
  return undefined
}

function camel(name: string): string {
  const joined = name.replace(/_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return joined.charAt(0).toLowerCase() + joined.slice(1)
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
