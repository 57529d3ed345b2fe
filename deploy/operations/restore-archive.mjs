// Puts an archive of pg_dump into a database, all of it or nothing: pg_restore writes what is to be done, psql does it.
//
// Not pg_restore alone: from PostgreSQL 17 on it begins with a setting that older servers do not know, and ends there.

import { spawn } from 'node:child_process'
import { PassThrough, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { connected, environmentOf } from './database.mjs'
import { say, Trouble } from './program.mjs'

/** The line in the head of every script, before any data. */
const NEWER = /^SET transaction_timeout = 0;\n/m
const KNOWS_IT = 170_000

/** `archive` is the path of one, or what is in one, piece by piece. */
export async function restoreArchive(url, archive) {
  const isFile = typeof archive === 'string'
  const version = await connected(url, async client => {
    const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS version")
    return rows[0].version
  })
  // Without comments: that of an extension such as pgvector is its owner's, who is not who restores.
  const reading = start(
    'pg_restore',
    ['--no-owner', '--no-comments', '--file=-', ...(isFile ? [archive] : [])],
    url,
  )
  const writing = start(
    'psql',
    ['--no-psqlrc', '--quiet', '--no-password', '--single-transaction', '--set=ON_ERROR_STOP=1', '--file=-'],
    url,
  )
  const moved = pipeline(
    reading.child.stdout,
    version < KNOWS_IT ? withoutTheSetting() : new PassThrough(),
    // At the end of what it reads, psql keeps all of it: it sees that end only when pg_restore came to its own.
    whenEnded(reading.ended, () => writing.child.kill('SIGKILL')),
    writing.child.stdin,
    // Who reads ended early has said why.
  ).catch(() => undefined)
  const given = isFile
    ? undefined
    : pipeline(archive, reading.child.stdin).catch(error =>
        // pg_restore has said why it reads no further.
        error.code === 'EPIPE' ? undefined : error.message,
      )
  const ended = await Promise.all([given, reading.ended, writing.ended, moved])
  const said = ended.find(it => it !== undefined)
  if (said !== undefined) throw new Trouble(said)
}

function withoutTheSetting() {
  let isHead = true
  return new Transform({
    transform(piece, _, done) {
      const text = isHead ? piece.toString('latin1') : ''
      isHead = isHead && !NEWER.test(text)
      // Byte by byte as it came, but for that line.
      done(null, text && NEWER.test(text) ? Buffer.from(text.replace(NEWER, ''), 'latin1') : piece)
    },
  })
}

function whenEnded(ended, failed) {
  return new Transform({
    transform: (piece, _, done) => done(null, piece),
    flush(done) {
      void ended.then(said => {
        if (said !== undefined) failed()
        done(said === undefined ? null : new Error(said))
      })
    },
  })
}

/** `ended` is what it said, when it failed. */
function start(program, given, url) {
  const child = spawn(program, given, { stdio: ['pipe', 'pipe', 'pipe'], env: environmentOf(url) })
  let said = ''
  child.stderr.on('data', text => {
    said += text
  })
  const ended = new Promise(resolve => {
    child.once('error', () =>
      resolve(say(`${program} of PostgreSQL is needed`, `hace falta ${program}, de PostgreSQL`)),
    )
    child.once('close', code => resolve(code === 0 ? undefined : `${program}: ${said.trim()}`))
  })
  // psql says nothing that we read, and must not wait for somebody to.
  if (program === 'psql') child.stdout.resume()
  return { child, ended }
}
