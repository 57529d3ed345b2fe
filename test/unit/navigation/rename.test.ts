// What files of two languages share is renamed on both sides of the border, or not at all.

import { renames as check } from '../../support/renames.ts'

const SERVER = `from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users/{user_id}")
def user(user_id: int): ...

@app.get("/api/users")
def users(): ...

@app.get("/api/orders/{order_id}")
def order(order_id: int): ...
`
const PAGE = `export const load = (id: string) => fetch(\`/api/users/\${id}\`)
export const all = () => fetch("/api/users?page=1")
`
const RENAMED = [
  'server/main.py:4 @app.get("/api/people/{user_id}")',
  'server/main.py:7 @app.get("/api/people")',
  'web/users.ts:1 export const load = (id: string) => fetch(`/api/people/${id}`)',
  'web/users.ts:2 export const all = () => fetch("/api/people?page=1")',
]

check(
  'from the route: all that is below the same path, and every call of it',
  { 'server/main.py': SERVER.replace('users/', 'us«»ers/'), 'web/users.ts': PAGE },
  'people',
  RENAMED,
)
check(
  'from a call the same',
  { 'server/main.py': SERVER, 'web/users.ts': PAGE.replace('users/', 'users«»/') },
  'people',
  RENAMED,
)
check(
  'the prefix of a router is where it is written',
  {
    'server/users.py': `from fastapi import APIRouter
router = APIRouter(prefix="/users", tags=["users"])

@router.get("/{user_id}")
def user(user_id: int): ...
`,
    'server/main.py': `from fastapi import FastAPI
from server.users import router
app = FastAPI()
app.include_router(router, prefix="/api")
`,
    'web/users.ts': `export const load = (id: string) => fetch(\`/api/«users/\${id}\`)`,
  },
  'people',
  [
    'server/users.py:2 router = APIRouter(prefix="/people", tags=["users"])',
    'web/users.ts:1 export const load = (id: string) => fetch(`/api/people/${id}`)',
  ],
)
check(
  'a constant of another file that calls are put together from',
  {
    'server/main.py': SERVER.replace('users/', 'us«»ers/'),
    'web/routes.ts': `const USERS = '/api/users'\nexport const user = (id: string) => \`/api/users/\${id}\``,
    'web/users.ts': `import { user } from './routes'\nexport const load = (id: string) => fetch(user(id))`,
  },
  'people',
  [
    'server/main.py:4 @app.get("/api/people/{user_id}")',
    'server/main.py:7 @app.get("/api/people")',
    'web/routes.ts:2 export const user = (id: string) => `/api/people/${id}`',
  ],
)
check(
  'the base of a client is renamed with all that is below it',
  {
    'server/main.py': SERVER.replace('/api/users"', '/«»api/users"'),
    'web/client.ts': `import axios from 'axios'\nexport const client = axios.create({ baseURL: '/api' })`,
    'web/users.ts': `import { client } from './client'\nexport const all = () => client.get('/users')`,
  },
  'v1',
  [
    'server/main.py:10 @app.get("/v1/orders/{order_id}")',
    'server/main.py:4 @app.get("/v1/users/{user_id}")',
    'server/main.py:7 @app.get("/v1/users")',
    "web/client.ts:2 export const client = axios.create({ baseURL: '/v1' })",
  ],
)
check(
  'a segment that is put together at run time is not renamed by halves',
  {
    'server/main.py': SERVER.replace('users/', 'us«»ers/'),
    'web/users.ts': `const kind = 'users'
export const load = (id: string) => fetch(\`/api/\${kind}/\${id}\`)
export const all = () => fetch('/api/users')`,
  },
  'people',
  'not-written web/users.ts:2 `/api/${kind}/${id}`',
)
check(
  'a path that somebody answers already',
  { 'server/main.py': SERVER, 'web/users.ts': PAGE.replace('users/', 'users«»/') },
  'orders',
  'taken server/main.py:10 "/api/orders/{order_id}"',
)
check(
  'what cannot be a part of a path',
  { 'server/main.py': SERVER, 'web/users.ts': PAGE.replace('users/', 'users«»/') },
  'a/b',
  'no-segment',
)
check(
  'a value is no name of the path',
  { 'server/main.py': SERVER.replace('user_id}"', 'use«»r_id}"'), 'web/users.ts': PAGE },
  'id',
  'nothing',
)
