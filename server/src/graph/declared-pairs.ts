// Both types of what is answered and sent: that of a call's author, and that of the handler of the route that answers the call.

import type { ExchangeRows } from './exchange-rows.ts'
import { type Handlers, methodAsked } from './handlers.ts'
import type { Link } from './links.ts'
import type { ExchangeRow, Steps } from './rows/exchanges.ts'
import type { DataType } from './rows/shapes.ts'
import type { Shapes, TypeIn } from './shapes.ts'
import { type Pair, solid } from './type-twins.ts'

export function pairsOf(
  { call, route }: Link,
  rows: ExchangeRows,
  handlers: Handlers,
  shapes: Shapes,
): Omit<Pair, 'link'>[] {
  const exchange = route && rows.of(call.file, call.row)?.row
  const handler = exchange && handlers.of(route, methodAsked(route, call.method))
  if (!handler) return []
  const pairs: Omit<Pair, 'link'>[] = []
  const { file } = handler.at
  const { body } = exchange
  const here = body.kind === 'data' || body.kind === 'given' ? body.type : undefined
  if (here && handler.body && handler.body.kind !== 'none')
    pairs.push({
      direction: 'body',
      here: { type: here, file: call.file },
      there: { type: handler.body, file },
    })
  const steps = stepsBelow(exchange)
  const there = handler.response && steps && below({ type: handler.response, file }, steps, shapes)
  if (there && exchange.expected)
    pairs.push({ direction: 'answer', here: { type: exchange.expected.type, file: call.file }, there })
  return pairs
}

/** From the body of the answer to what the author's type is said of; undefined when nobody can tell. */
function stepsBelow({ expected, answer }: ExchangeRow): Steps | undefined {
  if (!expected?.at) return expected && []
  const [first] = expected.at
  // A function of the project mostly gives back what the client gave it.
  const body = answer ?? (first !== undefined && CUSTOMARY.has(first) ? [first] : undefined)
  if (!body || body.some((it, i) => it !== expected.at![i])) return undefined
  return expected.at.slice(body.length)
}

/** Where clients put the body of an answer: Axios, and what `fetch` gives. */
const CUSTOMARY: ReadonlySet<string> = new Set(['data', 'json()'])

function below(whole: TypeIn, steps: Steps, shapes: Shapes): TypeIn | undefined {
  let it: TypeIn | undefined = whole
  for (const step of steps) {
    const found: TypeIn | undefined = it && solid(it, shapes)
    if (!found) return undefined
    if (step === '[]') it = found.type.kind === 'list' ? { type: found.type.of, file: found.file } : undefined
    else {
      const field = shapes.fieldsOf(found.type, found.file)?.fields.find(one => one.name === step)
      it = field && { type: field.type, file: field.at.file }
    }
  }
  return it && isKnown(it.type) ? it : undefined
}

function isKnown({ kind }: DataType): boolean {
  return kind !== 'unknown'
}
