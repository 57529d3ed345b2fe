// What is known of a model before it is loaded, and why one may be switched off.

import type { InferenceFailure } from '../backend.ts'

/** From `models/<name>/model.json`; plain data that crosses to the thread which loads the weights. */
export interface ModelDescription {
  readonly name: string
  /** Where the weights lie, in the host's own terms. */
  readonly file: string
  /** The digest that the weights must have, in hexadecimal; nothing else is loaded. */
  readonly sha256: string
  /** Sizes of named dimensions other than the batch and the length, where a session that is tried must have them so. */
  readonly warm: Readonly<Record<string, number>>
}

/** Why models give fewer answers than they were asked for. A value: whoever shows it has the words. */
export type ModelNotice =
  /** A part of the installation is not there, or is not what was shipped. */
  | { readonly kind: 'missing' | 'corrupt'; readonly model: string; readonly file: string }
  /** The engine cannot use these weights. */
  | { readonly kind: 'broken'; readonly model: string; readonly detail: string }
  /** No model can run on this computer. */
  | { readonly kind: 'engine'; readonly detail: string }
  /** Some inputs need more memory than the settings allow. */
  | { readonly kind: 'memory'; readonly model: string; readonly bytes: number }
  /** The settings' time is used up; what was not asked is asked the next time. */
  | { readonly kind: 'time'; readonly ms: number }

/** Undefined when this is no description of a model. `locate` makes a place of the name of a file. */
export function describeModel(
  name: string,
  json: string,
  locate: (file: string) => string,
): ModelDescription | undefined {
  let read: unknown
  try {
    read = JSON.parse(json)
  } catch {
    return undefined
  }
  if (typeof read !== 'object' || read === null) return undefined
  const { file = `${name}.onnx`, sha256, warm = {} } = read as Record<string, unknown>
  if (typeof file !== 'string' || typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256))
    return undefined
  return { name, file: locate(file), sha256, warm: sizes(warm) }
}

/** One input of some tokens, which is what the first question will be like. */
export function warmSize(dimension: string, { warm }: Pick<ModelDescription, 'warm'>): number {
  return warm[dimension] ?? (/^(n|batch.*)$/i.test(dimension) ? 1 : 64)
}

/** How a question fails that nothing but this stands against. */
export function failureOf(notice: ModelNotice): InferenceFailure {
  return notice.kind === 'memory' || notice.kind === 'time' ? 'overloaded' : 'unavailable'
}

function sizes(table: unknown): Record<string, number> {
  if (typeof table !== 'object' || table === null) return {}
  return Object.fromEntries(
    Object.entries(table).filter((it): it is [string, number] => typeof it[1] === 'number'),
  )
}
