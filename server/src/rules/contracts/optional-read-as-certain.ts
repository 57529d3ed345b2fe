/** A field of an answer may be missing or null, and the type that the caller reads it by says that it is always there. */

import { isNullable, kindsOf, typeOf } from '../../graph/type-twins.ts'
import { at, beside, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { otherSide, tendedFields } from '../support/type-twins.ts'

type Data = { readonly field: string; readonly handler: string; readonly isNull: boolean }

export default defineRule<Data>({
  id: 'contracts/optional-read-as-certain',
  severity: 'info',
  languages: ['typescript', 'python', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},
  relate: {
    *typeTwin(twin, relations) {
      if (twin.direction !== 'answer') return
      const { shapes } = relations
      for (const field of tendedFields(twin, relations)) {
        const { here, there } = field
        const [one, two] = [typeOf(here), typeOf(there)]
        const kinds = kindsOf(one, shapes)
        // Who reckons with either reckons with nothing being there.
        if (!kinds || here.isOptional || isNullable(one, shapes)) continue
        const isNull = isNullable(two, shapes)
        if (!isNull && (!there.isOptional || there.isAlwaysGiven)) continue
        yield {
          at: here.at,
          data: { field: here.name, handler: twin.there.name, isNull },
          related: otherSide(twin, field),
        }
      }
    },
  },

  explain: {
    en: ({ field, handler, isNull }) => ({
      message: `\`${field}\` is always there by this type, and may be ${isNull ? '`null`' : 'missing'} ${handler ? `in \`${handler}\`` : 'in the answer'}`,
      why: 'The compiler believes the type and lets the field be read without a question. With the first answer that has none, the code fails somewhere else.',
      remedy: isNull
        ? 'Add `| null` to the type, and say what happens then; or have the server always send a value.'
        : 'Make the field optional, and say what happens then; or have the server always send a value.',
    }),
    es: ({ field, handler, isNull }) => ({
      message: `según este tipo \`${field}\` siempre está, y ${handler ? `en \`${handler}\`` : 'en la respuesta'} puede ${isNull ? 'ser `null`' : 'faltar'}`,
      why: 'El compilador se fía del tipo y deja leer el campo sin preguntar. Con la primera respuesta que no lo traiga, el código fallará en otro sitio.',
      remedy: isNull
        ? 'Añade `| null` al tipo y di qué ocurre entonces; o haz que el servidor envíe siempre un valor.'
        : 'Haz opcional el campo y di qué ocurre entonces; o haz que el servidor envíe siempre un valor.',
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

class UserOut(BaseModel):
    id: int
    name: str
    nickname: str | None = None

@app.get("/api/users/{user_id}")
def user(user_id: int) -> UserOut: ...
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
import axios from 'axios'
export interface User { id: number; name: string; «nickname»: string }
export const load = (id: number) => axios.get<User>(\`/api/users/\${id}\`)
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

class Place(BaseModel):
    street: str
    floor: int | None

class Shop(BaseModel):
    name: str
    place: Place

@app.get("/api/shops")
def shops() -> list[Shop]: ...
`,
          ),
        ],
        at(
          'web/shops.ts',
          ts`
interface Place { street: string; «floor»: number }
export interface Shop { name: string; place: Place }
export async function load(): Promise<Shop[]> {
  const answer = await fetch('/api/shops')
  return (await answer.json()) as Shop[]
}
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
from typing import TypedDict
import requests

class User(TypedDict):
    id: int
    «nick»: str

def load(id: int) -> User:
    return requests.get(f"http://localhost:8000/api/users/{id}").json()
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
use serde::Deserialize;

#[derive(Deserialize)]
struct User { id: u32, «nick»: String }

async fn load(client: &Client, id: u32) -> Result<User, Error> {
    let user = client.get(format!("http://localhost:8000/api/users/{id}")).send().await?.json::<User>().await?;
    Ok(user)
}
`,
        ),
      ),
    ],
    valid: [
      // Both say that it may be missing, each in its way.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()

class User(BaseModel):
    id: int
    name: str
    nickname: str | None = None

@app.get("/api/users/{user_id}")
def user(user_id: int) -> User: ...
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
import axios from 'axios'
export interface User { id: number; name: string; nickname?: string }
export const load = (id: number) => axios.get<User>(\`/api/users/\${id}\`)
`,
        ),
      ),
      // What has a default need not be sent, and is always answered.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()

class User(BaseModel):
    id: int
    name: str
    tags: list[str] = []

@app.get("/api/users/{user_id}")
def user(user_id: int) -> User: ...
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
import axios from 'axios'
export interface User { id: number; name: string; tags: string[] }
export const load = (id: number) => axios.get<User>(\`/api/users/\${id}\`)
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
from typing import TypedDict
import requests

class User(TypedDict):
    id: int
    nick: str | None

def load(id: int) -> User:
    return requests.get(f"http://localhost:8000/api/users/{id}").json()
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
use serde::Deserialize;

#[derive(Deserialize)]
struct User { id: u32, nick: Option<String> }

async fn load(client: &Client, id: u32) -> Result<User, Error> {
    let user = client.get(format!("http://localhost:8000/api/users/{id}")).send().await?.json::<User>().await?;
    Ok(user)
}
`,
        ),
      ),
    ],
  },
})
