// What is in a database goes into a schema beside, in one step, and can come back in one.

import pg from 'pg'
import { ASIDE, connected, ownObjects } from './database.mjs'
import { say, Trouble } from './program.mjs'

/** The name of the schema. Extensions stay where they are: what comes needs them, too. */
export async function setAside(url, seconds) {
  const now = new Date().toISOString().replace(/\.\d+|[-:]/g, '')
  const schema = `${ASIDE}${now.toLowerCase()}`
  await alone(
    url,
    async client => {
      await client.query(`CREATE SCHEMA ${pg.escapeIdentifier(schema)}`)
      await move(client, 'public', schema)
    },
    seconds,
  )
  return schema
}

/** What came instead goes. */
export async function bringBack(url, schema) {
  await alone(url, async client => {
    await dropAll(client)
    await move(client, schema, 'public')
    await client.query(`DROP SCHEMA ${pg.escapeIdentifier(schema)}`)
  })
}

/** All that is ours, and what was set aside. */
export function dropEverything(url, aside = []) {
  return alone(url, async client => {
    for (const it of aside) await client.query(`DROP SCHEMA ${pg.escapeIdentifier(it)} CASCADE`)
    await dropAll(client)
  })
}

/** Whoever still reads a table keeps it where it is: a copy that is being made, or a console that somebody forgot. */
const PATIENCE_SECONDS = 30

/** All of it or nothing. */
function alone(url, work, seconds = PATIENCE_SECONDS) {
  return connected(url, async client => {
    await client.query('BEGIN')
    await client.query(`SET LOCAL lock_timeout = '${seconds}s'`)
    try {
      await work(client)
    } catch (error) {
      // Of the lock.
      if (error.code !== '55P03') throw error
      await client.query('ROLLBACK')
      const { rows } = await client.query(
        `SELECT pid, application_name AS name FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      )
      const who = rows.map(it => `${it.pid} ${it.name}`).join(', ')
      throw new Trouble(
        say(
          `somebody is still in the database, and nothing was changed: ${who}`,
          `todavía hay alguien en la base de datos, y no se ha cambiado nada: ${who}`,
        ),
      )
    }
    await client.query('COMMIT')
  })
}

/** All tables and functions that are ours. */
async function dropAll(client, schema = 'public') {
  const place = pg.escapeIdentifier(schema)
  for (const { kind, name } of await ownObjects(client, schema))
    await client.query(`DROP ${kind} IF EXISTS ${place}.${name} CASCADE`)
}

async function move(client, from, to) {
  const [source, target] = [from, to].map(it => pg.escapeIdentifier(it))
  for (const { kind, name } of await ownObjects(client, from))
    await client.query(`ALTER ${kind} ${source}.${name} SET SCHEMA ${target}`)
}
