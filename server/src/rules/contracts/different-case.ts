/** A field of two words is written in one way on this side of the border and in another on the other, and nothing mends it. */

import { isShown } from '../../graph/type-twins.ts'
import { at, beside, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isTended } from '../support/type-twins.ts'

type Data = {
  readonly field: string
  readonly meant: string
  readonly handler: string
  readonly isAnswer: boolean
}

export default defineRule<Data>({
  id: 'contracts/different-case',
  severity: 'warning',
  languages: ['typescript'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },
  covers: [
    'contracts/unknown-response-field',
    'contracts/unknown-body-field',
    'contracts/missing-body-field',
  ],

  check: {},
  relate: {
    *casePair({ twin, here, there }, relations) {
      if (!isShown(here.at) || !isTended(here.at.file, relations)) return
      yield {
        at: here.at,
        data: {
          field: here.name,
          meant: there.name,
          handler: twin.there.name,
          isAnswer: twin.direction === 'answer',
        },
        related: isShown(there.at) ? [there.at] : twin.link.route ? [twin.link.route] : [],
      }
    },
  },

  explain: {
    en: ({ field, meant, handler, isAnswer }) => ({
      message: `\`${field}\` is called \`${meant}\` ${handler ? `in \`${handler}\`` : 'on the server'}`,
      why: isAnswer
        ? 'Nothing turns one name into the other on the way: what is read by this name is `undefined`.'
        : 'Nothing turns one name into the other on the way: what is sent by this name is not seen.',
      remedy: `Call it \`${meant}\`, or give the server's field an alias.`,
    }),
    es: ({ field, meant, handler, isAnswer }) => ({
      message: `\`${field}\` se llama \`${meant}\` ${handler ? `en \`${handler}\`` : 'en el servidor'}`,
      why: isAnswer
        ? 'Nada convierte un nombre en el otro por el camino: lo que se lee con este nombre es `undefined`.'
        : 'Nada convierte un nombre en el otro por el camino: lo que se envía con este nombre no se ve.',
      remedy: `Llámalo \`${meant}\` o da un alias al campo del servidor.`,
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
    full_name: str

@app.get("/api/users/{user_id}")
def user(user_id: int) -> User: ...
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
import axios from 'axios'
export interface User { id: number; «fullName»: string }
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
    email: str
    is_admin: bool = False

@app.post("/api/users")
def add(user: NewUser) -> None: ...
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
import axios from 'axios'
interface NewUser { email: string; «isAdmin»: boolean }
export const add = (user: NewUser) => axios.post('/api/users', user)
`,
        ),
      ),
    ],
    valid: [
      // The model says how its fields are called on the wire.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
app = FastAPI()

class User(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)
    id: int
    full_name: str

@app.get("/api/users/{user_id}")
def user(user_id: int) -> User: ...
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
import axios from 'axios'
export interface User { id: number; fullName: string }
export const load = (id: number) => axios.get<User>(\`/api/users/\${id}\`)
`,
        ),
      ),
      // Something mends it.
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
    full_name: str

@app.get("/api/users/{user_id}")
def user(user_id: int) -> User: ...
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
import applyCaseMiddleware from 'axios-case-converter'
import axios from 'axios'
const client = applyCaseMiddleware(axios.create())
export interface User { id: number; fullName: string }
export const load = (id: number) => axios.get<User>(\`/api/users/\${id}\`)
`,
        ),
      ),
    ],
  },
})
