// Who says which weights may be loaded: whoever has the private half of a key that the operator named. A digest says that nothing changed
// since somebody wrote it down; a signature says who that was.

import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'

export interface Trust {
  /** Several while one takes the place of another. */
  readonly keys: readonly KeyObject[]
  readonly signatures: readonly Buffer[]
}

/** Before what is signed, so that a signature of something else is none of this. */
const PURPOSE = 'codeant-weights-1\n'

/** Undefined where the operator named no key: then digests alone are looked at. */
export function trustOf({ weights }: Pick<Config, 'weights'>): Trust | undefined {
  if (weights.publicKey === undefined) return undefined
  return {
    keys: publicKeys(weights.publicKey) ?? [],
    signatures: (weights.signature ?? '').split(/\s+/).map(it => Buffer.from(it, 'base64')),
  }
}

export function isSigned({ keys, signatures }: Trust, text: string): boolean {
  const bytes = Buffer.from(PURPOSE + text)
  return keys.some(key => signatures.some(it => it.length === 64 && verify(null, bytes, key, it)))
}

/** Undefined where one of them is no Ed25519 key in PEM, or is the half that signs. */
export function publicKeys(text: string): readonly KeyObject[] | undefined {
  const blocks = text.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g)
  try {
    const keys = blocks?.map(it => createPublicKey(it))
    return keys?.every(it => it.asymmetricKeyType === 'ed25519') ? keys : undefined
  } catch {
    return undefined
  }
}

/** Every file that the models of an installation are made of, with its digest: a line each, always in the same order. */
export function modelsManifest(folder: string): string {
  const lines = readdirSync(folder, { withFileTypes: true })
    .filter(it => it.isDirectory())
    .flatMap(({ name }) => {
      const files = readdirSync(join(folder, name)).filter(it => !/^golden\.|\.md$/.test(it))
      // Not what trains them.
      return files.includes('model.json') ? files.map(it => `${name}/${it}`) : []
    })
    .sort()
    .map(
      it =>
        `${createHash('sha256')
          .update(readFileSync(join(folder, it)))
          .digest('hex')}  ${it}\n`,
    )
  return lines.join('')
}
