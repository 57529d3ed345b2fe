// Seals copies of the database for whoever has the private key: what makes them every night has the public one, and cannot read them.
//
// A sealed file is `CODEANT-SEALED-1`, the length of a head, the head, and pieces of 64 KiB, each with the tag of AES-256-GCM. The key of
// a file is agreed on with X25519 between the public key and a key pair that exists for this file alone (HKDF-SHA-256 over both and the
// head). A piece is numbered and the last one is marked, so that nothing can be changed, moved, left out or cut off unseen. It does not
// say who sealed it: whoever has the public key can.

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
} from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { say, secretOf, Trouble } from './program.mjs'

const MAGIC = Buffer.from('CODEANT-SEALED-1')
/** Large enough that tags weigh nothing, small enough that memory does not grow with a copy. */
const PIECE = 64 * 1024
const TAG = 16
/** A head is a few hundred bytes: more is none of ours. */
const MOST_HEAD = 4096

/** For whom copies are sealed: `CODEANT_BACKUP_PUBLIC_KEY` (or …_FILE); undefined where nobody is named. */
export function publicKeyOf(env = process.env) {
  const text = secretOf('CODEANT_BACKUP_PUBLIC_KEY', env)
  if (text === undefined) return undefined
  // Node would take the public half of it; whoever makes copies is not to have the other one.
  return keyFrom(text.includes('PRIVATE') ? '' : text, createPublicKey, 'CODEANT_BACKUP_PUBLIC_KEY')
}

/** `CODEANT_BACKUP_PRIVATE_KEY` (or …_FILE): several, one after the other, where keys were changed and old copies are still kept. */
export function privateKeysOf(env = process.env) {
  const text = secretOf('CODEANT_BACKUP_PRIVATE_KEY', env)
  const blocks = text?.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g) ?? (text ? [text] : [])
  return blocks.map(it => keyFrom(it, createPrivateKey, 'CODEANT_BACKUP_PRIVATE_KEY'))
}

/** By which a key is called: of the public half, whichever half is given. */
export function nameOfKey(key) {
  return createHash('sha256').update(rawPublic(key)).digest('hex').slice(0, 16)
}

export function sealing(publicKey) {
  const own = generateKeyPairSync('x25519')
  const head = Buffer.from(
    JSON.stringify({ for: nameOfKey(publicKey), with: rawPublic(own.publicKey).toString('base64') }),
  )
  const key = agreed(own.privateKey, publicKey, own.publicKey, publicKey, head)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  let held = Buffer.concat([])
  let number = 0
  const sealed = (piece, isLast) => {
    const cipher = createCipheriv('aes-256-gcm', key, numbered(number++, isLast))
    return Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()])
  }
  return new Transform({
    construct(done) {
      this.push(Buffer.concat([MAGIC, length, head]))
      done()
    },
    transform(bytes, _, done) {
      held = Buffer.concat([held, bytes])
      // One more byte than a piece: only then is it known not to be the last.
      for (; held.length > PIECE; held = held.subarray(PIECE))
        this.push(sealed(held.subarray(0, PIECE), false))
      done()
    },
    flush(done) {
      this.push(sealed(held, true))
      done()
    },
  })
}

/** What was sealed, as a stream that fails at the first byte that is not what it was. */
export async function* opened(file, privateKeys) {
  const handle = await open(file, 'r')
  let head
  let from
  try {
    const start = Buffer.alloc(MAGIC.length + 4)
    await handle.read(start, 0, start.length, 0)
    const length = start.readUInt32BE(MAGIC.length)
    if (!start.subarray(0, MAGIC.length).equals(MAGIC) || length > MOST_HEAD) throw damaged(file)
    head = Buffer.alloc(length)
    await handle.read(head, 0, length, start.length)
    from = start.length + length
  } finally {
    await handle.close()
  }
  yield* openedPieces(createReadStream(file, { start: from }), keyOf(file, head, privateKeys), file)
}

/** Reads all of it, and keeps nothing: whether it can be opened, before anything is done with it. */
export async function mustOpen(file, privateKeys) {
  for await (const _ of opened(file, privateKeys));
}

/** A few bytes in one piece of text. */
export async function sealText(publicKey, text) {
  const pieces = []
  await pipeline(Readable.from([Buffer.from(text)]), sealing(publicKey), async source => {
    for await (const it of source) pieces.push(it)
  })
  return Buffer.concat(pieces).toString('base64')
}

export async function openText(base64, privateKeys, name) {
  const bytes = Buffer.from(base64, 'base64')
  const from = MAGIC.length + 4
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw damaged(name)
  const end = from + bytes.readUInt32BE(MAGIC.length)
  const key = keyOf(name, bytes.subarray(from, end), privateKeys)
  const pieces = []
  for await (const it of openedPieces([bytes.subarray(end)], key, name)) pieces.push(it)
  return Buffer.concat(pieces).toString()
}

async function* openedPieces(source, key, name) {
  let held = Buffer.alloc(0)
  let number = 0
  const piece = (bytes, isLast) => {
    if (bytes.length < TAG) throw damaged(name)
    const decipher = createDecipheriv('aes-256-gcm', key, numbered(number++, isLast))
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG))
    try {
      return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG)), decipher.final()])
    } catch {
      throw damaged(name)
    }
  }
  for await (const bytes of source) {
    held = Buffer.concat([held, bytes])
    for (; held.length > PIECE + TAG; held = held.subarray(PIECE + TAG))
      yield piece(held.subarray(0, PIECE + TAG), false)
  }
  yield piece(held, true)
}

function keyOf(name, head, privateKeys) {
  let said
  try {
    said = JSON.parse(head.toString())
    if (typeof said.for !== 'string' || Buffer.from(said.with, 'base64').length !== 32) throw damaged(name)
  } catch {
    throw damaged(name)
  }
  const own = privateKeys.find(it => nameOfKey(it) === said.for)
  if (!own)
    throw new Trouble(
      privateKeys.length === 0
        ? say(
            `${name} is sealed: CODEANT_BACKUP_PRIVATE_KEY (or …_FILE) has to hold the key ${said.for}`,
            `${name} está sellada: CODEANT_BACKUP_PRIVATE_KEY (o …_FILE) tiene que contener la clave ${said.for}`,
          )
        : say(
            `${name} is sealed for the key ${said.for}; here are ${privateKeys.map(nameOfKey).join(', ')}`,
            `${name} está sellada para la clave ${said.for}; aquí están ${privateKeys.map(nameOfKey).join(', ')}`,
          ),
    )
  const other = publicFromRaw(Buffer.from(said.with, 'base64'))
  return agreed(own, other, other, createPublicKey(own), head)
}

function agreed(privateKey, publicKey, ephemeral, recipient, head) {
  const salt = Buffer.concat([rawPublic(ephemeral), rawPublic(recipient)])
  const info = createHash('sha256').update(MAGIC).update(head).digest()
  return Buffer.from(hkdfSync('sha256', diffieHellman({ privateKey, publicKey }), salt, info, 32))
}

/** A key seals one file, so a number is used once. */
function numbered(number, isLast) {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(number), 3)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

function rawPublic(key) {
  const half = key.type === 'private' ? createPublicKey(key) : key
  return Buffer.from(half.export({ format: 'jwk' }).x, 'base64url')
}

function publicFromRaw(raw) {
  return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: raw.toString('base64url') }, format: 'jwk' })
}

function keyFrom(text, read, name) {
  try {
    const key = read(text)
    if (key.asymmetricKeyType === 'x25519') return key
  } catch {
    // Said below, without what it was.
  }
  throw new Trouble(
    say(
      `${name} has to be a key of new-key.mjs --for backups, in PEM`,
      `${name} tiene que ser una clave de new-key.mjs --for backups, en PEM`,
    ),
  )
}

function damaged(name) {
  return new Trouble(
    say(
      `${name} is damaged: what is sealed in it cannot be opened`,
      `${name} está dañada: lo que lleva sellado no se puede abrir`,
    ),
  )
}
