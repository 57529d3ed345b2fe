// Signs what weights are known by: a description (`model.json`), or what `main.mjs weights manifest` says of the models of an image. With
// the key in `weights.publicKey`, the gateway and its engines load nothing that was not signed.
//
//   node deploy/operations/sign.mjs --key private.pem --file model.json [--to model.json.sig]

import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { main, say, Trouble, tell } from './program.mjs'

const help = say(
  `sign.mjs --key private.pem --file FILE [--to FILE.sig]

Signs a file with the private half of a key of new-key.mjs --for weights. While keys change, sign with both: a second
signature is added to what is there, and one that counts is enough.`,
  `sign.mjs --key private.pem --file FICHERO [--to FICHERO.sig]

Firma un fichero con la mitad privada de una clave de new-key.mjs --for weights. Mientras se cambia de clave, firma con las
dos: la segunda firma se añade a lo que hay, y basta con que una valga.`,
)

/** As `deploy/gateway/src/weights/trust.ts` has it. */
const PURPOSE = 'codeant-weights-1\n'

const options = { key: { type: 'string' }, file: { type: 'string' }, to: { type: 'string' } }

await main({ name: 'sign', help, options }, ({ key: path, file, to = `${file}.sig` }) => {
  if (!path || !file) throw new Trouble(help.split('\n')[0])
  const bytes = Buffer.concat([Buffer.from(PURPOSE), read(file)])
  const signature = sign(null, bytes, keyOf(path)).toString('base64')
  const there = read(to, true).toString().split('\n').filter(Boolean)
  writeFileSync(to, `${[...there.filter(it => it !== signature), signature].join('\n')}\n`)
  tell(to)
})

function keyOf(path) {
  const text = read(path)
  try {
    const key = createPrivateKey(text)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // Said below, without what it was.
  }
  throw new Trouble(
    say(
      `${path} is no private key of new-key.mjs --for weights`,
      `${path} no es una clave privada de new-key.mjs --for weights`,
    ),
  )
}

function read(path, mayLack = false) {
  try {
    return readFileSync(path)
  } catch (error) {
    if (mayLack && error.code === 'ENOENT') return Buffer.alloc(0)
    throw new Trouble(error.message)
  }
}
