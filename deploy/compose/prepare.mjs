// Writes what only this machine knows: `.env` with a secret of its own for each line of `.env.example` that is empty, and a certificate for
// this computer. What is there already stays as it is.
//
//   node deploy/compose/prepare.mjs [--folder deploy/compose] [--name localhost]

import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { main, say, Trouble, tell } from '../operations/program.mjs'

const HERE = fileURLToPath(new URL('.', import.meta.url))
/** An hour more than a browser takes is refused by it. */
const DAYS = 397

const HELP = say(
  `prepare.mjs [--folder FOLDER] [--name NAME]

Writes FOLDER/.env from .env.example, with a new secret for each empty line, and FOLDER/tls with a certificate for NAME that this
computer signed itself. What is there already stays as it is.`,
  `prepare.mjs [--folder CARPETA] [--name NOMBRE]

Escribe CARPETA/.env a partir de .env.example, con un secreto nuevo en cada línea vacía, y CARPETA/tls con un certificado para NOMBRE
firmado por este mismo equipo. Lo que ya está se queda como está.`,
)

const options = {
  folder: { type: 'string', default: HERE },
  name: { type: 'string', default: 'localhost' },
}

await main({ name: 'prepare', help: HELP, options }, ({ folder, name }) => {
  if (!/^[a-z0-9.-]+$/.test(name))
    throw new Trouble(say(`${name} is no name of a host`, `${name} no es un nombre de equipo`))
  const file = join(folder, '.env')
  if (existsSync(file)) tell(say(`${file} is there already`, `${file} ya existe`))
  else {
    writeFileSync(file, withSecrets(readFileSync(join(HERE, '.env.example'), 'utf8'), name), { mode: 0o600 })
    tell(say(`${file}: written, for you alone`, `${file}: escrito, solo para ti`))
  }
  const tls = join(folder, 'tls')
  if (existsSync(join(tls, 'cert.pem'))) tell(say(`${tls} is there already`, `${tls} ya existe`))
  else {
    mkdirSync(tls, { recursive: true })
    certify(tls, name)
    tell(
      say(
        `${tls}: a certificate for ${name}, signed by nobody else`,
        `${tls}: un certificado para ${name}, sin firma de nadie más`,
      ),
    )
  }
  return 0
})

/** Letters and digits only: they stand in addresses, too. */
function withSecrets(example, name) {
  return example
    .replace(/^([A-Z_]+)=$/gm, (_, key) => `${key}=${randomBytes(32).toString('hex')}`)
    .replace(/^CODEANT_NAME=.*$/m, `CODEANT_NAME=${name}`)
}

function certify(folder, name) {
  const key = join(folder, 'key.pem')
  try {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
        ...['-days', String(DAYS), '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`],
        ...['-keyout', key, '-out', join(folder, 'cert.pem')],
      ],
      { stdio: 'pipe' },
    )
  } catch (error) {
    if (error.code === 'ENOENT') throw new Trouble(say('openssl is needed', 'hace falta openssl'))
    throw error
  }
  // The edge reads it as its own user: of the machine's users, whoever may look into this folder.
  chmodSync(key, 0o644)
  chmodSync(folder, 0o755)
}
