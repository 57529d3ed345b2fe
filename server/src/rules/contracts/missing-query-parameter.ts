/** A call leaves out a query parameter that the route that answers requires. */

import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isSpokenOf } from '../support/exchanged.ts'
import { queryParameters, sentQuery } from '../support/queried.ts'

type Data = { readonly name: string; readonly path: string }

export default defineRule<Data>({
  id: 'contracts/missing-query-parameter',
  severity: 'warning',
  languages: ['typescript', 'javascript', 'python', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *exchange(exchange, relations) {
      const { route, call } = exchange
      if (!isSpokenOf(exchange, relations)) return
      const sent = sentQuery(exchange, relations)
      if (sent.isOpen) return
      for (const { name, isOptional, at: place } of queryParameters(exchange)) {
        if (isOptional || sent.parts.some(it => it.name === name)) continue
        yield { at: call, data: { name, path: route.path }, related: [place] }
      }
    },
  },

  explain: {
    en: ({ name, path }) => ({
      message: `\`${path}\` requires the query parameter \`${name}\`, which is not sent`,
      why: 'The route refuses a request without it: at run time the call fails with a 422, or a 400.',
      remedy: `Send \`${name}\`, or give it a default on the server.`,
    }),
    es: ({ name, path }) => ({
      message: `\`${path}\` exige el parámetro de consulta \`${name}\`, que no se envía`,
      why: 'La ruta rechaza una petición sin él: al ejecutarse, la llamada falla con un 422 o un 400.',
      remedy: `Envía \`${name}\` o dale un valor por defecto en el servidor.`,
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
export const load = () => fetch(«'/api/users?page=2'»)
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
export const load = () => axios.get(«'/api/users'», { params: { size: 5 } })
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
    return requests.get(«"http://localhost:8000/api/users"», params={"page": 2})
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
    client.get(«"http://localhost:8000/api/users"»).query(&[("page", 2)]).send().await?;
    Ok(())
}
`,
        ),
      ),
    ],
    valid: [
      // Who knows what is searched for.
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
export const load = (search: string) => fetch(\`/api/users?\${search}\`)
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
export const load = team => axios.get('/api/users', { params: { team } })
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
