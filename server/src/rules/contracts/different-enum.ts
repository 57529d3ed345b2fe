/** An enumeration that both sides of a border declare has values on one side that the other does not know. */

import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

/** `only` stands here alone, `missing` in the other alone. */
type Data = {
  readonly name: string
  readonly other: string
  readonly file: string
  readonly only: readonly string[]
  readonly missing: readonly string[]
}

export default defineRule<Data>({
  id: 'contracts/different-enum',
  severity: 'info',
  languages: ['typescript', 'javascript', 'python'],
  concept: 'contracts',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},
  relate: {
    *enumTwins({ one, other }) {
      const only = one.value.filter(it => !other.value.includes(it)).map(String)
      const missing = other.value.filter(it => !one.value.includes(it)).map(String)
      if (only.length + missing.length === 0) return
      // A page shows what it does not know under a value of its own, and offers one for all of them.
      if (missing.length === 0 && isScript(one.file) && only.every(it => FOR_THE_REST.test(it))) return
      const { name, file } = other
      yield { at: one, data: { name: one.name, other: name, file, only, missing }, related: [other] }
    },
  },

  explain: {
    en: ({ name, other, file, only, missing }) => ({
      message: [
        missing.length > 0
          ? `\`${name}\` does not have ${listed(missing, 'and', 'others')}, which \`${other}\` in ${file} has`
          : `\`${other}\` in ${file} does not have ${listed(only, 'and', 'others')}, which \`${name}\` has`,
        ...(missing.length > 0 && only.length > 0 ? [`only here: ${listed(only, 'and', 'others')}`] : []),
      ].join('; '),
      why: 'Both sides write down the same enumeration, and what only one of them knows is refused, shown as nothing, or falls through every comparison on the other.',
      remedy: 'Add the values that are missing, or remove those that nobody sends any more.',
    }),
    es: ({ name, other, file, only, missing }) => ({
      message: [
        missing.length > 0
          ? `\`${name}\` no tiene ${listed(missing, 'ni', 'otros')}, que sí están en \`${other}\`, en ${file}`
          : `\`${other}\`, en ${file}, no tiene ${listed(only, 'ni', 'otros')}, que sí están en \`${name}\``,
        ...(missing.length > 0 && only.length > 0 ? [`solo aquí: ${listed(only, 'y', 'otros')}`] : []),
      ].join('; '),
      why: 'Ambos lados escriben la misma enumeración, y lo que solo conoce uno se rechaza, no se muestra o no coincide con ninguna comparación en el otro.',
      remedy: 'Añade los valores que faltan o elimina los que ya nadie envía.',
    }),
  },

  examples: {
    invalid: [
      // A letter more in one value: it was meant to be the same.
      beside(
        [at('server/sorting.py', py`SortDirection = Literal["rising", "falling"]`)],
        at('web/sorting.ts', ts`export type «SortDirection» = 'rising' | 'fallingg'`),
      ),
      beside(
        [
          at(
            'server/orders.py',
            py`
from enum import Enum

class OrderStatus(str, Enum):
    OPEN = "open"
    PAID = "paid"
    SENT = "sent"
    RETURNED = "returned"
`,
          ),
        ],
        at('web/orders.ts', ts`export type «OrderStatus» = 'open' | 'paid' | 'sent'`),
      ),
      beside(
        [
          at(
            'server/mail.py',
            py`
from typing import Literal
MailKind = Literal["letter", "parcel", "card"]
DeliveryWindow = Literal["morning", "noon", "evening"]
`,
          ),
        ],
        at(
          'web/mail.ts',
          ts`
export enum «DeliveryWindowType» {
  Morning = 'morning',
  Noon = 'noon',
  Night = 'night',
}
`,
        ),
      ),
      beside(
        [at('server/sorting.py', py`SORT_ORDERS = ["up", "down", "random"]`)],
        at('web/sorting.js', js`const «SORT_ORDERS» = ['up', 'down']`),
      ),
      beside(
        [
          at(
            'engine/src/lib.rs',
            rs`
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EngineState { Idle, Running, ShutDown }
`,
          ),
        ],
        at('app/engine.py', py`«ENGINE_STATES» = ("idle", "running")`),
      ),
    ],
    valid: [
      // One value for one and one for several: two different things.
      beside(
        [at('server/search.py', py`SearchScope = Literal["all", "order"]`)],
        at('web/search.ts', ts`export type SearchScope = 'all' | 'orders'`),
      ),
      beside(
        [at('server/sorting.py', py`SORT_ORDER_CHOICES = (("up", "Upwards"), ("down", "Downwards"))`)],
        at('web/sorting.js', js`export const SortOrder = { Up: 'up', Down: 'down' }`),
      ),
      at('app/sorting.py', py`SORT_ORDERS = ["up", "down"]`),
      // The page has one value more, for whatever else there is.
      beside(
        [at('server/mail.py', py`MailKind = Literal["letter", "parcel", "card"]`)],
        at('web/mail.ts', ts`export type MailKind = 'letter' | 'parcel' | 'card' | 'other'`),
      ),
      beside(
        [
          at(
            'server/orders.py',
            py`
from enum import StrEnum

class OrderStatus(StrEnum):
    OPEN = "open"
    PAID = "paid"
`,
          ),
        ],
        at('web/orders.ts', ts`export const OrderStatuses = { Open: 'open', Paid: 'paid' } as const`),
      ),
      // The same word for something else.
      beside(
        [
          at(
            'server/log.py',
            py`
from enum import Enum

class EventType(Enum):
    START = "start"
    STOP = "stop"
`,
          ),
        ],
        at('web/calendar.ts', ts`export type EventType = 'meeting' | 'birthday' | 'start'`),
      ),
    ],
  },
})

function isScript(path: string): boolean {
  return /\.([cm]?[jt]sx?|vue|svelte|astro)$/.test(path)
}

const FOR_THE_REST =
  /^(all|any|none|others?|custom|unknown|unspecified|undefined|default|mixed|empty|loading|invalid)$/i

function listed(values: readonly string[], and: string, others: string): string {
  const quoted = values.map(it => `\`${it}\``)
  if (quoted.length > MOST)
    return `${quoted.slice(0, MOST - 1).join(', ')} ${and} ${quoted.length - MOST + 1} ${others}`
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${and} ${quoted.at(-1)}`
}

const MOST = 5
