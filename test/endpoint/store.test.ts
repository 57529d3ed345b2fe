// The database keeps tenants apart by itself, whatever a query forgets: in the embedded one and in a PostgreSQL server alike.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { makeAdminKey, makeFirstKey } from '../../deploy/gateway/src/identity/admin-key.ts'
import { newKey } from '../../deploy/gateway/src/identity/api-key.ts'
import { addKey, findKey, listKeys, revokeKey } from '../../deploy/gateway/src/store/api-keys.ts'
import { readAudit, record } from '../../deploy/gateway/src/store/audit.ts'
import { addBatch } from '../../deploy/gateway/src/store/batches.ts'
import {
  type Database,
  openDatabase,
  type Session,
  type SqlEngine,
} from '../../deploy/gateway/src/store/database.ts'
import { addDeviceLogin, approveDevice } from '../../deploy/gateway/src/store/device-logins.ts'
import { FolderInUse, openEmbedded } from '../../deploy/gateway/src/store/embedded.ts'
import { addPoints, placeFunctions } from '../../deploy/gateway/src/store/functions.ts'
import { addInvitation } from '../../deploy/gateway/src/store/invitations.ts'
import { MigrationChanged, migrate, shippedMigrations } from '../../deploy/gateway/src/store/migrate.ts'
import { BOUNDS_MS, countModels } from '../../deploy/gateway/src/store/model-days.ts'
import { openPostgres } from '../../deploy/gateway/src/store/postgres.ts'
import {
  bindIdentity,
  findAcquaintances,
  unbindIdentities,
  useIdentity,
} from '../../deploy/gateway/src/store/provider-identities.ts'
import { addRefreshToken, addSession } from '../../deploy/gateway/src/store/sessions.ts'
import { addSigningKey } from '../../deploy/gateway/src/store/signing-keys.ts'
import { createTenant, listTenants } from '../../deploy/gateway/src/store/tenants.ts'
import { countUsage, readUsage } from '../../deploy/gateway/src/store/usage.ts'
import { addUser } from '../../deploy/gateway/src/store/users.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'

/** Every table of which a tenant has rows, and what tells whose they are. */
const TABLES = {
  tenants: 'id',
  users: 'tenant_id',
  api_keys: 'tenant_id',
  usage: 'tenant_id',
  audit: 'tenant_id',
  sessions: 'tenant_id',
  refresh_tokens: 'tenant_id',
  invitations: 'tenant_id',
  device_logins: 'tenant_id',
  provider_identities: 'tenant_id',
  batch_jobs: 'tenant_id',
  batch_parts: 'tenant_id',
  function_points: 'tenant_id',
  function_places: 'tenant_id',
  model_days: 'tenant_id',
}

const MODEL = {
  ...{ model: 'm', engine: 'e', weights: '', requests: 1, failures: 0, cached: 0, rows: 1 },
  ...{ promptTokens: 0, completionTokens: 0, latency: new Array<number>(BOUNDS_MS.length + 1).fill(0) },
}

let postgres: TestPostgres | undefined
before(async () => {
  postgres = await startPostgres()
})
after(() => postgres?.close())

suite('embedded', async () => openEmbedded())
suite('PostgreSQL', async () =>
  postgres && openPostgres({ url: postgres.url, connections: 4, lost: () => {} }))

function suite(name: string, open: () => Promise<SqlEngine | undefined>): void {
  describe(`storage: ${name}`, () => {
    let engine: SqlEngine
    let database: Database
    let ours: string
    let theirs: string
    const users = new Map<string, string>()

    before(async () => {
      const opened = await open()
      if (!opened) return
      engine = opened
      database = openDatabase(engine)
      assert.deepEqual(
        await migrate(engine),
        shippedMigrations().map(it => it.name),
      )
      const both = await database.asSystem(async session => [
        await createTenant(session, 'ours'),
        await createTenant(session, 'theirs'),
      ])
      ;[ours, theirs] = both.map(it => it.id) as [string, string]
      for (const it of [ours, theirs])
        await database.asTenant(it, async session => {
          const user = (await addUser(session, it, { email: 'a@example.com', name: '', role: 'user' }))!
          users.set(it, user.id)
          await addLogin(session, it, user.id)
          await addKey(session, it, newKey(), { name: 'key', scopes: ['infer', 'chat'] })
          await countUsage(session, it, [
            { actor: 'key:x', route: '/v2', requests: 1, failures: 0, units: 5 },
          ])
          await record(session, it, { actor: 'key:x', action: 'key.create', details: { name: 'ñ' } })
          const parts = [{ name: 'p', input: new Uint8Array([1]) }]
          const digest = 'a'.repeat(64)
          const point = { digest, language: 'python', embedding: new Int8Array(768).fill(1) }
          await addPoints(session, it, 'e', [point])
          await countModels(session, it, [MODEL])
          const place = { path: 'a.py', name: 'f', line: 1, endLine: 2, digest }
          await placeFunctions(session, it, { project: 'p', encoder: 'e' }, [place])
          await addBatch(session, it, { actor: 'key:x', digest: 'a'.repeat(64), locale: 'en', parts })
        })
      for (const [i, it] of [ours, theirs].entries())
        await database.asSystem(async session => {
          const code = `CODE-000${i}`
          const login = { digest: String(i + 1).repeat(64), userCode: code, client: 'c', expiresAt: soon() }
          await addDeviceLogin(session, login)
          await approveDevice(session, code, it, users.get(it)!)
          const userId = users.get(it)!
          await bindIdentity(session, {
            issuer: 'https://login.example.com',
            subject: it,
            tenant: it,
            userId,
          })
        })
    })
    after(() => engine?.close())

    const it = (what: string, run: () => Promise<void>) =>
      test(what, async context => {
        if (!engine) return context.skip('PostgreSQL is not installed here')
        await run()
      })

    it('shows signing keys to the system only', async () => {
      await database.asSystem(session =>
        addSigningKey(session, { kid: 'k', publicKey: {}, sealedKey: 's', createdAt: new Date() }),
      )
      await assert.rejects(
        database.asTenant(ours, session => session.query('SELECT * FROM signing_keys')),
        /permission denied/,
      )
    })

    it('knows somebody by their subject, and by their address where they are or are waited for', async () => {
      const issuer = 'https://login.example.com'
      await database.asSystem(async session => {
        const bound = await useIdentity(session, issuer, ours)
        assert.deepEqual(bound, { tenant: ours, userId: users.get(ours), disabledAt: null })
        assert.equal(await useIdentity(session, 'https://other.example.com', ours), undefined)
        // One subject is one person, and one person one subject.
        const taken = { issuer, subject: ours, tenant: theirs, userId: users.get(theirs)! }
        assert.equal(await bindIdentity(session, taken), false)
        assert.equal(await bindIdentity(session, { ...taken, subject: 'another' }), false)
        const where = async (email: string, tenant?: string) =>
          (await findAcquaintances(session, email, tenant)).map(it => [it.tenant, it.userId]).sort()
        const both = [ours, theirs].sort()
        assert.deepEqual(
          await where('A@example.com'),
          both.map(it => [it, users.get(it)]),
        )
        assert.deepEqual(await where('a@example.com', ours), [[ours, users.get(ours)]])
        assert.deepEqual(
          await where('b@example.com'),
          both.map(it => [it, null]),
        )
        assert.deepEqual(await where('c@example.com'), [])
      })
    })

    it('lets no tenant say who somebody is at the provider, nor see a login that has begun', async () => {
      const as = (statement: string) => database.asTenant(ours, session => session.query(statement))
      await assert.rejects(as('SELECT * FROM login_attempts'), /permission denied/)
      await assert.rejects(as("UPDATE provider_identities SET subject = 'x'"), /permission denied/)
      assert.equal(await database.asTenant(ours, session => unbindIdentities(session, users.get(theirs)!)), 0)
    })

    it('shows a device that nobody approved yet to no tenant', async () => {
      const waiting = { digest: '0'.repeat(64), userCode: 'WAIT-HERE', client: 'c', expiresAt: soon() }
      await database.asSystem(session => addDeviceLogin(session, waiting))
      for (const it of [ours, theirs])
        assert.deepEqual(
          await database.asTenant(it, session =>
            session.query("SELECT FROM device_logins WHERE user_code = 'WAIT-HERE'"),
          ),
          [],
        )
    })

    it('gives nobody a session of somebody in another tenant', async () => {
      await assert.rejects(
        database.asTenant(ours, session =>
          addSession(session, ours, { userId: users.get(theirs)!, client: 'c', expiresAt: soon() }),
        ),
        /foreign key/,
      )
    })

    it('is brought up to date once', async () => {
      assert.deepEqual(await migrate(engine), [])
      const both = await Promise.all([migrate(engine), migrate(engine)])
      assert.deepEqual(both, [[], []])
    })

    it('refuses a migration that was edited after it was applied', async () => {
      const [first, ...rest] = shippedMigrations()
      await assert.rejects(migrate(engine, [{ ...first!, checksum: '0' }, ...rest]), MigrationChanged)
    })

    it('takes back a migration that fails in the middle', async () => {
      const broken = {
        number: 9999,
        name: '9999-broken',
        checksum: 'x',
        script: 'CREATE TABLE half (); SELECT nonsense',
      }
      await assert.rejects(migrate(engine, [broken]))
      await assert.rejects(engine.transaction(session => session.query('SELECT * FROM half')))
    })

    it('shows a tenant its own rows only, though no query says whose', async () => {
      for (const [table, column] of Object.entries(TABLES)) {
        const rows = await database.asTenant(ours, session =>
          session.query<{ whose: string }>(`SELECT ${column} AS whose FROM ${table}`),
        )
        assert.deepEqual(
          rows.map(row => row.whose),
          [ours],
          table,
        )
      }
    })

    it('shows nothing to who does not say as which tenant', async () => {
      for (const table of Object.keys(TABLES)) {
        const rows = await engine.transaction(async session => {
          await session.script('SET LOCAL ROLE codeant_tenant')
          return session.query(`SELECT * FROM ${table}`)
        })
        assert.deepEqual(rows, [], table)
      }
    })

    it('lets no tenant write, change or take away rows of another', async () => {
      const as = (statement: string, values: readonly unknown[] = []) =>
        database.asTenant(ours, session => session.query<{ id: string }>(statement, values))
      await assert.rejects(
        as('INSERT INTO users (tenant_id, email) VALUES ($1, $2)', [theirs, 'b@example.com']),
      )
      await assert.rejects(as('UPDATE users SET tenant_id = $1', [theirs]))
      await assert.rejects(as('INSERT INTO tenants (name) VALUES ($1)', ['more']))
      assert.deepEqual(
        await as('UPDATE api_keys SET name = $2 WHERE tenant_id = $1 RETURNING id', [theirs, 'taken']),
        [],
      )
      assert.deepEqual(await as('DELETE FROM users WHERE tenant_id = $1 RETURNING id', [theirs]), [])
      const [key] = await database.asTenant(theirs, listKeys)
      assert.equal(await database.asTenant(ours, session => revokeKey(session, key!.id)), undefined)
    })

    it('lets nobody change what was recorded', async () => {
      const change = 'UPDATE audit SET action = $1'
      const remove = 'DELETE FROM audit WHERE action <> $1 RETURNING id'
      for (const run of [
        () => database.asTenant(ours, session => session.query(change, ['x'])),
        () => database.asTenant(ours, session => session.query(remove, ['x'])),
        () => database.asSystem(session => session.query(change, ['x'])),
      ])
        await assert.rejects(run, /permission denied/)
      // Who cleans up takes away what is old, and nothing that is younger than ninety days.
      assert.deepEqual(await database.asSystem(session => session.query(remove, ['x'])), [])
      const [entry] = await database.asTenant(ours, session => readAudit(session, 10))
      assert.deepEqual([entry!.action, entry!.details], ['key.create', { name: 'ñ' }])
    })

    it('lets no tenant step out of its role', async () => {
      const out = (statement: string) => database.asTenant(ours, session => session.query(statement))
      await assert.rejects(out('ALTER TABLE users DISABLE ROW LEVEL SECURITY'))
      await assert.rejects(out('CREATE TABLE mine ()'))
    })

    it('forgets the tenant when the transaction ends, on the same connection too', async () => {
      for (let i = 0; i < 8; i++) {
        const [own] = await database.asTenant(i % 2 ? ours : theirs, listTenants)
        assert.equal(own!.id, i % 2 ? ours : theirs)
      }
      const [left] = await engine.transaction(session =>
        session.query<{ tenant: string | null }>(
          "SELECT nullif(current_setting('app.tenant', true), '') AS tenant",
        ),
      )
      assert.equal(left!.tenant, null)
    })

    it('takes back a transaction that fails', async () => {
      const failing = database.asTenant(ours, async session => {
        await session.query('INSERT INTO users (tenant_id, email) VALUES ($1, $2)', [
          ours,
          'gone@example.com',
        ])
        throw new Error('on purpose')
      })
      await assert.rejects(failing, /on purpose/)
      const rows = await database.asTenant(ours, session =>
        session.query("SELECT FROM users WHERE email = 'gone@example.com'"),
      )
      assert.deepEqual(rows, [])
    })

    it('gives the same kinds of values as the other', async () => {
      const [key] = await database.asTenant(ours, listKeys)
      assert.deepEqual(
        [key!.scopes, key!.createdAt instanceof Date, key!.revokedAt],
        [['infer', 'chat'], true, null],
      )
      await database.asTenant(ours, session =>
        countUsage(session, ours, [{ actor: 'key:x', route: '/v2', requests: 2, failures: 1, units: 7 }]),
      )
      const [usage] = await database.asTenant(ours, session => readUsage(session, 30))
      assert.deepEqual(
        [usage!.requests, usage!.failures, usage!.units, usage!.day],
        [3, 1, 12, new Date().toISOString().slice(0, 10)],
      )
    })

    it('keeps of a key what cannot be turned back into it', async () => {
      const key = newKey()
      await database.asTenant(ours, session => addKey(session, ours, key, { name: 'k', scopes: ['infer'] }))
      const stored = await database.asSystem(session => findKey(session, key.prefix))
      assert.ok(!JSON.stringify(stored).includes(key.text.slice(-20)))
    })

    it('has one first key, however many instances start at once', async () => {
      const own = await openEmbedded()
      try {
        await migrate(own)
        const keys = await Promise.all(Array.from({ length: 3 }, () => makeFirstKey(openDatabase(own))))
        assert.equal(keys.filter(Boolean).length, 1)
        const another = await makeAdminKey(openDatabase(own))
        assert.ok(!keys.includes(another))
        const all = await openDatabase(own).asSystem(listTenants)
        assert.deepEqual(
          all.map(tenant => tenant.name),
          ['default'],
        )
      } finally {
        await own.close()
      }
    })
  })
}

/** A row in each of the tables of logins. */
async function addLogin(session: Session, tenant: string, userId: string): Promise<void> {
  const digest = createHash('sha256').update(tenant).digest('hex')
  const expiresAt = soon()
  const { id } = await addSession(session, tenant, { userId, client: 'c', expiresAt })
  await addRefreshToken(session, tenant, { digest, sessionId: id, expiresAt })
  const invitation = { email: 'b@example.com', role: 'user', invitedBy: 'key:x', expiresAt, digest } as const
  await addInvitation(session, tenant, invitation)
}

function soon(): Date {
  return new Date(Date.now() + 60_000)
}

test('no two migrations have one number', () => {
  const numbers = shippedMigrations().map(it => it.number)
  assert.deepEqual([...new Set(numbers)], numbers)
})

test('the folder of an embedded database is private, and one process has it', () =>
  inFolder('', async ({ path, write }) => {
    const folder = `${path}/data`
    // A process that is surely there, and not this one.
    write('data/in-use-by', String(process.ppid))
    await assert.rejects(openEmbedded(folder), FolderInUse)
    // One that is gone left it behind.
    write('data/in-use-by', '4194305')
    const engine = await openEmbedded(folder)
    await engine.transaction(session => session.script('CREATE TABLE kept (); '))
    await engine.close()
    const again = await openEmbedded(folder)
    assert.deepEqual(await again.transaction(session => session.query('SELECT * FROM kept')), [])
    await again.close()
    if (process.platform !== 'win32') {
      const { statSync } = await import('node:fs')
      assert.equal(statSync(folder).mode & 0o777, 0o700)
    }
  }))
