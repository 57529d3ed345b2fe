// What is in a database goes into a schema beside, in one step, and can come back in one.

import pg from 'pg'
import { ASIDE, connected, ownObjects } from './database.mjs'

/** The name of the schema. Extensions stay where they are: what comes needs them, too. */
export async function setAside(url) {
  const schema = `${ASIDE}${new Date()
    .toISOString()
    .replace(/\.\d+|[-:]/g, '')
    .toLowerCase()}`
  await connected(url, async client => {
    await client.query('BEGIN')
    await client.query(`CREATE SCHEMA ${pg.escapeIdentifier(schema)}`)
    await move(client, 'public', schema)
    await client.query('COMMIT')
  })
  return schema
}

/** What came instead goes. */
export async function bringBack(url, schema) {
  await connected(url, async client => {
    await client.query('BEGIN')
    await dropAll(client)
    await move(client, schema, 'public')
    await client.query(`DROP SCHEMA ${pg.escapeIdentifier(schema)}`)
    await client.query('COMMIT')
  })
}

/** All tables and functions that are ours. */
export async function dropAll(client, schema = 'public') {
  const place = pg.escapeIdentifier(schema)
  for (const { kind, name } of await ownObjects(client, schema))
    await client.query(`DROP ${kind} IF EXISTS ${place}.${name} CASCADE`)
}

async function move(client, from, to) {
  const [source, target] = [from, to].map(it => pg.escapeIdentifier(it))
  for (const { kind, name } of await ownObjects(client, from))
    await client.query(`ALTER ${kind} ${source}.${name} SET SCHEMA ${target}`)
}
