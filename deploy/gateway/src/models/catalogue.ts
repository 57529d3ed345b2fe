// Which models are there, what they are for, and which of them a question goes to: told before it is asked, and after.

import type { EndpointModel, EndpointRoute } from '@codeant/shared/endpoint-client.ts'
import { Refusal } from '../errors.ts'
import type { ChatUpstream, EncoderUpstream } from '../upstreams/upstream.ts'

export type KnownModel = EndpointModel
export type Route = EndpointRoute

export interface Engines {
  readonly encoders: EncoderUpstream
  readonly chat?: ChatUpstream
}

interface Task {
  readonly id: string
  /** The models that can answer, the first choice first; none: whichever writes text. */
  readonly models: readonly string[]
}

export const ENCODER_TASKS: readonly Task[] = [
  { id: 'find-bug', models: ['bug-finder', 'bug-finder-large'] },
  { id: 'is-secret', models: ['secrets', 'secrets-large'] },
  { id: 'rank-finding', models: ['actionability', 'actionability-large'] },
]
/** Asked in words, answered in words. */
export const TEXT_TASK = 'write'

const PURPOSES: Readonly<Record<string, string>> = {
  'bug-finder': 'Where in a function a bug is, and what belongs there.',
  secrets: 'Whether a text in the code is a credential.',
  actionability: 'How likely a finding is to be acted on.',
}
const PURPOSE_OF_TEXT = 'Writes text: fixes and explanations.'

export async function knownModels(engines: Engines, signal: AbortSignal): Promise<readonly KnownModel[]> {
  const { encoders, chat } = engines
  const [names, written] = await Promise.all([
    namesOf(encoders, signal),
    chat ? chat.models(signal).catch(unlessLeft(signal, [])) : [],
  ])
  const encoding = names.map(it => encoderModel(encoders, it, signal))
  const writing = written.map(
    ({ id }): KnownModel => ({
      name: id,
      kind: 'generative',
      engine: chat!.name,
      sha256: null,
      platform: null,
      isReady: true,
      tasks: [TEXT_TASK],
      purpose: PURPOSE_OF_TEXT,
    }),
  )
  return [...(await Promise.all(encoding)), ...writing].sort((a, b) => (a.name < b.name ? -1 : 1))
}

export function routesOf(models: readonly KnownModel[]): readonly Route[] {
  return [...ENCODER_TASKS.map(it => it.id), TEXT_TASK].map(it => routeOf(it, models))
}

/** `wanted` is a model that the caller named. Refuses when that one cannot answer. */
export function routeOf(task: string, models: readonly KnownModel[], wanted?: string): Route {
  const order = ENCODER_TASKS.find(it => it.id === task)?.models
  const able = models
    .filter(it => it.tasks.includes(task))
    .sort((a, b) => (order ? order.indexOf(a.name) - order.indexOf(b.name) : 0))
  const ready = able.filter(it => it.isReady)
  const chosen = wanted === undefined ? ready[0] : ready.find(it => it.name === wanted)
  if (wanted !== undefined && !chosen)
    throw new Refusal('unprocessable', `The model "${wanted}" does not answer "${task}" here.`)
  if (!chosen) return { task, model: null, engine: null, sha256: null, why: 'nobody-can', alternatives: [] }
  return {
    task,
    model: chosen.name,
    engine: chosen.engine,
    sha256: chosen.sha256,
    why: wanted !== undefined ? 'asked-for' : chosen === able[0] ? 'first-choice' : 'first-is-not-ready',
    alternatives: ready.filter(it => it !== chosen).map(it => it.name),
  }
}

/** An engine that cannot list what it has is asked for what we know of. */
async function namesOf(encoders: EncoderUpstream, signal: AbortSignal): Promise<readonly string[]> {
  const listed = await encoders.models(signal).catch(unlessLeft(signal, []))
  if (listed.length > 0) return listed
  const known = ENCODER_TASKS.flatMap(it => it.models)
  const there = await Promise.all(
    known.map(it => encoders.isModelReady(it, undefined, signal).catch(unlessLeft(signal, false))),
  )
  return known.filter((_, i) => there[i])
}

async function encoderModel(
  encoders: EncoderUpstream,
  name: string,
  signal: AbortSignal,
): Promise<KnownModel> {
  const metadata = await encoders.metadata(name, undefined, signal).catch(unlessLeft(signal, undefined))
  return {
    name,
    kind: 'encoder',
    engine: encoders.name,
    sha256: metadata?.parameters?.sha256 ?? null,
    platform: metadata?.platform ?? null,
    isReady: metadata !== undefined,
    tasks: ENCODER_TASKS.filter(it => it.models.includes(name)).map(it => it.id),
    purpose: PURPOSES[name.replace(/-large$/, '')] ?? null,
  }
}

/** An engine that does not answer has nothing ready; only who asked being gone ends it all. */
function unlessLeft<T>(signal: AbortSignal, otherwise: T): (error: unknown) => T {
  return error => {
    if (signal.aborted || !(error instanceof Refusal)) throw error
    return otherwise
  }
}
