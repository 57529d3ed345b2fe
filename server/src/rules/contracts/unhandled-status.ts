/** A route is seen to refuse requests, and a call of it takes whatever comes back for a good answer. */

import { at, beside, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isSpokenOf } from '../support/exchanged.ts'

type Data = { readonly path: string; readonly statuses: readonly string[] }

export default defineRule<Data>({
  id: 'contracts/unhandled-status',
  severity: 'hint',
  languages: ['typescript', 'javascript'],
  concept: 'contracts',
  impact: { likelihood: 'medium', cost: 'hours' },
  // Many a prototype looks at no status anywhere, and means to.
  enabled: false,

  check: {},
  relate: {
    *exchange(exchange, relations) {
      const { call, route, handler, missesFailure, reads } = exchange
      const statuses = handler.statuses.filter(isRefusal).sort().map(String)
      if (!missesFailure || statuses.length === 0 || !isSpokenOf(exchange, relations)) return
      // `if (data.error)`: the body tells as well.
      if (reads.some(it => it.isGuarded && it.path.length === 1)) return
      yield { at: call, data: { path: route.path, statuses }, related: [handler.at] }
    },
  },

  explain: {
    en: ({ path, statuses }) => ({
      message: `\`${path}\` may answer ${listed(statuses, 'or')}, and nothing here looks at the status`,
      why: '`fetch` throws nothing when a request is refused: what the server says of the error is taken for the data that was asked for.',
      remedy: 'Ask for `response.ok` before the answer is used, and say what happens otherwise.',
    }),
    es: ({ path, statuses }) => ({
      message: `\`${path}\` puede responder ${listed(statuses, 'o')} y aquí nada mira el estado`,
      why: '`fetch` no lanza nada cuando se rechaza una petición: lo que el servidor dice del error se toma por los datos pedidos.',
      remedy: 'Pregunta por `response.ok` antes de usar la respuesta y di qué ocurre si no lo es.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI, HTTPException
app = FastAPI()

@app.get("/api/users/{user_id}")
def user(user_id: int):
    if user_id not in users:
        raise HTTPException(404)
    return users[user_id]
`,
          ),
        ],
        at(
          'web/users.js',
          js`
export async function show(id) {
  const response = await fetch(«\`/api/users/\${id}\`»)
  const user = await response.json()
  render(user.name)
}
`,
        ),
      ),
      // Nobody between the call and the server looks either.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI, HTTPException
app = FastAPI()

@app.delete("/api/orders/{order_id}")
def remove(order_id: int):
    if is_paid(order_id):
        raise HTTPException(status_code=409, detail="paid")
`,
          ),
          at(
            'web/ask.ts',
            ts`
export async function ask(path: string, method: string) {
  const response = await fetch(\`/api\${path}\`, { method })
  return response.json()
}
`,
          ),
        ],
        at(
          'web/orders.ts',
          ts`
import { ask } from './ask'
export async function remove(id: number) {
  await ask(«\`/orders/\${id}\`», 'DELETE')
  close()
}
`,
        ),
      ),
    ],
    valid: [
      // It looks, it hands the response on to who may, or it asks the body.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI, HTTPException
app = FastAPI()

@app.get("/api/users/{user_id}")
def user(user_id: int):
    if user_id not in users:
        raise HTTPException(404)
    return users[user_id]
`,
          ),
        ],
        at(
          'web/users.js',
          js`
export async function show(id) {
  const response = await fetch(\`/api/users/\${id}\`)
  if (!response.ok) return missing(id)
  render(await response.json())
}

export const load = id => fetch(\`/api/users/\${id}\`)

export const checked = id => fetch(\`/api/users/\${id}\`).then(orThrow).then(it => it.json())

export async function told(id) {
  const data = await (await fetch(\`/api/users/\${id}\`)).json()
  if (data.detail) return missing(id)
  render(data)
}
`,
        ),
      ),
      // The wrapper throws for everybody, and the client does.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI, HTTPException
app = FastAPI()

@app.get("/api/users/{user_id}")
def user(user_id: int):
    if user_id not in users:
        raise HTTPException(404)
    return users[user_id]
`,
          ),
          at(
            'web/ask.ts',
            ts`
export async function ask(path: string) {
  const response = await fetch(\`/api\${path}\`)
  if (response.status >= 400) throw new Error(response.statusText)
  return response.json()
}
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
import axios from 'axios'
import { ask } from './ask'
export const load = (id: number) => ask(\`/users/\${id}\`)
export const other = async (id: number) => (await axios.get(\`/api/users/\${id}\`)).data.name
`,
        ),
      ),
    ],
  },
})

/** Whoever is not signed in is led elsewhere by another part of the program. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 401
}

function listed(statuses: readonly string[], or: string): string {
  return statuses.length > 1 ? `${statuses.slice(0, -1).join(', ')} ${or} ${statuses.at(-1)}` : statuses[0]!
}
