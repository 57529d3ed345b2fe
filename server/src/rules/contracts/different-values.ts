/** A field is one of a few values on both sides of the border, and they are not the same few. */

import type { Relations } from '../../graph/relations.ts'
import type { TypeIn } from '../../graph/shapes.ts'
import { typeOf, valuesOf } from '../../graph/type-twins.ts'
import { at, beside, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { otherSide, tendedFields } from '../support/type-twins.ts'

type Data = {
  readonly field: string
  /** What one side sends and the other does not know. */
  readonly unknown: readonly string[]
  readonly handler: string
  /** The server sends them. */
  readonly isAnswer: boolean
}

export default defineRule<Data>({
  id: 'contracts/different-values',
  severity: 'warning',
  languages: ['typescript'],
  concept: 'contracts',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},
  relate: {
    *typeTwin(twin, relations) {
      const isAnswer = twin.direction === 'answer'
      for (const field of tendedFields(twin, relations)) {
        const here = valuesOf(typeOf(field.here), relations.shapes)
        const there = valuesOf(typeOf(field.there), relations.shapes)
        if (!here || !there || typeof here[0] !== typeof there[0]) continue
        if (isToldOfWhole(typeOf(field.here), relations)) continue
        const [sent, known] = isAnswer ? [there, here] : [here, there]
        const unknown = sent.filter(it => !known.includes(it)).map(String)
        if (unknown.length === 0) continue
        yield {
          at: field.here.at,
          data: { field: field.here.name, unknown, handler: twin.there.name, isAnswer },
          related: otherSide(twin, field),
        }
      }
    },
  },

  explain: {
    en: ({ field, unknown, handler, isAnswer }) => ({
      message: isAnswer
        ? `\`${field}\` may also be ${listed(unknown, 'or')} ${handler ? `in \`${handler}\`` : 'in the answer'}`
        : `\`${field}\` may be ${listed(unknown, 'or')} here, which ${handler ? `\`${handler}\`` : 'the server'} does not take`,
      why: isAnswer
        ? 'The compiler believes that there are no other values, and lets code be written that has no answer for these.'
        : 'The compiler lets these values be sent, and the server refuses them.',
      remedy: 'Let both sides list the same values.',
    }),
    es: ({ field, unknown, handler, isAnswer }) => ({
      message: isAnswer
        ? `\`${field}\` también puede ser ${listed(unknown, 'o')} ${handler ? `en \`${handler}\`` : 'en la respuesta'}`
        : `aquí \`${field}\` puede ser ${listed(unknown, 'o')}, que ${handler ? `\`${handler}\`` : 'el servidor'} no acepta`,
      why: isAnswer
        ? 'El compilador cree que no hay más valores y deja escribir código que no prevé estos.'
        : 'El compilador deja enviar estos valores, y el servidor los rechaza.',
      remedy: 'Haz que ambos lados enumeren los mismos valores.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'server/main.py',
            py`
from enum import Enum
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()

class State(str, Enum):
    OPEN = "open"
    PAID = "paid"
    LOST = "lost"

class Order(BaseModel):
    id: int
    state: State

@app.get("/api/orders/{order_id}")
def order(order_id: int) -> Order: ...
`,
          ),
        ],
        at(
          'web/orders.ts',
          ts`
import axios from 'axios'
export interface Order { id: number; «state»: 'open' | 'paid' }
export const load = (id: number) => axios.get<Order>(\`/api/orders/\${id}\`)
`,
        ),
      ),
      beside(
        [
          at(
            'server/main.py',
            py`
from typing import Literal
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()

class Job(BaseModel):
    name: str
    priority: Literal["low", "high"]

@app.post("/api/jobs")
def add(job: Job) -> None: ...
`,
          ),
        ],
        at(
          'web/jobs.ts',
          ts`
import axios from 'axios'
export interface Job { name: string; «priority»: 'low' | 'high' | 'urgent' }
export const add = (job: Job) => axios.post('/api/jobs', job)
`,
        ),
      ),
    ],
    valid: [
      // The page knows more than the server sends: nothing comes of it.
      beside(
        [
          at(
            'server/main.py',
            py`
from typing import Literal
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()

class Job(BaseModel):
    id: int
    state: Literal["open", "done"]

@app.get("/api/jobs")
def jobs() -> list[Job]: ...
`,
          ),
        ],
        at(
          'web/jobs.ts',
          ts`
import axios from 'axios'
export interface Job { id: number; state: 'open' | 'done' | 'unsaved' }
export const load = () => axios.get<Job[]>('/api/jobs')
`,
        ),
      ),
      // One side takes any text.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()

class Job(BaseModel):
    id: int
    state: str

@app.get("/api/jobs")
def jobs() -> list[Job]: ...
`,
          ),
        ],
        at(
          'web/jobs.ts',
          ts`
import axios from 'axios'
export interface Job { id: number; state: 'open' | 'done' }
export const load = () => axios.get<Job[]>('/api/jobs')
`,
        ),
      ),
    ],
  },
})

/** Of an enumeration with a name on both sides, its declaration is told of: once, not for each field. */
function isToldOfWhole({ type, file }: TypeIn, { shapes, enumTwins }: Relations): boolean {
  const named = shapes.named(type, file)
  return (
    named !== undefined && enumTwins.some(({ one }) => one.file === named.at.file && one.name === named.name)
  )
}

function listed(values: readonly string[], or: string): string {
  const all = values.slice(0, 4).map(it => `\`'${it}'\``)
  if (values.length > 4) return `${all.join(', ')}, …`
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} ${or} ${all.at(-1)}` : all[0]!
}
