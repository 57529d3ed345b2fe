/** A call sends a field in its body that the route that answers does not take. */

import { fieldNamed } from '../../graph/along.ts'
import type { Exchange } from '../../graph/exchanges.ts'
import type { Relations } from '../../graph/relations.ts'
import type { TypeIn } from '../../graph/shapes.ts'
import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { gapAlong, isSpokenOf, shownAt } from '../support/exchanged.ts'
import { calledOtherwise } from '../support/field-repairs.ts'
import { nearestName } from '../support/nearest-name.ts'
import { takenBody } from '../support/taken-body.ts'

/** `meant` is empty where nobody can tell. */
type Data = {
  readonly field: string
  readonly path: string
  readonly meant: string
  readonly isStrict: boolean
}

export default defineRule<Data>({
  id: 'contracts/unknown-body-field',
  severity: 'warning',
  languages: ['typescript', 'javascript', 'python', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *exchange(exchange, relations) {
      const taken = takenBody(exchange)
      if (!taken || !isSpokenOf(exchange, relations)) return
      yield* ofParts(exchange, relations, taken)
      yield* ofType(exchange, relations, taken)
    },
  },

  explain: {
    en: ({ field, path, meant, isStrict }) => ({
      message: `\`${path}\` does not take \`${field}\`${meant ? `; it takes \`${meant}\`` : ''}`,
      why: isStrict
        ? 'The route refuses fields that it does not know: the whole request fails at run time.'
        : 'The route drops fields that it does not know without a word: what is sent here gets lost.',
      remedy: meant
        ? `Send it as \`${meant}\`, or give the field this name on the server.`
        : 'Leave the field out, or let the server take it.',
      fix: `Send it as \`${meant}\``,
    }),
    es: ({ field, path, meant, isStrict }) => ({
      message: `\`${path}\` no acepta \`${field}\`${meant ? `; acepta \`${meant}\`` : ''}`,
      why: isStrict
        ? 'La ruta rechaza los campos que no conoce: al ejecutarse, falla toda la petición.'
        : 'La ruta descarta sin avisar los campos que no conoce: lo que se envía aquí se pierde.',
      remedy: meant
        ? `Envíalo como \`${meant}\` o da ese nombre al campo en el servidor.`
        : 'Quita el campo o haz que el servidor lo acepte.',
      fix: `Enviarlo como \`${meant}\``,
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
  return fetch('/api/users', { method: 'POST', body: JSON.stringify({ name, email, «ageYears»: 3 }) })
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
from pydantic import BaseModel, ConfigDict
app = FastAPI()

class NewUser(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str

@app.post("/api/users")
def add(user: NewUser): ...
`,
          ),
        ],
        at(
          'web/users.js',
          js`
import axios from 'axios'
export const add = name => axios.post('/api/users', { name, «nick»: name })
`,
        ),
      ),
      // In Python, of a server in Rust.
      beside(
        [
          at(
            'server/src/main.rs',
            rs`
use axum::{routing::{get, post}, Json, Router};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct NewUser { name: String, email: String, age: Option<u32> }

#[derive(Serialize)]
struct User { id: u32, name: String, nick: Option<String> }

async fn add(Json(user): Json<NewUser>) -> Json<User> { todo!() }
async fn user() -> Json<User> { todo!() }

fn app() -> Router {
    Router::new().route("/api/users", post(add)).route("/api/users/me", get(user))
}
`,
          ),
        ],
        at(
          'worker/users.py',
          py`
import requests

def add(name: str, email: str):
    return requests.post("http://localhost:8000/api/users", json={"name": name, "email": email, «"years"»: 3}).json()
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
struct NewUser { name: String, email: String, «ages»: u32 }

async fn add(client: &Client, name: String, email: String) -> Result<(), Error> {
    let user = NewUser { name, email, ages: 3 };
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
export function add(name: string, email: string) {
  return fetch('/api/users', { method: 'POST', body: JSON.stringify({ name, email, age: 3 }) })
}
`,
        ),
      ),
      // The model takes whatever comes.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict
app = FastAPI()

class NewUser(BaseModel):
    model_config = ConfigDict(extra="allow")
    name: str

@app.post("/api/users")
def add(user: NewUser): ...
`,
          ),
        ],
        at(
          'web/users.js',
          js`
import axios from 'axios'
export const add = name => axios.post('/api/users', { name, nick: name })
`,
        ),
      ),
      beside(
        [
          at(
            'server/src/main.rs',
            rs`
use axum::{routing::{get, post}, Json, Router};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct NewUser { name: String, email: String, age: Option<u32> }

#[derive(Serialize)]
struct User { id: u32, name: String, nick: Option<String> }

async fn add(Json(user): Json<NewUser>) -> Json<User> { todo!() }
async fn user() -> Json<User> { todo!() }

fn app() -> Router {
    Router::new().route("/api/users", post(add)).route("/api/users/me", get(user))
}
`,
          ),
        ],
        at(
          'worker/users.py',
          py`
import requests

def add(name: str, email: str):
    body = {"name": name, "email": email}
    body["age"] = 3
    return requests.post("http://localhost:8000/api/users", json=body).json()
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
struct NewUser { name: String, email: String, age: u32 }

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

function* ofParts({ body, route, handler, call }: Exchange, { shapes }: Relations, taken: TypeIn) {
  for (const part of body.parts) {
    const gap = gapAlong(shapes, taken, part.path, 'taken')
    if (!gap || gap.depth < part.path.length - 1) continue
    const meant =
      nearestName(
        gap.name,
        gap.known.map(it => it.name),
      ) ?? ''
    const other = gap.known.find(it => it.name === meant)
    yield {
      at: part.at,
      data: { field: gap.name, path: route.path, meant, isStrict: gap.isStrict },
      ...calledOtherwise(part.at, gap.name, meant),
      related: [other ? shownAt(other, handler.at) : (gap.shape?.at ?? handler.at), call],
    }
  }
}

/**
 * Of a whole entity that is sent, most servers take only a part, and mean to: only what they refuse, and what is nearly called
 * like something that is not sent, is told of.
 */
function* ofType({ body, route, handler, call }: Exchange, { shapes }: Relations, taken: TypeIn) {
  if (!body.type || body.parts.length > 0) return
  const sent = shapes.fieldsOf(body.type.type, body.type.file)
  const found = shapes.fieldsOf(taken.type, taken.file)
  if (!sent || !found || found.isOpen || found.fields.length === 0) return
  const known = found.fields.filter(it => it.only !== 'given')
  const missing = known.filter(it => !fieldNamed(sent.fields, it.name)).map(it => it.name)
  for (const field of sent.fields) {
    if (fieldNamed(known, field.name)) continue
    const meant = nearestName(field.name, missing) ?? ''
    if (meant === '' && !(found.isStrict && !field.isOptional)) continue
    const other = known.find(it => it.name === meant)
    yield {
      at: shownAt(field, call),
      data: { field: field.name, path: route.path, meant, isStrict: found.isStrict },
      related: [other ? shownAt(other, handler.at) : handler.at, call],
    }
  }
}
