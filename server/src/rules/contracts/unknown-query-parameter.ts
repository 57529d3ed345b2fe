/** A call sends a name behind the question mark that the route that answers does not read. */

import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isSpokenOf } from '../support/exchanged.ts'
import { calledOtherwise } from '../support/field-repairs.ts'
import { nearestName } from '../support/nearest-name.ts'
import { queryParameters, sentQuery } from '../support/queried.ts'

/** `meant` is empty where nobody can tell. */
type Data = { readonly name: string; readonly path: string; readonly meant: string }

export default defineRule<Data>({
  id: 'contracts/unknown-query-parameter',
  severity: 'warning',
  languages: ['typescript', 'javascript', 'python', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *exchange(exchange, relations) {
      const { handler, route, call } = exchange
      if (!handler.isWhole || !isSpokenOf(exchange, relations)) return
      const taken = queryParameters(exchange)
      const sent = sentQuery(exchange, relations)
      for (const { name, at: place } of sent.parts) {
        if (taken.some(it => it.name === name) || ALWAYS.test(name)) continue
        const free = taken.map(it => it.name).filter(it => !sent.parts.some(other => other.name === it))
        const meant = nearestName(name, free) ?? ''
        const other = taken.find(it => it.name === meant)
        yield {
          at: place,
          data: { name, path: route.path, meant },
          ...calledOtherwise(place, name, meant),
          related: [other?.at ?? handler.at, ...(place === call ? [] : [call])],
        }
      }
    },
  },

  explain: {
    en: ({ name, path, meant }) => ({
      message: `\`${path}\` reads no query parameter \`${name}\`${meant ? `; there is \`${meant}\`` : ''}`,
      why: 'What the route does not read has no effect: the answer is the same as without it.',
      remedy: meant
        ? `Call it \`${meant}\`, or read this name on the server.`
        : 'Leave it out, or read it on the server.',
      fix: `Call it \`${meant}\``,
    }),
    es: ({ name, path, meant }) => ({
      message: `\`${path}\` no lee ningún parámetro de consulta \`${name}\`${meant ? `; sí existe \`${meant}\`` : ''}`,
      why: 'Lo que la ruta no lee no tiene efecto: la respuesta es la misma que sin ello.',
      remedy: meant
        ? `Llámalo \`${meant}\` o lee este nombre en el servidor.`
        : 'Quítalo o léelo en el servidor.',
      fix: `Llamarlo \`${meant}\``,
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users")
def users(team: int, page: int = 1, size: int = 20): ...
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
export const load = (team: number) => fetch(«\`/api/users?team=\${team}&pages=2\`»)
`,
        ),
      ),
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users")
def users(team: int, page: int = 1, size: int = 20): ...
`,
          ),
        ],
        at(
          'web/users.js',
          js`
import axios from 'axios'
export const load = team => axios.get('/api/users', { params: { team, «limit»: 5 } })
`,
        ),
      ),
      // In Python, and in Rust.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users")
def users(team: int, page: int = 1, size: int = 20): ...
`,
          ),
        ],
        at(
          'worker/users.py',
          py`
import requests

def load():
    return requests.get("http://localhost:8000/api/users", params={"team": 7, «"pages"»: 2})
`,
        ),
      ),
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users")
def users(team: int, page: int = 1, size: int = 20): ...
`,
          ),
        ],
        at(
          'cli/src/users.rs',
          rs`
use reqwest::Client;

async fn load(client: &Client) -> Result<(), Error> {
    client.get("http://localhost:8000/api/users").query(&[("team", 7), («"pages"», 2)]).send().await?;
    Ok(())
}
`,
        ),
      ),
    ],
    valid: [
      // Who holds the request may read anything of it.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI, Request
app = FastAPI()

@app.get("/api/orders")
def orders(request: Request):
    return find(request.query_params["customer"])
`,
          ),
        ],
        at('web/orders.ts', ts`export const load = (of: string) => fetch(\`/api/orders?customer=\${of}\`)`),
      ),
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users")
def users(team: int, page: int = 1, size: int = 20): ...
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
export const load = (team: number) => fetch(\`/api/users?team=\${team}&page=2\`)
`,
        ),
      ),
      // Who knows what that depends on.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import Depends, FastAPI
from paging import paged
app = FastAPI()

@app.get("/api/users")
def users(limits = Depends(paged), team: int = 0, page: int = 1, size: int = 20): ...
`,
          ),
        ],
        at(
          'web/users.js',
          js`
import axios from 'axios'
export const load = team => axios.get('/api/users', { params: { team, limit: 5 } })
`,
        ),
      ),
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users")
def users(team: int, page: int = 1, size: int = 20): ...
`,
          ),
        ],
        at(
          'worker/users.py',
          py`
import requests

def load():
    return requests.get("http://localhost:8000/api/users", params={"team": 7, "page": 2})
`,
        ),
      ),
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users")
def users(team: int, page: int = 1, size: int = 20): ...
`,
          ),
        ],
        at(
          'cli/src/users.rs',
          rs`
use reqwest::Client;

async fn load(client: &Client) -> Result<(), Error> {
    client.get("http://localhost:8000/api/users").query(&[("team", 7), ("page", 2)]).send().await?;
    Ok(())
}
`,
        ),
      ),
    ],
  },
})

/** Made up so that no cache answers, and what proxies and frameworks read. */
const ALWAYS = /^(_|_t|t|ts|timestamp|v|nocache|cache|cb|rand|random|token|access_token|api_key|format)$/i
