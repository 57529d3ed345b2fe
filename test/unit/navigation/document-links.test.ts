// What a document names in other files, as links.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentLinks, targetOf, tooltipOf } from '../../../server/src/features/document-links.ts'
import { type Files, marked, shown } from '../../support/workspace-view.ts'

/** The links of the file that has the mark: what is underlined, and where it leads. */
function links(what: string, files: Files, expected: readonly string[]): void {
  test(what, () => {
    const it = marked(files)
    const text = it.texts.get(it.path)!
    assert.deepEqual(
      documentLinks(it.view, it.path).map(link => {
        const target = targetOf(it.view, link)
        return `${text.slice(...link.place)} → ${target && shown(it, target)}`
      }),
      expected,
    )
  })
}

const SERVER = `from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users/{user_id}")
def find_user(user_id: int): ...
`
const PAGE = `«»export const load = (id: string) => fetch(\`/api/users/\${id}\`)
export const other = (url: string) => fetch(url)
export const key = process.env.API_KEY
`

links(
  'a path leads to the function that answers it, a variable to where it is set',
  {
    'server/main.py': SERVER,
    'web/users.ts': PAGE,
    'docker-compose.yml': 'services:\n  web:\n    environment:\n      API_KEY: ""\n',
    '.env.example': '# API_KEY=\n',
    '.env': 'API_KEY=1\n',
  },
  ['/api/users/${id} → server/main.py:5 find_user', 'API_KEY → .env:1 API_KEY'],
)
links('a variable that nobody sets leads nowhere', { 'web/users.ts': PAGE }, [])
links(
  'a table of a query, and messages',
  {
    'migrations/1_init.sql': 'CREATE TABLE people (id INTEGER, name TEXT);\n',
    'server/people.py': `«»import redis
def all(connection):
    redis.Redis().publish("people.read", "1")
    return connection.execute("SELECT name FROM people")
`,
    'web/listen.ts': `import Redis from 'ioredis'\nnew Redis().subscribe('people.read')\n`,
  },
  ['people.read → web/listen.ts:2 people.read', 'people → migrations/1_init.sql:1 people'],
)
links(
  'a module of Python that is written in Rust, and what is taken of it',
  {
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
    'shop/use.py': '«»from shop.core import scale\n',
  },
  ['shop.core → src/lib.rs:7 core', 'scale → src/lib.rs:4 scale'],
)
links(
  'the files that a compose file speaks of',
  {
    'deploy/docker-compose.yml': `«»services:
  web:
    build:
      context: ../web
      dockerfile: 'Dockerfile.dev' # for now
    env_file:
      - .env
      - path: ./other.env
        required: false
    volumes:
      - .env:/data
  api:
    build: ../api
    env_file: absent.env
`,
    'deploy/.env': 'A=1\n',
    'deploy/other.env': 'B=1\n',
    'web/Dockerfile.dev': 'FROM alpine\n',
    'api/Dockerfile': 'FROM alpine\n',
  },
  [
    'Dockerfile.dev → web/Dockerfile.dev:1 ',
    '.env → deploy/.env:1 ',
    './other.env → deploy/other.env:1 ',
    '../api → api/Dockerfile:1 ',
  ],
)

test('what a link says, in both languages', () => {
  const it = marked({ 'server/main.py': SERVER, 'web/users.ts': PAGE })
  const [link] = documentLinks(it.view, it.path)
  assert.deepEqual(
    (['en', 'es'] as const).map(locale => tooltipOf(link!, locale)),
    [
      'Go to what answers GET /api/users/{user_id}, in server/main.py',
      'Ir a lo que responde a GET /api/users/{user_id}, en server/main.py',
    ],
  )
})
