// The models of this machine as a backend: questions wait here, threads answer them, and no answer is lost with a thread.
//
// A running input cannot be stopped without losing its session, so an abort only lets go of it. What a slice has not begun
// is taken back through memory that both threads see: because nobody wants it any more, or because something more
// urgent came.

import { type InferenceBackend, InferenceError, type InferenceFailure, type Urgency } from '../backend.ts'
import type { AnyTask, ModelTask, Tensors } from '../task.ts'
import { Spending, type TimeBudget } from './budget.ts'
import { failureOf, type ModelDescription, type ModelNotice } from './models.ts'
import { type Question, Queue, type Slice } from './queue.ts'
import { type ModelAnswer, type ModelRequest, RUN, type RunAnswer } from './request.ts'
import type { EngineKind, Signature } from './session.ts'
import { type ModelCounts, Tally } from './tally.ts'

/** Threads that hold sessions; the host has them. */
export interface ModelThreads {
  /** Rejects when the thread died. `giveUp` ends the thread: only for one that hangs. */
  run(request: ModelRequest, giveUp: AbortSignal): Promise<ModelAnswer>
  /** How many are there now. */
  readonly running: number
  close(): Promise<void>
}

export interface PoolOptions {
  readonly models: { describe(name: string): ModelDescription | ModelNotice }
  /** Called with the first question, and again after `close`. */
  readonly start: () => ModelThreads
  readonly threads: number
  readonly budget: TimeBudget
  readonly memoryLimit: number
  readonly now: () => number
  /** Told once of each kind of trouble with each model. */
  readonly notify: (notice: ModelNotice) => void
  /** Told whenever nothing is left to answer. */
  readonly drained?: () => void
  /** How long a thread may take for what it was given before it is taken for dead. */
  readonly patience?: () => number
}

export interface PoolReport {
  /** Unknown until a model answered. */
  readonly engine: EngineKind | undefined
  readonly threads: number
  /** What the models take, in bytes, in the thread that took most. */
  readonly memory: number
  readonly models: Readonly<Record<string, ModelReport>>
}

export interface ModelReport extends ModelCounts {
  /** `cold`: nothing was asked yet, so nothing is loaded. */
  readonly state: 'cold' | 'ready' | 'off'
  readonly sha256: string | undefined
  readonly notice: ModelNotice | undefined
  readonly loadMs: number | undefined
}

/** Questions that come this close together go to the thread together. Somebody who edits does not wait even for that. */
const WINDOW_MS = 10
/**
 * A cold start takes half a second, and on two cores with fourteen programs at work it was seen to take forty. To end a
 * thread that is only slow would make it start again, and be slower; one that hangs costs no more than a core till then.
 */
const HANGS_MS = 180_000
/** Once in company, once alone, and once more for the case that somebody ended the thread from outside. */
const MAX_ATTEMPTS = 3
/** Threads that die one after another without a single answer show that no thread can live here. */
const MAX_DEATHS = 4

interface Asked extends Question {
  attempts: number
  /** The abort was heard or the answer given: nothing more is to be said. */
  settled: boolean
  readonly signal: AbortSignal
  readonly resolve: (output: unknown) => void
  readonly reject: (reason: unknown) => void
}

/** What a thread is busy with. */
interface Sent {
  readonly runs: readonly (readonly Asked[])[]
  readonly states: Int32Array
  readonly urgency: Urgency
}

export class ModelPool implements InferenceBackend {
  readonly name = 'local'
  readonly #options: PoolOptions
  readonly #queue = new Queue<Asked>()
  readonly #sent = new Set<Sent>()
  readonly #known = new Map<string, ModelDescription | ModelNotice>()
  readonly #tallies = new Map<string, Tally>()
  readonly #loadMs = new Map<string, number>()
  readonly #signatures = new Map<string, Signature>()
  readonly #said = new Set<string>()
  readonly #listening = new Map<AbortSignal, Set<Asked>>()
  readonly #spending: Spending
  #threads: ModelThreads | undefined
  #engine: EngineKind | undefined
  #noEngine: ModelNotice | undefined
  #deaths = 0
  #memory = 0
  #window: ReturnType<typeof setTimeout> | undefined
  #budgetTimer: ReturnType<typeof setTimeout> | undefined
  #woken = false

  constructor(options: PoolOptions) {
    this.#options = options
    this.#spending = new Spending(options.budget, options.now)
  }

  weights({ model }: AnyTask): string | undefined {
    const known = this.#describe(model)
    return 'sha256' in known ? known.sha256 : undefined
  }

  run<Input, Output>(
    task: ModelTask<Input, Output>,
    input: Input,
    urgency: Urgency,
    signal: AbortSignal,
  ): Promise<Output> {
    return new Promise<Output>((resolve, reject) => {
      signal.throwIfAborted()
      const model = this.#describe(task.model)
      if (!('sha256' in model)) throw failed(failureOf(model), `${task.model} is switched off: ${model.kind}`)
      this.tally(task.model).ask()
      const question: Asked = {
        model,
        task: task as ModelTask<unknown, unknown>,
        input,
        urgency,
        cost: task.cost(input),
        attempts: 0,
        settled: false,
        signal,
        resolve: resolve as (output: unknown) => void,
        reject,
      }
      this.#listen(question)
      this.#queue.add(question)
      this.#wake(urgency)
    })
  }

  /** Loads a model, or finds out why it cannot be. For those who want to know, not for those who want answers. */
  async load(name: string): Promise<void> {
    const model = this.#describe(name)
    if (!('sha256' in model)) return
    await this.#hand({ runs: [], states: new Int32Array(0), urgency: 'idle' }, model, [])
    this.#dispatch()
  }

  /** Of a model that was loaded once; undefined of all others. */
  signature(name: string): Signature | undefined {
    return this.#signatures.get(name)
  }

  tally(model: string): Tally {
    let tally = this.#tallies.get(model)
    if (!tally) {
      tally = new Tally()
      this.#tallies.set(model, tally)
    }
    return tally
  }

  report(names: Iterable<string> = this.#tallies.keys()): PoolReport {
    const running = this.#threads?.running ?? 0
    const models: Record<string, ModelReport> = {}
    for (const name of names) {
      const known = this.#describe(name)
      const usable = 'sha256' in known
      models[name] = {
        ...this.tally(name).counts,
        state: !usable ? 'off' : running > 0 && this.#loadMs.has(name) ? 'ready' : 'cold',
        sha256: usable ? known.sha256 : undefined,
        notice: usable ? undefined : known,
        loadMs: this.#loadMs.get(name),
      }
    }
    return { engine: this.#engine, threads: running, memory: this.#memory, models }
  }

  /** What still waits is answered with `unavailable`. A later question starts threads again. */
  async close(): Promise<void> {
    clearTimeout(this.#window)
    clearTimeout(this.#budgetTimer)
    this.#window = undefined
    this.#budgetTimer = undefined
    const left = [...this.#queue.clear(), ...[...this.#sent].flatMap(it => it.runs.flat())]
    for (const it of left) this.#fail(it, failed('unavailable', 'the models were shut down'))
    const threads = this.#threads
    this.#threads = undefined
    await threads?.close()
  }

  #describe(name: string): ModelDescription | ModelNotice {
    if (this.#noEngine) return this.#noEngine
    let known = this.#known.get(name)
    if (!known) {
      known = this.#options.models.describe(name)
      this.#known.set(name, known)
      if (!('sha256' in known)) this.#say(known)
    }
    return known
  }

  /** Several questions asked in one go are sent in one go. */
  #wake(urgency: Urgency): void {
    if (urgency === 'edited') {
      if (this.#woken) return
      this.#woken = true
      queueMicrotask(() => {
        this.#woken = false
        this.#dispatch()
      })
    } else {
      this.#window ??= setTimeout(() => {
        this.#window = undefined
        this.#dispatch()
      }, WINDOW_MS)
    }
  }

  #whenBudgetOpens(ms: number): void {
    this.#budgetTimer ??= setTimeout(() => {
      this.#budgetTimer = undefined
      this.#dispatch()
    }, ms)
  }

  #dispatch(): void {
    const { threads } = this.#options
    const leftIn = this.#spending.leftIn()
    if (leftIn === Number.POSITIVE_INFINITY) this.#giveUpIdle()
    while (this.#sent.size < threads) {
      const slice = this.#queue.next(leftIn === 0, it => this.tally(it).msPerCost)
      if (!slice) break
      void this.#send(slice)
    }
    if (this.#sent.size < threads && leftIn > 0 && this.#queue.waiting('idle') > 0)
      this.#whenBudgetOpens(leftIn)
    if (this.#queue.waiting('edited') > 0) this.#makeWay('edited')
    else if (this.#queue.waiting('visible') > 0) this.#makeWay('visible')
  }

  /** Takes back what a less urgent slice has not begun yet; it goes to the end of those that wait. */
  #makeWay(urgency: 'edited' | 'visible'): void {
    for (const it of this.#sent) {
      if (it.urgency !== 'idle' && !(it.urgency === 'visible' && urgency === 'edited')) continue
      for (const i of it.runs.keys()) withdraw(it.states, i)
    }
  }

  async #send(slice: Slice<Asked>): Promise<void> {
    const runs: { readonly questions: readonly Asked[]; readonly inputs: Tensors }[] = []
    for (const questions of slice) {
      const inputs = this.#encode(questions)
      if (inputs) runs.push({ questions, inputs })
    }
    const first = runs[0]?.questions[0]
    if (!first) return
    const states = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * runs.length))
    const sent: Sent = { runs: runs.map(it => it.questions), states, urgency: first.urgency }
    await this.#hand(
      sent,
      first.model,
      runs.map(it => it.inputs),
    )
    this.#dispatch()
    if (this.#sent.size === 0) this.#options.drained?.()
  }

  /** Gives a thread its work and takes what it makes of it. */
  async #hand(sent: Sent, model: ModelDescription, runs: readonly Tensors[]): Promise<void> {
    this.#sent.add(sent)
    const hung = new AbortController()
    const timer = setTimeout(() => hung.abort(), this.#options.patience?.() ?? HANGS_MS)
    try {
      this.#threads ??= this.#options.start()
      const answer = await this.#threads.run({ model, runs, states: sent.states }, hung.signal)
      this.#deaths = 0
      if (answer.kind === 'off') this.#switchOff(answer.notice, sent)
      else this.#receive(sent, model.name, answer)
    } catch (error) {
      this.#bury(sent, hung.signal.aborted ? 'timeout' : 'rejected', error)
    } finally {
      clearTimeout(timer)
      this.#sent.delete(sent)
    }
  }

  #encode(questions: readonly Asked[]): Tensors | undefined {
    try {
      return questions[0]!.task.encode(questions.map(it => it.input))
    } catch (error) {
      for (const it of questions)
        this.#fail(it, failed('rejected', `${it.task.id} cannot encode its input`, error))
      return undefined
    }
  }

  #receive(sent: Sent, model: string, answer: Extract<ModelAnswer, { kind: 'ran' }>): void {
    this.#engine = answer.engine
    this.#memory = Math.max(this.#memory, answer.memory)
    if (answer.loadMs > 0) this.#loadMs.set(model, answer.loadMs)
    if (answer.signature) this.#signatures.set(model, answer.signature)
    for (const [i, it] of answer.runs.entries()) {
      const questions = sent.runs[i]!
      if (it.kind === 'withdrawn') this.#again(questions)
      else {
        if (sent.urgency === 'idle') this.#spending.add(it.ms)
        if (it.kind === 'answered') this.#answer(questions, it)
        else if (questions.length > 1) this.#again(questions, 1)
        else this.#failRun(questions[0]!, it)
      }
    }
  }

  #answer(questions: readonly Asked[], { outputs, ms }: Extract<RunAnswer, { kind: 'answered' }>): void {
    const cost = Math.max(...questions.map(it => it.cost))
    this.tally(questions[0]!.task.model).answer(questions.length, cost, ms)
    for (const [i, it] of questions.entries()) {
      try {
        const output = it.task.decode(outputs, i, it.input)
        if (this.#settle(it)) it.resolve(output)
      } catch (error) {
        this.#fail(it, failed('rejected', `${it.task.id} cannot read the model's answer`, error))
      }
    }
  }

  #failRun(question: Asked, { why, detail }: Extract<RunAnswer, { kind: 'failed' }>): void {
    const { model } = question.task
    if (why === 'memory') this.#say({ kind: 'memory', model, bytes: this.#options.memoryLimit })
    this.#fail(question, failed(why === 'memory' ? 'overloaded' : 'rejected', `${model}: ${detail}`))
  }

  /** Whoever has no answer yet waits again. */
  #again(questions: readonly Asked[], attempts = 0): void {
    for (const it of questions) {
      if (it.settled) continue
      it.attempts += attempts
      this.#queue.add(it)
    }
  }

  /** The thread is gone, and with it what it answered so far. Runs go in order, so the last that was begun is suspect. */
  #bury(sent: Sent, failure: InferenceFailure, error: unknown): void {
    const suspect = sent.states.lastIndexOf(RUN.begun)
    // Nothing was begun: the thread did not even begin to live.
    if (suspect === -1 && ++this.#deaths >= MAX_DEATHS) {
      this.#switchOff({ kind: 'engine', detail: messageOf(error) }, sent)
      return
    }
    // Whom a thread hung on hangs again, for as long.
    const weight = failure === 'timeout' ? 2 : 1
    for (const [i, questions] of sent.runs.entries()) {
      if (i !== suspect) this.#again(questions)
      else if (questions[0]!.attempts + weight < MAX_ATTEMPTS) this.#again(questions, weight)
      else
        for (const it of questions)
          this.#fail(it, failed(failure, `${it.task.model}: ${messageOf(error)}`, error))
    }
  }

  #switchOff(notice: ModelNotice, sent: Sent): void {
    if ('model' in notice) this.#known.set(notice.model, notice)
    else this.#noEngine = notice
    this.#say(notice)
    const off = (it: Asked) => !('model' in notice) || it.task.model === notice.model
    const reason = `switched off: ${notice.kind}`
    for (const it of [...sent.runs.flat(), ...this.#queue.clear(off)])
      this.#fail(it, failed(failureOf(notice), `${it.task.model} is ${reason}`))
  }

  #giveUpIdle(): void {
    const idle = this.#queue.clear(it => it.urgency === 'idle')
    if (idle.length === 0) return
    this.#say({ kind: 'time', ms: this.#spending.budget.ms })
    for (const it of idle) this.#fail(it, failed('overloaded', 'the time for models is used up'))
  }

  #say(notice: ModelNotice): void {
    const key = 'model' in notice ? `${notice.kind} ${notice.model}` : notice.kind
    if (this.#said.has(key)) return
    this.#said.add(key)
    this.#options.notify(notice)
  }

  #fail(question: Asked, error: InferenceError): void {
    if (!this.#settle(question)) return
    this.tally(question.task.model).fail()
    question.reject(error)
  }

  /** False when it was settled before. */
  #settle(question: Asked): boolean {
    if (question.settled) return false
    question.settled = true
    const others = this.#listening.get(question.signal)
    others?.delete(question)
    if (others?.size === 0) {
      this.#listening.delete(question.signal)
      question.signal.removeEventListener('abort', this.#aborted)
    }
    return true
  }

  /** One listener for each signal: a scan asks thousands of questions under one. */
  #listen(question: Asked): void {
    const { signal } = question
    const others = this.#listening.get(signal)
    if (others) others.add(question)
    else {
      this.#listening.set(signal, new Set([question]))
      signal.addEventListener('abort', this.#aborted)
    }
  }

  readonly #aborted: (event: Event) => void = event => {
    const signal = event.target as AbortSignal
    for (const it of [...(this.#listening.get(signal) ?? [])]) {
      this.#settle(it)
      this.#queue.delete(it)
      it.reject(signal.reason)
    }
    for (const { runs, states } of this.#sent)
      for (const [i, run] of runs.entries()) if (run.every(it => it.settled)) withdraw(states, i)
  }
}

function withdraw(states: Int32Array, run: number): void {
  Atomics.compareExchange(states, run, RUN.waiting, RUN.withdrawn)
}

function failed(failure: InferenceFailure, message: string, cause?: unknown): InferenceError {
  return new InferenceError(failure, message, cause === undefined ? undefined : { cause })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
