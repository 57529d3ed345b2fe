// Who stands for a pack: an Ed25519 signature over the digests of its files, and the keys that this person believes.

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { configFolder } from './folders.ts'
import { readPrivateJson, writePrivateJson } from './private-file.ts'

/** The digest of each file, by its path. */
export type Digests = ReadonlyMap<string, string>

export type Signature =
  | { readonly state: 'unsigned' }
  /** The key says so; whether that key is believed is another question. */
  | { readonly state: 'signed'; readonly key: string }
  /** The signature is no such thing, or stands for other files. */
  | { readonly state: 'wrong'; readonly file?: string }

/** Written as a file, a private key in PEM, that nobody else may read. Throws what the file system throws. */
export function makeKey(file: string): string {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  return nameOf(publicKey)
}

/** The content of the signature's file. Throws when `pem` is no key for this. */
export function signDigests(digests: Digests, pem: string): string {
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('no Ed25519 key')
  const files = Object.fromEntries(sorted(digests))
  const signature = sign(null, statement(digests), key).toString('base64url')
  return `${JSON.stringify({ version: 1, key: nameOf(createPublicKey(key)), signature, files }, null, 2)}\n`
}

/** Every one of the files must be among those that were signed, and none of those may be missing. */
export function readSignature(text: string | undefined, digests: Digests): Signature {
  if (text === undefined) return { state: 'unsigned' }
  const written = parsed(text)
  if (!written) return { state: 'wrong' }
  const { key, signature, files } = written
  try {
    if (!verify(null, statement(files), keyNamed(key), Buffer.from(signature, 'base64url')))
      return { state: 'wrong' }
  } catch {
    return { state: 'wrong' }
  }
  for (const [path, digest] of digests) if (files.get(path) !== digest) return { state: 'wrong', file: path }
  for (const path of files.keys()) if (!digests.has(path)) return { state: 'wrong', file: path }
  return { state: 'signed', key }
}

/** Names of the keys that this person believes, by key. */
export function trustedKeys(env: NodeJS.ProcessEnv): ReadonlyMap<string, string> {
  const read = readPrivateJson(trustFile(env))
  const entries = typeof read === 'object' && read !== null ? Object.entries(read) : []
  return new Map(entries.filter((it): it is [string, string] => typeof it[1] === 'string' && isKey(it[0])))
}

export function trustKey(key: string, name: string, env: NodeJS.ProcessEnv): void {
  writePrivateJson(trustFile(env), Object.fromEntries([...trustedKeys(env), [key, name]]))
}

export function distrustKey(key: string, env: NodeJS.ProcessEnv): boolean {
  const keys = new Map(trustedKeys(env))
  const was = keys.delete(key)
  if (was) writePrivateJson(trustFile(env), Object.fromEntries(keys))
  return was
}

/** 32 bytes in hexadecimal: what begins with a dash would be an option where keys are typed. */
export function isKey(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}

function trustFile(env: NodeJS.ProcessEnv): string {
  return join(configFolder(env), 'trusted-pack-keys.json')
}

function nameOf(key: KeyObject): string {
  return Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url').toString('hex')
}

function keyNamed(key: string): KeyObject {
  const x = Buffer.from(key, 'hex').toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

/** What is signed. It begins with what it is, so that nothing else that was ever signed can pass for it. */
function statement(digests: Digests): Buffer {
  return Buffer.from(
    `codeant-pack 1\n${sorted(digests)
      .map(([path, digest]) => `${digest}  ${path}\n`)
      .join('')}`,
  )
}

function sorted(digests: Digests): [string, string][] {
  return [...digests].sort(([a], [b]) => (a < b ? -1 : 1))
}

function parsed(text: string) {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const { version, key, signature, files } = (json ?? {}) as Record<string, unknown>
  if (version !== 1 || typeof key !== 'string' || typeof signature !== 'string') return undefined
  if (!isKey(key) || typeof files !== 'object' || files === null) return undefined
  return { key, signature, files: new Map(Object.entries(files).map(([path, it]) => [path, String(it)])) }
}
