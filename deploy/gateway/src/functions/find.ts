// Finds functions by words, by code or by a point: content by content, each with the places where it stands.

import type { CodeLanguage, Embedding } from '@codeant/server/api/functions.ts'
import { Refusal } from '../errors.ts'
import type { Database } from '../store/database.ts'
import { contentsOf, type FunctionPlace, placesOf } from '../store/functions.ts'
import { closestPoints, type PointSearch } from '../store/point-search.ts'
import type { Encoder } from './encoder.ts'
import { pointOf } from './keep.ts'

export interface Question {
  /** One of these. */
  readonly words?: string
  readonly code?: string
  readonly vector?: readonly number[]
  /** Of the code, and of what is to be found where there is no code. */
  readonly language?: CodeLanguage
  readonly encoder?: string
  readonly project?: string
  readonly limit?: number
}

export interface Hit {
  readonly similarity: number
  readonly digest: string
  readonly language: string
  readonly code: string | null
  readonly places: readonly FunctionPlace[]
}

export interface Found {
  readonly encoder: string
  readonly search: PointSearch
  readonly functions: readonly Hit[]
}

/** More copies than these are told of by the next question. */
const MOST_PLACES = 20
const LIMIT = 10

export async function findFunctions(
  question: Question,
  tenant: string,
  options: { readonly database: Database; readonly encoder: Encoder; readonly search: PointSearch },
  signal: AbortSignal,
): Promise<Found> {
  const { database, encoder, search: how } = options
  const { project, language, limit = LIMIT, encoder: named = encoder.name } = question
  if (named !== encoder.name && question.vector === undefined)
    throw new Refusal(
      'unprocessable',
      `Words and code become points of "${encoder.name}" here, not of "${named}".`,
    )
  const point = await pointAsked(question, encoder, signal)
  if (!point) return { encoder: named, search: how, functions: [] }
  const filter = {
    encoder: named,
    ...(project !== undefined && { project }),
    // Code in one language is asked about to find the same in others as well.
    ...(language !== undefined && question.code === undefined && { language }),
  }
  return database.asTenant(tenant, async session => {
    const { points, search } = await closestPoints(session, how, point, filter, limit)
    const near = points.filter(it => it.similarity > 0)
    const digests = near.map(it => it.digest)
    const contents = new Map((await contentsOf(session, named, digests)).map(it => [it.digest, it]))
    const placed = new Map<string, FunctionPlace[]>()
    for (const it of await placesOf(session, named, digests, {
      ...(project !== undefined && { project }),
      most: MOST_PLACES,
    })) {
      const own = placed.get(it.digest)
      if (own) own.push(it)
      else placed.set(it.digest, [it])
    }
    return {
      encoder: named,
      search,
      functions: near.map(({ digest, similarity }) => ({
        similarity: Math.round(similarity * 1000) / 1000,
        digest,
        language: contents.get(digest)!.language,
        code: contents.get(digest)!.code,
        places: placed.get(digest) ?? [],
      })),
    }
  })
}

/** Undefined when nothing can be close to it. */
async function pointAsked(
  { words, code, vector, language }: Question,
  encoder: Encoder,
  signal: AbortSignal,
): Promise<Embedding | undefined> {
  if ([words, code, vector].filter(it => it !== undefined).length !== 1)
    throw new Refusal('invalid', 'Give one of words, code and vector.')
  if (vector) return pointOf(vector)
  if (words !== undefined) return encoder.words(words)
  if (language === undefined) throw new Refusal('invalid', 'Say in which language the code is.')
  const [point] = await encoder.code([{ language, code: code! }], signal)
  if (!point) throw new Refusal('unprocessable', 'The code holds no function that can be read.')
  return point
}
