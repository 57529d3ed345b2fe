// What a statement that reads or writes rows names: tables, and columns where it is simple enough to be sure of them.

import { isName, isWord, split, type Token, TokenReader, tokensOf } from './tokens.ts'

export interface QueryNames {
  readonly tables: readonly Token[]
  readonly columns: readonly {
    readonly at: Token
    /** The tables that it may be of. */
    readonly tables: readonly string[]
  }[]
}

const NOTHING: QueryNames = { tables: [], columns: [] }

/** Undefined for what is no such statement. */
export function namesInQuery(sql: string): QueryNames | undefined {
  const statements = split(tokensOf(sql), ';')
  const [tokens] = statements
  if (!tokens || statements.length > 1) return undefined
  const [first] = tokens
  if (first?.kind !== 'word' || !/^(select|insert|replace|update|delete|with)$/.test(first.text))
    return undefined
  // What is put in may be a part of the statement with a name of its own.
  const isPut = tokens.some(it => isWord(it, 'with')) && tokens.some(it => it.kind === 'hole')
  const tables = isPut ? undefined : tablesIn(tokens)
  if (!tables) return NOTHING
  const isSimple =
    !tokens.some(it => isWord(it, 'with')) && tokens.filter(it => isWord(it, 'select')).length <= 1
  if (!isSimple || tokens.some(it => it.kind === 'word' && COMBINED.has(it.text)))
    return { tables: tables.map(it => it.at), columns: [] }
  return { tables: tables.map(it => it.at), columns: columnsIn(tokens, tables) }
}

/** Several statements in one. */
const COMBINED = new Set(['union', 'intersect', 'except', 'lateral', 'unnest', 'pivot', 'merge'])

interface TableIn {
  readonly at: Token
  readonly alias: string
}

/** Words that may follow a table and are no alias of it. */
const NO_ALIAS = new Set(
  (
    'where set join inner left right full cross natural outer on using group order having limit offset fetch for values ' +
    'select returning union intersect except window with default as lateral tablesample use force ignore index and or not when ' +
    'then else end straight_join final sample prewhere'
  ).split(' '),
)

/** Undefined when one of them is known at run time only. */
function tablesIn(tokens: readonly Token[]): TableIn[] | undefined {
  const own = commonTables(tokens)
  const tables: TableIn[] = []
  const reader = new TokenReader(tokens)
  let isOpen = false
  const takeTable = (isList: boolean) => {
    do {
      reader.take('only')
      reader.take('lateral')
      const from = reader.at
      const at = reader.name()
      if (!at) {
        isOpen ||= reader.peek() !== undefined
        return
      }
      // `FROM generate_series(…)`, `INSERT INTO t (…)`
      if (isWord(reader.peek(), '(') && isList) {
        isOpen = true
        return
      }
      if (reader.peek()?.kind === 'hole' && reader.peek()!.start === at.end) isOpen = true
      if (reader.at - from > 1 && /^(information_schema|pg_catalog|sys|mysql)$/.test(tokens[from]!.text))
        isOpen = true
      else if (!own.has(at.text) && !SYSTEM.test(at.text)) {
        reader.take('as')
        const alias = reader.peek()
        const isAlias = isName(alias) && (alias.kind === 'quoted' || !NO_ALIAS.has(alias.text))
        if (isAlias) reader.next()
        tables.push({ at, alias: isAlias ? alias.text : at.text })
      } else isOpen = true
    } while (isList && reader.take(','))
  }
  const isDelete = isWord(tokens[0], 'delete')
  while (!reader.isAtEnd) {
    const before = tokens[reader.at - 1]
    const it = reader.next()!
    if (it.kind !== 'word') continue
    // `EXTRACT(year FROM created)`, `IS DISTINCT FROM x`, `TRIM(BOTH FROM x)`
    if (it.text === 'from' && !isWord(before, 'distinct') && !isInFunction(tokens, reader.at - 1))
      takeTable(true)
    else if (it.text === 'join') takeTable(true)
    else if (it.text === 'using' && isDelete) takeTable(true)
    else if (it.text === 'into') takeTable(false)
    else if (it.text === 'update' && (!before || isWord(before, ')'))) takeTable(false)
  }
  return isOpen || tables.length === 0 ? undefined : tables
}

const SYSTEM = /^(pg_|sqlite_|information_schema|dual$|sys|all_tab|user_tab|inserted$|deleted$)/

/** Names that the statement gives to its own parts: `WITH recent AS (…)`. */
function commonTables(tokens: readonly Token[]): ReadonlySet<string> {
  const names = new Set<string>()
  if (!tokens.some(it => isWord(it, 'with'))) return names
  for (const [i, it] of tokens.entries()) {
    if (!isName(it)) continue
    const next = tokens[i + 1]
    if (isWord(next, 'as') || isWord(next, '(')) names.add(it.text)
  }
  return names
}

/** In parentheses that do not begin with SELECT. */
function isInFunction(tokens: readonly Token[], at: number): boolean {
  let depth = 0
  for (let i = at - 1; i >= 0; i--) {
    const it = tokens[i]!
    if (it.kind !== 'sign') continue
    if (it.text === ')') depth++
    else if (it.text === '(' && depth-- === 0) {
      const first = tokens[i + 1]
      return !isWord(first, 'select') && !isWord(first, 'with') && !isWord(first, 'delete')
    }
  }
  return false
}

type Columns = { readonly at: Token; readonly tables: readonly string[] }[]

function columnsIn(tokens: readonly Token[], tables: readonly TableIn[]): Columns {
  const columns: Columns = []
  const own = new Map(tables.map(it => [it.alias, it.at.text]))
  for (const { at } of tables) if (!own.has(at.text)) own.set(at.text, at.text)
  const all = [...new Set(tables.map(it => it.at.text))]
  const made = namesMade(tokens)
  const add = (at: Token, of?: Token) => {
    const table = of && (of.text === 'excluded' ? all[0] : own.get(of.text))
    if (of ? table === undefined : own.has(at.text) || made.has(at.text)) return
    if (at.kind === 'word' && NO_COLUMN.has(at.text)) return
    columns.push({ at, tables: table ? [table] : all })
  }
  const kind = tokens[0]!.text
  for (let i = 0; i < tokens.length; i++) {
    const it = tokens[i]!
    if (!isName(it)) continue
    const [before, next] = [tokens[i - 1], tokens[i + 1]]
    if (
      isWord(before, '.') ||
      isWord(before, '::') ||
      before?.kind === 'hole' ||
      (next?.kind === 'hole' && next.start === it.end)
    )
      continue
    const isQualified =
      isWord(next, '.') && isName(tokens[i + 2]) && !isWord(tokens[i + 3], '.') && !isWord(tokens[i + 3], '(')
    if (isQualified) add(tokens[i + 2]!, it)
    else if (!isWord(next, '.') && isAlone(tokens, i)) add(it)
  }
  if (kind === 'insert' || kind === 'replace') columns.push(...inserted(tokens, all))
  return columns
}

/** `INSERT INTO t (a, b)` */
function inserted(tokens: readonly Token[], tables: readonly string[]): Columns {
  const reader = new TokenReader(tokens)
  while (!reader.isAtEnd && !reader.take('into')) reader.next()
  reader.name()
  if (reader.take('as')) reader.next()
  const group = reader.group() ?? []
  const parts = split(group, ',')
  // `INSERT INTO t (SELECT …)`
  if (!parts.every(it => it.length === 1 && isName(it[0]))) return []
  return parts.map(([at]) => ({ at: at!, tables: [tables[0]!] }))
}

/** Whether a name without a table before it is surely a column: compared with something, set, or selected by itself. */
function isAlone(tokens: readonly Token[], i: number): boolean {
  const [before, it, next] = [tokens[i - 1], tokens[i]!, tokens[i + 1]]
  if (it.kind === 'quoted' && !/^\w+$/.test(it.text)) return false
  if (it.kind === 'word' && NO_COLUMN.has(it.text)) return false
  const isStart = before?.kind === 'word' && STARTS.has(before.text)
  const isListed = isWord(before, ',') || isWord(before, '(')
  if (isStart || isListed) {
    const isCompared =
      next !== undefined && COMPARES.test(next.text) && (next.kind === 'sign' || next.kind === 'word')
    if (isCompared && clauseAt(tokens, i) !== 'select' && !(isWord(before, '(') && isWord(next, ',')))
      return clauseAt(tokens, i) !== 'other'
    if (isWord(before, '(')) return false
    const clause = clauseAt(tokens, i)
    const isEnd = next === undefined || isWord(next, ',') || (next.kind === 'word' && ENDS.has(next.text))
    // What is put in may give a name that the order goes by.
    return (
      isEnd && (clause === 'select' || (clause === 'order' && !tokens.some(other => other.kind === 'hole')))
    )
  }
  return false
}

const STARTS = new Set([
  'select',
  'where',
  'and',
  'or',
  'on',
  'set',
  'by',
  'not',
  'having',
  'distinct',
  'returning',
])
const ENDS = new Set(['from', 'as', 'asc', 'desc', 'limit', 'where', 'order', 'having', 'offset', 'for'])
const COMPARES = /^(=|<>|!=|<|>|<=|>=|in|like|ilike|is|between|not)$/

/** The clause around, outside of parentheses that belong to functions. */
function clauseAt(tokens: readonly Token[], at: number): 'select' | 'where' | 'order' | 'other' {
  let depth = 0
  for (let i = at - 1; i >= 0; i--) {
    const { kind, text } = tokens[i]!
    if (kind === 'sign') {
      if (text === ')') depth++
      else if (text === '(') {
        if (depth === 0) {
          // Parentheses that only group conditions.
          const before = tokens[i - 1]
          if (
            !(before?.kind === 'word' && /^(where|and|or|on|not|having)$/.test(before.text)) &&
            !isWord(before, '(')
          )
            return 'other'
        } else depth--
      }
    }
    if (kind !== 'word' || depth > 0) continue
    if (text === 'select' || text === 'returning') return 'select'
    if (text === 'by') return 'order'
    if (text === 'where' || text === 'on' || text === 'set' || text === 'having') return 'where'
    if (text === 'values' || text === 'limit' || text === 'over' || text === 'case' || text === 'into')
      return 'other'
  }
  return 'other'
}

/** Names that the statement itself gives: `count(*) AS total`, `count(*) total`. */
function namesMade(tokens: readonly Token[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const [i, it] of tokens.entries()) {
    if (isWord(it, 'as') || isWord(it, ')') || it.kind === 'value' || it.kind === 'hole') {
      const next = tokens[i + 1]
      if (isName(next)) names.add(next.text)
    }
  }
  return names
}

/** What looks like a name and is none. */
const NO_COLUMN = new Set(
  (
    'null true false current_timestamp current_date current_time localtimestamp now sysdate default distinct all any some case ' +
    'when then else end exists not and or in is like between interval cast select from where as on using values row array ' +
    'top sql_calc_found_rows straight_join rowid _rowid_ oid ctid xmin xmax tableoid user current_user session_user rownum level ' +
    'conflict duplicate key do nothing update set excluded constraint asc desc nulls first last collate escape isnull notnull ' +
    'limit offset order group by having for unique primary old new rank rn count value'
  ).split(' '),
)
