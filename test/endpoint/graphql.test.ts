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
  {
    name: 'one',
    files: [{ path: 'a.py', content: 'def f(items=[]):\n    items.append(1)\n    return items == None\n' }],
  },
]

let gateway: TestGateway

before(async () => {
  gateway = await startGateway({ 'batch.pollMs': '100', 'graphql.port': '0' })
})
after(() => gateway.stop())

test('models, routes, jobs and metrics come in one answer', async () => {
  const made = await ask({ query: BATCH, variables: { projects: PROJECTS } })
  const { id } = made.body.data!.processBatch as { id: string }
  await ended(gateway, id)
  const { status, body } = await ask({
    query: `query ($id: ID!) {
      models { name tasks } routes { task model why }
      job(id: $id) { state files results { project rule level path line } } jobs(limit: 5) { id }
      systemMetrics {
        version since openProjects requests cache { hitRatio } tokens { prompt }
        routes { route requests p95Ms } inference { model } rows activeCallers
      }
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
  const { state, files, results } = data.job as unknown as {
    readonly state: string
    readonly files: number
    readonly results: readonly object[]
  }
  assert.deepEqual([state, files], ['done', 1])
  assert.ok(
    results.some(it => {
      const { project, path, line, rule } = it as Record<string, unknown>
      return project === 'one' && path === 'a.py' && line === 1 && String(rule).includes('/')
    }),
    JSON.stringify(results),
  )
  assert.deepEqual(data.jobs, [{ id }])
  const metrics = data.systemMetrics as unknown as {
    readonly requests: number
    readonly activeCallers: number
    readonly routes: readonly { readonly route: string; readonly requests: number }[]
  }
  assert.ok(metrics.requests > 0 && metrics.activeCallers > 0)
  assert.ok(metrics.routes.some(it => it.route === '/graphql' && it.requests > 0))
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

test('it has a port of its own where the operator wants one, under the same rules and with nothing else', async () => {
  const { graphqlUrl } = gateway
  assert.notEqual(new URL(graphqlUrl!).port, new URL(gateway.url).port)
  const init = post({ query: '{ models { name } }' })
  const known = await fetch(graphqlUrl!, { ...init, headers: { ...init.headers, 'x-api-key': gateway.key } })
  assert.equal(known.status, 200)
  assert.ok(known.headers.get('ratelimit-remaining'))
  assert.equal((await fetch(graphqlUrl!, init)).status, 401)
  const root = new URL(graphqlUrl!).origin
  assert.equal((await fetch(`${root}/health/ready`)).status, 200)
  for (const path of ['/v2', '/api/v1/keys', '/graphql/../v2', '/graphql%2f..%2fv2', '//v2', '/'])
    assert.equal((await fetch(root + path, { headers: { 'x-api-key': gateway.key } })).status, 404, path)
})

test('a page to try it with runs nothing but its own file, and asks nobody else', async () => {
  for (const origin of [gateway.url, new URL(gateway.graphqlUrl!).origin]) {
    const page = await fetch(`${origin}/graphql`)
    assert.match(page.headers.get('content-type')!, /^text\/html/)
    assert.match(page.headers.get('content-security-policy')!, /default-src 'none'.*connect-src 'self'/)
    const html = await page.text()
    assert.ok(!/https?:|<script(?! type="module" src="\/graphql\/graphql.js">)| on\w+=|style=/.test(html))
    for (const [, path] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const file = await fetch(origin + path)
      assert.equal(file.status, 200, path)
      assert.ok(!/https?:\/\//.test(await file.text()), path)
    }
  }
})

test('the questions of that page are answered', async () => {
  const script = await (await fetch(`${gateway.url}/graphql/graphql.js`)).text()
  const list = script.slice(script.indexOf('const EXAMPLES = ') + 17, script.indexOf('\n]\n') + 2)
  // As a browser reads them.
  const examples = new Function(`return ${list}`)() as { query: string; variables?: object }[]
  assert.equal(examples.length, 6)
  for (const it of examples) {
    const { status, body } = await ask(it)
    assert.deepEqual([status, body.errors], [200, undefined], it.query)
  }
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
