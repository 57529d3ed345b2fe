// What was in the database before it was lost is in it again afterwards, on a real PostgreSQL; and what is no copy, or a damaged one,
// destroys nothing.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { addTenant } from '../../deploy/gateway/src/operator.ts'
import { startGateway } from '../endpoint/support/gateway.ts'
import { startPostgres } from '../endpoint/support/postgres.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { root } from './support/render.ts'

const SECRET = 'x'.repeat(44)

test('a database is backed up, lost and restored', { timeout: 120_000 }, context =>
  inFolder('', async ({ path }) => {
    const first = await startPostgres()
    if (!first) return context.skip('there is no PostgreSQL here')
    let second: typeof first | undefined
    try {
      const settings = (url: string) => ({ 'database.url': url, 'identity.secret': SECRET })
      const before = await startGateway(settings(first.url))
      const other = await addTenant(before.parts.database, 'others')
      for (const name of ['one', 'two'])
        assert.equal(
          (
            await before.fetch('/api/v1/keys', {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ name, scopes: ['infer'] }),
            })
          ).status,
          201,
        )
      const place = { path: 'a.py', name: 'f', line: 1, endLine: 2, language: 'python' }
      const kept = await before.fetch('/api/v1/functions', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          project: 'p',
          functions: [{ ...place, code: 'def f(price):\n    return price\n' }],
        }),
      })
      assert.equal(kept.status, 200)
      await before.stop()

      const made = run('backup', ['--to', path, '--keep-days', '1'], first.url)
      assert.match(made.stdout, /codeant-\d{8}T\d{6}Z\.dump: \d+ tables, \d+ rows/)
      const file = join(path, readdirSync(path).find(it => it.endsWith('.dump'))!)
      assert.deepEqual(
        readdirSync(path).sort(),
        [file, `${file}.json`].map(it => it.slice(path.length + 1)).sort(),
      )

      // Into a database in which there is something, nothing is put.
      assert.match(run('restore', ['--from', file, '--execute'], first.url, 2).stderr, /not empty/)

      await first.close()
      second = (await startPostgres())!
      const damaged = join(path, 'damaged.dump')
      writeFileSync(damaged, readFileSync(file).subarray(0, 4000))
      writeFileSync(`${damaged}.json`, readFileSync(`${file}.json`))
      assert.match(run('restore', ['--from', damaged, '--execute'], second.url, 2).stderr, /damaged/)
      assert.match(run('restore', ['--from', join(path, 'none')], second.url, 2).stderr, /is no copy/)
      assert.match(run('restore', ['--from', file], second.url).stdout, /would be put into/)
      assert.match(run('restore', ['--from', file, '--execute'], second.url).stdout, /all as they were/)

      const after = await startGateway(settings(second.url))
      try {
        const keys = (key: string) => after.fetch('/api/v1/keys', { headers: { 'x-api-key': key } })
        const own = (await (await keys(before.key)).json()) as { keys: readonly { name: string }[] }
        assert.deepEqual(
          own.keys
            .map(it => it.name)
            .filter(it => it.length === 3)
            .sort(),
          ['one', 'two'],
        )
        // Teams are still kept apart.
        const theirs = (await (await keys(other!)).json()) as typeof own
        assert.equal(
          theirs.keys.some(it => it.name === 'one'),
          false,
        )
      } finally {
        await after.stop()
      }
    } finally {
      await first.close().catch(() => undefined)
      await second?.close()
    }
  }),
)

test('a database that is not there is told of in a sentence', () =>
  inFolder('', ({ path }) => {
    const { stderr } = run('backup', ['--to', path], 'postgres://me:of-a-test@127.0.0.1:1/codeant', 2)
    assert.match(stderr, /^backup: 127\.0\.0\.1:1\/codeant cannot be reached: [^\n]+\n$/)
    assert.deepEqual(readdirSync(path), [])
  }))

test('who runs it is told in Spanish what is missing', () => {
  const { stderr } = spawnSync(process.execPath, [join(root, 'deploy/operations/backup.mjs'), '--to', 'x'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LANG: 'es_ES.UTF-8' },
  })
  assert.match(stderr, /tiene que decir qué base de datos es/)
})

function run(program: string, given: readonly string[], url: string, status = 0) {
  const done = spawnSync(process.execPath, [join(root, `deploy/operations/${program}.mjs`), ...given], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', CODEANT_GATEWAY_DATABASE_URL: url },
  })
  assert.equal(done.status, status, done.stdout + done.stderr)
  assert.ok(!(done.stdout + done.stderr).includes('of-a-test'), 'the password is told')
  return done
}
