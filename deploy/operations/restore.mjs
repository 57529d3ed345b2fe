// Puts a copy that backup.mjs made into an empty database, and looks whether what is there now is what was there then.
//
//   CODEANT_GATEWAY_DATABASE_URL=postgres://… node deploy/operations/restore.mjs --from FILE.dump [--execute]
//
// Without `--execute` it only says what it would do. Gateways should be stopped meanwhile (`kubectl scale --replicas=0`). Its user has
// to be allowed to make roles, as for migrations: two without a login separate the teams.

import { putBack, readableCopy, rowsOf } from './copies.mjs'
import { connected, databaseUrl, placeOf, tablesOf } from './database.mjs'
import { main, SPANISH, Trouble, tell } from './program.mjs'

const say = SPANISH
  ? {
      usage: 'restore.mjs --from ARCHIVO.dump [--execute]',
      help: `restore.mjs --from ARCHIVO.dump [--execute]

Restaura una copia de backup.mjs en la base de datos vacía de CODEANT_GATEWAY_DATABASE_URL (o _FILE) y comprueba,
fila por fila, que es lo mismo que entonces. Sin --execute solo dice qué haría.`,
      notEmpty: place => `${place} no está vacía: una copia solo se restaura en una base de datos vacía`,
      plan: (file, at, rows, place) =>
        `${file}, del ${at}, ${rows} filas, se restauraría en ${place}; con --execute se hace`,
      done: (place, rows, seconds) => `${place}: ${rows} filas, todas como entonces, ${seconds} s`,
    }
  : {
      usage: 'restore.mjs --from FILE.dump [--execute]',
      help: `restore.mjs --from FILE.dump [--execute]

Puts a copy of backup.mjs into the empty database of CODEANT_GATEWAY_DATABASE_URL (or _FILE), and compares row by
row whether it is what it was. Without --execute it only says what it would do.`,
      notEmpty: place => `${place} is not empty: a copy is put into an empty database only`,
      plan: (file, at, rows, place) =>
        `${file} of ${at}, ${rows} rows, would be put into ${place}; --execute does it`,
      done: (place, rows, seconds) => `${place}: ${rows} rows, all as they were, ${seconds} s`,
    }

const options = { from: { type: 'string' }, execute: { type: 'boolean' } }

await main({ name: 'restore', help: say.help, options }, async values => {
  if (!values.from) throw new Trouble(say.usage)
  const url = databaseUrl()
  const copy = await readableCopy(values.from)
  if ((await connected(url, tablesOf)).length > 0) throw new Trouble(say.notEmpty(placeOf(url)))
  const rows = rowsOf(copy)
  if (!values.execute) return tell(say.plan(values.from, copy.at, rows, placeOf(url)))
  const began = Date.now()
  await putBack(url, values.from, copy)
  tell(say.done(placeOf(url), rows, ((Date.now() - began) / 1000).toFixed(1)))
})
