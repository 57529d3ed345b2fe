// Copies that backup.mjs made: what they say of themselves, whether they are whole, and the way back into a database.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { atOneMoment, connected, contentOf, digestOf } from './database.mjs'
import { say, Trouble } from './program.mjs'
import { restoreArchive } from './restore-archive.mjs'
import { mustOpen, opened, openText, privateKeysOf } from './seal.mjs'

/** Whoever asks the database for a team is one of these; they belong to the server, so no copy of a database holds them. */
export const ROLES = ['codeant_tenant', 'codeant_system']

/** Of a folder, the newest first. */
export function copiesIn(folder) {
  return readdirSync(folder)
    .filter(it => it.endsWith('.dump'))
    .sort()
    .reverse()
    .map(it => join(folder, it))
}

/** What it says of itself. */
export function aboutCopy(file) {
  try {
    return JSON.parse(readFileSync(`${file}.json`, 'utf8'))
  } catch {
    throw new Trouble(
      say(
        `${file} is no copy: ${file}.json should be beside it`,
        `${file} no es una copia: junto a ella debería estar ${file}.json`,
      ),
    )
  }
}

/** The same, of a file that is what it was when it was made. */
export async function wholeCopy(file) {
  const about = aboutCopy(file)
  if ((await digestOf(file)) !== about.sha256)
    throw new Trouble(
      say(
        `${file} is damaged: its digest is another than then`,
        `${file} está dañada: su resumen ya no es el de entonces`,
      ),
    )
  return about
}

/**
 * The same, of one that is to be put into a database: where it is sealed, with the key that opens it, and all of it was opened once. What
 * cannot be read to its last byte touches nothing.
 */
export async function readableCopy(file) {
  const about = await wholeCopy(file)
  if (about.sealedFor === undefined) return about
  const keys = privateKeysOf()
  const content = JSON.parse(await openText(about.sealedContent, keys, `${file}.json`))
  await mustOpen(file, keys)
  return { ...about, content }
}

/** What pg_dump wrote. */
export function archiveOf(file, about) {
  return about.sealedFor === undefined ? file : opened(file, privateKeysOf())
}

export function rowsOf({ content, rows }) {
  if (rows !== undefined) return rows
  return Object.values(content).reduce((sum, it) => sum + it.rows, 0)
}

/** Into an empty database: all of it, or nothing. Rejects when what is there now is not what was there then. */
export async function putBack(url, file, about) {
  await makeRoles(url)
  await restoreArchive(url, archiveOf(file, about))
  const now = await atOneMoment(url, contentOf)
  const names = new Set([...Object.keys(about.content), ...Object.keys(now)])
  const others = [...names].filter(it => JSON.stringify(about.content[it]) !== JSON.stringify(now[it]))
  if (others.length > 0)
    throw new Trouble(
      say(
        `it was put back, and is not what it was: ${others.join(', ')}`,
        `restaurada, pero no es lo mismo que entonces: ${others.join(', ')}`,
      ),
    )
}

/** As the first migration does it. */
function makeRoles(url) {
  return connected(url, async client => {
    for (const it of ROLES) {
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [it])
      if (rowCount === 0) await client.query(`CREATE ROLE ${pg.escapeIdentifier(it)} NOLOGIN`)
      // From PostgreSQL 16 on, who made a role may not take it on by that alone.
      await client.query(`GRANT ${pg.escapeIdentifier(it)} TO current_user`).catch(() => undefined)
    }
  })
}
