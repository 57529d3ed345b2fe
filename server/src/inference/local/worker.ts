// What a thread of the model pool does: checks weights before it loads them, keeps sessions warm, runs inputs one by one.

import type { Tensors } from '../task.ts'
import type { ModelDescription, ModelNotice } from './models.ts'
import { type ModelAnswer, type ModelRequest, RUN, type RunAnswer } from './request.ts'
import { type Engine, type EngineOptions, OutOfMemory, type Session, startEngine } from './session.ts'

/** What a thread needs of the world. */
export interface WorkerHost extends EngineOptions {
  readonly read: (file: string) => Promise<Uint8Array>
  /** In hexadecimal. */
  readonly sha256: (bytes: Uint8Array) => string
  readonly now: () => number
}

/** The thread's one function. It rejects only when the thread is not to be used again. */
export function serveModels(host: WorkerHost): (request: ModelRequest) => Promise<ModelAnswer> {
  let engine: Promise<Engine> | undefined
  const sessions = new Map<string, Session>()

  return async ({ model, runs, states }) => {
    const began = host.now()
    let started: Engine
    try {
      engine ??= startEngine(host)
      started = await engine
    } catch (error) {
      return { kind: 'off', notice: { kind: 'engine', detail: message(error) } }
    }
    const key = `${model.sha256} ${model.file}`
    let session = sessions.get(key)
    let loadMs = 0
    if (!session) {
      const loaded = await load(host, started, model)
      if ('kind' in loaded) return { kind: 'off', notice: loaded }
      session = loaded
      sessions.set(key, session)
      loadMs = host.now() - began
    }
    const answers: RunAnswer[] = []
    for (const [i, inputs] of runs.entries()) {
      const taken = Atomics.compareExchange(states, i, RUN.waiting, RUN.begun) === RUN.waiting
      answers.push(taken ? await run(host, session, inputs) : { kind: 'withdrawn' })
    }
    return {
      kind: 'ran',
      engine: started.kind,
      memory: started.memory(),
      loadMs,
      ...(loadMs > 0 && { signature: session.signature }),
      runs: answers,
    }
  }
}

async function load(
  host: WorkerHost,
  engine: Engine,
  model: ModelDescription,
): Promise<Session | ModelNotice> {
  const { name, file, sha256 } = model
  let weights: Uint8Array
  try {
    weights = await host.read(file)
  } catch {
    return { kind: 'missing', model: name, file }
  }
  if (host.sha256(weights) !== sha256) return { kind: 'corrupt', model: name, file }
  try {
    return await engine.open(model, weights)
  } catch (error) {
    if (isFatal(error)) throw error
    const detail = message(error)
    // Said by the runtime when it cannot start at all, which is only tried with the first model.
    return /no available backend/.test(detail)
      ? { kind: 'engine', detail }
      : { kind: 'broken', model: name, detail }
  }
}

async function run(host: WorkerHost, session: Session, inputs: Tensors): Promise<RunAnswer> {
  const began = host.now()
  try {
    const outputs = await session.run(inputs)
    return { kind: 'answered', outputs, ms: host.now() - began }
  } catch (error) {
    if (isFatal(error)) throw error
    const why = error instanceof OutOfMemory ? 'memory' : 'input'
    return { kind: 'failed', why, detail: message(error), ms: host.now() - began }
  }
}

/** After a trap the memory of a WebAssembly instance may hold anything. */
function isFatal(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
