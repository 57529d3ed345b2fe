// Questions that wait for a thread: the urgent first, and of like length those that may share a run.

import { URGENCIES, type Urgency } from '../backend.ts'
import type { ModelTask } from '../task.ts'
import type { ModelDescription } from './models.ts'

export interface Question {
  readonly model: ModelDescription
  readonly task: ModelTask<unknown, unknown>
  readonly input: unknown
  readonly urgency: Urgency
  /** The task's own measure of the input's length. */
  readonly cost: number
  /** How often a thread died or hung on it, perhaps because of another in the same slice. */
  readonly attempts: number
}

/** What is sent to a thread at once: runs of one task, each of one or more questions. */
export type Slice<Q extends Question = Question> = readonly (readonly Q[])[]

/** Sending costs a fifth of a millisecond. Much longer, and what is asked meanwhile on the other thread's behalf waits. */
const SLICE_MS = 100
/** As long as nothing is known of a model's speed. */
const FIRST_SLICE = 4
/** More short ones than this gain nothing. */
const MAX_RUNS = 64
/** How far it looks for company of like length: far enough to find some, near enough to cost nothing. */
const LOOK = 256
/** Inputs up to this much longer or shorter share a run: the padding costs less than a run of its own. */
const ALIKE = 1.25

export class Queue<Q extends Question> {
  readonly #waiting: Readonly<Record<Urgency, Set<Q>>> = {
    edited: new Set(),
    visible: new Set(),
    idle: new Set(),
  }

  add(question: Q): void {
    this.#waiting[question.urgency].add(question)
  }

  delete(question: Q): boolean {
    return this.#waiting[question.urgency].delete(question)
  }

  /** Takes out everything, or everything of one kind. */
  clear(wanted: (question: Q) => boolean = () => true): Q[] {
    const taken: Q[] = []
    for (const urgency of URGENCIES) {
      for (const it of this.#waiting[urgency]) {
        if (!wanted(it)) continue
        taken.push(it)
        this.#waiting[urgency].delete(it)
      }
    }
    return taken
  }

  waiting(urgency: Urgency): number {
    return this.#waiting[urgency].size
  }

  /** Takes out what a thread should do next. `msPerCost` is how fast the model is, where that is known. */
  next(mayIdle: boolean, msPerCost: (model: string) => number | undefined): Slice<Q> | undefined {
    const urgency = URGENCIES.find(it => this.#waiting[it].size > 0)
    if (!urgency || (urgency === 'idle' && !mayIdle)) return undefined
    const waiting = this.#waiting[urgency]
    const slice = cut(near(waiting), msPerCost)
    for (const it of slice.flat()) waiting.delete(it)
    return slice
  }
}

/** Those at the front that are asked of the same task as the first. One that a thread died on is alone. */
function near<Q extends Question>(waiting: Iterable<Q>): Q[] {
  const found: Q[] = []
  let seen = 0
  for (const it of waiting) {
    if (seen++ >= LOOK) break
    const first = found[0] ?? it
    if (it === first || (it.task === first.task && it.model === first.model && it.attempts === 0))
      found.push(it)
    if (first.attempts > 0) break
  }
  return found
}

function cut<Q extends Question>(
  mates: readonly Q[],
  msPerCost: (model: string) => number | undefined,
): Q[][] {
  const speed = msPerCost(mates[0]!.model.name)
  const left = new Set(mates)
  const slice: Q[][] = []
  let ms = 0
  for (const first of mates) {
    if (!left.has(first)) continue
    const run = company(first, left)
    const longest = Math.max(...run.map(it => it.cost))
    const takes = speed === undefined ? SLICE_MS / FIRST_SLICE : speed * longest * run.length
    if (slice.length > 0 && ms + takes > SLICE_MS) break
    ms += takes
    slice.push(run)
    for (const it of run) left.delete(it)
    if (slice.length === MAX_RUNS) break
  }
  return slice
}

/** The first and those of most nearly its length, as many as may share a run. */
function company<Q extends Question>(first: Q, left: ReadonlySet<Q>): Q[] {
  const most = first.task.batch
  if (most <= 1) return [first]
  const apart = (it: Q) => (Math.max(it.cost, first.cost) + 1) / (Math.min(it.cost, first.cost) + 1)
  const alike = [...left].filter(it => it !== first && apart(it) <= ALIKE)
  alike.sort((a, b) => apart(a) - apart(b))
  return [first, ...alike.slice(0, most - 1)]
}
