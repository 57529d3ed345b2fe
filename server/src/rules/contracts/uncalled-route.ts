/** A route that no call of the workspace asks for, though its neighbours are asked for here. */

import type { Relations } from '../../graph/relations.ts'
import type { Route } from '../../graph/routes.ts'
import { isSpecimen, isTest } from '../../semantics/provenance.ts'
import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { uncalled } from '../support/neighbouring-routes.ts'

type Data = { readonly path: string; readonly method: string }

export default defineRule<Data>({
  id: 'contracts/uncalled-route',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'low', cost: 'minutes' },
  // Other programs may call it, and no workspace tells whether there are any; and of 45 findings that were read in six projects,
  // eight were called in a way that nobody can read.
  enabled: false,

  check: {},
  relate: {
    *route(route, relations) {
      const { file, pattern, path, methods } = route
      if (pattern.isOpen || methods.includes('*') || isTest(file) || isSpecimen(file)) return
      if (OF_OTHERS.test(path) || route.framework === 'openapi' || isGiven(route)) return
      // Of a path that is called at all, the method may be put together at run time.
      if (!uncalled(relations).has(route) || relations.writtenRoutes.has(route)) return
      const { called, all } = shares(relations).get(file)!
      if (called < ENOUGH || called < all * MOST) return
      yield { at: route, data: { path, method: methods.join(', ') } }
    },
  },

  explain: {
    en: ({ path, method }) => ({
      message: `nothing in this workspace calls ${method} \`${path}\``,
      why: 'Most routes of this file are called from here, and this one is not: its caller may have gone. What nobody calls is still open to attack, and still to be maintained.',
      remedy: 'Delete the route if no other program calls it, or say in its documentation who does.',
    }),
    es: ({ path, method }) => ({
      message: `nada en este espacio de trabajo llama a ${method} \`${path}\``,
      why: 'A la mayoría de las rutas de este archivo se las llama desde aquí, y a esta no: puede que quien la llamaba ya no exista. Lo que nadie llama sigue expuesto a ataques y hay que seguir manteniéndolo.',
      remedy: 'Borra la ruta si ningún otro programa la llama, o di en su documentación quién lo hace.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'web/users.ts',
            ts`
export const list = () => fetch('/api/users')
export const load = (id: number) => fetch(\`/api/users/\${id}\`)
export const add = (body: string) => fetch('/api/users', { method: 'POST', body })
`,
          ),
        ],
        at(
          'server/users.py',
          py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users")
def users(): ...

@app.post("/api/users")
def add(): ...

@app.get("/api/users/{user_id}")
def user(user_id: int): ...

@app.post(«"/api/users/{user_id}/merge"»)
def merge(user_id: int): ...
`,
        ),
      ),
      beside(
        [
          at(
            'server/users.ts',
            ts`
import express from 'express'
const app = express()
app.get('/api/users', list)
app.post('/api/users', add)
app.get('/api/users/:id', load)
app.get(«'/api/users/:id/history'», history)
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`
export const list = () => fetch('/api/users')
export const load = (id: number) => fetch(\`/api/users/\${id}\`)
export const add = (body: string) => fetch('/api/users', { method: 'POST', body })
`,
        ),
      ),
      beside(
        [
          at(
            'web/users.ts',
            ts`
export const list = () => fetch('/api/users')
export const load = (id: number) => fetch(\`/api/users/\${id}\`)
export const add = (body: string) => fetch('/api/users', { method: 'POST', body })
`,
          ),
        ],
        at(
          'server/users.js',
          js`
const app = require('express')()
app.get('/api/users', list)
app.post('/api/users', add)
app.get('/api/users/:id', load)
app.post(«'/api/users/:id/merge'», merge)
`,
        ),
      ),
      beside(
        [
          at(
            'web/users.ts',
            ts`
export const list = () => fetch('/api/users')
export const load = (id: number) => fetch(\`/api/users/\${id}\`)
export const names = () => fetch('/api/users/names')
`,
          ),
        ],
        at(
          'server/src/main.rs',
          rs`
use axum::{routing::get, Router};
async fn main() {
    let app = Router::new()
        .route("/api/users", get(list))
        .route("/api/users/names", get(names))
        .route("/api/users/{id}", get(user))
        .route(«"/api/users/{id}/merge"», get(merge));
    axum::serve(listener, app).await.unwrap();
}
`,
        ),
      ),
    ],
    valid: [
      // Other programs, and browsers by themselves, call these.
      beside(
        [
          at(
            'web/users.ts',
            ts`
export const list = () => fetch('/api/users')
export const load = (id: number) => fetch(\`/api/users/\${id}\`)
export const add = (body: string) => fetch('/api/users', { method: 'POST', body })
`,
          ),
        ],
        at(
          'server/users.py',
          py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users")
def users(): ...

@app.post("/api/users")
def add(): ...

@app.get("/api/users/{user_id}")
def user(user_id: int): ...

@app.get("/api/users/{user_id}/avatar")
def avatar(user_id: int): ...

@app.post("/api/webhooks/users")
def told(): ...

@app.get("/health")
def health(): ...
`,
        ),
      ),
      // The path is called: by which methods, nobody can always tell.
      beside(
        [
          at(
            'web/users.ts',
            ts`
import axios from 'axios'
export const list = () => axios.get('/api/users')
export const names = () => axios.get('/api/users/names')
export const save = (id: number, how: 'put' | 'patch') => axios[how](\`/api/users/\${id}\`)
export const load = (id: number) => axios.get(\`/api/users/\${id}\`)
`,
          ),
        ],
        at(
          'server/users.ts',
          ts`
import express from 'express'
const app = express()
app.get('/api/users', list)
app.get('/api/users/names', names)
app.get('/api/users/:id', load)
app.patch('/api/users/:id', change)
`,
        ),
      ),
      // What browsers show is not asked for by code.
      beside(
        [
          at(
            'web/users.ts',
            ts`
export const list = () => fetch('/api/users')
export const load = (id: number) => fetch(\`/api/users/\${id}\`)
export const names = () => fetch('/api/users/names')
`,
          ),
        ],
        at(
          'server/users.js',
          js`
const app = require('express')()
app.get('/api/users', list)
app.get('/api/users/names', names)
app.get('/api/users/:id', load)
app.get('/api/users/:id/avatar', avatar)
`,
        ),
      ),
      at(
        'server/src/main.rs',
        rs`
use axum::{routing::get, Router};
fn app() -> Router {
    Router::new().route("/api/users", get(list)).route("/api/users/{id}", get(user))
}
`,
      ),
      // Its path is written down: nobody can read how it is asked for.
      beside(
        [
          at(
            'web/users.js',
            js`
const MERGE = '/api/users/{id}/merge'
export const merge = id => fetch(MERGE.replace('{id}', id), { method: 'POST' })
export const list = () => fetch('/api/users')
export const load = id => fetch(\`/api/users/\${id}\`)
export const add = body => fetch('/api/users', { method: 'POST', body })
`,
          ),
        ],
        at(
          'server/users.py',
          py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users")
def users(): ...

@app.post("/api/users")
def add(): ...

@app.get("/api/users/{user_id}")
def user(user_id: int): ...

@app.post("/api/users/{user_id}/merge")
def merge(user_id: int): ...
`,
        ),
      ),
      // Nobody in this workspace calls any of them.
      at(
        'server/users.py',
        py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users")
def users(): ...

@app.get("/api/users/{user_id}")
def user(user_id: int): ...
`,
      ),
    ],
  },
})

/** So many neighbours are called from here until it is likely that this one would be. */
const ENOUGH = 3
/** Where fewer are called, calls are made in a way that nobody can read. */
const MOST = 2 / 3

/** Called by other servers, by monitors, and by browsers that are led there or show what they find there. */
const OF_OTHERS =
  /(^\/?$)|\b(web-?hooks?|hooks?|callbacks?|oauth2?|oidc|saml|sso|auth|authori[sz]e|login|logout|token|health\w*|liveness|readiness|ready|alive|ping|status|metrics|version|docs?|redoc|swagger|openapi|schema|static|assets|public|media|images?|img|avatars?|icons?|logos?|thumbnails?|favicon|robots|sitemap|manifest|feeds?|rss|atom|opds|embed|downloads?|exports?|streams?|files?|cron|internal|well-known|proxy|cdn|legacy|deprecated)\b|\.\w+$/i

/** A class of views answers in all these ways, whether or not its author needs them. */
function isGiven({ framework, handler }: Route): boolean {
  return framework === 'django' && /(^|\.)(list|retrieve|create|update|partial_update|destroy)$/.test(handler)
}

interface Share {
  all: number
  called: number
}

/** How many routes of each file are called. */
function shares(relations: Relations): ReadonlyMap<string, Readonly<Share>> {
  return relations.derive('called routes', () => {
    const all = new Map<string, Share>()
    for (const it of relations.routes) {
      const share = all.get(it.file) ?? { all: 0, called: 0 }
      all.set(it.file, share)
      share.all++
      if (!uncalled(relations).has(it)) share.called++
    }
    return all
  })
}
