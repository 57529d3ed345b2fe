// A team that leaves takes its data along, and leaves one line of the audit behind, whatever tables there are by then: in the embedded
// database and in PostgreSQL.

import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { erase, leftOf } from '../../deploy/gateway/src/departure.ts'
import { GatewayMetrics } from '../../deploy/gateway/src/metrics/gateway-metrics.ts'
import { addTenant } from '../../deploy/gateway/src/operator.ts'
import { openShared } from '../../deploy/gateway/src/redis/open-shared.ts'
import { type Database, openDatabase, type SqlEngine } from '../../deploy/gateway/src/store/database.ts'
import { openEmbedded } from '../../deploy/gateway/src/store/embedded.ts'
import { migrate } from '../../deploy/gateway/src/store/migrate.ts'
import { openPostgres } from '../../deploy/gateway/src/store/postgres.ts'
import { ErasureFailed, eraseTenant } from '../../deploy/gateway/src/store/tenant-erasure.ts'
import { EXPORTED } from '../../deploy/gateway/src/store/tenant-export.ts'
import {
  FolderNotEmpty,
  type TenantManifest,
  writeTenant,
} from '../../deploy/gateway/src/store/tenant-files.ts'
import { listTenants } from '../../deploy/gateway/src/store/tenants.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { json, startGateway } from './support/gateway.ts'
import { call } from './support/people.ts'
import { startPostgres } from './support/postgres.ts'
import { startRedis } from './support/redis.ts'

const program = fileURLToPath(new URL('../../dist/server/main.mjs', import.meta.url))

/** In which part of the export a table is; or why it is in none. */
const EXPORT_OF: Readonly<Record<string, keyof typeof EXPORTED | { readonly not: string }>> = {
  users: 'users',
  api_keys: 'keys',
  usage: 'usage',
  audit: 'audit',
  sessions: 'sessions',
  refresh_tokens: { not: 'digests of secrets' },
  invitations: 'invitations',
  device_logins: { not: 'digests of secrets that are over in minutes' },
  provider_identities: 'identities',
  batch_jobs: 'batches',
  batch_parts: 'batches',
  function_points: 'functions',
  function_places: 'functions',
  model_days: 'models',
}

const hex = (text: string) => createHash('sha256').update(text).digest('hex')

/** A row in every table, each with the word in it. */
async function fill(database: Database, name: string): Promise<string> {
  await addTenant(database, name)
  return database.asSystem(async session => {
    const id = (await listTenants(session)).find(it => it.name === name)!.id
    const run = (statement: string, values: readonly unknown[] = []) =>
      session.query<{ id: string }>(statement, [id, ...values])
    const [user] = await run('INSERT INTO users (tenant_id, email, name) VALUES ($1, $2, $2) RETURNING id', [
      `${name}@example.com`,
    ])
    await run("INSERT INTO usage (tenant_id, day, actor, route) VALUES ($1, current_date, $2, '/v2')", [name])
    const [login] = await run(
      "INSERT INTO sessions (tenant_id, user_id, client, expires_at) VALUES ($1, $2, $3, now() + interval '1 day') RETURNING id",
      [user!.id, name],
    )
    await run(
      'INSERT INTO refresh_tokens (digest, tenant_id, session_id, expires_at) VALUES ($3, $1, $2, now())',
      [login!.id, hex(name)],
    )
    await run(
      `INSERT INTO invitations (tenant_id, email, role, digest, invited_by, expires_at) VALUES ($1, $2, 'user', $3, $2, now())`,
      [`${name}@example.com`, hex(name)],
    )
    await run(
      `INSERT INTO device_logins (digest, user_code, client, expires_at, tenant_id, user_id) VALUES ($4, $2, $2, now(), $1, $3)`,
      [name, user!.id, hex(name)],
    )
    await run(
      'INSERT INTO provider_identities (issuer, subject, tenant_id, user_id) VALUES ($2, $2, $1, $3)',
      [name, user!.id],
    )
    const [job] = await run(
      "INSERT INTO batch_jobs (tenant_id, actor, digest, locale) VALUES ($1, $2, $3, 'en') RETURNING id",
      [name, hex(name)],
    )
    await run(
      'INSERT INTO batch_parts (tenant_id, job_id, number, name, input, result) VALUES ($1, $2, 0, $3, $4, $3)',
      [job!.id, name, Buffer.from(name)],
    )
    await run(
      `INSERT INTO function_points (tenant_id, encoder, digest, embedding, language, code) VALUES ($1, 'e', $2, $3, 'python', $4)`,
      [hex(name), Buffer.alloc(768, 1), name],
    )
    await run(
      `INSERT INTO function_places (tenant_id, project, path, name, line, end_line, encoder, digest) VALUES ($1, $2, $2, $2, 1, 2, 'e', $3)`,
      [name, hex(name)],
    )
    await run(
      `INSERT INTO model_days (tenant_id, day, model, engine, weights, latency) VALUES ($1, current_date, $2, 'e', '', '{}')`,
      [name],
    )
    return id
  })
}

/** As a version to come might: it refers to people and does not go with them. */
const LATE = `
  CREATE TABLE late (
    tenant_id uuid NOT NULL REFERENCES tenants (id), user_id uuid NOT NULL, note text NOT NULL,
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
  );
  ALTER TABLE late ENABLE ROW LEVEL SECURITY;
  ALTER TABLE late FORCE ROW LEVEL SECURITY;
  GRANT SELECT, INSERT, DELETE ON late TO codeant_system;
`

for (const kind of ['embedded', 'PostgreSQL'] as const)
  test(`a team leaves: ${kind}`, { timeout: 120_000 }, context =>
    inFolder('', async ({ path }) => {
      const postgres = kind === 'PostgreSQL' ? await startPostgres() : undefined
      if (kind === 'PostgreSQL' && !postgres) return context.skip('PostgreSQL is not installed here')
      const engine: SqlEngine = postgres
        ? openPostgres({ url: postgres.url, connections: 4, lost: () => {} })
        : await openEmbedded()
      try {
        await migrate(engine)
        const database = openDatabase(engine)
        const ours = await fill(database, 'canary-ours')
        const theirs = await fill(database, 'canary-theirs')
        const dumped = () => (postgres ? dumpOf(postgres.url) : textOf(engine))

        const there = (await leftOf(database, ours)).map(it => it.table)
        assert.deepEqual([...there].sort(), ['tenants', ...Object.keys(EXPORT_OF)].sort())
        assert.deepEqual([...there].sort(), (await tablesOf(engine)).sort())

        const folder = join(path, 'export')
        const tenant = { id: ours, name: 'canary-ours', createdAt: new Date() }
        const { parts } = await writeTenant(database, tenant, folder)
        checkExport(folder, parts)
        await assert.rejects(writeTenant(database, tenant, folder), FolderNotEmpty)

        // Of a table that shows the system nothing, nobody can know that it is empty.
        await engine.transaction(session => session.script(LATE))
        const erased = {
          config: configFor(),
          database,
          tenant: ours,
          actor: 'system:operator',
          warn: assert.fail,
        }
        await assert.rejects(
          erase(erased),
          (it: Error) => it instanceof ErasureFailed && /late/.test(it.message),
        )
        assert.deepEqual(
          (await leftOf(database, ours)).map(it => it.table),
          there,
        )
        await engine.transaction(session =>
          session.script('CREATE POLICY every ON late TO codeant_system USING (true)'),
        )
        for (const it of [ours, theirs])
          await database.asSystem(session =>
            session.query(
              "INSERT INTO late SELECT tenant_id, id, 'a canary-ours note' FROM users WHERE tenant_id = $1",
              [it],
            ),
          )

        const gone = await erase({ ...erased, waitMs: 0 })
        assert.deepEqual(gone.map(it => it.table).sort(), [...there, 'late'].sort())
        assert.deepEqual(await leftOf(database, ours), [{ table: 'audit', rows: 1 }])
        const left = dumped()
        const lines = (await left).split('\n').filter(it => it.includes(ours))
        assert.equal(lines.length, 1, lines.join('\n'))
        assert.match(lines[0]!, /team\.erase/)
        // The other team has all of its own, and nothing of ours is anywhere else.
        assert.equal((await left).split('canary-ours').length - 1, 1, 'but for the note of theirs')
        assert.equal((await leftOf(database, theirs)).length, there.length + 1)
        assert.ok(!/canary/.test(lines[0]!))

        // Neither twice, nor the line that says so.
        await assert.rejects(
          database.asSystem(it => eraseTenant(it, ours, { actor: 'again' })),
          ErasureFailed,
        )
        const removed = await database.asSystem(it =>
          it.query('DELETE FROM audit WHERE tenant_id = $1 RETURNING id', [ours]),
        )
        assert.deepEqual(removed, [])
      } finally {
        await engine.close()
        await postgres?.close()
      }
    }),
  )

test('what counted for a team that is gone is dropped, and of the others none is', async () => {
  const gateway = await startGateway()
  try {
    const { database, usage, chronicle, config } = gateway.parts
    const ours = await fill(database, 'leaving')
    const used = { actor: 'a', route: '/v2', isFailure: false, units: 1 }
    const [other] = await database.asSystem(listTenants)
    for (const tenant of [ours, other!.id]) {
      usage.add({ ...used, tenant })
      chronicle.add({ tenant, model: 'm', engine: 'e', weights: '', outcome: 'answered', ms: 1 })
    }
    await erase({ config, database, tenant: ours, actor: 'x', warn: assert.fail })
    await usage.flush()
    await chronicle.flush()
    assert.doesNotMatch(gateway.log(), /foreign key/)
    assert.deepEqual(
      (await leftOf(database, other!.id)).filter(it => /usage|model/.test(it.table)).map(it => it.rows),
      [1, 1],
    )
  } finally {
    await gateway.stop()
  }
})

test(
  '`codeant endpoint tenant` exports and erases, and says first what would go',
  { timeout: 120_000 },
  context =>
    inFolder('', async ({ path }) => {
      const postgres = await startPostgres()
      if (!postgres) return context.skip('PostgreSQL is not installed here')
      const gateway = await startGateway({ 'database.url': postgres.url })
      try {
        const run = (...args: string[]) => {
          const env = { ...process.env, CODEANT_GATEWAY_DATABASE_URL: postgres.url, CODEANT_LOCALE: 'en' }
          return spawnSync(process.execPath, [program, 'endpoint', 'tenant', ...args], {
            env,
            encoding: 'utf8',
          })
        }
        const key = /ca_\S+/.exec(run('add', 'Leaving').stdout)![0]
        const me = () => call(gateway, 'GET', '/api/v1/me', { token: key })
        const { id } = (await json<{ team: { id: string } }>(await me())).team

        const folder = join(path, 'export')
        assert.match(run('export', 'Leaving', '--to', folder).stdout, /audit\.ndjson: 3\n.*manifest\.json/s)
        assert.match(readFileSync(join(folder, 'audit.ndjson'), 'utf8'), /"action":"tenant\.export"/)
        assert.match(run('export', 'Leaving', '--to', folder).stderr, /is not empty/)
        assert.match(run('export', 'Leaving').stderr, /into which folder/)

        const planned = run('erase', 'Leaving')
        assert.equal(planned.status, 0, planned.stderr)
        assert.match(planned.stdout, / 1 {2}api_keys\n[\s\S]*With --execute/)
        assert.equal((await me()).status, 200)

        const done = run('erase', 'Leaving', '--execute')
        assert.equal(done.status, 0, done.stderr)
        assert.match(done.stdout, /is gone, with all of this/)
        // By then no gateway believes in its key any more, though none was told.
        assert.equal((await me()).status, 401)
        const lines = (await dumpOf(postgres.url)).split('\n').filter(it => it.includes(id))
        assert.deepEqual([lines.length, /team\.erase/.test(lines[0]!)], [1, true])
        assert.match(run('erase', 'Leaving', '--execute').stderr, /no team called/)
      } finally {
        await gateway.stop()
        await postgres.close()
      }
    }),
)

test('what all instances keep of its answers goes, too; when that cannot be known, nothing goes', async context => {
  const redis = await startRedis()
  if (!redis) return context.skip('neither redis-server nor valkey-server is installed here')
  const engine = await openEmbedded()
  const store = await openShared(configFor(redis.url), assert.fail, new GatewayMetrics())
  try {
    await migrate(engine)
    const database = openDatabase(engine)
    const ours = await fill(database, 'leaving')
    const kept = { json: '{}', contentType: 'application/json', seconds: 1 }
    for (const tenant of [ours, 'theirs']) await store.answers!.put({ tenant, digest: 'd' }, kept)
    const leaving = { database, tenant: ours, actor: 'x', warn: () => {}, waitMs: 0 }
    await assert.rejects(erase({ ...leaving, config: configFor('redis://127.0.0.1:1') }))
    assert.ok((await leftOf(database, ours)).length > 1)
    await erase({ ...leaving, config: configFor(redis.url) })
    assert.equal(await store.answers!.get({ tenant: ours, digest: 'd' }), undefined)
    assert.deepEqual(await store.answers!.get({ tenant: 'theirs', digest: 'd' }), kept)
  } finally {
    await Promise.all([store.close(), engine.close(), redis.close()])
  }
})

function configFor(url?: string) {
  const redis = { url, prefix: 'codeant:', connections: 1, timeoutMs: 250, retryMs: 1000 }
  // Of all settings, an erasure asks for these.
  return { redis, cache: { bytes: 1e6, ttlSeconds: 1 }, database: {} } as unknown as Parameters<
    typeof erase
  >[0]['config']
}

function checkExport(folder: string, parts: TenantManifest['parts']): void {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as TenantManifest
  assert.deepEqual(
    manifest.parts.map(it => it.file),
    Object.keys(EXPORTED).map(it => `${it}.ndjson`),
  )
  for (const { file, rows, bytes, sha256, columns } of parts) {
    const text = readFileSync(join(folder, file))
    assert.deepEqual([text.length, createHash('sha256').update(text).digest('hex')], [bytes, sha256], file)
    const lines = text.toString('utf8').trimEnd().split('\n').filter(Boolean)
    assert.equal(lines.length, rows, file)
    assert.ok(rows > 0, file)
    for (const it of lines) assert.deepEqual(Object.keys(JSON.parse(it) as object), columns)
    assert.ok(!text.includes('canary-theirs'), file)
    if (process.platform !== 'win32') assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600)
  }
  for (const it of Object.values(EXPORT_OF))
    if (typeof it === 'string') assert.ok(existsSync(join(folder, `${it}.ndjson`)))
  if (spawnSync('sha256sum', ['--version']).status !== 0) return
  execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: folder, stdio: 'pipe' })
}

/** Every table that knows tenants. */
async function tablesOf(engine: SqlEngine): Promise<string[]> {
  const rows = await engine.transaction(session =>
    session.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'tenant_id'`,
    ),
  )
  return ['tenants', ...rows.map(it => it.name)]
}

/** All rows of the embedded database: there, who asks is held by nothing. */
async function textOf(engine: SqlEngine): Promise<string> {
  return engine.transaction(async session => {
    const tables = await session.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    )
    let text = ''
    for (const { name } of tables)
      for (const { row } of await session.query<{ row: string }>(
        `SELECT it::text AS row FROM "${name}" AS it`,
      ))
        text += `${row}\n`
    return text
  })
}

/** By the superuser of the server, whom nothing holds. */
async function dumpOf(url: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const given = ['--data-only', '-h', hostname, '-p', port, '-U', 'root', 'codeant']
  return execFileSync('pg_dump', given, { encoding: 'utf8', maxBuffer: 1 << 28 })
}
