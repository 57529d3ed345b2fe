// Documents of OpenAPI: what they describe, and which code answers that.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractDescription } from '../../../server/src/graph/extract/openapi/document.ts'
import { FactWriter } from '../../../server/src/graph/facts.ts'
import { graphOf } from '../../support/graph.ts'

/** `GET /api/books@get`, with what stands at its place. */
function describes(what: string, path: string, text: string, expected: string): void {
  test(what, () => {
    const facts = new FactWriter()
    extractDescription(path, text, facts)
    const { rows, places } = facts.facts
    const shown = (rows.describedRoute ?? []).map((it, i) => {
      const [start, end] = places.describedRoute![i]!
      return `${it.method} ${it.path}@${text.slice(start, end)}`
    })
    assert.equal(shown.join(' '), expected)
  })
}

const JSON_TEXT =
  '{"info":{"title":"a \\"b\\" {"},"paths":{"/a":{"summary":"get","get":{"parameters":[{"get":{}}],"responses":{"post":{}}},"post":{}},"/b":{"$ref":"b.json"}},"openapi":"3.1.0","servers":[{"url":"https://x.example/v1"},{"url":"/no"}]}'

describes('in JSON, in whatever order', 'a.json', JSON_TEXT, 'GET /v1/a@get POST /v1/a@post * /v1/b@$ref')
describes(
  'a base of Swagger',
  'a.json',
  '{"swagger": "2.0", "basePath": "/v2", "paths": {"/a": {"put": {}}}}',
  'PUT /v2/a@put',
)
describes(
  'in YAML',
  'a.yaml',
  `# A comment
openapi: "3.0.0"
servers:
  - url: /api # ours
    description: x
  - url: /other
paths:
  '/a/{id}':
    parameters:
      - name: get
        in: path
    get:
      description: |
        post:
          put: no
      responses: {}
  /b:
    delete: {}
    $ref: b.yaml
components:
  get: {}
`,
  'GET /api/a/{id}@get DELETE /api/b@delete * /api/b@$ref',
)
describes('data of another kind', 'a.json', '{"paths": {"/a": {"get": {}}}}', '')
describes('a document for tests', 'tests/a.json', JSON_TEXT, '')

test('does not fail on any prefix', () => {
  for (let end = 0; end <= JSON_TEXT.length; end++) {
    extractDescription('a.json', `{"openapi":"3.1.0",${JSON_TEXT.slice(1, end)}`, new FactWriter())
    extractDescription('a.yaml', `openapi: 3.1.0\n${JSON_TEXT.slice(0, end)}`, new FactWriter())
  }
})

test('who describes nearly all that is answered describes this server', () => {
  const server = `from fastapi import FastAPI
app = FastAPI()
${['a', 'b', 'c', 'd'].map(it => `@app.get("/api/${it}/{number}")\ndef ${it}(number: int): ...`).join('\n')}`
  const described = (paths: readonly string[]) =>
    `openapi: 3.0.0\npaths:\n${paths.map(it => `  /api/${it}/{id}:\n    get: {}`).join('\n')}`
  const { descriptions } = graphOf({
    'main.py': server,
    'own.yaml': described(['a', 'b', 'c', 'd', 'e']),
    'other.yaml': described(['a', 'b', 'x', 'y', 'z']),
  }).relations
  const shown = descriptions.routes.map(
    it => `${it.file} ${it.path}${it.isOfOwnServer ? ' own' : ''}${it.route ? '' : ' unanswered'}`,
  )
  assert.deepEqual(
    shown.filter(it => /own$|own unanswered$/.test(it)),
    [
      'own.yaml /api/a/{id} own',
      'own.yaml /api/b/{id} own',
      'own.yaml /api/c/{id} own',
      'own.yaml /api/d/{id} own',
      'own.yaml /api/e/{id} own unanswered',
    ],
  )
})
