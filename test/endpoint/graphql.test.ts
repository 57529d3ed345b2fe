// `/graphql`: the data of REST, held to its scopes, and nothing that is larger than it looks.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ended } from './support/batch.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code: string } }[]
  readonly error?: { readonly code: string; readonly message: string }
}

const BATCH = `mutation ($projects: [ProjectInput!]!) { processBatch(projects: $projects) { id state projects { all } } }`
const PROJECTS = [
  { name: 'one', files: [{ path: 'a.py', content: 'def f(items=[]):\n    return items == None\n' }] },
]

let gateway: TestGateway

before(async () => {
  gateway = await startGateway({ 'batch.pollMs': '100' })
})
after(() => gateway.stop())

test('models, routes, jobs and metrics come in one answer', async () => {
  const made = await ask({ query: BATCH, variables: { projects: PROJECTS } })
  const { id } = made.body.data!.processBatch as { id: string }
  await ended(gateway, id)
  const { status, body } = await ask({
    query: `query ($id: ID!) {
      models { name tasks } routes { task model why }
      job(id: $id) { state files } jobs(limit: 5) { id }
      systemMetrics { version openProjects requests }
    }`,
    variables: { id },
  })
  assert.equal(status, 200)
  assert.equal(body.errors, undefined)
  const data = body.data as Readonly<Record<string, { readonly requests: number } & readonly object[]>>
  assert.deepEqual(
    data.models!.map(it => ({ ...it })),
    [
      { name: 'actionability', tasks: ['rank-finding'] },
      { name: 'bug-finder', tasks: ['find-bug'] },
      { name: 'secrets', tasks: ['is-secret'] },
    ],
  )
  assert.deepEqual({ ...data.job }, { state: 'done', files: 1 })
  assert.deepEqual(data.jobs, [{ id }])
  assert.ok(data.systemMetrics!.requests > 0)
})

test('a question is answered, and the cache is cleared', async () => {
  const input = { name: 'title', value: 'Welcome', context: { before: 'title = "', after: '"' } }
  const query = `mutation ($input: JSON!) {
    processQuery(task: "is-secret", input: $input) { answer route { model } } clearCache
  }`
  const { body } = await ask({ query, variables: { input } })
  const { processQuery, clearCache } = body.data as {
    processQuery: { answer: { probability: number }; route: object }
    clearCache: number
  }
  assert.ok(processQuery.answer.probability < 0.5)
  assert.deepEqual(processQuery.route, { model: 'secrets' })
  assert.ok(clearCache >= 0)
})

test('a field needs the scope that its data needs over REST', async () => {
  const made = await gateway.fetch('/api/v1/keys', post({ name: 'editor', scopes: ['infer'] }))
  const { key } = await json<{ key: string }>(made)
  const { body } = await ask({ query: '{ models { name } jobs { id } }' }, key)
  assert.equal(body.data, null)
  assert.deepEqual(
    body.errors?.map(it => it.extensions?.code),
    ['forbidden'],
  )
  const answer = await fetch(`${gateway.url}/graphql`, post({ query: '{ models { name } }' }))
  assert.equal(answer.status, 401)
})

test('what is larger than it looks is refused before it is looked up', async () => {
  const deep = `{ ${'job(id: "x") { '.repeat(50)} id ${'}'.repeat(50)} }`
  const wide = `{ ${Array.from({ length: 40 }, (_, i) => `m${i}: models { name }`).join(' ')} }`
  const long = '{ jobs(limit: 200) { id state files findings } }'
  const hidden = {
    query: 'query ($n: Int) { jobs(limit: $n) { id state files findings } }',
    variables: { n: 200 },
  }
  const doubling = `{ ...f0 } ${Array.from(
    { length: 30 },
    (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`,
  ).join(' ')} fragment f30 on Query { models { name } }`
  const circle = '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }'
  const questions = Array.from({ length: 6 }, (_, i) => `q${i}: processQuery(task: "x", input: 1) { task }`)
  for (const body of [
    ...[deep, wide, long, doubling, circle, `mutation { ${questions.join(' ')} }`].map(query => ({ query })),
    hidden,
  ]) {
    const { status, body: answer } = await ask(body)
    assert.equal(status, 400, body.query.slice(0, 60))
    assert.match(answer.error!.message, /deeper than|costs/)
  }
  // So much text that the parser gives up first, which otherwise would run out of stack.
  const { status, body } = await ask({ query: `${'{a'.repeat(100_000)}` })
  assert.equal(status, 400)
  assert.match(body.errors![0]!.message, /token/)
})

test('the schema is told on a laptop only', async () => {
  const query = '{ __schema { types { name } } }'
  assert.equal((await ask({ query })).status, 400)
  const laptop = await startGateway({ 'graphql.introspection': 'true' })
  try {
    const answer = await laptop.fetch('/graphql', post({ query }))
    assert.equal(answer.status, 200)
  } finally {
    await laptop.stop()
  }
})

test('what cannot be taken is said without breaking anything', async () => {
  for (const query of ['{', '{ nothing }', 'mutation { processBatch(projects: []) { id } }']) {
    const { status, body } = await ask({ query })
    assert.ok(status === 400 || body.errors?.[0]?.extensions?.code === 'invalid', query)
  }
  assert.ok(!gateway.log().includes('"failed"'))
})

async function ask(body: object, key = gateway.key): Promise<{ status: number; body: Answer }> {
  const init = post(body)
  const answer = await fetch(`${gateway.url}/graphql`, {
    ...init,
    headers: { ...init.headers, 'x-api-key': key },
  })
  return { status: answer.status, body: await json<Answer>(answer) }
}

function post(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
