/** A field of an answer is read, or declared by the type that the call expects, and the route never gives it. */

import type { Exchange } from '../../graph/exchanges.ts'
import type { Relations } from '../../graph/relations.ts'
import type { At } from '../../graph/routes.ts'
import type { ResolvedField, TypeIn } from '../../graph/shapes.ts'
import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { absenceInEnglish, absenceInSpanish, type Reader, readerOf } from '../support/absence.ts'
import { gapAlong, isSpokenOf, shownAt } from '../support/exchanged.ts'
import { expectedGaps } from '../support/expected-fields.ts'
import { calledOtherwise } from '../support/field-repairs.ts'
import { nearestName } from '../support/nearest-name.ts'

/** `meant` is empty where nobody can tell; `of` where the shape has no name. */
type Data = {
  readonly field: string
  readonly path: string
  readonly of: string
  readonly meant: string
  readonly reader: Reader
}

/** What errors are told by: nobody looks for them where all went well. */
const OF_ERRORS = /^(errors?|detail|message|msg|code|status|statusCode|ok|success|reason|non_field_errors)$/

export default defineRule<Data>({
  id: 'contracts/unknown-response-field',
  severity: 'warning',
  languages: ['typescript', 'javascript', 'python', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *exchange(exchange, relations) {
      const { handler, route } = exchange
      if (!handler.response || !isSpokenOf(exchange, relations)) return
      const gaps = expectedGaps(exchange, relations).filter(it => it.isNear || !it.field.isOptional)
      // What a type promises wrongly is told of there, and not wherever it is believed.
      const promised = new Set(gaps.map(it => it.field.name))
      yield* ofReads(exchange, relations, { type: handler.response, file: handler.at.file }, promised)
      for (const { field, gap } of gaps) {
        const meant = nearestName(field.name, namesOf(gap.known)) ?? ''
        yield {
          // Nobody mends what a program writes.
          at: relations.shapes.isGenerated(field.at.file) ? exchange.call : shownAt(field, exchange.call),
          data: {
            ...{ field: field.name, path: route.path, of: gap.shape?.name ?? '', meant },
            reader: readerOf(exchange.call),
          },
          related: [meantAt(gap.known, meant) ?? gap.shape?.at ?? handler.at, exchange.call],
        }
      }
    },
  },

  explain: {
    en: ({ field, path, of, meant, reader }) => ({
      message: `\`${path}\` never answers with \`${field}\`${meant ? `; there is \`${meant}\`` : ''}`,
      why: `${of ? `What the route answers is \`${of}\`, which has no such field` : 'No answer of this route has such a field'}: ${absenceInEnglish(reader)}.`,
      remedy: meant
        ? `Read \`${meant}\`, or give the field this name on the server.`
        : 'Read a field that is there, or add this one to the answer.',
      fix: `Read \`${meant}\``,
    }),
    es: ({ field, path, of, meant, reader }) => ({
      message: `\`${path}\` nunca responde con \`${field}\`${meant ? `; sí existe \`${meant}\`` : ''}`,
      why: `${of ? `La ruta responde con \`${of}\`, que no tiene ese campo` : 'Ninguna respuesta de esta ruta tiene ese campo'}: ${absenceInSpanish(reader)}.`,
      remedy: meant
        ? `Lee \`${meant}\` o da ese nombre al campo en el servidor.`
        : 'Lee un campo que exista o añade este a la respuesta.',
      fix: `Leer \`${meant}\``,
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

class User(BaseModel):
    id: int
    name: str

@app.get("/api/users/{user_id}")
def user(user_id: int) -> User: ...
`,
          ),
        ],
        at(
          'web/users.js',
          js`
export async function show(id) {
  const response = await fetch(\`/api/users/\${id}\`)
  const user = await response.json()
  return user.«nmae»
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
    total: float

@app.get("/api/orders", response_model=list[Order])
def orders(): ...
`,
          ),
        ],
        at(
          'web/orders.ts',
          ts`
import axios from 'axios'

interface Order {
  id: number
  total: number
  «customer»: string
}

export const load = () => axios.get<Order[]>('/api/orders')
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
import httpx

async def show(id: int):
    async with httpx.AsyncClient(base_url="http://localhost:8000") as client:
        response = await client.get(f"/api/users/{id}")
        user = response.json()
        print(user["name"], user[«"email"»])
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
struct User { id: u32, «label»: String }

async fn load(client: &Client, id: u32) -> Result<User, Error> {
    let user = client.get(format!("http://localhost:8000/api/users/{id}")).send().await?.json::<User>().await?;
    Ok(user)
}
`,
        ),
      ),
    ],
    valid: [
      // What the model lets through, and what its author reckons with.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict
app = FastAPI()

class User(BaseModel):
    model_config = ConfigDict(extra="allow")
    id: int

@app.get("/api/users/{user_id}")
def user(user_id: int) -> User: ...
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
export async function show(id: number) {
  const user = await (await fetch(\`/api/users/\${id}\`)).json()
  return user.name
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

class User(BaseModel):
    id: int

@app.get("/api/users/{user_id}")
def user(user_id: int) -> User: ...
`,
          ),
        ],
        at(
          'web/users.js',
          js`
export async function show(id) {
  const response = await fetch(\`/api/users/\${id}\`)
  const user = await response.json()
  if (!response.ok) throw new Error(user.detail)
  return user.nick ?? user.id
}
`,
        ),
      ),
      // Whoever asks whether it is there knows that it may not be.
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
import httpx

async def show(id: int):
    async with httpx.AsyncClient(base_url="http://localhost:8000") as client:
        response = await client.get(f"/api/users/{id}")
        user = response.json()
        print(user["name"], user.get("email", ""), user["email"] if "email" in user else "")
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
struct User { id: u32, #[serde(default)] label: String }

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

function* ofReads(
  { reads, route, handler, call }: Exchange,
  { shapes }: Relations,
  whole: TypeIn,
  promised: ReadonlySet<string>,
) {
  for (const { path, isGuarded, at: place } of reads) {
    if (isGuarded || OF_ERRORS.test(path.at(-1)!) || promised.has(path.at(-1)!)) continue
    const gap = gapAlong(shapes, whole, path, 'given')
    // What lies in something that is not there was told of already.
    if (!gap || gap.depth < path.length - 1) continue
    const meant = nearestName(gap.name, namesOf(gap.known)) ?? ''
    yield {
      at: place,
      data: { field: gap.name, path: route.path, of: gap.shape?.name ?? '', meant, reader: readerOf(call) },
      ...calledOtherwise(place, gap.name, meant),
      related: [meantAt(gap.known, meant) ?? gap.shape?.at ?? handler.at, call],
    }
  }
}

function namesOf(fields: readonly ResolvedField[]): string[] {
  return fields.map(it => it.name)
}

function meantAt(fields: readonly ResolvedField[], meant: string): At | undefined {
  const field = fields.find(it => it.name === meant)
  return field && field.at.place[1] > 0 ? field.at : undefined
}
