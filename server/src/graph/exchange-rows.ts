// What each call sends and reads, as its own file says it.

import type { At } from './routes.ts'
import type { CallKey, ExchangeRow, Steps } from './rows/exchanges.ts'
import type { TypeIn } from './shapes.ts'
import { Keyed } from './tracked.ts'
import { placeIn, type WorkspaceFacts } from './workspace-facts.ts'

export interface SentPart {
  readonly path: Steps
  readonly type: TypeIn
  readonly at: At
}

/** A field of the body of an answer. */
export interface ReadPart {
  readonly path: Steps
  readonly isGuarded: boolean
  readonly at: At
}

export interface ExchangeOfCall {
  readonly file: string
  readonly row: ExchangeRow
  readonly sent: readonly { readonly in: 'body' | 'query' | number; readonly part: SentPart }[]
  readonly reads: readonly ReadPart[]
}

export class ExchangeRows {
  readonly #files: Keyed<string, ReadonlyMap<string, ExchangeOfCall>>

  constructor(facts: WorkspaceFacts) {
    this.#files = new Keyed(facts.tracker, path => exchangesIn(facts, path))
  }

  of(file: string, call: CallKey): ExchangeOfCall | undefined {
    return this.#files.get(file).get(keyOf(call))
  }
}

function exchangesIn(facts: WorkspaceFacts, file: string): ReadonlyMap<string, ExchangeOfCall> {
  const all = new Map<
    string,
    ExchangeOfCall & { sent: ExchangeOfCall['sent'][number][]; reads: ReadPart[] }
  >()
  for (const row of facts.rowsIn(file, 'exchange')) all.set(keyOf(row.of), { file, row, sent: [], reads: [] })
  for (const [i, { of, in: where, path, type }] of facts.rowsIn(file, 'sentField').entries())
    all.get(keyOf(of))?.sent.push({
      in: where,
      part: { path, type: { type, file }, at: placeIn(facts, file, 'sentField', i) },
    })
  for (const [i, { of, path, isGuarded }] of facts.rowsIn(file, 'readField').entries())
    all.get(keyOf(of))?.reads.push({ path, isGuarded, at: placeIn(facts, file, 'readField', i) })
  return all
}

function keyOf({ kind, index }: CallKey): string {
  return `${kind} ${index}`
}
