/** A call writes a word where the path of the route that answers holds a number. */

import { isWord } from '../../graph/path-pattern.ts'
import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isSpokenOf } from '../support/exchanged.ts'

type Data = { readonly segment: string; readonly name: string; readonly path: string }

export default defineRule<Data>({
  id: 'contracts/path-parameter-type',
  severity: 'warning',
  languages: ['typescript', 'javascript', 'python', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *exchange(exchange, relations) {
      const { handler, route, call, link } = exchange
      const asked = link.pattern
      const { segments } = route.pattern
      if (!asked || asked.isOpen || route.pattern.isOpen || !isSpokenOf(exchange, relations)) return
      if (asked.segments.length !== segments.length) return
      for (const [i, it] of segments.entries()) {
        const name = /^\{(\w+)\}$/.exec(it)?.[1]
        const segment = asked.segments[i]!
        const parameter = handler.parameters.find(other => other.in === 'path' && other.name === name)
        if (parameter?.type.kind !== 'integer' || !isWord(segment) || /^-?\d+$/.test(segment)) continue
        yield { at: call, data: { segment, name: name!, path: route.path }, related: [parameter.at, route] }
      }
    },
  },

  explain: {
    en: ({ segment, name, path }) => ({
      message: `\`${segment}\` is no integer, as \`${name}\` in \`${path}\` has to be`,
      why: 'No other route answers this path, and this one refuses it: at run time the call fails with a 422, or a 404.',
      remedy: 'Put a number there, or add the route that was meant.',
    }),
    es: ({ segment, name, path }) => ({
      message: `\`${segment}\` no es un entero, como debe ser \`${name}\` en \`${path}\``,
      why: 'Ninguna otra ruta responde a este camino y esta lo rechaza: al ejecutarse, la llamada falla con un 422 o un 404.',
      remedy: 'Pon un número en su lugar o añade la ruta que se quería.',
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

@app.get("/api/users/{user_id}")
def user(user_id: int): ...
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
export const me = () => fetch(«'/api/users/me'»)
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

@app.get("/api/users/{user_id}")
def user(user_id: int): ...
`,
          ),
        ],
        at(
          'web/users.js',
          js`
import axios from 'axios'
export const first = () => axios.get(«'/api/users/first'»)
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
from pydantic import BaseModel
app = FastAPI()

class NewUser(BaseModel):
    name: str
    email: str
    age: int | None = None

class User(BaseModel):
    id: int
    name: str
    nick: str | None

@app.post("/api/users")
def add(user: NewUser) -> User: ...

@app.get("/api/users/{user_id}")
def user(user_id: int) -> User: ...
`,
          ),
        ],
        at(
          'worker/users.py',
          py`
import requests

def load():
    return requests.get(«"http://localhost:8000/api/users/latest"»)
`,
        ),
      ),
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()

class NewUser(BaseModel):
    name: str
    email: str
    age: int | None = None

class User(BaseModel):
    id: int
    name: str
    nick: str | None

@app.post("/api/users")
def add(user: NewUser) -> User: ...

@app.get("/api/users/{user_id}")
def user(user_id: int) -> User: ...
`,
          ),
        ],
        at(
          'cli/src/users.rs',
          rs`
use reqwest::Client;

async fn load(client: &Client) -> Result<(), Error> {
    client.get(«"http://localhost:8000/api/users/latest"»).send().await?;
    Ok(())
}
`,
        ),
      ),
    ],
    valid: [
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users/{user_id}")
def user(user_id: int): ...
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
export const one = () => fetch('/api/users/1')
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

@app.get("/api/users/{user_id}")
def user(user_id: int): ...

@app.get("/api/users/me")
def me(): ...
`,
          ),
        ],
        at(
          'web/users.js',
          js`
import axios from 'axios'
export const me = () => axios.get('/api/users/me')
`,
        ),
      ),
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()

class NewUser(BaseModel):
    name: str
    email: str
    age: int | None = None

class User(BaseModel):
    id: int
    name: str
    nick: str | None

@app.post("/api/users")
def add(user: NewUser) -> User: ...

@app.get("/api/users/{user_id}")
def user(user_id: int) -> User: ...
`,
          ),
        ],
        at(
          'worker/users.py',
          py`
import requests

def load():
    return requests.get("http://localhost:8000/api/users/7")
`,
        ),
      ),
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()

class NewUser(BaseModel):
    name: str
    email: str
    age: int | None = None

class User(BaseModel):
    id: int
    name: str
    nick: str | None

@app.post("/api/users")
def add(user: NewUser) -> User: ...

@app.get("/api/users/{user_id}")
def user(user_id: int) -> User: ...
`,
          ),
        ],
        at(
          'cli/src/users.rs',
          rs`
use reqwest::Client;

async fn load(client: &Client, id: u32) -> Result<(), Error> {
    client.get(format!("http://localhost:8000/api/users/{id}")).send().await?;
    Ok(())
}
`,
        ),
      ),
    ],
  },
})
