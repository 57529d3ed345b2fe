/** A call leaves out a field that the route that answers requires. */

import { fieldNamed } from '../../graph/along.ts'
import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isSpokenOf, shownAt } from '../support/exchanged.ts'
import { calledOtherwise } from '../support/field-repairs.ts'
import { nearestName } from '../support/nearest-name.ts'
import { takenBody } from '../support/taken-body.ts'

/** `sent`: what is sent instead, where that is nearly called so. */
type Data = { readonly field: string; readonly path: string; readonly sent: string }

export default defineRule<Data>({
  id: 'contracts/missing-body-field',
  severity: 'warning',
  languages: ['typescript', 'javascript', 'python', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },
  covers: ['contracts/unknown-body-field'],

  check: {},
  relate: {
    *exchange(exchange, relations) {
      const { body, route, handler, call } = exchange
      const taken = takenBody(exchange)
      if (!taken || !body.type || !isSpokenOf(exchange, relations)) return
      const { shapes } = relations
      const found = shapes.fieldsOf(taken.type, taken.file)
      const sent = shapes.fieldsOf(body.type.type, body.type.file)
      // A base that nobody can see may call fields something else.
      if (!found || found.isOpen || !sent || sent.isOpen) return
      const names = sent.fields.map(it => it.name)
      const sentToo = (it: (typeof found.fields)[number]) =>
        names.includes(it.name) || it.alsoRead?.some(name => names.includes(name))
      const missing = found.fields.filter(it => !it.isOptional && it.only !== 'given' && !sentToo(it))
      for (const field of missing) {
        const unknown = names.filter(it => !fieldNamed(found.fields, it))
        const near = nearestName(field.name, unknown) ?? ''
        const written = body.parts.find(it => it.path.length === 1 && it.path[0] === near)?.at
        const declared = sent.fields.find(it => it.name === near)
        // Nobody mends what a program writes.
        const isMended = declared && !shapes.isGenerated(declared.at.file)
        yield {
          at: written ?? (isMended ? shownAt(declared, call) : call),
          data: { field: field.name, path: route.path, sent: near },
          ...(written && calledOtherwise(written, near, field.name)),
          related: [shownAt(field, handler.at), call],
        }
      }
    },
  },

  explain: {
    en: ({ field, path, sent }) => ({
      message: `\`${path}\` requires \`${field}\`, ${sent ? `and \`${sent}\` is sent` : 'which is not sent'}`,
      why: 'The route refuses a body without this field: at run time the request fails with a 422, or a 400.',
      remedy: sent
        ? `Send it as \`${field}\`, or give the field the other name on the server.`
        : `Send \`${field}\`, or let the server do without it.`,
      fix: `Send it as \`${field}\``,
    }),
    es: ({ field, path, sent }) => ({
      message: `\`${path}\` exige \`${field}\`, ${sent ? `y se envía \`${sent}\`` : 'que no se envía'}`,
      why: 'La ruta rechaza un cuerpo sin este campo: al ejecutarse, la petición falla con un 422 o un 400.',
      remedy: sent
        ? `Envíalo como \`${field}\` o da el otro nombre al campo en el servidor.`
        : `Envía \`${field}\` o haz que el servidor pueda prescindir de él.`,
      fix: `Enviarlo como \`${field}\``,
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
export function add(name: string) {
  return fetch(«'/api/users'», { method: 'POST', body: JSON.stringify({ name }) })
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
export const add = (name, mail) => axios.post('/api/users', { name, «emails»: mail })
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

def add(name: str, email: str):
    return requests.post("http://localhost:8000/api/users", json={"name": name, «"mail"»: email}).json()
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
struct NewUser { name: String, age: u32 }

async fn add(client: &Client, name: String, email: String) -> Result<(), Error> {
    let user = NewUser { name, age: 3 };
    client.post(«"http://localhost:8000/api/users"»).json(&user).send().await?;
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
interface NewUser { name: string; email: string }
export function add(user: NewUser) {
  return fetch('/api/users', { method: 'POST', body: JSON.stringify(user) })
}
`,
        ),
      ),
      // Who knows what the rest is.
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
export const add = (name, rest) => axios.post('/api/users', { name, ...rest })
`,
        ),
      ),
      // Who knows what else is sent.
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
    return requests.post("http://localhost:8000/api/users", json={"name": name, **more()}).json()
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
struct NewUser { name: String, #[serde(rename = "email")] mail: String }

async fn add(client: &Client, name: String, email: String) -> Result<(), Error> {
    let user = NewUser { name, mail: email };
    client.post("http://localhost:8000/api/users").json(&user).send().await?;
    Ok(())
}
`,
        ),
      ),
    ],
  },
})
