/** A call sends a value of another kind than the route that answers takes. */

import { fieldNamed, typeAlong } from '../../graph/along.ts'
import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { differingKinds } from '../support/data-kinds.ts'
import { isSpokenOf, shownAt } from '../support/exchanged.ts'
import { takenBody } from '../support/taken-body.ts'

type Data = { readonly field: string; readonly path: string; readonly sent: string; readonly taken: string }

export default defineRule<Data>({
  id: 'contracts/different-body-type',
  severity: 'warning',
  languages: ['typescript', 'javascript', 'python', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *exchange(exchange, relations) {
      const { body, route, handler, call } = exchange
      const taken = takenBody(exchange)
      if (!taken || !body.type || !isSpokenOf(exchange, relations)) return
      const { shapes } = relations
      const known = shapes.fieldsOf(taken.type, taken.file)?.fields ?? []
      for (const part of body.parts) {
        const other = typeAlong(shapes, taken, part.path)
        const differing = other && differingKinds(shapes, part.type, other)
        if (!differing) continue
        const field = fieldNamed(known, part.path[0]!)
        const data = { field: part.path.at(-1)!, path: route.path, ...differing }
        yield { at: part.at, data, related: [field ? shownAt(field, handler.at) : handler.at, call] }
      }
      if (body.parts.length > 0) return
      for (const field of shapes.fieldsOf(body.type.type, body.type.file)?.fields ?? []) {
        const other = fieldNamed(known, field.name)
        if (!other) continue
        const differing = differingKinds(
          shapes,
          { type: field.type, file: field.at.file },
          { type: other.type, file: other.at.file },
        )
        if (!differing) continue
        const data = { field: field.name, path: route.path, ...differing }
        yield { at: shownAt(field, call), data, related: [shownAt(other, handler.at), call] }
      }
    },
  },

  explain: {
    en: ({ field, path, sent, taken }) => ({
      message: `\`${path}\` takes \`${field}\` as ${taken}, and ${sent} is sent`,
      why: 'The route refuses a value of another kind, or makes something else of it than was meant.',
      remedy: `Send \`${field}\` as ${taken}, or change its type on the server.`,
    }),
    es: ({ field, path, sent, taken }) => ({
      message: `\`${path}\` acepta \`${field}\` como ${taken}, y se envía ${sent}`,
      why: 'La ruta rechaza un valor de otro tipo, o lo convierte en algo distinto de lo que se quería.',
      remedy: `Envía \`${field}\` como ${taken} o cambia su tipo en el servidor.`,
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
from pydantic import BaseModel
app = FastAPI()

class NewUser(BaseModel):
    name: str
    email: str
    age: int | None = None

@app.post("/api/users")
def add(user: NewUser): ...
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
export function add(name: string, email: string) {
  return fetch('/api/users', { method: 'POST', body: JSON.stringify({ name, email, «age»: 'three' }) })
}
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

@app.post("/api/users")
def add(user: NewUser): ...
`,
          ),
        ],
        at(
          'web/users.js',
          js`
import axios from 'axios'
export const add = name => axios.post('/api/users', { name, «email»: [name] })
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

def add(name: str, email: str):
    return requests.post("http://localhost:8000/api/users", json={"name": name, «"email"»: [email]}).json()
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
use serde::Serialize;

#[derive(Serialize)]
struct NewUser { name: String, email: String, «age»: Vec<u32> }

async fn add(client: &Client, name: String, email: String) -> Result<(), Error> {
    let user = NewUser { name, email, age: vec![3] };
    client.post("http://localhost:8000/api/users").json(&user).send().await?;
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
from pydantic import BaseModel
app = FastAPI()

class NewUser(BaseModel):
    name: str
    email: str
    age: int | None = None

@app.post("/api/users")
def add(user: NewUser): ...
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
export function add(name: string, email: string, age: number) {
  return fetch('/api/users', { method: 'POST', body: JSON.stringify({ name, email, age }) })
}
`,
        ),
      ),
      // A text that holds a number is read as one.
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

@app.post("/api/users")
def add(user: NewUser): ...
`,
          ),
        ],
        at(
          'web/users.js',
          js`
import axios from 'axios'
export const add = (name, age) => axios.post('/api/users', { name, email: name, age: String(age) })
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

def add(name: str, email: str):
    return requests.post("http://localhost:8000/api/users", json={"name": name, "email": email, "age": len(name)}).json()
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
use serde::Serialize;

#[derive(Serialize)]
struct NewUser { name: String, email: String, age: u8 }

async fn add(client: &Client, name: String, email: String) -> Result<(), Error> {
    let user = NewUser { name, email, age: 3 };
    client.post("http://localhost:8000/api/users").json(&user).send().await?;
    Ok(())
}
`,
        ),
      ),
    ],
  },
})
