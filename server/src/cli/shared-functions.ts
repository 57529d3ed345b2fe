// A project's functions as the team may find them: names, places and points; and what of that the endpoint does not have yet.

import { createHash } from 'node:crypto'
import { relative, sep } from 'node:path'
import type { EndpointClient } from '@codeant/shared/endpoint-client.ts'
import type { EndpointFunction, FunctionPlace } from '@codeant/shared/endpoint-functions.ts'
import type { PlacedFunction } from '../features/similar-functions.ts'
import { embeddingOf, encoderOf } from '../inference/similarity/embedding.ts'
import type { TermWeights } from '../inference/similarity/weights.ts'

export interface SharedFunction extends EndpointFunction {
  readonly vector: readonly number[]
}

export interface Differences {
  /** New, changed, or standing in other lines. */
  readonly toSend: readonly SharedFunction[]
  readonly gone: readonly { readonly path: string; readonly name: string }[]
  readonly unchanged: number
}

type Kept = FunctionPlace & { readonly digest: string }

/** Of one request. */
const BATCH = 100
const MOST_GONE = 1000

/** `root`: what paths are told from. */
export function sharedFunctions(
  functions: readonly PlacedFunction[],
  root: string,
  weights: TermWeights,
): readonly SharedFunction[] {
  const encoder = encoderOf(weights)
  const seen = new Map<string, number>()
  return functions.map(({ file, owner, name, line, endLine, language, vector, about }) => {
    const path = relative(root, file).split(sep).join('/')
    const whole = owner === '' ? name : `${owner}.${name}`
    const place = `${path}\n${whole}`
    const count = (seen.get(place) ?? 0) + 1
    seen.set(place, count)
    const point = embeddingOf(vector, about, weights)
    // Of the point and not of the code: whoever sees it cannot tell whether some code is among ours.
    const digest = createHash('sha256').update(`${encoder}\n${language}\n`).update(point).digest('hex')
    const told = (whole === '' ? '?' : whole).slice(0, 400)
    return {
      path,
      name: count === 1 ? told : `${told}#${count}`,
      line,
      endLine,
      language,
      digest,
      vector: [...point],
    }
  })
}

export async function differences(
  client: EndpointClient,
  project: string,
  functions: readonly SharedFunction[],
): Promise<Differences> {
  const kept = new Map<string, Kept>()
  let after: string | undefined
  do {
    const page = await client.listFunctions(project, after)
    for (const it of page.functions) kept.set(`${it.path}\n${it.name}`, it)
    after = page.next ?? undefined
  } while (after !== undefined)
  const toSend = functions.filter(it => {
    const key = `${it.path}\n${it.name}`
    const before = kept.get(key)
    kept.delete(key)
    return !before || before.digest !== it.digest || before.line !== it.line || before.endLine !== it.endLine
  })
  const gone = [...kept.values()].map(({ path, name }) => ({ path, name }))
  return { toSend, gone, unchanged: functions.length - toSend.length }
}

/** A point is sent where the endpoint does not have it; `step` is told how many functions are done. Returns how many points left. */
export async function send(
  client: EndpointClient,
  project: string,
  { toSend, gone }: Differences,
  encoder: string,
  step: (done: number) => void,
): Promise<number> {
  let points = 0
  for (let i = 0; i < toSend.length; i += BATCH) {
    const batch = toSend.slice(i, i + BATCH)
    const bare = batch.map(({ vector: _, ...rest }): EndpointFunction => rest)
    const missing = new Set((await client.keepFunctions(project, bare, encoder)).missing)
    const whole = batch.filter(it => missing.has(it.digest))
    if (whole.length > 0) await client.keepFunctions(project, whole, encoder)
    points += missing.size
    step(Math.min(i + BATCH, toSend.length))
  }
  for (let i = 0; i < gone.length; i += MOST_GONE)
    await client.removeFunctions(project, gone.slice(i, i + MOST_GONE))
  return points
}
