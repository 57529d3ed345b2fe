// Calls that ask a database for rows: by SQL, and through the usual mappers from objects to tables.

import { calleeName, receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { importsAny } from './imports.ts'

export interface Query {
  /** What says which rows are wanted. */
  readonly conditions: readonly SyntaxNode[]
  /** What says where the rows are looked for. */
  readonly places: readonly SyntaxNode[]
}

/** The last names of calls that `queryOf` understands. */
export const QUERY_CALLEES: readonly string[] = words(
  `get first last one one_or_none all scalar scalars scalar_one scalar_one_or_none count exists earliest latest aggregate
  first_or_404 get_or_404 one_or_404 execute fetch fetchrow fetchval fetch_one fetch_all
  findUnique findUniqueOrThrow findFirst findFirstOrThrow findMany find findBy findOne findOneBy findOneOrFail
  findOneByOrFail findById findByPk findAll findAndCount findAndCountAll countBy countDocuments existsBy
  getOne getOneOrFail getMany getCount getRawOne getRawMany getExists query raw
  where andWhere limit eq single maybeSingle toArray
  fetch_optional load get_result get_results one all query_one query_opt read list find_by_id`,
)

/** What a call asks for; undefined when it asks nothing, changes something, or nobody can say. */
export function queryOf(file: SourceFile, call: SyntaxNode): Query | undefined {
  const chain = chainOf(call)
  const found =
    file.language === 'python'
      ? pythonQuery(file, chain)
      : file.language === 'rust'
        ? rustQuery(file, chain)
        : scriptQuery(file, chain)
  return found && found.conditions.length > 0 ? found : undefined
}

/** `a.b.c(x).d(y)`, read from its end. */
interface Chain {
  readonly call: SyntaxNode
  readonly links: readonly Link[]
  readonly head: SyntaxNode
}

interface Link {
  readonly name: string
  readonly call: SyntaxNode | undefined
}

function chainOf(call: SyntaxNode): Chain {
  const links: Link[] = []
  let it = call
  for (;;) {
    if (it.kind === 'Call') {
      let callee = it.child('callee')?.unwrapped
      if (callee?.kind === 'GenericType') callee = callee.child('callee')
      const object = callee?.kind === 'Member' ? callee.child('object') : undefined
      if (!callee || !object) return { call, links, head: it }
      links.push({ name: callee.child('property')?.name ?? '', call: it })
      it = object.unwrapped
    } else if (it.kind === 'Member') {
      const object = it.child('object')
      if (!object) return { call, links, head: it }
      links.push({ name: it.child('property')?.name ?? '', call: undefined })
      it = object.unwrapped
    } else if (it.is('Await', 'Propagate', 'NonNull')) {
      const value = it.child('value')
      if (!value) return { call, links, head: it }
      it = value.unwrapped
    } else return { call, links, head: it }
  }
}

function argumentsOf(chain: Chain, names: ReadonlySet<string>): SyntaxNode[] {
  return chain.links.flatMap(it => (it.call && names.has(it.name) ? it.call.children('argument') : []))
}

function linked(chain: Chain, name: string): Link | undefined {
  return chain.links.find(it => it.name === name)
}

function isOneOf({ links }: Chain, names: ReadonlySet<string>): boolean {
  return names.has(links[0]?.name ?? '')
}

/** The name before the last: `session` in `db.session.execute(…)`. */
function ownerName({ links, head }: Chain): string {
  const link = links[1]
  return link ? link.name : head.kind === 'Call' ? calleeName(head) : head.name
}

// Python

const DJANGO_ENDS = set('get first last count exists earliest latest aggregate')
const DJANGO_CONDITIONS = set('get filter exclude')
const ALCHEMY_ENDS = set(
  'get first one one_or_none all scalar count first_or_404 get_or_404 one_or_404 scalars',
)
const ALCHEMY_CONDITIONS = set('get filter filter_by where having get_or_404')
const PYTHON_SQL = set('execute fetch fetchrow fetchval fetch_one fetch_all')
const CONNECTION = /(^|_)(session|conn|connection|engine|db|database|cursor|cur|tx|transaction|pool)$/i

function pythonQuery(file: SourceFile, chain: Chain): Query | undefined {
  const { head, links } = chain
  const last = links[0]
  if (!last?.call) return undefined
  const objects = linked(chain, 'objects')
  if (objects && !objects.call)
    return isOneOf(chain, DJANGO_ENDS)
      ? { conditions: argumentsOf(chain, DJANGO_CONDITIONS), places: [head] }
      : undefined
  const query = linked(chain, 'query')
  if (query) {
    if (!isOneOf(chain, ALCHEMY_ENDS)) return undefined
    // `request.query.get('page')` reads a dictionary.
    if (!query.call && !/^[A-Z]|^cls$/.test(before(chain, query))) return undefined
    return {
      conditions: argumentsOf(chain, ALCHEMY_CONDITIONS),
      places: [head, ...(query.call?.children('argument') ?? [])],
    }
  }
  const owner = ownerName(chain)
  if (!CONNECTION.test(owner)) return undefined
  const [first, ...others] = last.call.children('argument')
  if (!first) return undefined
  if (last.name === 'get')
    return /session$/i.test(owner) && first.is('Name', 'Member') && /(^|\.)[A-Z][a-z]\w*$/.test(first.text)
      ? { conditions: others, places: [first] }
      : undefined
  if (last.name === 'execute' || last.name === 'scalar' || last.name === 'scalars') {
    const statement = chainOf(file.value(first))
    if (statement.head.kind === 'Call' && calleeName(statement.head) === 'select')
      return { conditions: argumentsOf(statement, ALCHEMY_CONDITIONS), places: [statement.head] }
  }
  if (!PYTHON_SQL.has(last.name) || importsAny(file, /sqlite/)) return undefined
  return bySql(file, first, others)
}

function before({ links, head }: Chain, link: Link): string {
  return links[links.indexOf(link) + 1]?.name ?? head.name
}

// TypeScript and JavaScript

const PRISMA_ENDS = set('findUnique findUniqueOrThrow findFirst findFirstOrThrow findMany count aggregate')
const REPOSITORY_ENDS = set(
  'find findBy findOne findOneBy findOneOrFail findOneByOrFail findAndCount count countBy exists existsBy findById',
)
const MODEL_ENDS = set('findByPk findById findOne findAll findAndCountAll countDocuments')
const BUILDER_ENDS = set('getOne getOneOrFail getMany getCount getRawOne getRawMany getExists')
const BUILDER_CONDITIONS = set(
  'where andWhere orWhere whereEq eq match filter setParameter setParameters having',
)
const SCRIPT_SQL = set('query execute raw one any all get')
const CHANGES = set('insert update upsert del delete increment decrement truncate returning')
const CLIENT = /(client|pool|db|conn|connection|sequelize|knex|manager|runner|tx|trx|transaction|database)$/i

function scriptQuery(file: SourceFile, chain: Chain): Query | undefined {
  const { head, links, call } = chain
  const last = links[0]
  if (!last?.call) return undefined
  const args = last.call.children('argument')
  const owner = ownerName(chain)
  if (PRISMA_ENDS.has(last.name)) {
    if (links.length > 2 || head.kind === 'Name') {
      const client = links.length > 2 ? (links[2]?.name ?? '') : head.name
      if (/prisma/i.test(client) || (client === 'query' && last.name.startsWith('find')))
        return { conditions: args, places: [head] }
    }
  }
  if (REPOSITORY_ENDS.has(last.name)) {
    if (/repo(sitory)?$/i.test(owner)) return { conditions: args, places: [head] }
    if (/^(get)?(entity)?manager$/i.test(owner) && last.name.startsWith('find') && args.length > 1)
      return { conditions: args.slice(1), places: args.slice(0, 1) }
    if (linked(chain, 'collection')?.call && links[1]?.name === 'collection')
      return last.name === 'find' ? undefined : { conditions: args.slice(0, 1), places: [] }
  }
  if (last.name === 'toArray') {
    const find = links[1]
    return find?.name === 'find' && find.call && links[2]?.name === 'collection'
      ? {
          conditions: find.call.children('argument').slice(0, 1),
          places: links[2].call?.children('argument') ?? [],
        }
      : undefined
  }
  if (MODEL_ENDS.has(last.name) && links.length <= 2 && /^[A-Z]\w*[a-z]|Model$/.test(owner))
    return { conditions: args.slice(0, 1), places: [head] }
  if (BUILDER_ENDS.has(last.name) && linked(chain, 'createQueryBuilder'))
    return { conditions: argumentsOf(chain, BUILDER_CONDITIONS), places: [head] }
  if (call.parent?.kind === 'Await' && !links.some(it => CHANGES.has(it.name))) {
    const conditions = argumentsOf(chain, BUILDER_CONDITIONS)
    const from = linked(chain, 'from')?.call
    if (
      from &&
      linked(chain, 'select')?.call &&
      CLIENT_OR_SUPABASE.test(links.at(-1)?.name === 'from' || head.kind === 'Name' ? head.name : '')
    )
      return { conditions, places: [head, ...from.children('argument')] }
    if (
      head.kind === 'Call' &&
      /^(knex|db|trx)$/.test(calleeName(head)) &&
      head.child('callee')?.kind === 'Name'
    )
      return { conditions, places: [head] }
  }
  const [first, ...others] = args
  if (!first || !SCRIPT_SQL.has(last.name) || !CLIENT.test(owner)) return undefined
  return importsAny(file, /sqlite/) ? undefined : bySql(file, first, others)
}

const CLIENT_OR_SUPABASE = /(db|database|tx|trx|drizzle|knex|supabase\w*)$/i

// Rust

const SQLX_ENDS = set('fetch_one fetch_optional fetch_all')
const DIESEL_ENDS = set('first load get_result get_results')
const DIESEL_CONDITIONS = set('filter find or_filter having')
const SEA_ENDS = set('one all count')
const HANDLE = /^(&mut |&|\*|self\.)*(\w+\.)*\w*(conn|connection|db|pool|txn|tx)(\(\))?(\.\w+\(\))*\??$/i

function rustQuery(file: SourceFile, chain: Chain): Query | undefined {
  const { head, links } = chain
  const last = links[0]
  if (!last) return ownFunction(chain)
  if (!last.call) return undefined
  const args = last.call.children('argument')
  if (SQLX_ENDS.has(last.name)) {
    if (!head.is('MacroCall', 'Call') || !/^query/.test(calleeName(head))) return undefined
    const [text] = [...head.descendants('String')]
    if (!text || !isSelection(text.text)) return undefined
    const bound = argumentsOf(chain, set('bind'))
    const own = head.kind === 'MacroCall' ? [...head.descendants('Name')] : []
    return { conditions: [...bound, ...own.filter(it => it.start > text.end)], places: [] }
  }
  const isHandled = args.length === 1 && HANDLE.test(args[0]!.text)
  if (DIESEL_ENDS.has(last.name) && isHandled) {
    if (/^(insert_into|update|delete|replace_into)$/.test(head.kind === 'Call' ? calleeName(head) : ''))
      return undefined
    if (links.some(it => it.name === 'values' || it.name === 'set')) return undefined
    return { conditions: argumentsOf(chain, DIESEL_CONDITIONS), places: [head] }
  }
  if (SEA_ENDS.has(last.name) && isHandled && head.kind === 'Call') {
    const start = calleeName(head)
    if (start !== 'find' && start !== 'find_by_id') return undefined
    const own = start === 'find_by_id' ? head.children('argument') : []
    return { conditions: [...own, ...argumentsOf(chain, set('filter'))], places: [] }
  }
  if (!/^query(_one|_opt)?$/.test(last.name)) return undefined
  const [first, ...others] = args
  return first && others[0]?.kind === 'Borrow' ? bySql(file, first, others) : undefined
}

/** `User::read(pool, id)`: a function of one's own that reads, is given the database, and is waited for. */
function ownFunction({ call, head }: Chain): Query | undefined {
  const callee = call.child('callee')
  if (head.row !== call.row || callee?.kind !== 'Path' || call.parent?.kind !== 'Await') return undefined
  if (!READS.has(calleeName(call)) || !/^[A-Z]/.test(callee.child('object')?.text ?? '')) return undefined
  const [first, ...others] = call.children('argument')
  return first && HANDLE.test(first.text) ? { conditions: others, places: [] } : undefined
}

const READS = set('read get find list load find_by_id')

// SQL

/** Values stand behind the text, or are written into it behind its WHERE. */
function bySql(file: SourceFile, sql: SyntaxNode, values: readonly SyntaxNode[]): Query | undefined {
  let text = file.value(sql)
  if (text.kind === 'Call' && calleeName(text) === 'text') {
    const inner = text.child('argument')
    if (!inner) return undefined
    text = file.value(inner)
  }
  if (!text.is('String', 'Template', 'Concatenation') || !isSelection(text.text)) return undefined
  const holes = [...text.descendants('Interpolation')]
  const from = text.start
  const isCondition = (hole: SyntaxNode) => /\bwhere\b/i.test(text.text.slice(0, hole.start - from))
  return {
    conditions: [...values, ...holes.filter(isCondition)],
    places: holes.filter(it => !isCondition(it)),
  }
}

function isSelection(text: string): boolean {
  return /^[a-z]*#*["'`]+\s*(\(\s*)?(select|with)\b/i.test(text) && /\bfrom\b/i.test(text)
}

/** It already asks for several at once: `WHERE id IN (…)`, `{ $in: ids }`. */
export function asksForMany(query: Query, call: SyntaxNode): boolean {
  return query.conditions.some(it => MANY.test(it.text)) || MANY_IN_SQL.test(receiver(call) ? call.text : '')
}

const MANY = /\bin_\(|\bIn\(|__in\b|\beq_any\(|\bis_in\(|\$in\b|\binArray\(|\bany_\(|\bnotin_\(|\bin:/
const MANY_IN_SQL = /\bANY\s*\(|\bIN\s*\(|\bIN\s+\S|\bwhereIn\(|\.in\(/

function words(text: string): string[] {
  return [...new Set(text.split(/\s+/))]
}

function set(text: string): ReadonlySet<string> {
  return new Set(words(text))
}
