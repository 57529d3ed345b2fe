// What a month cost is shared by what each team used of it, and no cent twice.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { BOUNDS_MS } from '../../deploy/gateway/src/store/model-days.ts'
import { startPostgres, type TestPostgres } from '../endpoint/support/postgres.ts'
import { ask, fill, newDatabase } from './support/databases.ts'
import { operate } from './support/operation.ts'
import { root } from './support/render.ts'

let postgres: TestPostgres | undefined
before(async () => {
  postgres = await startPostgres()
})
after(() => postgres?.close())

test('teams pay for what engines did for them, and for requests', { timeout: 60_000 }, async context => {
  if (!postgres) return context.skip('there is no PostgreSQL here')
  const url = newDatabase(postgres, 'billed')
  await fill(url)
  // The team `one` had three answers of 15 ms in the middle and `default` one; the month before counts for nothing.
  const counts = (n: number) => `'{0,0,0,0,${n},0,0,0,0,0,0,0,0,0,0}'`
  ask(
    url,
    `DELETE FROM usage; DELETE FROM model_days;
     INSERT INTO usage (tenant_id, day, actor, route, requests, failures, units)
       SELECT id, day::date, 'key:a', '/api/v1/analyze', 10, 1, 40 FROM tenants, unnest(ARRAY['2026-10-31', '2026-11-01', '2026-11-30']) AS day
       WHERE name = 'one';
     INSERT INTO usage (tenant_id, day, actor, route, requests) SELECT id, '2026-11-07', 'key:b', '/v2', 60 FROM tenants WHERE name = 'default';
     INSERT INTO model_days (tenant_id, day, model, engine, weights, requests, cached, prompt_tokens, latency)
       SELECT id, '2026-11-07', 'm', 'e', '', 9, 5, 100,
         (CASE WHEN name = 'one' THEN ${counts(3000)} ELSE ${counts(1000)} END)::integer[] FROM tenants`,
  )
  const run = (...given: string[]) => operate('statement', given, { CODEANT_GATEWAY_DATABASE_URL: url })
  const { status, stdout, stderr } = await run(
    '--month',
    '2026-11',
    '--gpu-cost',
    '1000',
    '--other-cost',
    '80',
    '--format',
    'json',
  )
  assert.equal(status, 0, stderr)
  const { teams } = JSON.parse(stdout) as { teams: Record<string, unknown>[] }
  const none = { failures: 0, files: 0 }
  assert.deepEqual(teams, [
    {
      team: 'default',
      callers: 1,
      requests: 60,
      ...none,
      tokens: 100,
      cached: 5,
      engineSeconds: 15,
      cost: 310,
    },
    {
      team: 'one',
      callers: 1,
      requests: 20,
      failures: 2,
      files: 80,
      tokens: 100,
      cached: 5,
      engineSeconds: 45,
      cost: 770,
    },
  ])
  assert.match(
    (await run('--month', '2026-11', '--format', 'csv')).stdout,
    /^"team","callers"[\s\S]*\n"one","1","20","2","80"/,
  )
  assert.match((await run('--month', '2026-11')).stdout, /^default +1 +60 /m)
  assert.match((await run('--month', '2026-12', '--gpu-cost', '5')).stdout, /^one +0 +0 .* 0$/m)
  assert.equal((await run('--month', '2026-13')).status, 2)
})

test('it counts times as the gateway writes them down', () => {
  const text = readFileSync(join(root, 'deploy/operations/statement.mjs'), 'utf8')
  const [, own] = /BOUNDS_MS = \[([^\]]+)\]/.exec(text)!
  assert.deepEqual(own!.replaceAll('_', '').split(',').map(Number), [...BOUNDS_MS])
})
