// The description of the endpoint is valid OpenAPI, holds every route, and its examples are what the routes take.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import Fastify from 'fastify'
import type { App } from '../../deploy/gateway/src/app.ts'
import { type OpenApiDocument, openApiDocument } from '../../deploy/gateway/src/openapi/document.ts'
import { addDeprecation } from '../../deploy/gateway/src/plugins/deprecation.ts'
import { addDescriptions } from '../../deploy/gateway/src/plugins/described.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'

interface Operation {
  readonly operationId: string
  readonly summary?: string
  readonly tags: readonly string[]
  readonly parameters: readonly Example[]
  readonly requestBody?: { readonly content: Readonly<Record<string, Example>> }
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, Example>> }>
  >
}

interface Example {
  readonly schema?: object
  readonly example?: unknown
}

let gateway: TestGateway
let document: OpenApiDocument

before(async () => {
  gateway = await startGateway()
  // Without a key: what the endpoint can do is no secret.
  document = await json(await fetch(`${gateway.url}/api/v1/openapi.json`))
})
after(() => gateway.stop())

test('it is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  const { valid, errors } = await validator.validate({ ...structuredClone(document) })
  assert.ok(valid, JSON.stringify(errors, undefined, 2))
  assert.equal(validator.version, '3.1')
})

test('the validator would notice', async () => {
  const { valid } = await new Validator().validate({ ...structuredClone(document), paths: { keys: 1 } })
  assert.equal(valid, false)
})

test('every route is in it, with a summary, a tag that is explained, and its refusals', () => {
  const known = new Map((document.tags as { name: string; description?: string }[]).map(it => [it.name, it]))
  for (const { method, url, access } of gateway.app.routeAccess) {
    if (method === 'HEAD') continue
    const path = url.replace(/:(\w+)/g, '{$1}')
    const operation = document.paths[path]?.[method.toLowerCase()] as Operation | undefined
    assert.ok(operation, `${method} ${path}`)
    assert.ok(operation.summary, `${method} ${path} has no summary`)
    assert.ok(operation.tags.length > 0, `${method} ${path} has no tag`)
    for (const it of operation.tags) assert.ok(known.get(it)?.description, `the tag ${it} is not explained`)
    assert.equal('401' in operation.responses, access !== 'open', `${method} ${path}`)
    assert.ok('500' in operation.responses)
  }
  const ids = operations().map(([, it]) => it.operationId)
  assert.deepEqual(ids, [...new Set(ids)])
})

test('every example is what its schema takes', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ ...document, $id: 'document' })
  for (const [name, { parameters, requestBody, responses }] of operations())
    for (const { schema, example } of [
      ...parameters,
      ...Object.values(requestBody?.content ?? {}),
      ...Object.values(responses).flatMap(it => Object.values(it.content ?? {})),
    ]) {
      if (!schema || example === undefined) continue
      const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"document#/components'))
      const validate = ajv.compile(absolute)
      assert.ok(validate(example), `${name}: ${JSON.stringify(example)} ${ajv.errorsText(validate.errors)}`)
    }
})

for (const [path, script] of [
  ['/api/v1/docs', '/api/v1/docs/page.js'],
  ['/device?code=BCDF-GHJK', '/device/device.js'],
] as const)
  test(`the page ${path} asks nobody but the endpoint, and runs nothing but its own file`, async () => {
    const page = await fetch(gateway.url + path)
    const policy = page.headers.get('content-security-policy')!
    assert.match(policy, /default-src 'none'/)
    assert.doesNotMatch(policy, /unsafe|https?:|\*/)
    const text = await page.text()
    assert.doesNotMatch(text, /<script(?![^>]* src=")|<style|\son\w+=|https?:\/\//)
    for (const [, it] of text.matchAll(/(?:src|href)="([^"]+)"/g))
      assert.equal((await fetch(gateway.url + it)).status, 200, it)
    assert.doesNotMatch(
      await (await fetch(gateway.url + script)).text(),
      /innerHTML|insertAdjacentHTML|eval\(|localStorage|https?:\/\//,
    )
  })

test('a route that will go says so in every answer, and in the description', async () => {
  const app = Fastify() as unknown as App
  addDescriptions(app)
  addDeprecation(app)
  const since = new Date('2026-01-01T00:00:00Z')
  const deprecated = { since, sunset: new Date('2027-01-01T00:00:00Z'), successor: '/api/v2/it' }
  app.get('/api/v1/it', { config: { access: 'open', deprecated } }, async () => ({}))
  app.get('/api/v1/that', { config: { access: 'open' } }, async () => ({}))
  const { headers } = await app.inject('/api/v1/it')
  assert.deepEqual(
    [headers.deprecation, headers.sunset, headers.link],
    ['@1767225600', 'Fri, 01 Jan 2027 00:00:00 GMT', '</api/v2/it>; rel="successor-version"'],
  )
  assert.equal((await app.inject('/api/v1/that')).headers.deprecation, undefined)
  const { paths } = openApiDocument(app.describedRoutes, '0')
  const marks = Object.values(paths).map(it => (it.get as { deprecated?: boolean }).deprecated)
  assert.deepEqual(marks, [true, undefined])
  const soon = { ...deprecated, sunset: new Date('2026-02-01T00:00:00Z') }
  const add = () => {
    const other = Fastify() as unknown as App
    addDeprecation(other)
    other.get('/api/v1/soon', { config: { access: 'open', deprecated: soon } }, async () => ({}))
  }
  assert.throws(add, /180 days/)
})

function operations(): [string, Operation][] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, it]): [string, Operation] => [
      `${method} ${path}`,
      it as Operation,
    ]),
  )
}
