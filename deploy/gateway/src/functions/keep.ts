// Takes functions in: points by what they are given as (numbers, code, or known content), then their places, in one transaction.

import { createHash } from 'node:crypto'
import { type CodeLanguage, DIMENSIONS, type Embedding } from '@codeant/server/api/functions.ts'
import { Refusal } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import { record } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import {
  addCode,
  addPoints,
  countFunctions,
  type FunctionPoint,
  keepsCode,
  knownDigests,
  type PlacedFunction,
  placeFunctions,
} from '../store/functions.ts'
import type { Encoder } from './encoder.ts'

export interface GivenFunction {
  readonly path: string
  readonly name: string
  readonly line: number
  readonly endLine: number
  readonly language: CodeLanguage
  /** Of the content; what is given as code has its digest made here. */
  readonly digest?: string
  readonly vector?: readonly number[]
  readonly code?: string
}

export interface Given {
  readonly project: string
  /** Which encoder made the vectors; absent: ours. */
  readonly encoder?: string
  readonly functions: readonly GivenFunction[]
}

export interface Kept {
  readonly encoder: string
  readonly stored: number
  /** Digests of content that is not known here and came with neither numbers nor code. */
  readonly missing: readonly string[]
  /** Places whose code holds no function that can be read. */
  readonly unreadable: readonly string[]
}

interface Options {
  readonly database: Database
  readonly encoder: Encoder
  /** Functions of one tenant. */
  readonly most: number
}

export async function keepFunctions(
  { project, encoder: named, functions }: Given,
  { tenant, actor }: Caller,
  { database, encoder, most }: Options,
  signal: AbortSignal,
): Promise<Kept> {
  const name = named ?? encoder.name
  mustBeApart(functions)
  const given = functions.map(it => ({ ...it, digest: digestOf(it) }))
  const known = await database.asTenant(tenant, session =>
    knownDigests(session, name, [...new Set(given.map(it => it.digest))]),
  )
  const fresh = new Map(given.filter(it => !known.has(it.digest)).map(it => [it.digest, it]))
  const toRead = [...fresh.values()].filter(it => it.vector === undefined && it.code !== undefined)
  if (toRead.length > 0 && name !== encoder.name)
    throw new Refusal('unprocessable', `Code becomes points of "${encoder.name}" here, not of "${name}".`)
  const read = await encoder.code(
    toRead.map(({ language, code }) => ({ language, code: code! })),
    signal,
  )
  const points = new Map<string, Embedding>()
  for (const { digest, vector } of fresh.values()) if (vector) points.set(digest, pointOf(vector))
  for (const [i, { digest }] of toRead.entries()) if (read[i]) points.set(digest, read[i])
  const placed = given.filter(it => known.has(it.digest) || points.has(it.digest))

  await database.asTenant(tenant, async session => {
    const contents = [...fresh.values()].flatMap(({ digest, language }): FunctionPoint[] => {
      const embedding = points.get(digest)
      return embedding ? [{ digest, language, embedding }] : []
    })
    await addPoints(session, tenant, name, contents)
    if (await keepsCode(session)) await addCode(session, name, codesOf(given))
    await placeFunctions(session, tenant, { project, encoder: name }, placed.map(placeOf))
    if ((await countFunctions(session)) > most)
      throw new Refusal('unprocessable', `There is room for ${most} functions of one team here.`)
    const details = { functions: placed.length }
    await record(session, tenant, { actor, action: 'functions.put', target: project, details })
  })

  const unreadable = new Set(toRead.filter((_, i) => !read[i]).map(it => it.digest))
  const left = given.filter(it => !known.has(it.digest) && !points.has(it.digest))
  return {
    encoder: name,
    stored: placed.length,
    missing: [...new Set(left.filter(it => !unreadable.has(it.digest)).map(it => it.digest))],
    unreadable: left.filter(it => unreadable.has(it.digest)).map(it => `${it.path} ${it.name}`),
  }
}

/** Any length will do: what counts is the direction. */
export function pointOf(vector: readonly number[]): Embedding {
  const largest = vector.reduce((most, it) => Math.max(most, Math.abs(it)), 0)
  if (largest === 0 || vector.length !== DIMENSIONS)
    throw new Refusal('invalid', `A vector has ${DIMENSIONS} numbers, of which some are not 0.`)
  return Int8Array.from(vector, it => Math.round((it / largest) * 127))
}

function codesOf(given: readonly (GivenFunction & { readonly digest: string })[]) {
  const codes = new Map(
    given.flatMap(({ digest, code }) => (code === undefined ? [] : [[digest, code] as const])),
  )
  return [...codes].map(([digest, code]) => ({ digest, code }))
}

function digestOf({ digest, language, code, vector, path, name }: GivenFunction): string {
  if (vector === undefined && code !== undefined)
    return createHash('sha256').update(`${language}\n${code}`).digest('hex')
  if (digest === undefined)
    throw new Refusal('invalid', `"${path}" "${name}" has neither code nor the digest of its content.`)
  return digest
}

function mustBeApart(functions: readonly GivenFunction[]): void {
  const seen = new Set<string>()
  for (const { path, name } of functions) {
    const place = `${path}\n${name}`
    if (seen.has(place))
      throw new Refusal('invalid', `"${name}" stands in "${path}" twice; names are to be told apart.`)
    seen.add(place)
  }
}

function placeOf({
  path,
  name,
  line,
  endLine,
  digest,
}: GivenFunction & { readonly digest: string }): PlacedFunction {
  return { path, name, line, endLine, digest }
}
