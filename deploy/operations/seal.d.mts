// What `seal.mjs` offers to the tests.

import type { KeyObject } from 'node:crypto'
import type { Transform } from 'node:stream'

type Environment = Readonly<Record<string, string | undefined>>

export function publicKeyOf(env?: Environment): KeyObject | undefined
export function privateKeysOf(env?: Environment): readonly KeyObject[]
export function nameOfKey(key: KeyObject): string
export function sealing(publicKey: KeyObject): Transform
export function opened(file: string, privateKeys: readonly KeyObject[]): AsyncIterable<Uint8Array>
