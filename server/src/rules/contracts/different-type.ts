/** A field is one kind of value on one side of the border, and another kind on the other: a number here, a text there. */

import { kindsOf, typeOf } from '../../graph/type-twins.ts'
import { at, beside, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { otherSide, tendedFields, wordFor } from '../support/type-twins.ts'

type Data = {
  readonly field: string
  readonly here: string
  readonly there: string
  readonly handler: string
}

export default defineRule<Data>({
  id: 'contracts/different-type',
  severity: 'warning',
  languages: ['typescript', 'python', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },
  covers: ['contracts/different-body-type'],

  check: {},
  relate: {
    *typeTwin(twin, relations) {
      const { shapes } = relations
      for (const field of tendedFields(twin, relations)) {
        const [one, two] = [typeOf(field.here), typeOf(field.there)]
        const [here, there] = [kindsOf(one, shapes), kindsOf(two, shapes)]
        if (!here || !there || here.size === 0 || there.size === 0) continue
        if ([...here].some(it => there.has(it))) continue
        yield {
          at: field.here.at,
          data: {
            field: field.here.name,
            here: wordFor(one, shapes),
            there: wordFor(two, shapes),
            handler: twin.there.name,
          },
          related: otherSide(twin, field),
        }
      }
    },
  },

  explain: {
    en: ({ field, here, there, handler }) => ({
      message: `\`${field}\` is \`${here}\` here, and \`${there}\` ${handler ? `in \`${handler}\`` : 'on the server'}`,
      why: 'Both describe the same data, and a type here is only a promise: what arrives is what the server sends. Comparing, adding or formatting it then gives something else than it seems to.',
      remedy:
        'Give the field the type that is on the wire, and convert it where it is read; or change the server.',
    }),
    es: ({ field, here, there, handler }) => ({
      message: `\`${field}\` es \`${here}\` aquí, y \`${there}\` ${handler ? `en \`${handler}\`` : 'en el servidor'}`,
      why: 'Ambos describen los mismos datos, y aquí un tipo es solo una promesa: lo que llega es lo que envía el servidor. Compararlo, sumarlo o darle formato da entonces algo distinto de lo que parece.',
      remedy: 'Da al campo el tipo que viaja por la red y conviértelo donde se lee; o cambia el servidor.',
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

class OrderOut(BaseModel):
    id: int
    total: str
    items: list[str]

@app.get("/api/orders/{order_id}")
def order(order_id: int) -> OrderOut: ...
`,
          ),
        ],
        at(
          'web/orders.ts',
          ts`
import axios from 'axios'
export interface Order { id: number; «total»: number; items: string[] }
export const load = (id: number) => axios.get<Order>(\`/api/orders/\${id}\`)
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

class Tag(BaseModel):
    name: str

class Note(BaseModel):
    title: str
    tags: list[Tag]

@app.get("/api/notes")
def notes() -> list[Note]: ...
`,
          ),
        ],
        at(
          'web/notes.ts',
          ts`
export interface Note { title: string; «tags»: string }
export async function load(): Promise<Note[]> {
  const answer = await fetch('/api/notes')
  return (await answer.json()) as Note[]
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

class Order(BaseModel):
    id: int
    total: str

class OrderPage(BaseModel):
    items: list[Order]
    total: int
    page: int

@app.get("/api/orders")
def orders() -> OrderPage: ...
`,
          ),
          at('web/page.ts', ts`export interface Page<T> { items: T[]; total: number; page: number }`),
        ],
        at(
          'web/orders.ts',
          ts`
import axios from 'axios'
import type { Page } from './page'
export interface Order { id: number; «total»: number }
export const load = () => axios.get<Page<Order>>('/api/orders')
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
    «id»: str
    name: str

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
struct User { «id»: String, name: String }

async fn load(client: &Client, id: u32) -> Result<User, Error> {
    let user = client.get(format!("http://localhost:8000/api/users/{id}")).send().await?.json::<User>().await?;
    Ok(user)
}
`,
        ),
      ),
    ],
    valid: [
      // What a page holds is said by who names it.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()

class Order(BaseModel):
    id: int
    total: str

class OrderPage(BaseModel):
    items: list[Order]
    total: int
    page: int

@app.get("/api/orders")
def orders() -> OrderPage: ...
`,
          ),
        ],
        at(
          'web/orders.ts',
          ts`
import axios from 'axios'
export interface Order { id: number; total: string }
interface Page<T> { items: T[]; total: number; page: number }
export const load = () => axios.get<Page<Order>>('/api/orders')
`,
        ),
      ),
      // Dates are texts on the wire, and whole numbers are numbers.
      beside(
        [
          at(
            'server/main.py',
            py`
from datetime import datetime
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()

class Order(BaseModel):
    id: int
    made: datetime

@app.get("/api/orders/{order_id}")
def order(order_id: int) -> Order: ...
`,
          ),
        ],
        at(
          'web/orders.ts',
          ts`
import axios from 'axios'
export interface Order { id: number; made: string }
export const load = (id: number) => axios.get<Order>(\`/api/orders/\${id}\`)
`,
        ),
      ),
      // What is called alike, but has nothing to do with the route that is asked.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()

class Count(BaseModel):
    total: int

@app.get("/api/count")
def count() -> Count: ...
`,
          ),
        ],
        at(
          'web/orders.ts',
          ts`
import axios from 'axios'
export interface Order { id: number; total: string; items: string[] }
export const load = () => axios.get<Order>('/api/count')
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
    name: str

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
struct User { id: i64, name: String }

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
