// The typed client against a real gateway: its types are those of the routes' schemas, and what comes keeps to the description.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  type EndpointClient,
  type EndpointJob,
  EndpointRefusal,
  endpointClient,
} from '@codeant/shared/endpoint-client.ts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Static } from 'typebox'
import type { JobBody } from '../../deploy/gateway/src/routes/batch.ts'
import { startGateway, type TestGateway } from './support/gateway.ts'

const FILES = [{ path: 'a.py', content: 'def f(items=[]):\n    items.append(1)\n    return items == None\n' }]
const KEY = { name: 'title', value: 'Welcome', context: { before: 'title = "', after: '"' } }

/** Does not compile when the route's schema and the client's type no longer say the same. */
const sameType: (job: Static<typeof JobBody>) => EndpointJob = it => it

let gateway: TestGateway
let client: EndpointClient

before(async () => {
  gateway = await startGateway({ 'batch.pollMs': '100' })
  client = endpointClient({ url: gateway.url, key: gateway.key, send: fetch })
})
after(() => gateway.stop())

test('what the client is answered keeps to the description of the endpoint', async () => {
  const { paths } = (await (await fetch(`${gateway.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<
      string,
      Record<string, { responses: Record<string, { content: Record<string, { schema: object }> }> }>
    >
  }
  const check = (method: string, path: string, status: number, answer: unknown) => {
    const { schema } = paths[path]![method]!.responses[status]!.content['application/json']!
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    assert.ok(ajv.validate(schema, answer), `${method} ${path}: ${ajv.errorsText()}`)
  }
  check('get', '/api/v1/models', 200, await client.models())
  check('post', '/api/v1/query', 200, await client.query('is-secret', KEY))
  const job = await client.submit([{ name: 'one', files: FILES }])
  check('post', '/api/v1/batch', 202, job)
  let ended = job
  while (ended.finishedAt === null) {
    await new Promise(resolve => setTimeout(resolve, 50))
    ended = await client.job(job.id)
  }
  check('get', '/api/v1/batch/{id}', 200, ended)
  check('get', '/api/v1/batch', 200, await client.jobs())
  check('delete', '/api/v1/batch/{id}', 200, await client.cancel(job.id))
  check('get', '/api/v1/me', 200, await client.me())
  check('get', '/api/v1/sessions', 200, await client.sessions())
  const { teams } = await client.teams()
  check('get', '/api/v1/teams', 200, { teams })
  const team = teams[0]!.id
  const invited = await client.invite(team, { email: 'ana@example.com', role: 'user' })
  check('post', '/api/v1/teams/{team}/invitations', 201, invited)
  check('get', '/api/v1/teams/{team}/invitations', 200, await client.invitations(team))
  check('post', '/api/v1/invitations/accept', 201, await client.accept(invited.code, { name: 'Ana' }))
  const { members } = await client.members(team)
  check('get', '/api/v1/teams/{team}/members', 200, { members })
  const changed = await client.changeMember(team, members[0]!.id, { role: 'developer' })
  check('patch', '/api/v1/teams/{team}/members/{user}', 200, changed)
  const other = await client.invite(team, { email: 'leo@example.com', role: 'read-only' })
  const takenBack = await client.takeBack(team, other.id)
  check('delete', '/api/v1/teams/{team}/invitations/{id}', 200, takenBack)
  const made = await client.createKey({ name: 'build', scopes: ['analyze'], expiresInDays: 1 })
  check('post', '/api/v1/keys', 201, made)
  check('get', '/api/v1/keys', 200, await client.keys())
  check('delete', '/api/v1/keys/{id}', 200, await client.revokeKey(made.id))
  const results = (sarif: string) => JSON.parse(sarif).runs[0].results as object[]
  const single = results(await client.analyze(FILES))
  assert.ok(single.length > 0)
  assert.deepEqual(results(await client.result(job.id)), single)
  assert.ok(sameType)
})

test('a refusal says its code and its sentence', async () => {
  const stranger = endpointClient({ url: gateway.url, key: 'x', send: fetch })
  await assert.rejects(stranger.models(), (error: EndpointRefusal) => {
    assert.ok(error instanceof EndpointRefusal)
    assert.deepEqual([error.status, error.code], [401, 'unauthenticated'])
    return true
  })
  await assert.rejects(client.result('00000000-0000-4000-8000-000000000000'), { code: 'not-found' })
})
