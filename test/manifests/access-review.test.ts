// A review of who may what shows everybody who could come in, nobody else, and what should be looked at.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startPostgres, type TestPostgres } from '../endpoint/support/postgres.ts'
import { ask, fill, newDatabase } from './support/databases.ts'
import { operate } from './support/operation.ts'

let postgres: TestPostgres | undefined
before(async () => {
  postgres = await startPostgres()
})
after(() => postgres?.close())

test('who may what is listed, and what nobody needs is marked', { timeout: 60_000 }, async context => {
  if (!postgres) return context.skip('there is no PostgreSQL here')
  const url = newDatabase(postgres, 'reviewed')
  await fill(url)
  ask(
    url,
    `UPDATE api_keys SET last_used_at = now(), expires_at = now() + interval '1 day', scopes = '{infer}';
     INSERT INTO users (tenant_id, email, role, created_at, disabled_at)
       SELECT id, who || '@example.com', role, now() - interval '200 days', CASE WHEN who = 'out' THEN now() END
       FROM tenants, (VALUES ('idle', 'user'), ('boss', 'admin'), ('out', 'admin')) AS it (who, role) WHERE name = 'one';
     INSERT INTO sessions (tenant_id, user_id, client, expires_at)
       SELECT tenant_id, id, 'c', now() + interval '1 day' FROM users WHERE email = 'boss@example.com';
     INSERT INTO api_keys (tenant_id, name, prefix, digest, scopes, revoked_at)
       SELECT id, it, it, repeat('0', 64), '{admin}', CASE WHEN it = 'revoked' THEN now() END
       FROM tenants, unnest(ARRAY['forever', 'revoked']) AS it WHERE name = 'one'`,
  )
  const review = (...given: string[]) =>
    operate('access-review', given, { CODEANT_GATEWAY_DATABASE_URL: url })
  const { status, stdout, stderr } = await review('--json')
  assert.equal(status, 1, stderr)
  const { access } = JSON.parse(stdout) as { access: { team: string; name: string; marks: string[] }[] }
  const marked = access.map(it => `${it.team}: ${it.name.split(' ')[0]}: ${it.marks.join('; ')}`)
  assert.deepEqual(marked, [
    'default: first: ',
    'one: boss@example.com: may do everything',
    'one: idle@example.com: not used for 200 days',
    'one: first: ',
    'one: forever: may do everything; never ends',
  ])
  assert.match(
    (await review()).stdout,
    /^one\n {2}person {3}boss@example\.com {2}admin {2}\d{4}-.* ← may do everything$/m,
  )
  ask(url, "DELETE FROM users; DELETE FROM api_keys WHERE name = 'forever'")
  assert.equal((await review()).status, 0)
})
