// What all share that touches the database: which database is meant, what is in it, and PostgreSQL's own programs.

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import pg from 'pg'
import { SPANISH, secretOf, Trouble } from './program.mjs'

/** The settings of the gateway name it: `CODEANT_GATEWAY_DATABASE_URL`, or a file with `_FILE` behind that. */
export function databaseUrl(env = process.env) {
  const text = secretOf('CODEANT_GATEWAY_DATABASE_URL', env)
  if (!text)
    throw new Trouble(
      SPANISH
        ? 'CODEANT_GATEWAY_DATABASE_URL (o _FILE) tiene que decir qué base de datos es'
        : 'CODEANT_GATEWAY_DATABASE_URL (or _FILE) has to say which database it is',
    )
  return new URL(text)
}

/** Without what opens it. */
export function placeOf(url) {
  return `${url.hostname}:${url.port || 5432}${url.pathname}`
}

/** Sees all teams. Row-level security holds the owner of the tables as well, so that a forgotten condition shows nothing. */
export const ROLE = 'codeant_system'

/** How schemas begin in which what was there before is kept. */
export const ASIDE = 'set_aside_'

export async function connected(url, work) {
  const client = new pg.Client({ connectionString: url.href, application_name: 'codeant-operations' })
  await client.connect().catch(error => {
    const place = placeOf(url)
    throw new Trouble(
      SPANISH ? `no se llega a ${place}: ${error.message}` : `${place} cannot be reached: ${error.message}`,
    )
  })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Runs `work` with a connection whose transaction sees all of one moment. */
export function atOneMoment(url, work) {
  return connected(url, async client => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await client.query(`SET LOCAL ROLE ${ROLE}`)
    await mustSeeAll(client)
    return work(client)
  })
}

/** A table that the role sees a part of would be lost without a word. */
async function mustSeeAll(client) {
  const { rows } = await client.query(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relrowsecurity
     AND NOT EXISTS (
       SELECT FROM pg_policies WHERE tablename = relname AND $1 = ANY (roles) AND qual = 'true' AND cmd IN ('ALL', 'SELECT'))`,
    [ROLE],
  )
  if (rows.length === 0) return
  const names = rows.map(it => it.name).join(', ')
  throw new Trouble(
    SPANISH ? `el rol ${ROLE} no lo ve todo de: ${names}` : `the role ${ROLE} does not see all of: ${names}`,
  )
}

export async function tablesOf(client) {
  const { rows } = await client.query(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  )
  return rows.map(it => it.name)
}

/**
 * Of every table, by its name: how many rows there are, and a digest of all of them, whatever their order.
 *
 * @returns {Promise<Record<string, {rows: number, digest: string}>>}
 */
export async function contentOf(client) {
  const content = {}
  for (const name of await tablesOf(client)) {
    const { rows } = await client.query(
      `SELECT count(*)::int AS rows, md5(coalesce(string_agg(md5(it::text), '' ORDER BY md5(it::text)), '')) AS digest
       FROM ${pg.escapeIdentifier(name)} AS it`,
    )
    content[name] = rows[0]
  }
  return content
}

/**
 * `pg_dump` and its like. What opens the database is not among the arguments: those are shown to everybody on the machine. `take` gets
 * what it writes, where that is more than a sentence.
 */
export async function runProgram(program, given, url, take) {
  const child = spawn(program, given, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environmentOf(url),
  })
  let said = ''
  for (const it of take ? [child.stderr] : [child.stdout, child.stderr])
    it.on('data', text => {
      said += text
    })
  const taken = take?.(child.stdout)
  // Waited for below, after the program has said what was wrong.
  taken?.catch(() => child.kill())
  const code = await new Promise((resolve, reject) => {
    child.once('error', error =>
      reject(
        error.code === 'ENOENT'
          ? new Trouble(
              SPANISH ? `hace falta ${program}, de PostgreSQL` : `${program} of PostgreSQL is needed`,
            )
          : error,
      ),
    )
    child.once('close', resolve)
  })
  if (code !== 0 && said !== '') throw new Trouble(`${program}: ${said.trim()}`)
  await taken
  if (code !== 0) throw new Trouble(program)
}

/** As PostgreSQL's own programs read it. */
export function environmentOf(url) {
  return {
    ...process.env,
    PGHOST: url.hostname,
    PGPORT: url.port || '5432',
    PGUSER: decodeURIComponent(url.username),
    PGPASSWORD: decodeURIComponent(url.password),
    PGDATABASE: url.pathname.slice(1),
    ...(url.searchParams.get('sslmode') && { PGSSLMODE: url.searchParams.get('sslmode') }),
  }
}

export async function digestOf(file) {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file)) hash.update(piece)
  return hash.digest('hex')
}

/** In the order in which one can go: of what belongs to an extension, nothing is ours. */
export async function ownObjects(client, schema = 'public') {
  const { rows } = await client.query(
    `SELECT 'TABLE' AS kind, format('%I', relname) AS name FROM pg_class c
     WHERE relkind IN ('r', 'p') AND relnamespace = to_regnamespace($1) AND ${NOT_OF_EXTENSIONS.replace('ID', 'c.oid')}
     UNION ALL
     SELECT 'FUNCTION', format('%I(%s)', proname, pg_get_function_identity_arguments(p.oid)) FROM pg_proc p
     WHERE pronamespace = to_regnamespace($1) AND ${NOT_OF_EXTENSIONS.replace('ID', 'p.oid')}
     ORDER BY 1 DESC, 2`,
    [schema],
  )
  return rows
}

const NOT_OF_EXTENSIONS = "NOT EXISTS (SELECT FROM pg_depend WHERE objid = ID AND deptype = 'e')"
