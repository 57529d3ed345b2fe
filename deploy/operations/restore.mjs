// Puts a copy that backup.mjs made into an empty database, and looks whether what is there now is what was there then.
//
//   CODEANT_GATEWAY_DATABASE_URL=postgres://… node deploy/operations/restore.mjs --from FILE.dump [--execute]
//
// Without `--execute` it only says what it would do. Gateways should be stopped meanwhile (`kubectl scale --replicas=0`). Its user has
// to be allowed to make roles, as for migrations: two without a login separate the teams.

import { readFileSync } from 'node:fs'
import pg from 'pg'
import { atOneMoment, connected, contentOf, databaseUrl, digestOf, placeOf, tablesOf } from './database.mjs'
import { main, SPANISH, Trouble } from './program.mjs'
import { restoreArchive } from './restore-archive.mjs'

/** Whoever asks the database for a team is one of these; they belong to the server, so no copy of a database holds them. */
const ROLES = ['codeant_tenant', 'codeant_system']

const say = SPANISH
  ? {
      usage: 'restore.mjs --from ARCHIVO.dump [--execute]',
      help: `restore.mjs --from ARCHIVO.dump [--execute]

Restaura una copia de backup.mjs en la base de datos vacía de CODEANT_GATEWAY_DATABASE_URL (o _FILE) y comprueba,
fila por fila, que es lo mismo que entonces. Sin --execute solo dice qué haría.`,
      noCopy: file => `${file} no es una copia: junto a ella debería estar ${file}.json`,
      damaged: file => `${file} está dañada: su resumen ya no es el de entonces`,
      notEmpty: place => `${place} no está vacía: una copia solo se restaura en una base de datos vacía`,
      plan: (file, at, rows, place) =>
        `${file}, del ${at}, ${rows} filas, se restauraría en ${place}; con --execute se hace`,
      other: tables => `restaurada, pero no es lo mismo que entonces: ${tables}`,
      done: (place, rows, seconds) => `${place}: ${rows} filas, todas como entonces, ${seconds} s`,
    }
  : {
      usage: 'restore.mjs --from FILE.dump [--execute]',
      help: `restore.mjs --from FILE.dump [--execute]

Puts a copy of backup.mjs into the empty database of CODEANT_GATEWAY_DATABASE_URL (or _FILE), and compares row by
row whether it is what it was. Without --execute it only says what it would do.`,
      noCopy: file => `${file} is no copy: ${file}.json should be beside it`,
      damaged: file => `${file} is damaged: its digest is another than then`,
      notEmpty: place => `${place} is not empty: a copy is put into an empty database only`,
      plan: (file, at, rows, place) =>
        `${file} of ${at}, ${rows} rows, would be put into ${place}; --execute does it`,
      other: tables => `it was put back, and is not what it was: ${tables}`,
      done: (place, rows, seconds) => `${place}: ${rows} rows, all as they were, ${seconds} s`,
    }

const options = { from: { type: 'string' }, execute: { type: 'boolean' } }

await main({ name: 'restore', help: say.help, options }, async values => {
  if (!values.from) throw new Trouble(say.usage)
  const url = databaseUrl()
  const copy = readCopy(values.from)
  if ((await digestOf(values.from)) !== copy.sha256) throw new Trouble(say.damaged(values.from))
  if ((await connected(url, tablesOf)).length > 0) throw new Trouble(say.notEmpty(placeOf(url)))
  const rows = Object.values(copy.content).reduce((sum, it) => sum + it.rows, 0)
  if (!values.execute) {
    process.stdout.write(`${say.plan(values.from, copy.at, rows, placeOf(url))}\n`)
    return
  }
  const began = Date.now()
  await makeRoles(url)
  await restoreArchive(url, values.from)
  const now = await atOneMoment(url, contentOf)
  const names = new Set([...Object.keys(copy.content), ...Object.keys(now)])
  const others = [...names].filter(it => JSON.stringify(copy.content[it]) !== JSON.stringify(now[it]))
  if (others.length > 0) throw new Trouble(say.other(others.join(', ')))
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  process.stdout.write(`${say.done(placeOf(url), rows, seconds)}\n`)
})

function readCopy(file) {
  try {
    return JSON.parse(readFileSync(`${file}.json`, 'utf8'))
  } catch {
    throw new Trouble(say.noCopy(file))
  }
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
