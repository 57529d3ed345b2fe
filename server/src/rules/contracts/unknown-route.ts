/** A call asks for a path that no route of the workspace answers, though others of its kind are answered here. */

import { at, beside, fixes, js, py, rs, ts, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isSlipOf, meantRoute } from '../support/neighbouring-routes.ts'
import { whyNotOurs } from '../support/own-server.ts'
import { callMeant, nameAgain } from '../support/route-repairs.ts'

/** `meant` is empty where nobody can tell; `before` is what it was called when it still answered. */
type Data = { readonly path: string; readonly meant: string; readonly before: string }

export default defineRule<Data>({
  id: 'contracts/unknown-route',
  severity: 'error',
  languages: ['typescript', 'javascript', 'python', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *link(link, relations) {
      const { call, pattern, candidates } = link
      if (!pattern || candidates.length > 0) return
      // What nobody here answers may be somebody else's, unless one of ours is nearly called so.
      const doubt = whyNotOurs(link, relations)
      if (doubt === 'test' || doubt === 'base') return
      // A document says that there is such a route, here or at somebody else's.
      if (relations.descriptions.describes(link)) return
      const meant = meantRoute(link, relations)
      if (doubt && !(meant && isSlipOf(meant))) return
      if (!meant) {
        yield { at: call, data: { path: call.url, meant: '', before: '' } }
        return
      }
      const { route, word, called } = meant
      const otherFix = nameAgain(meant, relations)
      yield {
        at: call,
        data: { path: call.url, meant: route.path, before: wordPut(route.path, word, called) },
        related: [route],
        fix: callMeant(link, meant, relations),
        ...(otherFix && { otherFix }),
      }
    },
  },

  explain: {
    en: ({ path, meant, before }) => ({
      message: `no route answers \`${path}\`${meant ? `; there is \`${meant}\`` : ''}`,
      why: 'Other paths like this one are answered in this workspace, this one is not: at run time the call gets a 404.',
      remedy: meant
        ? `Call \`${meant}\`, or add the route that is missing.`
        : 'Correct the path, or add the route that is missing.',
      fix: `Call \`${meant}\` wherever the old path is called`,
      otherFix: `Name the route \`${before}\` again`,
    }),
    es: ({ path, meant, before }) => ({
      message: `ninguna ruta responde a \`${path}\`${meant ? `; sí existe \`${meant}\`` : ''}`,
      why: 'Otras rutas parecidas se responden en este espacio de trabajo, pero esta no: al ejecutarse, la llamada recibirá un 404.',
      remedy: meant
        ? `Llama a \`${meant}\` o añade la ruta que falta.`
        : 'Corrige la ruta o añade la que falta.',
      fix: `Llamar a \`${meant}\` donde se llame a la ruta antigua`,
      otherFix: `Volver a llamar \`${before}\` a la ruta`,
    }),
  },

  examples: {
    invalid: [
      // Nobody answers anything that begins so, but all the rest of it is one of ours.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/people/invited")
def invited(): ...
`,
          ),
        ],
        at('web/people.ts', ts`export const load = () => fetch(«'/peple/invited'»)`),
      ),
      // The route was renamed: the calls of both languages follow it.
      fixes(
        beside(
          [
            at(
              'server/main.py',
              py`
import httpx
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/people/{user_id}")
def find_user(user_id: int): ...

def is_up():
    return httpx.get(«"http://localhost:8000/api/users/1"»).is_success
`,
            ),
          ],
          at('web/users.ts', ts`export const load = (id: string) => fetch(«\`/api/users/\${id}\`»)`),
        ),
        beside(
          [
            at(
              'server/main.py',
              py`
import httpx
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/people/{user_id}")
def find_user(user_id: int): ...

def is_up():
    return httpx.get("http://localhost:8000/api/people/1").is_success
`,
            ),
          ],
          at('web/users.ts', ts`export const load = (id: string) => fetch(\`/api/people/\${id}\`)`),
        ),
      ),
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users/{user_id}")
def user(user_id: int): ...
`,
          ),
        ],
        at('web/users.ts', ts`export const load = (id: string) => fetch(«\`/api/user/\${id}\`»)`),
      ),
      beside(
        [
          at(
            'server/app.js',
            js`
const express = require('express')
const app = express()
app.get('/api/orders', (request, response) => response.json([]))
`,
          ),
        ],
        at('web/orders.js', js`export const load = () => fetch(«'/api/order'»)`),
      ),
      beside(
        [
          at(
            'src/server.ts',
            ts`
import express from 'express'
const app = express()
app.get('/api/orders/:id', (request, response) => response.json({}))
`,
          ),
        ],
        at(
          'tools/orders.py',
          py`
import requests

def order(number: int):
    return requests.get(«f"http://localhost:3000/api/order/{number}"»)
`,
        ),
      ),
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/jobs/{job_id}")
def job(job_id: int): ...
`,
          ),
        ],
        at(
          'worker/src/main.rs',
          rs`
async fn job(id: u64) -> reqwest::Result<String> {
    reqwest::get(«format!("http://localhost:8000/api/job/{}", id)»).await?.text().await
}
`,
        ),
      ),
    ],
    valid: [
      // A list of React Router, the name of a file, and a handler for all below a path answer as well.
      beside(
        [
          at(
            'app/routes.ts',
            ts`
import { index, route } from '@react-router/dev/routes'
export default [index('./home.tsx'), route('api/render', './render.tsx')]
`,
          ),
          at('app/routes/api+/limits.ts', ts`export const loader = () => limits()`),
          at(
            'server/main.ts',
            ts`
import { Hono } from 'hono'
const app = new Hono()
app.get('/api/limit', show)
app.get('/api/job', list)
app.use('/api/jobs/*', queue.getApiHandler())
`,
          ),
        ],
        at(
          'web/load.ts',
          ts`
export const render = () => fetch('/api/render', { method: 'POST' })
export const limits = () => fetch('/api/limits')
export const job = (id: string) => fetch(\`/api/jobs/\${id}\`)
`,
        ),
      ),
      // Another server answers it, which only a document tells of.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users/{user_id}")
def user(user_id: int): ...
`,
          ),
          at(
            'docs/billing.yaml',
            yaml`
openapi: 3.0.3
paths:
  /api/user/{id}:
    get: {}
`,
          ),
        ],
        at('web/users.ts', ts`export const load = (id: string) => fetch(\`/api/user/\${id}\`)`),
      ),
      // Whose client it is, nobody knows, and nothing that it asks for is answered here.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/v1/users")
def users(): ...

@app.get("/v1/users/{user_id}")
def user(user_id: int): ...

@app.get("/v1/orders")
def orders(): ...
`,
          ),
        ],
        at(
          'web/billing.ts',
          ts`
import { createClient } from 'billing-sdk'
const client = createClient()
export const close = (tenant: string) => client.delete(\`/v1/tenants/\${tenant}\`)
`,
        ),
      ),
      // Another version is another server's.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/v2/people")
def people(): ...
`,
          ),
        ],
        at('web/people.ts', ts`export const load = () => fetch('/v1/people')`),
      ),
      // Tests that stand with the code ask for what is not there on purpose.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/jobs/{job_id}")
def job(job_id: int): ...
`,
          ),
        ],
        at(
          'worker/src/lib.rs',
          rs`
#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn nothing_there() {
        reqwest::get("http://localhost:8000/api/job/1").await.unwrap_err();
    }
}
`,
        ),
      ),
      beside(
        [
          at(
            'src/server.ts',
            ts`
import express from 'express'
const app = express()
app.get('/api/orders/:id', (request, response) => response.json({}))
`,
          ),
        ],
        at(
          'tools/orders.py',
          py`
import requests

def order(number: int):
    return requests.get(f"http://localhost:3000/api/orders/{number}")
`,
        ),
      ),
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/jobs/{job_id}")
def job(job_id: int): ...
`,
          ),
        ],
        at(
          'worker/src/main.rs',
          rs`
async fn job(id: u64) -> reqwest::Result<String> {
    reqwest::get(format!("http://localhost:8000/api/jobs/{}", id)).await?.text().await
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
app = FastAPI()

@app.get("/api/users/{user_id}")
def user(user_id: int): ...
`,
          ),
        ],
        at('web/users.ts', ts`export const load = (id: string) => fetch(\`/api/users/\${id}\`)`),
      ),
      // Nobody here answers anything that begins so: it is somebody else's.
      beside(
        [
          at(
            'src/main.rs',
            rs`
use axum::{routing::get, Router};

fn app() -> Router {
    Router::new().route("/api/users", get(users))
}
`,
          ),
        ],
        at('web/maps.js', js`export const load = () => fetch('/tiles/1/2/3.png')`),
      ),
    ],
  },
})

function wordPut(path: string, word: string, put: string): string {
  return path
    .split('/')
    .map(it => (it === word ? put : it))
    .join('/')
}
