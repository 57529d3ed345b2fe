// What answers behind the gateway, as the routes see it: an engine for encoders, and one that writes text.
//
// Both speak their protocol on both sides, bytes in and bytes out: what an engine can do beyond what we know passes through.

import type { Soon } from '../soon.ts'

/** What is asked of a model: exactly what was sent, so that it can be passed on unread. */
export interface InferQuestion {
  /** Who asks: what is counted and remembered is so for this tenant only. */
  readonly tenant: string
  readonly model: string
  readonly version?: string | undefined
  readonly body: Uint8Array
  readonly contentType: string
  /** The caller wants no answer that was given before. */
  readonly isFresh?: boolean
  /** `Inference-Header-Content-Length`, where the tensors are binary. */
  readonly headerLength?: string | undefined
}

export interface InferCall extends InferQuestion {
  /** Passed on, so that a request can be followed through. */
  readonly headers: Readonly<Record<string, string>>
}

/** An answer that was there already. */
export interface RecalledAnswer {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | string
  readonly rows?: number | undefined
}

export interface UpstreamAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** How many rows were answered, where it is known. */
  readonly rows?: number
}

/** What an engine in this process is busy with. */
export interface EngineLoad {
  /** Rows that wait for an answer. */
  readonly waiting: number
  /** In bytes. */
  readonly memory: number
}

/** A model as `GET /v2/models/…` has it. */
export interface ModelMetadata {
  readonly name: string
  readonly versions?: readonly string[]
  readonly platform: string
  readonly inputs: readonly TensorMetadata[]
  readonly outputs: readonly TensorMetadata[]
  /** `sha256` of the weights, where it is known: answers of other weights are other answers. */
  readonly parameters?: Readonly<Record<string, string>>
}

export interface TensorMetadata {
  readonly name: string
  readonly datatype: string
  /** -1 is any size. */
  readonly shape: readonly number[]
}

export interface ServerMetadata {
  readonly name: string
  readonly version: string
  readonly extensions: readonly string[]
}

/** Rejects only with `Refusal` or the signal's reason. */
export interface EncoderUpstream {
  readonly name: string
  server(signal: AbortSignal): Promise<ServerMetadata>
  isReady(signal: AbortSignal): Promise<boolean>
  isModelReady(model: string, version: string | undefined, signal: AbortSignal): Promise<boolean>
  /** Refuses with `not-found` when there is no such model. */
  metadata(model: string, version: string | undefined, signal: AbortSignal): Promise<ModelMetadata>
  /** The models that it can list; an engine that cannot list any has none here, and answers all the same. */
  models(signal: AbortSignal): Promise<readonly string[]>
  infer(call: InferCall, signal: AbortSignal): Promise<UpstreamAnswer>
  /** What can be said without an engine, and so without anything that ends a long wait; undefined: ask. */
  recall?(question: InferQuestion): Soon<RecalledAnswer | undefined>
  /** Only of one in this process. */
  load?(): EngineLoad
  close(): Promise<void>
}

/** Of one completion: exactly what was sent. */
export interface ChatCall {
  readonly tenant: string
  readonly body: Uint8Array
  /** Passed on, so that a request can be followed through. */
  readonly headers: Readonly<Record<string, string>>
}

/** What a chat engine answers: whole, or in pieces as they are written. */
export interface ChatAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: AsyncIterable<Uint8Array>
}

/** Rejects only with `Refusal` or the signal's reason. */
export interface ChatUpstream {
  readonly name: string
  isReady(signal: AbortSignal): Promise<boolean>
  /** As `GET /v1/models` answers. */
  models(signal: AbortSignal): Promise<readonly ChatModel[]>
  complete(call: ChatCall, signal: AbortSignal): Promise<ChatAnswer>
  close(): Promise<void>
}

export interface ChatModel {
  readonly id: string
  readonly object: 'model'
  readonly created: number
  readonly owned_by: string
}
