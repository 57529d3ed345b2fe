// Makes a pair of keys: for copies of the database, which only the private half opens, or for weights, which only the private half signs.
//
//   node deploy/operations/new-key.mjs --for backups|weights --to FOLDER

import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { main, say, Trouble, tell } from './program.mjs'

const help = say(
  `new-key.mjs --for backups|weights --to FOLDER

Makes private.pem, which only its owner reads, and public.pem. The private half of backups belongs where the endpoint does
not reach: without it no copy can be read again. That of weights belongs to whoever says which weights may be loaded.`,
  `new-key.mjs --for backups|weights --to CARPETA

Crea private.pem, que solo lee su dueño, y public.pem. La mitad privada de las copias se guarda donde el servidor no llega:
sin ella no se puede volver a leer ninguna. La de los pesos es de quien decide qué pesos se pueden cargar.`,
)

const KINDS = { backups: 'x25519', weights: 'ed25519' }

await main(
  { name: 'new-key', help, options: { for: { type: 'string' }, to: { type: 'string' } } },
  values => {
    const kind = KINDS[values.for]
    if (!kind || !values.to) throw new Trouble(help.split('\n')[0])
    const [secret, open] = ['private.pem', 'public.pem'].map(it => join(values.to, it))
    for (const it of [secret, open])
      if (existsSync(it))
        throw new Trouble(
          say(
            `${it} is there: a key that is written over opens nothing any more`,
            `${it} ya existe: una clave sobrescrita ya no abre nada`,
          ),
        )
    mkdirSync(values.to, { recursive: true, mode: 0o700 })
    const { privateKey, publicKey } = generateKeyPairSync(kind)
    writeFileSync(secret, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
    writeFileSync(open, publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o644, flag: 'wx' })
    tell(`${secret}\n${open}`)
  },
)
