// What is over goes and nothing else does, of two who clean one does it, and with a hundred thousand rows no query reads a whole table.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cleanUp, whatIsOver } from '../../deploy/gateway/src/store/cleaning.ts'
import {
  type Database,
  openDatabase,
  type Session,
  type SqlEngine,
} from '../../deploy/gateway/src/store/database.ts'
import { openEmbedded } from '../../deploy/gateway/src/store/embedded.ts'
import { migrate } from '../../deploy/gateway/src/store/migrate.ts'

const ROWS = 100_000
const KEEP = { sessionDays: 30, usageDays: 400, auditDays: 730, personDays: 0 }

let engine: SqlEngine
let database: Database
before(async () => {
  engine = await openEmbedded()
  await migrate(engine)
  database = openDatabase(engine)
})
after(() => database.close())

const system = (statement: string, values: readonly unknown[] = []) =>
  database.asSystem(session => session.query<Record<string, unknown>>(statement, values))
const count = async (table: string) => Number((await system(`SELECT count(*) AS all FROM ${table}`))[0]!.all)

test('what is over goes, what is not stays, and what is young in the audit log cannot go', async () => {
  const [{ id: tenant }] = (await system("INSERT INTO tenants (name) VALUES ('one') RETURNING id")) as [
    { id: string },
  ]
  const [{ id: user }] = (await system(
    "INSERT INTO users (tenant_id, email) VALUES ($1, 'a@example.com') RETURNING id",
    [tenant],
  )) as [{ id: string }]
  // One ended long ago, one yesterday, one lasts; each with a token of its own.
  for (const [n, days] of [-40, -1, 10].entries()) {
    const [session] = await system(
      `INSERT INTO sessions (tenant_id, user_id, client, expires_at)
       VALUES ($1, $2, 'c', now() + $3::integer * interval '1 day') RETURNING id`,
      [tenant, user, days],
    )
    await system(
      `INSERT INTO refresh_tokens (digest, tenant_id, session_id, expires_at)
       VALUES (repeat($1, 64), $2, $3, now() + $4::integer * interval '1 day')`,
      [String(n), tenant, session!.id, days],
    )
    await system(
      `INSERT INTO device_logins (digest, user_code, client, expires_at)
       VALUES (repeat($1, 64), $1, 'c', now() + $2::integer * interval '1 day')`,
      [String(n), days],
    )
  }
  await system(
    `INSERT INTO usage (tenant_id, day, actor, route)
     SELECT $1, current_date - days, 'a', 'r' FROM unnest(ARRAY[0, 399, 500]) AS days`,
    [tenant],
  )
  await system(
    `INSERT INTO audit (tenant_id, at, actor, action)
     SELECT $1, now() - days * interval '1 day', 'a', 'x' FROM unnest(ARRAY[0, 60, 800]) AS days`,
    [tenant],
  )
  const over = [
    { table: 'refresh_tokens', rows: 1 },
    { table: 'sessions', rows: 1 },
    { table: 'device_logins', rows: 1 },
    { table: 'usage', rows: 1 },
    { table: 'audit', rows: 1 },
  ]
  assert.deepEqual(await whatIsOver(database, KEEP), over)
  assert.equal(await count('audit'), 3)
  assert.deepEqual(await cleanUp(database, KEEP), over)
  assert.deepEqual(await whatIsOver(database, KEEP), [])
  for (const it of ['refresh_tokens', 'sessions', 'device_logins', 'usage', 'audit'])
    assert.equal(await count(it), 2, it)
  assert.deepEqual(await cleanUp(database, KEEP), [])
  // Whatever a setting says.
  assert.deepEqual(await whatIsOver(database, { ...KEEP, auditDays: 1 }), [])
  assert.deepEqual(await cleanUp(database, { ...KEEP, auditDays: 1 }), [])
  assert.equal(await count('audit'), 2)
  assert.deepEqual(await cleanUp(database, { ...KEEP, auditDays: 0 }), [])
})

test('who was shut out long ago has neither name nor address any more, and is still shut out', async () => {
  const [{ id: tenant }] = (await system('SELECT id FROM tenants')) as [{ id: string }]
  for (const [name, days] of [
    ['gone', 100],
    ['young', 10],
  ] as const) {
    const [user] = await system(
      `INSERT INTO users (tenant_id, email, name, disabled_at)
       VALUES ($1, $2, $2, now() - $3::integer * interval '1 day') RETURNING id`,
      [tenant, `${name}@example.com`, days],
    )
    await system(
      'INSERT INTO provider_identities (issuer, subject, tenant_id, user_id) VALUES ($1, $2, $3, $4)',
      [...['https://login.example.com', name, tenant, user!.id]],
    )
    await system(
      `INSERT INTO invitations (tenant_id, email, role, digest, invited_by, expires_at)
       VALUES ($1, $2, 'user', $4, 'a', now() - $3::integer * interval '1 day')`,
      [tenant, `${name}@example.com`, days, (name === 'gone' ? 'a' : 'b').repeat(64)],
    )
  }
  const kept = { ...KEEP, personDays: 90 }
  const over = [
    { table: 'invitations', rows: 1 },
    { table: 'users', rows: 1 },
  ]
  assert.deepEqual(await cleanUp(database, KEEP), [])
  assert.deepEqual(await whatIsOver(database, kept), over)
  assert.deepEqual(await cleanUp(database, kept), over)
  assert.deepEqual(await cleanUp(database, kept), [])
  const people = await system(
    "SELECT email LIKE '%@forgotten.invalid' AS forgotten, name, disabled_at IS NOT NULL AS out, subject FROM users JOIN provider_identities ON user_id = id ORDER BY subject",
  )
  assert.deepEqual(people, [
    { forgotten: true, name: '', out: true, subject: 'gone' },
    { forgotten: false, name: 'young@example.com', out: true, subject: 'young' },
  ])
  await system('DELETE FROM users WHERE disabled_at IS NOT NULL')
})

test(`with ${ROWS} rows, what is asked for often is found by an index`, async () => {
  const [{ id: tenant }] = (await system('SELECT id FROM tenants')) as [{ id: string }]
  const [{ id: user }] = (await system('SELECT id FROM users')) as [{ id: string }]
  const many = `generate_series(1, ${ROWS}) AS n`
  const digest = "lpad(to_hex(n), 64, '0')"
  await system(
    `INSERT INTO api_keys (tenant_id, name, prefix, digest, scopes)
     SELECT $1, 'k', 'p' || n, ${digest}, '{}' FROM generate_series(1, 10000) AS n`,
    [tenant],
  )
  await system(
    `INSERT INTO sessions (tenant_id, user_id, client, expires_at)
     SELECT $1, $2, 'c', now() + n * interval '1 minute' FROM ${many}`,
    [tenant, user],
  )
  await system(
    `INSERT INTO usage (tenant_id, day, actor, route)
     SELECT $1, current_date - n % 390, 'a' || n % 300, 'r' || n FROM ${many}`,
    [tenant],
  )
  await system(
    `INSERT INTO audit (tenant_id, at, actor, action)
     SELECT $1, now() - n * interval '1 minute', 'a', 'x' FROM ${many}`,
    [tenant],
  )
  await system(
    `INSERT INTO batch_jobs (tenant_id, actor, digest, locale, state)
     SELECT $1, 'a', ${digest}, 'en', 'failed' FROM ${many}`,
    [tenant],
  )
  await engine.transaction(session => session.script('ANALYZE'))

  const key = "SELECT * FROM api_keys WHERE prefix = 'p77'"
  const stale = "SELECT id FROM sessions WHERE expires_at < now() - 30 * interval '1 day' LIMIT 5000"
  await usesIndex(it => database.asSystem(it), key, 'api_keys')
  await usesIndex(it => database.asSystem(it), stale, 'sessions')
  await usesIndex(
    it => database.asSystem(it),
    "SELECT id FROM audit WHERE at < now() - 730 * interval '1 day' LIMIT 5000",
    'audit',
  )
  await usesIndex(it => database.asSystem(it), 'SELECT 1 FROM usage WHERE day < current_date - 400', 'usage')
  const own: Ask = it => database.asTenant(tenant, it)
  for (const [query, table] of [
    ["SELECT * FROM sessions WHERE id = '00000000-0000-0000-0000-000000000000'", 'sessions'],
    ['SELECT * FROM audit WHERE id < 1000 ORDER BY id DESC LIMIT 100', 'audit'],
    ['SELECT * FROM audit ORDER BY id DESC LIMIT 100', 'audit'],
    ['SELECT * FROM usage WHERE day > current_date - 7', 'usage'],
    ['SELECT * FROM batch_jobs ORDER BY created_at DESC LIMIT 50', 'batch_jobs'],
  ] as const)
    await usesIndex(own, query, table)
})

type Ask = (work: (session: Session) => Promise<readonly Line[]>) => Promise<readonly Line[]>
interface Line {
  readonly 'QUERY PLAN': string
}

async function usesIndex(as: Ask, query: string, table: string): Promise<void> {
  const rows = await as(session => session.query<Line>(`EXPLAIN ${query}`))
  const plan = rows.map(it => it['QUERY PLAN']).join('\n')
  assert.match(plan, /Index/, `${query}\n${plan}`)
  assert.doesNotMatch(plan, new RegExp(`Seq Scan on ${table}\\b`), `${query}\n${plan}`)
}
