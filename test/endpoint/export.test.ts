// A tenant takes its data with it: whole, its own only, and without what could be used to get in.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { csvLine } from '../../deploy/gateway/src/csv.ts'
import { newKey } from '../../deploy/gateway/src/identity/api-key.ts'
import { addKey } from '../../deploy/gateway/src/store/api-keys.ts'
import { record } from '../../deploy/gateway/src/store/audit.ts'
import { createTenant } from '../../deploy/gateway/src/store/tenants.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'
import { call, join } from './support/people.ts'

let gateway: TestGateway
let team: string
let other: string
let otherKey: string

before(async () => {
  gateway = await startGateway()
  const { teams } = await json<{ teams: { id: string }[] }>(await gateway.fetch('/api/v1/teams'))
  team = teams[0]!.id
  const key = newKey()
  otherKey = key.text
  await gateway.parts.database.asSystem(async session => {
    other = (await createTenant(session, 'other canary')).id
    await addKey(session, other, key, { name: 'other canary', scopes: ['admin'] })
    await record(session, other, { actor: 'other canary', action: 'x' })
    // More than a page of them.
    for (let i = 0; i < 600; i++) await record(session, team, { actor: `a${i}`, action: 'x', target: '=1+1' })
  })
})
after(() => gateway.stop())

test('as JSON it is all, and nothing of anybody else', async () => {
  const { access_token, refresh_token } = await join(gateway, 'ana@example.com', 'developer')
  const answer = await gateway.fetch(`/api/v1/tenants/${team}/export`)
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-disposition')!, /^attachment; filename="tenant.json"$/)
  const text = await answer.text()
  const all = JSON.parse(text) as Record<string, Record<string, unknown>[]>
  assert.deepEqual(Object.keys(all), [
    'tenant',
    'users',
    'keys',
    'identities',
    'sessions',
    'invitations',
    'functions',
    'batches',
    'models',
    'usage',
    'audit',
  ])
  assert.equal(all.tenant![0]!.id, team)
  assert.deepEqual(
    all.users!.map(it => it.email),
    ['ana@example.com'],
  )
  const actors = all.audit!.map(it => it.actor)
  for (let i = 0; i < 600; i++) assert.equal(actors.filter(it => it === `a${i}`).length, 1)
  assert.equal(all.audit![0]!.action, 'tenant.export')
  for (const secret of [gateway.key, access_token, refresh_token, 'digest', 'other canary'])
    assert.ok(!text.includes(secret), secret)
})

test('as CSV it is one part, which no spreadsheet takes for formulas', async () => {
  const text = await (await gateway.fetch(`/api/v1/tenants/${team}/export?format=csv`)).text()
  const [head, ...lines] = text.trimEnd().split('\r\n')
  assert.equal(head, 'id,at,actor,action,target,details')
  assert.ok(lines.length > 600)
  assert.match(lines.find(it => it.includes(',a7,'))!, /^\d+,\d{4}-[^,]+Z,a7,x,'=1\+1,\{\}$/)
  const users = await gateway.fetch(`/api/v1/tenants/${team}/export?format=csv&part=users`)
  assert.match(await users.text(), /^id,email,name,role,createdAt,disabledAt\r\n/)
  assert.equal(
    csvLine(['a"b', 'a,b', 'a\nb', null, -1, '-1', ['x']]),
    '"a""b","a,b","a\nb",,-1,\'-1,"[""x""]"\r\n',
  )
})

test('nobody takes what is another’s, and nobody less than an admin takes anything', async () => {
  const ask = async (id: string, token: string) =>
    (await call(gateway, 'GET', `/api/v1/tenants/${id}/export`, { token })).status
  const { access_token } = await join(gateway, 'developer@example.com', 'developer')
  assert.deepEqual(
    [
      await ask(other, gateway.key),
      await ask(team, otherKey),
      await ask(other, otherKey),
      await ask(team, access_token),
    ],
    [404, 404, 200, 403],
  )
})
