/** A call asks for a path with a method that none of its routes takes. */

import type { Call } from '../../graph/calls.ts'
import { answersMethod } from '../../graph/links.ts'
import type { Framework } from '../../graph/rows/routes.ts'
import { at, beside, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule, type RelationFix } from '../rule.ts'
import { isAskedHere } from '../support/own-server.ts'

type Data = { readonly path: string; readonly method: string; readonly methods: readonly string[] }

const GROWING: ReadonlySet<Framework> = new Set(['express', 'koa', 'hono', 'fastify'])

export default defineRule<Data>({
  id: 'contracts/wrong-method',
  severity: 'warning',
  languages: ['typescript', 'javascript', 'python', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *link(link, relations) {
      const { call, route, candidates } = link
      const { method } = call
      if (route || candidates.length === 0 || !isAskedHere(link, relations)) return
      // A preflight is answered by the framework.
      if (method === '*' || method === 'OPTIONS' || candidates.some(it => answersMethod(it, method))) return
      const methods = [...new Set(candidates.flatMap(it => it.methods))].sort()
      // Such applications are handed to libraries that add routes for all methods of a resource.
      if (candidates.some(it => GROWING.has(it.framework))) return
      const fix = withMethod(call, methods)
      yield {
        at: call,
        data: { path: call.url, method, methods },
        related: candidates.slice(0, 3),
        ...(fix && { fix }),
      }
    },
  },

  explain: {
    en: ({ path, method, methods }) => ({
      message: `\`${path}\` is called with ${method}, and answers ${methods.join(', ')} only`,
      why: 'The path exists, but not for this method: at run time the call gets a 405, or a 404.',
      remedy: `Call it with ${methods.join(' or ')}, or add a route for ${method}.`,
      fix: `Call it with ${methods.join(' or ')}`,
    }),
    es: ({ path, method, methods }) => ({
      message: `se llama a \`${path}\` con ${method}, y solo responde a ${methods.join(', ')}`,
      why: 'La ruta existe, pero no para este método: al ejecutarse, la llamada recibirá un 405 o un 404.',
      remedy: `Llámala con ${methods.join(' o ')}, o añade una ruta para ${method}.`,
      fix: `Llamarla con ${methods.join(' o ')}`,
    }),
  },

  examples: {
    invalid: [
      fixes(
        beside(
          [
            at(
              'server/main.py',
              py`
from fastapi import APIRouter
router = APIRouter(prefix="/api/users")

@router.put("/{user_id}")
def rename(user_id: int): ...
`,
            ),
            at(
              'server/app.py',
              py`
from fastapi import FastAPI
from server.main import router
app = FastAPI()
app.include_router(router)
`,
            ),
          ],
          at(
            'web/users.ts',
            ts`
export function rename(id: string, name: string) {
  return fetch(«\`/api/users/\${id}\`», { method: 'POST', body: name })
}
`,
          ),
        ),
        beside(
          [
            at(
              'server/main.py',
              py`
from fastapi import APIRouter
router = APIRouter(prefix="/api/users")

@router.put("/{user_id}")
def rename(user_id: int): ...
`,
            ),
            at(
              'server/app.py',
              py`
from fastapi import FastAPI
from server.main import router
app = FastAPI()
app.include_router(router)
`,
            ),
          ],
          at(
            'web/users.ts',
            ts`
export function rename(id: string, name: string) {
  return fetch(\`/api/users/\${id}\`, { method: 'PUT', body: name })
}
`,
          ),
        ),
      ),
      // The wrapper takes its options apart.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/jobs")
def jobs(): ...
`,
          ),
          at(
            'web/request.ts',
            ts`export const request = ({ url, method = 'GET' }: Asked) => fetch(url, { method })`,
          ),
        ],
        at(
          'web/jobs.ts',
          ts`
import { request } from './request'

export const jobs = () => request({ url: '/api/jobs' })
export const stop = () => request(«{ url: '/api/jobs', method: 'DELETE' }»)
`,
        ),
      ),
      beside(
        [
          at(
            'src/main.rs',
            rs`
use axum::{routing::get, Router};

fn app() -> Router {
    Router::new().route("/api/users", get(users))
}

async fn users() {}

fn main() { serve(app()); }
`,
          ),
        ],
        at('web/users.js', js`export const add = user => axios.post(«'/api/users'», user)`),
      ),
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.post("/api/jobs/{job_id}")
def job(job_id: int): ...
`,
          ),
        ],
        at(
          'tools/jobs.py',
          py`
import requests

def start(job: int):
    return requests.put(«f"http://localhost:8000/api/jobs/{job}"»)
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

@app.post("/api/jobs/{job_id}")
def job(job_id: int): ...
`,
          ),
        ],
        at(
          'worker/src/main.rs',
          rs`
async fn start(client: reqwest::Client, id: u64) -> reqwest::Result<reqwest::Response> {
    client.put(«format!("http://localhost:8000/api/jobs/{}", id)»).send().await
}
`,
        ),
      ),
    ],
    valid: [
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.post("/api/jobs/{job_id}")
def job(job_id: int): ...
`,
          ),
        ],
        at(
          'tools/jobs.py',
          py`
import requests

def start(job: int):
    return requests.post(f"http://localhost:8000/api/jobs/{job}")
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

@app.post("/api/jobs/{job_id}")
def job(job_id: int): ...
`,
          ),
        ],
        at(
          'worker/src/main.rs',
          rs`
async fn start(client: reqwest::Client, id: u64) -> reqwest::Result<reqwest::Response> {
    client.post(format!("http://localhost:8000/api/jobs/{}", id)).send().await
}
`,
        ),
      ),
      beside(
        [
          at(
            'server/app.js',
            js`
import express from 'express'
const app = express()
app.route('/api/users').get((request, response) => {}).post((request, response) => {})
`,
          ),
        ],
        at(
          'web/users.ts',
          ts`export const add = (user: string) => fetch('/api/users', { method: 'POST', body: user })`,
        ),
      ),
      // A wrapper takes its options apart: what a call leaves out is as the wrapper says.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/jobs")
def jobs(): ...

@app.post("/api/jobs")
def start(): ...

@app.put("/api/jobs/all")
def replace(): ...
`,
          ),
          at(
            'web/request.ts',
            ts`
export const request = ({ url, method = 'GET', body }: Asked) => fetch(\`\${url}?v=2\`, { method, body })
export const put = ({ url, method: verb = 'PUT' }: Asked) => fetch(url, { method: verb })
`,
          ),
        ],
        at(
          'web/jobs.ts',
          ts`
import { put, request } from './request'

export const jobs = () => request({ url: '/api/jobs' })
export const start = (body: string) => request({ url: '/api/jobs', method: 'POST', body })
export const replace = () => put({ url: '/api/jobs/all' })
`,
        ),
      ),
      // Who knows what the options say.
      at('web/any.js', js`export const ask = options => fetch('/api/users', options)`),
    ],
  },
})

/** Methods that send something: one of them for another changes nothing else about a call. */
const SENDING = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

function withMethod({ method, methodAt }: Call, methods: readonly string[]): RelationFix | undefined {
  const [put, ...others] = methods
  if (!methodAt || !put || others.length > 0 || !SENDING.has(put) || !SENDING.has(method)) return undefined
  return { safety: 'unsafe', edits: () => [{ at: methodAt, as: 'word', text: method, put }] }
}
