/** The OpenAPI document of this server describes a route that no code answers. */

import { at, beside, json, py, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'

/** `methods` that the path does answer; empty where it answers none. */
type Data = { readonly method: string; readonly path: string; readonly methods: string }

const SERVER = at(
  'server/main.py',
  py`
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/books")
def books(): ...

@app.post("/api/books")
def add_book(): ...

@app.get("/api/books/{book_id}")
def book(book_id: int): ...

@app.get("/api/authors")
def authors(): ...
`,
)

export default defineRule<Data>({
  id: 'contracts/unanswered-description',
  severity: 'info',
  languages: ['json', 'yaml'],
  concept: 'contracts',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},
  relate: {
    *describedRoute(it) {
      const { route, samePath, isOfOwnServer, method, path } = it
      if (route || !isOfOwnServer || method === '*') return
      yield {
        at: it,
        data: { method, path, methods: samePath?.methods.join('`, `') ?? '' },
        ...(samePath && { related: [samePath] }),
      }
    },
  },

  explain: {
    en: ({ method, path, methods }) => ({
      message: `no code answers \`${method} ${path}\`${methods ? `; the path takes \`${methods}\`` : ''}`,
      why: 'All else that this document describes is answered here. Who believes it, or generates a client from it, gets an error.',
      remedy: 'Generate the document again, or add the route that is missing.',
    }),
    es: ({ method, path, methods }) => ({
      message: `ningún código responde a \`${method} ${path}\`${methods ? `; la ruta admite \`${methods}\`` : ''}`,
      why: 'Todo lo demás que describe este documento se responde aquí. Quien se fíe de él, o genere un cliente a partir de él, recibirá un error.',
      remedy: 'Vuelve a generar el documento o añade la ruta que falta.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [SERVER],
        at(
          'docs/openapi.json',
          json`
{
  "openapi": "3.1.0",
  "servers": [{ "url": "https://books.example/api" }],
  "paths": {
    "/books": { "get": { "responses": {} }, "post": {}, "«delete»": {} },
    "/books/{id}": { "get": {} },
    "/authors": { "get": {} }
  }
}
`,
        ),
      ),
      beside(
        [SERVER],
        at(
          'docs/openapi.yaml',
          yaml`
openapi: 3.0.3
paths:
  /api/books:
    get:
      description: All of them
    post: {}
  /api/books/{id}:
    get: {}
  /api/authors:
    get: {}
  /api/writers:
    «get»: {}
`,
        ),
      ),
    ],
    valid: [
      beside(
        [SERVER],
        at(
          'docs/openapi.json',
          json`
{
  "swagger": "2.0",
  "basePath": "/api",
  "paths": {
    "/books": { "get": {}, "post": {} },
    "/books/{id}": { "get": {} },
    "/authors": { "get": {} }
  }
}
`,
        ),
      ),
      // Somebody else's server.
      beside(
        [SERVER],
        at(
          'vendor-api.yaml',
          yaml`
openapi: 3.0.3
paths:
  /api/books:
    get: {}
  /v1/charges:
    get: {}
    post: {}
  /v1/refunds:
    post: {}
`,
        ),
      ),
    ],
  },
})
