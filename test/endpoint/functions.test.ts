// Functions of a team are found by what they do, in whichever words and languages; its code is kept only where it wants that.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { closeness, DIMENSIONS, type Embedding } from '@codeant/server/api/functions.ts'
import { newKey } from '../../deploy/gateway/src/identity/api-key.ts'
import { addKey } from '../../deploy/gateway/src/store/api-keys.ts'
import { openDatabase, type SqlEngine } from '../../deploy/gateway/src/store/database.ts'
import { openEmbedded } from '../../deploy/gateway/src/store/embedded.ts'
import { addPoints, placeFunctions } from '../../deploy/gateway/src/store/functions.ts'
import { migrate } from '../../deploy/gateway/src/store/migrate.ts'
import {
  closestPoints,
  type PointSearch,
  preparePointSearch,
} from '../../deploy/gateway/src/store/point-search.ts'
import { openPostgres } from '../../deploy/gateway/src/store/postgres.ts'
import { createTenant } from '../../deploy/gateway/src/store/tenants.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'
import { startPostgres } from './support/postgres.ts'

const CODE = {
  'shop/cart.py total': [
    'python',
    'def total(prices):\n    """Adds up all prices."""\n    result = 0\n    for price in prices:\n        result += price\n    return result\n',
  ],
  'shop/mail.py send_reset_mail': [
    'python',
    'def send_reset_mail(user, token):\n    body = f"Reset your password: {token}"\n    mailer.send(to=user.email, subject="Reset", body=body)\n',
  ],
  'web/dates.ts parseDate': [
    'typescript',
    'function parseDate(text: string): Date | undefined {\n  const parts = text.split("-")\n  if (parts.length !== 3) return undefined\n  return new Date(Number(parts[0]), Number(parts[1]) - 1, Number(parts[2]))\n}\n',
  ],
  'core/src/sum.rs sum_of_prices': [
    'rust',
    'fn sum_of_prices(prices: &[f64]) -> f64 {\n    let mut result = 0.0;\n    for price in prices {\n        result += price;\n    }\n    result\n}\n',
  ],
} as const
const CANARY = 'Reset your password'

interface Hit {
  readonly similarity: number
  readonly digest: string
  readonly language: string
  readonly code: string | null
  readonly places: readonly {
    readonly project: string
    readonly path: string
    readonly name: string
    readonly line: number
  }[]
}

interface Kept {
  readonly encoder: string
  readonly stored: number
  readonly missing: readonly string[]
  readonly unreadable: readonly string[]
}

describe('over the gateway', () => {
  let gateway: TestGateway
  let other: string
  let encoder: string

  before(async () => {
    gateway = await startGateway()
    const key = newKey()
    other = key.text
    await gateway.parts.database.asSystem(async session => {
      const { id } = await createTenant(session, 'other')
      await addKey(session, id, key, { name: 'theirs', scopes: ['functions'] })
    })
    const kept = await put(
      'shop',
      Object.keys(CODE).map(it => given(it as keyof typeof CODE)),
    )
    assert.deepEqual({ ...kept, encoder: '' }, { encoder: '', stored: 4, missing: [], unreadable: [] })
    encoder = kept.encoder
  })
  after(() => gateway.stop())

  test('words find a function, in English and in Spanish', async () => {
    for (const [words, name] of [
      ['add up the prices', 'total'],
      ['sumar los precios', 'total'],
      ['parse a date', 'parseDate'],
      ['enviar un correo', 'send_reset_mail'],
      ['reset the password', 'send_reset_mail'],
    ] as const) {
      const [first] = await search({ words })
      const expected = name === 'total' ? ['total', 'sum_of_prices'] : [name]
      assert.ok(expected.includes(first!.places[0]!.name), `${words}: ${first!.places[0]!.name}`)
    }
    assert.deepEqual(await search({ words: 'of the' }), [], 'words that say nothing')
  })

  test('code finds the same in another language', async () => {
    const [language, code] = CODE['core/src/sum.rs sum_of_prices']
    const [own, next] = await search({ code, language })
    assert.deepEqual([own!.places[0]!.name, own!.similarity], ['sum_of_prices', 1])
    assert.equal(next!.places[0]!.name, 'total')
    const python = await search({ words: 'prices', language: 'python' })
    assert.ok(python.every(it => it.language === 'python'))
  })

  test('what is known is not sent again, and what is not known is asked for', async () => {
    const [language, code] = CODE['shop/cart.py total']
    const digest = createHash('sha256').update(`${language}\n${code}`).digest('hex')
    const unknown = 'f'.repeat(64)
    const place = { line: 7, endLine: 12, language }
    const kept = await put('archive', [
      { ...place, path: 'old/cart.py', name: 'total', digest },
      { ...place, path: 'old/else.py', name: 'else', digest: unknown },
    ])
    assert.deepEqual([kept.stored, kept.missing], [1, [unknown]])
    const hit = (await search({ words: 'add up the prices' })).find(it => it.digest === digest)!
    assert.deepEqual(
      hit.places.map(it => [it.project, it.path, it.line]),
      [
        ['archive', 'old/cart.py', 7],
        ['shop', 'shop/cart.py', 1],
      ],
    )
    const inProject = await search({ words: 'add up the prices', project: 'archive' })
    assert.deepEqual(
      inProject.map(it => it.places.map(place => place.project)),
      [['archive']],
    )
    const vector = Array.from({ length: DIMENSIONS }, (_, i) => Math.sin(i))
    const again = await put(
      'archive',
      [{ ...place, path: 'old/else.py', name: 'else', digest: unknown, vector }],
      encoder,
    )
    assert.equal(again.stored, 1)
    assert.equal((await search({ vector, encoder }))[0]!.digest, unknown)
  })

  test('another content in a place takes it over, and what stands nowhere is forgotten', async () => {
    const place = { path: 'a.py', name: 'f', line: 1, endLine: 2, language: 'python' }
    const find = async (words: string) =>
      (await search({ words, project: 'changing' })).flatMap(it => it.places.map(place => place.path))
    await put('changing', [{ ...place, code: 'def read_invoice(path):\n    return open(path).read()\n' }])
    assert.deepEqual(await find('invoice'), ['a.py'])
    await put('changing', [{ ...place, code: 'def paint_window(colour):\n    window.paint(colour)\n' }])
    assert.deepEqual(await find('paint window'), ['a.py'])
    const rows = await gateway.parts.database.asSystem(session =>
      session.query(
        'SELECT digest FROM function_points WHERE digest NOT IN (SELECT digest FROM function_places)',
      ),
    )
    assert.deepEqual(rows, [])
  })

  test('code is kept only where the team wants it, and gone when it no longer does', async () => {
    const stored = async () =>
      JSON.stringify(await (await gateway.fetch(`/api/v1/tenants/${await team()}/export`)).json())
    assert.ok(!(await stored()).includes(CANARY))
    assert.ok((await search({ words: 'reset the password' }))[0]!.code === null)
    await settings(true)
    await put('shop', [given('shop/mail.py send_reset_mail')])
    assert.match((await search({ words: 'reset the password' }))[0]!.code!, new RegExp(CANARY))
    assert.ok((await stored()).includes(CANARY))
    await settings(false)
    assert.equal((await search({ words: 'reset the password' }))[0]!.code, null)
    assert.ok(!(await stored()).includes(CANARY))
    const audit = await json<{ entries: { action: string; details: object }[] }>(
      await gateway.fetch('/api/v1/audit'),
    )
    const turned = audit.entries.filter(it => it.action === 'functions.settings').map(it => it.details)
    assert.deepEqual(turned, [{ keepsCode: false }, { keepsCode: true }])
    assert.ok(audit.entries.some(it => it.action === 'functions.put'))
    assert.ok(!gateway.log().includes(CANARY))
  })

  test('a tenant finds and forgets its own only', async () => {
    const headers = { 'x-api-key': other }
    assert.deepEqual(await search({ words: 'add up the prices' }, headers), [])
    const gone = await gateway.fetch('/api/v1/functions', {
      ...body('DELETE', { project: 'shop' }),
      headers: { ...JSON_TYPE, ...headers },
    })
    assert.deepEqual(await gone.json(), { removed: 0 })
    const refused = await gateway.fetch('/api/v1/functions/settings', {
      ...body('PUT', { keepsCode: true }),
      headers: { ...JSON_TYPE, ...headers },
    })
    assert.equal(refused.status, 403)
    assert.ok((await search({ words: 'add up the prices' })).length > 0)
  })

  test('a project is listed page by page, and forgotten by function, by file and as a whole', async () => {
    const functions = Array.from({ length: 100 }, (_, i) => ({
      ...{ path: `p${i % 10}.py`, name: `f${i}`, line: i + 1, endLine: i + 2, language: 'python' },
      code: `def f${i}(x):\n    return x + ${i}\n`,
    }))
    assert.equal((await put('many', functions)).stored, 100)
    const listed: string[] = []
    let next: string | null = null
    do {
      const query: string = next === null ? '' : `&after=${next}`
      const page = await json<{ functions: { path: string; name: string }[]; next: string | null }>(
        await gateway.fetch(`/api/v1/functions?project=many&limit=30${query}`),
      )
      listed.push(...page.functions.map(it => `${it.path} ${it.name}`))
      next = page.next
    } while (next !== null)
    assert.deepEqual(listed, functions.map(it => `${it.path} ${it.name}`).sort())
    const remove = async (given: object) =>
      (
        await json<{ removed: number }>(
          await gateway.fetch('/api/v1/functions', body('DELETE', { project: 'many', ...given })),
        )
      ).removed
    assert.equal(
      await remove({ places: [{ path: 'p0.py', name: 'f0' }, { path: 'p1.py' }, { path: 'no.py' }] }),
      11,
    )
    assert.equal(await remove({}), 89)
    const { projects, search } = await json<{ projects: { project: string }[]; search: string }>(
      await gateway.fetch('/api/v1/functions/settings'),
    )
    assert.ok(projects.every(it => it.project !== 'many'))
    assert.equal(search, 'exact')
  })

  test('what cannot be taken is refused with its reason', async () => {
    const one = given('shop/cart.py total')
    const { code: _, ...bare } = one
    for (const [functions, named, status] of [
      [[], undefined, 400],
      [Array.from({ length: 101 }, () => one), undefined, 400],
      [[one, one], undefined, 400],
      [[bare], undefined, 400],
      [[{ ...bare, digest: 'a'.repeat(64), vector: [1, 2, 3] }], encoder, 400],
      [[{ ...bare, digest: 'a'.repeat(64), vector: new Array<number>(DIMENSIONS).fill(0) }], encoder, 400],
      [[{ ...one, code: 'def other():\n    pass\n' }], 'another-encoder', 422],
      [[{ ...one, code: 'x'.repeat(50_001) }], undefined, 400],
    ] as const) {
      const answer = await gateway.fetch(
        '/api/v1/functions',
        body('PUT', { project: 'p', functions, ...(named && { encoder: named }) }),
      )
      assert.equal(answer.status, status, await answer.text())
    }
    const nothing = await put('p', [{ ...one, code: '# only a comment\n' }])
    assert.deepEqual([nothing.stored, nothing.unreadable], [0, ['shop/cart.py total']])
    for (const question of [{}, { words: 'a', code: 'b' }, { code: 'def f(): pass' }, { vector: [1] }])
      assert.equal((await gateway.fetch('/api/v1/functions/search', body('POST', question))).status, 400)
    assert.equal((await gateway.fetch('/api/v1/functions?project=p&after=x')).status, 400)
  })

  async function put(project: string, functions: readonly object[], named?: string): Promise<Kept> {
    const answer = await gateway.fetch(
      '/api/v1/functions',
      body('PUT', { project, functions, ...(named && { encoder: named }) }),
    )
    assert.equal(answer.status, 200, await answer.clone().text())
    return json<Kept>(answer)
  }

  async function search(question: object, headers: Record<string, string> = {}): Promise<readonly Hit[]> {
    const init = body('POST', question)
    const answer = await gateway.fetch('/api/v1/functions/search', {
      ...init,
      headers: { ...JSON_TYPE, ...headers },
    })
    assert.equal(answer.status, 200, await answer.clone().text())
    return (await json<{ functions: Hit[] }>(answer)).functions
  }

  async function settings(keepsCode: boolean): Promise<void> {
    assert.equal((await gateway.fetch('/api/v1/functions/settings', body('PUT', { keepsCode }))).status, 200)
  }

  async function team(): Promise<string> {
    return (await json<{ teams: { id: string }[] }>(await gateway.fetch('/api/v1/teams'))).teams[0]!.id
  }
})

for (const [name, open] of [
  ['the embedded database', async () => ({ engine: await openEmbedded(), close: async () => {} })],
  [
    'PostgreSQL',
    async () => {
      const server = await startPostgres()
      if (!server) return undefined
      const engine = openPostgres({ url: server.url, connections: 2, lost: () => {} })
      return { engine, close: server.close }
    },
  ],
] as const)
  test(`${name} finds the closest points, however it searches`, async context => {
    const opened: { engine: SqlEngine; close: () => Promise<void> } | undefined = await open()
    if (!opened) return context.skip('PostgreSQL is not installed here')
    const { engine, close } = opened
    try {
      await migrate(engine)
      const database = openDatabase(engine)
      const random = numbers(7)
      const points = Array.from({ length: 300 }, (_, i) => ({
        digest: createHash('sha256').update(String(i)).digest('hex'),
        language: i % 3 ? 'python' : 'rust',
        embedding: randomPoint(random),
      }))
      const tenants = await database.asSystem(async session => [
        (await createTenant(session, 'one')).id,
        (await createTenant(session, 'other')).id,
      ])
      const keep = (tenant: string, some: typeof points) =>
        database.asTenant(tenant, async session => {
          await addPoints(session, tenant, 'e', some)
          const place = { line: 1, endLine: 2 }
          for (const project of ['all', 'half'])
            await placeFunctions(
              session,
              tenant,
              { project, encoder: 'e' },
              some.flatMap((it, i) =>
                project === 'half' && i % 2
                  ? []
                  : [{ ...place, path: it.digest, name: 'f', digest: it.digest }],
              ),
            )
        })
      // Some are there before pgvector comes.
      await keep(tenants[0]!, points.slice(0, 100))
      const said: string[] = []
      const search = await preparePointSearch(engine, true, it => said.push(it))
      assert.equal(await preparePointSearch(engine, false, it => said.push(it)), search)
      if (engine.name === 'embedded') assert.deepEqual([search, said], ['exact', []])
      await keep(tenants[0]!, points.slice(100))
      await keep(tenants[1]!, points.slice(0, 5))
      const asked = randomPoint(random)
      const expected = (accepts: (it: (typeof points)[number], i: number) => boolean) =>
        points
          .filter(accepts)
          .map(it => ({ digest: it.digest, similarity: closeness(asked, it.embedding) }))
          .sort((a, b) => b.similarity - a.similarity)
          .slice(0, 7)
      const find = (how: PointSearch, filter: object) =>
        database.asTenant(tenants[0]!, async session => {
          const found = await closestPoints(session, how, asked, { encoder: 'e', ...filter }, 7, 50)
          assert.equal(found.search, how)
          return found.points
        })
      for (const how of new Set<PointSearch>(['read', search]))
        for (const [filter, accepts] of [
          [{}, () => true],
          [{ language: 'rust' }, (it: (typeof points)[number]) => it.language === 'rust'],
          [{ project: 'half' }, (_: unknown, i: number) => (i < 100 ? i : i - 100) % 2 === 0],
          [{ encoder: 'another' }, () => false],
        ] as const) {
          const found = await find(how, filter)
          const right = expected(accepts)
          assert.deepEqual(
            found.map(it => it.digest),
            right.map(it => it.digest),
            `${how} ${JSON.stringify(filter)}`,
          )
          for (const [i, it] of found.entries())
            assert.ok(Math.abs(it.similarity - right[i]!.similarity) < 0.002)
        }
    } finally {
      await engine.close()
      await close()
    }
  })

const JSON_TYPE = { 'content-type': 'application/json' }

function body(method: string, value: object): RequestInit {
  return { method, headers: JSON_TYPE, body: JSON.stringify(value) }
}

function given(place: keyof typeof CODE) {
  const [path, name] = place.split(' ') as [string, string]
  const [language, code] = CODE[place]
  return { path, name, line: 1, endLine: code.split('\n').length - 1, language, code }
}

function randomPoint(random: () => number): Embedding {
  return Int8Array.from({ length: DIMENSIONS }, () => Math.round(random() * 254 - 127))
}

/** The same on every run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
