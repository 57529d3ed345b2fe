// `/api/v1/models` and `/api/v1/query`: who answers, why, who else could have, and that the answer is the model's own.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { type KnownModel, type Route, routeOf } from '../../deploy/gateway/src/models/catalogue.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'

const KEY = {
  name: 'api_key',
  value: 'sk_live_9aXk27QpLm43Zt8Rw1Vb6N',
  context: { before: 'api_key = "', after: '"' },
}
const WORD = { name: 'title', value: 'Welcome to the shop', context: { before: 'title = "', after: '"' } }

let gateway: TestGateway

before(async () => {
  gateway = await startGateway()
})
after(() => gateway.stop())

test('every model says what it is for and which weights answer', async () => {
  const { models, routes } = await json<{ models: KnownModel[]; routes: Route[] }>(
    await gateway.fetch('/api/v1/models'),
  )
  assert.deepEqual(
    models.map(it => [it.name, it.engine, it.isReady, it.tasks, it.sha256]),
    [
      ['actionability', 'rank-finding'],
      ['bug-finder', 'find-bug'],
      ['secrets', 'is-secret'],
    ].map(([name, task]) => [name, 'embedded', true, [task], digestOf(name!)]),
  )
  assert.deepEqual(
    routes.map(it => [it.task, it.model, it.why]),
    [
      ['find-bug', 'bug-finder', 'first-choice'],
      ['is-secret', 'secrets', 'first-choice'],
      ['rank-finding', 'actionability', 'first-choice'],
      ['write', null, 'nobody-can'],
    ],
  )
})

test('a question is answered with who answered it', async () => {
  const asked = async (input: object) => {
    const answer = await query({ task: 'is-secret', input })
    assert.equal(answer.status, 200, await answer.clone().text())
    return json<{ answer: { probability: number }; route: Route }>(answer)
  }
  const [key, word] = [await asked(KEY), await asked(WORD)]
  assert.ok(key.answer.probability > 0.6, String(key.answer.probability))
  assert.ok(word.answer.probability < 0.4, String(word.answer.probability))
  assert.deepEqual(key.route, {
    task: 'is-secret',
    model: 'secrets',
    engine: 'embedded',
    sha256: digestOf('secrets'),
    why: 'first-choice',
    alternatives: [],
  })
})

test('code is asked about function by function: where a bug is suspected, what stands there and what belongs there', async () => {
  const code = `# A test of the bug finder.
def add(left, right):
    return left + right

async def visible(items, limit):
    shown = []
    for item in items:
        if item.price > limit:
            shown.append(item)
    return items
`
  const answer = await query({ task: 'find-bug', input: { language: 'python', code } })
  assert.equal(answer.status, 200, await answer.clone().text())
  const { answer: found, route } = await json<{ answer: FoundBugs; route: Route }>(answer)
  assert.deepEqual([route.model, found.read, found.functions.length], ['bug-finder', 2, 2])
  const visible = found.functions.find(it => it.line === 5)!
  const returned = visible.suspects.find(it => it.line === 10)!
  assert.deepEqual(
    [returned.text, returned.kind, returned.instead, returned.column],
    ['items', 'variable', 'shown', 12],
  )
  const sum = visible.suspects.reduce((all, it) => all + it.probability, visible.none)
  assert.ok(sum > 0 && sum <= 1.0001, String(sum))

  const tsx = { language: 'typescript', jsx: true, code: 'const A = ({ b }: P) => <p>{b === 1 ? b : 0}</p>' }
  assert.equal((await query({ task: 'find-bug', input: tsx })).status, 200)
  const none = { language: 'rust', code: 'const A: u8 = 1;' }
  assert.deepEqual((await json<{ answer: object }>(await query({ task: 'find-bug', input: none }))).answer, {
    functions: [],
    read: 0,
  })
  const many = { language: 'python', code: 'def f(a, b):\n    return a + b\n'.repeat(21) }
  assert.equal((await query({ task: 'find-bug', input: many })).status, 422)
  for (const wrong of [
    { language: 'cobol', code: '' },
    { language: 'python', code: 'x'.repeat(20_001) },
  ])
    assert.equal((await query({ task: 'find-bug', input: wrong })).status, 400)
  assert.ok(!gateway.log().includes('item.price'), 'nothing of the code is logged')
})

interface FoundBugs {
  readonly read: number
  readonly functions: readonly {
    readonly line: number
    readonly none: number
    readonly isReported: boolean
    readonly suspects: readonly {
      readonly line: number
      readonly column: number
      readonly text: string
      readonly kind: string
      readonly instead: string
      readonly probability: number
    }[]
  }[]
}

test('what nobody answers is refused, and so is an input of another form', async () => {
  for (const [body, status] of [
    [{ task: 'is-secret', input: { name: 1 } }, 400],
    [{ task: 'no-task', input: {} }, 400],
    [{ task: 'write', input: { prompt: 'x' } }, 503],
    [{ task: 'is-secret', input: KEY, model: 'bug-finder' }, 422],
  ] as const)
    assert.equal((await query(body)).status, status, JSON.stringify(body))
})

test('a larger model answers when it is asked for, or when the first choice is not ready', () => {
  const model = (name: string, isReady: boolean): KnownModel => ({
    name,
    isReady,
    kind: 'encoder',
    engine: 'oip',
    sha256: null,
    platform: null,
    tasks: ['find-bug'],
    purpose: null,
  })
  const both = [model('bug-finder-large', true), model('bug-finder', true)]
  const chosen = ({ model, why, alternatives }: Route) => [model, why, alternatives]
  assert.deepEqual(chosen(routeOf('find-bug', both)), ['bug-finder', 'first-choice', ['bug-finder-large']])
  assert.deepEqual(chosen(routeOf('find-bug', both, 'bug-finder-large')), [
    'bug-finder-large',
    'asked-for',
    ['bug-finder'],
  ])
  const one = [both[0]!, model('bug-finder', false)]
  assert.deepEqual(chosen(routeOf('find-bug', one)), ['bug-finder-large', 'first-is-not-ready', []])
})

function query(body: object): Promise<Response> {
  return gateway.fetch('/api/v1/query', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

function digestOf(model: string): string {
  const file = new URL(`../../models/${model}/model.json`, import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { sha256: string }).sha256
}
