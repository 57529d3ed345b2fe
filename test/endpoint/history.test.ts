// What a tenant did and used is told to it, and to nobody else.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newKey } from '../../deploy/gateway/src/identity/api-key.ts'
import { addKey } from '../../deploy/gateway/src/store/api-keys.ts'
import type { Database } from '../../deploy/gateway/src/store/database.ts'
import { createTenant } from '../../deploy/gateway/src/store/tenants.ts'
import type { UsageRow } from '../../deploy/gateway/src/store/usage.ts'
import { UsageCounter } from '../../deploy/gateway/src/store/usage-counter.ts'
import { jsonMessage } from './support/binary-message.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'

interface Audit {
  readonly entries: readonly { readonly id: number; readonly action: string; readonly target: string }[]
}

let gateway: TestGateway

before(async () => {
  gateway = await startGateway()
})
after(() => gateway.stop())

test('what is done with keys is in the audit, the newest first, page by page', async () => {
  const made = await json<{ id: string; prefix: string }>(
    await gateway.fetch('/api/v1/keys', jsonMessage({ name: 'a', scopes: ['infer'] })),
  )
  await gateway.fetch(`/api/v1/keys/${made.id}`, { method: 'DELETE' })
  const { entries } = await json<Audit>(await gateway.fetch('/api/v1/audit'))
  assert.deepEqual(
    entries.map(it => it.action),
    ['key.revoke', 'key.create', 'key.create'],
  )
  assert.equal(entries[0]!.target, made.prefix)
  const next = await json<Audit>(await gateway.fetch(`/api/v1/audit?limit=1&before=${entries[0]!.id}`))
  assert.deepEqual(next.entries, [entries[1]])
  for (const query of ['limit=0', 'limit=1001', 'before=x', 'befor=1'])
    assert.equal((await gateway.fetch(`/api/v1/audit?${query}`)).status, 400, query)
})

test('requests are counted by day, by who asked and by route, failures apart, and files of an analysis', async () => {
  await gateway.fetch('/v2/models/nobody')
  await gateway.fetch('/v2')
  await gateway.fetch('/v2')
  const files = ['a.py', 'b.py'].map(path => ({ path, content: 'x = 1\n' }))
  await gateway.fetch('/api/v1/analyze', jsonMessage({ files }))
  const { usage } = await json<{ usage: UsageRow[] }>(await gateway.fetch('/api/v1/usage?days=1'))
  const of = (route: string) => {
    const row = usage.find(it => it.route === route)
    return row && [row.requests, row.failures, row.units]
  }
  assert.deepEqual(of('/v2'), [2, 0, 2])
  assert.deepEqual(of('/v2/models/:model'), [1, 1, 1])
  assert.deepEqual(of('/api/v1/analyze'), [1, 0, 2])
  assert.ok(
    usage.every(it => it.actor.startsWith('key:') && it.day === new Date().toISOString().slice(0, 10)),
  )
})

test('another tenant is told nothing of it', async () => {
  const key = newKey()
  const { database } = gateway.parts
  const { id } = await database.asSystem(session => createTenant(session, 'other'))
  await database.asTenant(id, session => addKey(session, id, key, { name: 'k', scopes: ['audit', 'usage'] }))
  const as = async <T>(path: string) =>
    json<T>(await fetch(gateway.url + path, { headers: { 'x-api-key': key.text } }))
  assert.deepEqual(await as('/api/v1/audit'), { entries: [] })
  const { usage } = await as<{ usage: UsageRow[] }>('/api/v1/usage')
  assert.deepEqual(
    usage.map(it => [it.actor, it.route]),
    [[`key:${key.prefix}`, '/api/v1/audit']],
  )
})

test('what could not be written is written the next time', async () => {
  const { database } = gateway.parts
  let isGone = true
  const failures: unknown[] = []
  const flaky: Database = {
    ...database,
    asTenant: (tenant, work) =>
      isGone ? Promise.reject(new Error('gone')) : database.asTenant(tenant, work),
  }
  const usage = new UsageCounter({ database: flaky, failed: error => failures.push(error) })
  const { id } = await database.asSystem(session => createTenant(session, 'counted'))
  const once = { tenant: id, actor: 'key:x', route: '/v2', isFailure: false, units: 3 }
  usage.add(once)
  await usage.flush()
  assert.equal(failures.length, 1)
  isGone = false
  usage.add(once)
  await usage.flush()
  await usage.flush()
  const [row] = await database.asTenant(id, session =>
    session.query<{ requests: number; units: number }>('SELECT requests, units::integer AS units FROM usage'),
  )
  assert.deepEqual(row, { requests: 2, units: 6 })
})
