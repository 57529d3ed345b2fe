// Workspaces of a few files: which route answers which call, across files and languages.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Graph } from '../../../server/src/graph/graph.ts'
import { graphOf, put } from '../../support/graph.ts'

/** `web/a.ts GET /api/users/{id} → GET /api/users/{user_id} server/main.py` */
function links(graph: Graph): string[] {
  return graph.relations.links.map(({ call, route }) => {
    const answer = route ? `${route.methods.join('|')} ${route.path} ${route.file}` : 'nobody'
    return `${call.file} ${call.method} ${call.url} → ${answer}`
  })
}

function check(what: string, files: Readonly<Record<string, string>>, expected: readonly string[]): void {
  test(what, () => assert.deepEqual(links(graphOf(files)), expected))
}

const USERS = `
from fastapi import APIRouter, FastAPI
app = FastAPI()
router = APIRouter(prefix="/users")

@router.get("/{user_id}")
def user(user_id: int): ...

@router.post("")
def add(): ...

app.include_router(router, prefix="/api")
`

check(
  'a template, a constant of another file, and a client with a base',
  {
    'server/main.py': USERS,
    'web/base.ts': `export const API = '/api'\nexport const routes = { user: (id: string) => \`\${API}/users/\${id}\` }`,
    'web/client.ts': `import axios from 'axios'\nimport { API } from './base'\nexport default axios.create({ baseURL: API })`,
    'web/a.ts': `
import { API, routes } from './base'
import client from './client'
fetch(\`\${API}/users/\${id}\`)
fetch(routes.user(id))
client.post('/users', user)
`,
  },
  [
    'web/a.ts GET /api/users/{id} → GET /api/users/{user_id} server/main.py',
    'web/a.ts GET /api/users/{id} → GET /api/users/{user_id} server/main.py',
    'web/a.ts POST /api/users → POST /api/users server/main.py',
  ],
)

check(
  'a function of the project that passes on what it is given, through another and a re-export',
  {
    'server/main.py': USERS,
    'web/http.js': `
export const request = (path, options = {}) => fetch('/api' + path, options)
export function post(path, body) {
  return request(path, { method: 'POST', body })
}`,
    'web/index.js': `export * from './http'`,
    'web/a.js': `
import { post, request } from '.'
request('/users/7')
request('/users', { method: 'POST' })
post('/users', user)`,
  },
  [
    'web/a.js GET /api/users/7 → GET /api/users/{user_id} server/main.py',
    'web/a.js POST /api/users → POST /api/users server/main.py',
    'web/a.js POST /api/users → POST /api/users server/main.py',
  ],
)

check(
  'aliases of tsconfig.json, a method of an instance, a component',
  {
    'server/main.py': USERS,
    'web/tsconfig.json': `{ "compilerOptions": { "paths": { "#lib/*": ["./lib/*"], } } } // comment`,
    'web/lib/api.ts': `
class Api {
  base = '/api'
  get(path: string) { return fetch(\`\${this.base}\${path}\`) }
}
export const api = new Api()`,
    'web/pages/User.vue': `<template><p>fetch('/api/none')</p></template>
<script setup lang="ts">
import { api } from '#lib/api'
const user = await api.get(\`/users/\${props.id}\`)
</script>`,
  },
  ['web/pages/User.vue GET /api/users/{id} → GET /api/users/{user_id} server/main.py'],
)

check(
  'a word before a parameter, and what is nobody’s',
  {
    'server/app.js': `
const express = require('express')
const app = express()
app.get('/api/users/:id', (request, response) => response.end())
app.get('/api/users/me', (request, response) => response.end())`,
    'web/a.js': `
fetch('/api/users/me')
fetch('/api/users/' + id)
fetch('https://example.com/api/users/7')
fetch('/api/teams')`,
  },
  [
    'web/a.js GET /api/users/me → GET /api/users/me server/app.js',
    'web/a.js GET /api/users/{id} → GET /api/users/{id} server/app.js',
    'web/a.js GET https://example.com/api/users/7 → nobody',
    'web/a.js GET /api/teams → nobody',
  ],
)

check('a member of nothing', { 'web/a.ts': `import.meta.env.SERVER.get('/x')\nimport.meta.get('/y')` }, [
  'web/a.ts GET /x → nobody',
  'web/a.ts GET /y → nobody',
])

check(
  'a base that only run time knows',
  {
    'src/main.rs': `
use axum::{routing::get, Router};

fn app() -> Router {
    Router::new().nest("/api/v1", users())
}

fn users() -> Router {
    Router::new().route("/users/{id}", get(user).delete(remove))
}

fn main() { serve(app()); }
`,
    'web/a.ts': `
const base = import.meta.env.VITE_API
await fetch(\`\${base}/users/\${id}\`, { method: 'DELETE' })`,
  },
  ['web/a.ts DELETE {$VITE_API}/users/{id} → DELETE {}/api/v1/users/{id} src/main.rs'],
)

test('typing in a body changes no relation, renaming a route those that read routes', () => {
  const graph = graphOf({ 'server/main.py': USERS, 'web/a.ts': `fetch('/api/users/7')` })
  const { relations } = graph
  const { links, calls } = relations
  assert.equal(
    put(graph, 'server/main.py', USERS.replace('def add(): ...', 'def add():\n    return 1')),
    false,
  )
  assert.equal(relations.links, links)
  assert.equal(put(graph, 'server/main.py', `# a comment\n${USERS}`), false)
  assert.equal(relations.links, links)
  const { place } = links[0]!.route!
  assert.equal(`# a comment\n${USERS}`.slice(...place), '"/{user_id}"')
  assert.equal(put(graph, 'server/main.py', USERS.replace('/users"', '/people"')), true)
  assert.equal(relations.links[0]!.route, undefined)
  assert.equal(relations.calls, calls)
})

test('a graph that grew by edits says what a fresh one says', () => {
  const files = { 'server/main.py': USERS, 'web/a.ts': `fetch('/api/users/7')` }
  const graph = graphOf(files)
  for (let length = USERS.length; length >= 0; length -= 7) {
    put(graph, 'server/main.py', USERS.slice(0, length))
    const fresh = graphOf({ ...files, 'server/main.py': USERS.slice(0, length) })
    assert.deepEqual(graph.relations.links, fresh.relations.links)
  }
})
