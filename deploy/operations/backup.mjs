// Keeps a copy of the endpoint's database: one file that holds all of it as of one moment, and one that says what is in it.
//
//   CODEANT_GATEWAY_DATABASE_URL=postgres://… node deploy/operations/backup.mjs --to FOLDER [--keep-days 30]
//
// The copy holds what the database holds: digests of keys, addresses of people, sealed signing keys. With CODEANT_BACKUP_PUBLIC_KEY it is
// sealed for whoever has the private key (seal.mjs) before any of it reaches a disk; without, put the folder where only the operator
// reads.

import {
  chmodSync,
  createWriteStream,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import {
  ASIDE,
  atOneMoment,
  contentOf,
  databaseUrl,
  digestOf,
  placeOf,
  ROLE,
  runProgram,
} from './database.mjs'
import { main, SPANISH, Trouble } from './program.mjs'
import { nameOfKey, publicKeyOf, sealing, sealText } from './seal.mjs'

const DAY_MS = 86_400_000

const say = SPANISH
  ? {
      usage: 'backup.mjs --to CARPETA [--keep-days DÍAS]',
      help: `backup.mjs --to CARPETA [--keep-days DÍAS]

Guarda una copia de la base de datos de CODEANT_GATEWAY_DATABASE_URL (o _FILE): un fichero con todo lo que hay
en un instante y otro que dice qué es. Con --keep-days borra las copias más antiguas, solo después de hacer la nueva. Con
CODEANT_BACKUP_PUBLIC_KEY (o _FILE), de new-key.mjs, solo quien tiene la clave privada puede leer la copia.`,
      days: 'los días son un número a partir de 1',
      made: (file, tables, rows, seconds) => `${file}: ${tables} tablas, ${rows} filas, ${seconds} s`,
      dropped: file => `${file}: borrada, era demasiado antigua`,
    }
  : {
      usage: 'backup.mjs --to FOLDER [--keep-days DAYS]',
      help: `backup.mjs --to FOLDER [--keep-days DAYS]

Keeps a copy of the database of CODEANT_GATEWAY_DATABASE_URL (or _FILE): a file with all of one moment, and one
that says what is in it. With --keep-days, older copies go, and only after the new one is there. With
CODEANT_BACKUP_PUBLIC_KEY (or _FILE), of new-key.mjs, only who has the private key can read the copy.`,
      days: 'the days are a number from 1 on',
      made: (file, tables, rows, seconds) => `${file}: ${tables} tables, ${rows} rows, ${seconds} s`,
      dropped: file => `${file}: removed, it was too old`,
    }

const options = { to: { type: 'string' }, 'keep-days': { type: 'string' } }

await main({ name: 'backup', help: say.help, options }, async values => {
  if (!values.to) throw new Trouble(say.usage)
  const keep = values['keep-days'] === undefined ? undefined : Number(values['keep-days'])
  if (keep !== undefined && !(keep >= 1)) throw new Trouble(say.days)
  const began = Date.now()
  // Before anything: a key that was asked for and cannot be read makes no copy that anybody can.
  const made = await backUp(databaseUrl(), values.to, publicKeyOf())
  const rows = Object.values(made.content).reduce((sum, it) => sum + it.rows, 0)
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  process.stdout.write(`${say.made(made.file, Object.keys(made.content).length, rows, seconds)}\n`)
  // Only after there is a new one.
  if (keep !== undefined)
    for (const it of dropOld(values.to, keep)) process.stdout.write(`${say.dropped(it)}\n`)
})

async function backUp(url, folder, publicKey) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const at = new Date()
  const name = `codeant-${at.toISOString().replace(/\.\d+|[-:]/g, '')}`
  const file = join(folder, `${name}.dump`)
  const part = `${file}.part`
  try {
    const content = await atOneMoment(url, async client => {
      // Both see the same moment, whatever is written meanwhile.
      const { rows } = await client.query('SELECT pg_export_snapshot() AS snapshot')
      // What an emergency set aside is no part of the endpoint, and nothing that the role may read.
      const given = ['--format=custom', '--no-owner', '--no-password', '--enable-row-security']
      given.push(`--exclude-schema=${ASIDE}*`)
      given.push(`--role=${ROLE}`, `--snapshot=${rows[0].snapshot}`)
      if (publicKey)
        await runProgram('pg_dump', given, url, it =>
          pipeline(it, sealing(publicKey), createWriteStream(part, { mode: 0o600 })),
        )
      else await runProgram('pg_dump', [...given, `--file=${part}`], url)
      return contentOf(client)
    })
    chmodSync(part, 0o600)
    const sha256 = await digestOf(part)
    const about = {
      ...{ version: 1, at, from: placeOf(url), bytes: statSync(part).size, sha256 },
      ...(publicKey ? await sealedContent(content, publicKey) : { content }),
    }
    renameSync(part, file)
    // It comes last: a copy without it is none.
    writeFileSync(`${file}.json`, `${JSON.stringify(about, null, 2)}\n`, { mode: 0o600 })
    return { file, content }
  } finally {
    rmSync(part, { force: true })
  }
}

/** Digests of tables tell of a small table what is in it to whoever guesses; that a copy is not empty, everybody may know. */
async function sealedContent(content, publicKey) {
  const rows = Object.values(content).reduce((sum, it) => sum + it.rows, 0)
  return {
    sealedFor: nameOfKey(publicKey),
    rows,
    sealedContent: await sealText(publicKey, JSON.stringify(content)),
  }
}

function* dropOld(folder, days) {
  for (const it of readdirSync(folder).filter(name => name.endsWith('.dump.json'))) {
    const { at } = JSON.parse(readFileSync(join(folder, it), 'utf8'))
    if (Date.now() - Date.parse(at) < days * DAY_MS) continue
    const dump = it.replace(/\.json$/, '')
    rmSync(join(folder, it))
    rmSync(join(folder, dump), { force: true })
    yield join(folder, dump)
  }
}
