// How a team comes to be: by the operator, who has the database, and by nobody else.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { addTenant } from '../../deploy/gateway/src/operator.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { json, startGateway, type TestGateway } from './support/gateway.ts'
import { call } from './support/people.ts'
import { startPostgres } from './support/postgres.ts'

const program = fileURLToPath(new URL('../../dist/server/main.mjs', import.meta.url))
let gateway: TestGateway

before(async () => {
  gateway = await startGateway()
})
after(() => gateway.stop())

test('a team has its own admin key, which sees nothing of the others, and its beginning is in its audit', async () => {
  const { database } = gateway.parts
  const key = await addTenant(database, 'Plataforma')
  assert.equal(await addTenant(database, 'Plataforma'), undefined)
  const both = await Promise.all([addTenant(database, 'at once'), addTenant(database, 'at once')])
  assert.equal(both.filter(it => it === undefined).length, 1)

  const ask = async <T>(path: string) => json<T>(await call(gateway, 'GET', path, { token: key! }))
  const me = await ask<{ team: { id: string; name: string }; scopes: string[] }>('/api/v1/me')
  assert.deepEqual([me.team.name, me.scopes], ['Plataforma', ['admin']])
  const { keys } = await ask<{ keys: { name: string }[] }>('/api/v1/keys')
  assert.deepEqual(
    keys.map(it => it.name),
    ['first key'],
  )
  const { entries } = await ask<{ entries: { action: string; actor: string }[] }>('/api/v1/audit')
  assert.deepEqual(
    entries.map(it => `${it.actor} ${it.action}`),
    ['system:operator key.create', 'system:operator team.create'],
  )
  const { teams } = await json<{ teams: { id: string }[] }>(await gateway.fetch('/api/v1/teams'))
  assert.ok(!teams.some(it => it.id === me.team.id))
})

test(
  '`codeant endpoint tenant` makes, lists and gives another key, and says why it cannot',
  { timeout: 120_000 },
  () =>
    inFolder('', async ({ path }) => {
      const env = { ...process.env, CODEANT_STATE: join(path, 'state'), CODEANT_LOCALE: 'es' }
      const run = (...args: string[]) => {
        const { status, stdout, stderr } = spawnSync(
          process.execPath,
          [program, 'endpoint', 'tenant', ...args],
          {
            env,
            encoding: 'utf8',
          },
        )
        return { status, stdout, stderr }
      }
      const added = run('add', 'Equipo de pagos')
      assert.equal(added.status, 0, added.stderr)
      assert.match(
        added.stdout,
        /Se ha creado el equipo «Equipo de pagos»\.\n\nClave de administración[^\n]*\n\n {2}ca_/,
      )
      const again = run('add', 'Equipo de pagos')
      assert.deepEqual(
        [again.status, again.stderr],
        [2, 'codeant: ya hay un equipo llamado «Equipo de pagos»\n'],
      )
      assert.match(run('list').stdout, /^[0-9a-f-]{36} {2}\d{4}-\d\d-\d\d {2}Equipo de pagos\n$/)
      const another = run('new-key', 'Equipo de pagos').stdout
      assert.notEqual(/ca_\S+/.exec(another)![0], /ca_\S+/.exec(added.stdout)![0])
      assert.equal(run('new-key', 'otro').status, 2)
      assert.match(run('remove', 'x').stderr, /Uso: codeant endpoint/)

      // The embedded database belongs to one process.
      const endpoint = spawn(process.execPath, [program, 'endpoint', '--port', '0'], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let said = ''
      for await (const piece of endpoint.stdout) if (/Ctrl\+C/.test((said += piece))) break
      // There are keys already: nobody else is given one.
      assert.doesNotMatch(said, /ca_[0-9a-f]{12}_/)
      const busy = run('add', 'otro')
      assert.deepEqual([busy.status, /está usando/.test(busy.stderr)], [2, true], busy.stderr)
      endpoint.kill('SIGTERM')
    }),
)

test('with PostgreSQL a team is made while the endpoint goes on, and comes in at once', {
  timeout: 120_000,
}, async t => {
  const postgres = await startPostgres()
  if (!postgres) return t.skip('PostgreSQL is not installed here')
  try {
    const running = await startGateway({ 'database.url': postgres.url })
    try {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [program, 'endpoint', 'tenant', 'add', 'Pagos'],
        {
          env: { ...process.env, CODEANT_GATEWAY_DATABASE_URL: postgres.url, CODEANT_LOCALE: 'es' },
          encoding: 'utf8',
        },
      )
      assert.equal(status, 0, stderr)
      const me = await call(running, 'GET', '/api/v1/me', { token: /ca_\S+/.exec(stdout)![0] })
      assert.equal((await json<{ team: { name: string } }>(me)).team.name, 'Pagos')
    } finally {
      await running.stop()
    }
  } finally {
    await postgres.close()
  }
})
