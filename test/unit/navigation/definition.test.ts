// From one language to the other and back: definitions, references, what is told, and who calls whom.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerAt, incomingCalls, outgoingCalls } from '../../../server/src/features/call-hierarchy.ts'
import { definition } from '../../../server/src/features/definition.ts'
import { references } from '../../../server/src/features/references.ts'
import { tieHover } from '../../../server/src/features/tie-hover.ts'
import { MODEL, ORDERS, TYPED, UNTYPED } from '../../support/orders.ts'
import { type Files, marked, shown } from '../../support/workspace-view.ts'

const ROUTER = `from fastapi import APIRouter
router = APIRouter(prefix="/users")

@router.get("/{user_id}")
def find_user(user_id: int): ...

@router.post("")
def add_user(): ...
`
const MAIN = `from fastapi import FastAPI
from server.users import router
app = FastAPI()
app.include_router(router, prefix="/api")
`
const PAGE = `export async function load(id: string) {
  return fetch(\`/api/users/\${id}\`)
}
export const add = (user: string) => fetch('/api/users', { method: 'POST', body: user })
`
const OTHER = `import requests

def check(id):
    requests.get(f"http://localhost/api/users/{id}")
`

const at = (changed: Files): Files => ({
  'server/users.py': ROUTER,
  'server/main.py': MAIN,
  'web/users.ts': PAGE,
  'jobs/check.py': OTHER,
  ...changed,
})
const inPage = (text: string) => at({ 'web/users.ts': PAGE.replace(text, `«»${text}`) })
const inRouter = (text: string) => at({ 'server/users.py': ROUTER.replace(text, `«»${text}`) })

function defines(what: string, files: Files, expected: readonly string[]): void {
  test(what, () => {
    const it = marked(files)
    const found = definition(it.view, it.path, it.offset)
    assert.deepEqual(
      (found?.to ?? []).map(to => shown(it, to)),
      expected,
    )
  })
}

function refers(what: string, files: Files, expected: readonly string[]): void {
  test(what, () => {
    const it = marked(files)
    assert.deepEqual(
      references(it.view, it.path, it.offset, false).map(to => shown(it, to)),
      expected,
    )
  })
}

function says(what: string, files: Files, expected: string): void {
  test(what, () => {
    const it = marked(files)
    const found = tieHover(it.view, it.path, it.offset, 'en', to => shown(it, to))
    assert.equal(found?.markdown ?? '', expected)
  })
}

defines('from a template to the route', inPage('/users/'), ['server/users.py:4 "/{user_id}"'])
defines('by the method, where a path is answered twice', inPage("users'"), ['server/users.py:7 ""'])
defines('from a route to nothing new', inRouter('/{user_id}'), [])
defines('from what is no URL to nothing', inPage('load'), [])

const ASKED = ['jobs/check.py:4 f"http://localhost/api/users/{id}"', 'web/users.ts:2 `/api/users/${id}`']
refers('the calls of a route', inRouter('/{user_id}'), ASKED)
refers('the calls of what answers, by its name', inRouter('find_user'), ASKED)
refers('from a call, those that ask the same', inPage('/users/'), ASKED)
refers('nothing on other names', inPage('async'), [])

test('a route and a call of one file are left to their language', () => {
  const it = marked({
    'app.py': `from fastapi import FastAPI
import requests
app = FastAPI()

@app.get("/api/users")
def users(): ...

def check():
    requests.get("«http://localhost/api/users")
`,
  })
  assert.equal(definition(it.view, it.path, it.offset), undefined)
})

says(
  'a call: who answers, under which path',
  inPage('/users/'),
  '**GET** `/api/users/{user_id}`  \nFastAPI, answered by `find_user` in server/users.py:4 "/{user_id}"',
)
says(
  'a route: its whole path, and who calls it',
  inRouter('/{user_id}'),
  [
    '**GET** `/api/users/{user_id}`  \nFastAPI, answered by `find_user` in server/users.py:4 "/{user_id}"',
    `Called from:\n- ${ASKED[0]}\n- ${ASKED[1]}`,
  ].join('\n\n'),
)

test('who calls a handler, and whom a function calls', () => {
  const handler = marked(inRouter('find_user'))
  const item = callerAt(handler.view, handler.path, handler.offset)!
  assert.equal(item.name, 'find_user')
  assert.deepEqual(
    incomingCalls(handler.view, item).map(it => `${it.other.file} ${it.other.name} ${it.places.length}`),
    ['jobs/check.py check 1', 'web/users.ts load 1'],
  )
  const caller = marked(inPage('load'))
  const from = callerAt(caller.view, caller.path, caller.offset)!
  assert.deepEqual(
    outgoingCalls(caller.view, from).map(it => `${it.other.file} ${it.other.name}`),
    ['server/users.py find_user'],
  )
})

test('calls in depth: from a page by way of a handler into Rust, and back', () => {
  const files: Files = {
    'pyproject.toml':
      '[build-system]\nbuild-backend = "maturin"\n[tool.maturin]\nmodule-name = "shop.core"\n',
    'Cargo.toml': '[package]\nname = "core"\n',
    'src/lib.rs': `use pyo3::prelude::*;

#[pyfunction]
fn scale(by: f64) -> f64 { by }

#[pymodule]
fn core(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(scale, m)?)
}
`,
    'server/main.py': `from fastapi import FastAPI
from shop.core import scale
app = FastAPI()

@app.get("/api/scale")
def grow(by: float):
    return scale(by)
`,
    'web/scale.ts': `export async function l«»oad() {
  return fetch('/api/scale?by=2')
}
`,
  }
  const { view, path, offset } = marked(files)
  const names = (calls: ReturnType<typeof outgoingCalls>) =>
    calls.map(it => `${it.other.file} ${it.other.name}`)
  const page = callerAt(view, path, offset)!
  const [handler] = outgoingCalls(view, page)
  assert.deepEqual(names([handler!]), ['server/main.py grow'])
  const [rust] = outgoingCalls(view, handler!.other)
  assert.deepEqual(names([rust!]), ['src/lib.rs scale'])
  // The import is no call.
  assert.deepEqual(names(incomingCalls(view, rust!.other)), ['server/main.py grow'])
  assert.deepEqual(names(incomingCalls(view, handler!.other)), ['web/scale.ts load'])
  assert.deepEqual(names(outgoingCalls(view, rust!.other)), [])
})

const SETTINGS: Files = {
  '.env.example': 'API_KEY=\n',
  'server/settings.py': 'import os\nKEY = os.environ["API_«»KEY"]\n',
  'web/key.ts': 'export const key = process.env.API_KEY\n',
}
defines('from a variable of the environment to where it is set', SETTINGS, ['.env.example:1 API_KEY'])
says(
  'a variable: where it is set, and who else reads it',
  SETTINGS,
  [
    '`API_KEY`: a variable of the environment',
    'Set in:\n- .env.example:1 API_KEY',
    'Used in:\n- web/key.ts:1 process.env.API_KEY',
  ].join('\n\n'),
)

const COMMAND: Files = {
  'src-tauri/src/main.rs': `#[tauri::command]
fn save_note(text: String) {}

fn main() { tauri::Builder::default().invoke_handler(tauri::generate_handler![save_note]); }
`,
  'src/notes.ts': `import { invoke } from '@tauri-apps/api/core'
export const save = (text: string) => invoke('save_«»note', { text })
`,
}
defines('from a command to the Rust function that answers it', COMMAND, ['src-tauri/src/main.rs:2 save_note'])

defines(
  'from a query to what makes its table',
  {
    'migrations/1_init.sql': 'CREATE TABLE people (id INTEGER, name TEXT);\n',
    'server/people.py': `def all(connection):
    return connection.execute("SELECT name FROM peo«»ple")
`,
  },
  ['migrations/1_init.sql:1 people'],
)

const DATABASE: Files = {
  'migrations/1_init.sql': 'CREATE TABLE people (id INTEGER, name TEXT);\nCREATE TABLE pets (age INTEGER);\n',
  'migrations/2_age.sql': 'ALTER TABLE people ADD COLUMN age INTEGER;\n',
  'server/models.py': `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase): ...

class Person(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
`,
  'server/people.py': `def all(connection):
    return connection.execute("SELECT name, age FROM people")
`,
}
const inQuery = (text: string): Files => ({
  ...DATABASE,
  'server/people.py': DATABASE['server/people.py']!.replace(text, `«»${text}`),
})
defines('from a table of a query to its model and its migration', inQuery('people"'), [
  'server/models.py:5 Person',
  'migrations/1_init.sql:1 people',
])
defines('from a column to where it is made', inQuery('name'), [
  'server/models.py:8 name',
  'migrations/1_init.sql:1 name',
])
defines('from a column that was added later', inQuery('age'), ['migrations/2_age.sql:1 age'])
refers(
  'from a column of a model to the queries that ask for it',
  {
    ...DATABASE,
    'server/models.py': DATABASE['server/models.py']!.replace('name: Mapped', 'na«»me: Mapped'),
  },
  ['server/people.py:2 name'],
)
says(
  'a column: of which table, and how it is made',
  inQuery('name'),
  [
    '`name`: a column of the table `people`',
    'Made in:\n- server/models.py:8 name: `name: Mapped[str]`\n- migrations/1_init.sql:1 name: `CREATE TABLE people (id INTEGER, name TEXT);`',
  ].join('\n\n'),
)

const orders = (changed: Files): Files => ({ ...ORDERS, ...changed })
const inModel = (text: string) => orders({ 'server/main.py': MODEL.replace(text, `«»${text}`) })
const inTyped = (text: string) => orders({ 'web/orders.ts': TYPED.replace(text, `«»${text}`) })
const inUntyped = (text: string) => orders({ 'web/legacy.js': UNTYPED.replace(text, `«»${text}`) })

defines('from a field of an interface to its twin', inTyped('customer: string'), [
  'server/main.py:6 customer',
])
defines('from a field of a model to its twin', inModel('customer: str'), ['web/orders.ts:5 customer'])
defines('by the name that it has on the wire', inTyped('unitPrice'), ['server/main.py:7 unit_price'])
defines('from a key that is sent to the field that takes it', inUntyped('note:'), ['server/main.py:11 note'])
defines('from a key of a query to the parameter', inUntyped('page:'), ['server/main.py:16 page'])
defines('from what is read of an answer to the field', inUntyped('customer'), ['server/main.py:6 customer'])
defines('a field that only one side knows leads nowhere', inModel('secret'), [])

refers('who sends or reads a field, in the other language', inModel('customer: str'), [
  'web/legacy.js:4 customer',
  'web/orders.ts:10 customer',
])
refers('what the type already tells its own language is not repeated', inTyped('customer: string'), [
  'web/legacy.js:4 customer',
])

says(
  'a field: how the other side declares it, and who uses it',
  inTyped('customer: string'),
  [
    '`customer`: a field of data that both sides know',
    'Declared in:\n- server/main.py:6 customer: `customer: str`',
    'Used in:\n- web/legacy.js:4 customer',
  ].join('\n\n'),
)

const MESSAGES: Files = {
  'jobs/send.py': 'import redis\n\nredis.Redis().publish("orders.«»created", "1")\n',
  'web/listen.ts': `import Redis from 'ioredis'
const redis = new Redis()
redis.subscribe('orders.created')
`,
}
defines('from a message that is sent to who waits for it', MESSAGES, ["web/listen.ts:3 'orders.created'"])
