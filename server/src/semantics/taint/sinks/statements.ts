// Calls that hand a text to a database.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { argument, calleeName, calleeOf, property, receiver } from '../../calls.ts'
import { calledName } from '../../full-name.ts'
import type { SourceFile } from '../../source-file.ts'

/** The last names of calls that may take a statement. */
export const STATEMENT_CALLEES: readonly string[] = (
  'execute executemany executescript execute_sql exec_driver_sql raw RawSQL text read_sql read_sql_query fetch fetchrow' +
  ' fetchval fetch_all fetch_one fetchone query queryRaw $queryRawUnsafe $executeRawUnsafe exec prepare run all get each' +
  ' one oneOrNone many manyOrNone any none whereRaw unsafe queryStream query_as query_scalar query_row query_one' +
  ' query_opt query_map query_drop query_first query_iter batch_execute execute_batch simple_query sql_query query_with' +
  ' exec_drop'
).split(' ')

/** The SQL among the arguments: the first that is not a plain name of something else. */
export function statementText(call: SyntaxNode): SyntaxNode | undefined {
  const given = argument(call, 0)
  // `query({ sql, values })` of mysql, `query({ text, values })` of pg.
  const first =
    given?.kind === 'Dictionary' && /^(query|execute)$/.test(calleeName(call))
      ? (property(given, 'sql') ?? property(given, 'text'))
      : given
  if (!first || first.is('Function', 'Dictionary', 'Number', 'String')) return undefined
  // `read_sql(sql, connection)`, `client.query(sql)`; some take the text by name.
  return calleeName(call) === 'unsafe' || first.kind !== 'Spread' ? first : undefined
}

const NAMED =
  /^(executescript|exec_driver_sql|executeSql|execute_sql|\$(query|execute)RawUnsafe|sql_query|batch_execute|simple_query|whereRaw)$/
const TAKES =
  /^(query|raw|execute|executemany|exec|prepare|fetch_all|fetch_one|fetchrow|fetchval|read_sql|read_sql_query)$/
const HANDLE =
  /(^|_|\b)(conn|connection|cursor|cur|c|db|database|pool|client|session|engine|knex|sequelize|prisma|tx|trx|source|dataSource|manager|runner|sqlite|pg|mysql|pd|pandas)$/i

/** It takes nothing but a statement, whoever made it: what it is handed as a whole counts. */
export function isForStatements(file: SourceFile, call: SyntaxNode): boolean {
  const name = calleeName(call)
  if (file.language === 'rust')
    return /^(sqlx\.query(_as|_scalar)?|diesel\.(dsl\.)?sql_query)$/.test(rustName(file, call))
  if (name === 'text')
    return (
      calledName(file, call) === 'sqlalchemy.text' || /^sqlalchemy\..*\.text$/.test(calledName(file, call))
    )
  if (NAMED.test(name)) return true
  return TAKES.test(name) && HANDLE.test(handleName(receiver(call)))
}

/** `cursor` of `connection.cursor().execute(…)`, `session` of `db.session.execute(…)`. */
function handleName(object: SyntaxNode | undefined): string {
  const it = object?.unwrapped
  if (it?.kind === 'Call') return calleeName(it).replace(/^get_?(?=.)/, '')
  return it?.kind === 'Member' ? (it.child('property')?.name ?? '') : (it?.name ?? '')
}

/** `sqlx::query_as::<_, User>(…)` */
function rustName(file: SourceFile, call: SyntaxNode): string {
  const callee = calleeOf(call)
  const it = callee?.kind === 'GenericType' ? callee.child('callee') : callee
  return it ? file.qualifiedName(it) : ''
}
