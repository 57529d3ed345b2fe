// The queue of batches: what is lost is taken again, and nothing is done twice. In the embedded database and in PostgreSQL alike.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  buryLost,
  extendLease,
  failPart,
  finishPart,
  returnPart,
  type TakenPart,
  takePart,
} from '../../deploy/gateway/src/store/batch-queue.ts'
import { addBatch, type Batch, cancelBatch, findBatch } from '../../deploy/gateway/src/store/batches.ts'
import { type Database, openDatabase, type SqlEngine } from '../../deploy/gateway/src/store/database.ts'
import { openEmbedded } from '../../deploy/gateway/src/store/embedded.ts'
import { migrate } from '../../deploy/gateway/src/store/migrate.ts'
import { openPostgres } from '../../deploy/gateway/src/store/postgres.ts'
import { createTenant } from '../../deploy/gateway/src/store/tenants.ts'
import { readUsage } from '../../deploy/gateway/src/store/usage.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'

const LEASE_MS = 60_000
const ATTEMPTS = 3
const ANALYSIS = { sarif: '{}', files: 2, findings: 1 }

let postgres: TestPostgres | undefined
before(async () => {
  postgres = await startPostgres()
})
after(() => postgres?.close())

suite('embedded', async () => openEmbedded())
suite('PostgreSQL', async () =>
  postgres && openPostgres({ url: postgres.url, connections: 8, lost: () => {} }))

function suite(name: string, open: () => Promise<SqlEngine | undefined>): void {
  describe(`queue: ${name}`, () => {
    let engine: SqlEngine | undefined
    let database: Database
    let made = 0

    before(async () => {
      engine = await open()
      if (!engine) return
      await migrate(engine)
      database = openDatabase(engine)
    })
    after(() => engine?.close())

    const it = (what: string, run: (tenant: string) => Promise<void>) =>
      test(what, async context => {
        if (!engine) return context.skip('PostgreSQL is not installed here')
        await database.asSystem(session => session.query('DELETE FROM batch_jobs'))
        const tenant = await database.asSystem(session => createTenant(session, what.slice(0, 200)))
        await run(tenant.id)
      })

    it('gives every part to one worker, however many ask at once', async tenant => {
      await batch(tenant, 6)
      const taken = await Promise.all(Array.from({ length: 8 }, () => take()))
      const numbers = taken.flatMap(part => part?.number ?? [])
      assert.deepEqual(
        numbers.sort((a, b) => a - b),
        [0, 1, 2, 3, 4, 5],
      )
    })

    it('gives a part whose worker was lost to another, and takes nothing from the one that comes back', async tenant => {
      const id = await batch(tenant, 1)
      const lost = (await take())!
      assert.equal(await take(), undefined)
      await expire()
      const second = (await take())!
      assert.deepEqual([second.job, second.attempts], [id, 2])
      assert.equal(await finish(lost), false)
      assert.equal(await extend(lost), false)
      assert.equal(await extend(second), true)
      assert.equal(await finish(second), true)
      assert.equal(await finish(second), false)
      const job = (await find(tenant, id))!
      assert.deepEqual([job.state, job.files, job.findings], ['done', 2, 1])
      const usage = await database.asTenant(tenant, session => readUsage(session, 1))
      assert.deepEqual(
        usage.map(row => [row.route, row.units]),
        [['batch', 2]],
      )
    })

    it('ends a job when the last two parts end at once', async tenant => {
      const id = await batch(tenant, 2)
      const both = [(await take())!, (await take())!]
      assert.deepEqual(await Promise.all(both.map(finish)), [true, true])
      assert.equal((await find(tenant, id))!.state, 'done')
    })

    it('tries again what broke, and gives up what breaks every time', async tenant => {
      const id = await batch(tenant, 1)
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        const part = (await take())!
        assert.equal(part.attempts, attempt)
        const again = attempt < ATTEMPTS ? 0 : undefined
        await database.asSystem(session => failPart(session, part, 'it broke', again))
      }
      assert.equal(await take(), undefined)
      const job = (await find(tenant, id))!
      assert.deepEqual([job.state, job.dead, job.files], ['failed', 1, 0])
    })

    it('gives up what every worker was lost with, and keeps nothing of its code', async tenant => {
      const id = await batch(tenant, 1)
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        assert.equal((await take())!.attempts, attempt)
        await expire()
      }
      assert.equal(await take(), undefined)
      await database.asSystem(session => buryLost(session, ATTEMPTS, 'lost'))
      assert.equal((await find(tenant, id))!.state, 'failed')
      const [part] = await database.asTenant(tenant, session =>
        session.query('SELECT input, problem FROM batch_parts WHERE job_id = $1', [id]),
      )
      assert.deepEqual(part, { input: null, problem: 'lost' })
    })

    it('does not count an attempt that was given back', async tenant => {
      await batch(tenant, 1)
      const part = (await take())!
      await database.asSystem(session => returnPart(session, part))
      assert.equal((await take())!.attempts, 1)
    })

    it('takes nothing from who runs a part that was cancelled', async tenant => {
      const id = await batch(tenant, 2)
      const part = (await take())!
      assert.equal(await database.asTenant(tenant, session => cancelBatch(session, id)), true)
      assert.equal(await extend(part), false)
      assert.equal(await finish(part), false)
      assert.equal(await take(), undefined)
      const job = (await find(tenant, id))!
      assert.deepEqual([job.state, job.cancelled, job.files], ['cancelled', 2, 0])
    })

    it('lets a small team go before the rest of a large one', async tenant => {
      await batch(tenant, 3)
      assert.equal((await take())!.tenant, tenant)
      const small = await database.asSystem(session => createTenant(session, 'small'))
      await batch(small.id, 1)
      assert.equal((await take())!.tenant, small.id)
    })

    const batch = (tenant: string, count: number) =>
      database.asTenant(tenant, async session => {
        const parts = Array.from({ length: count }, (_, i) => ({ name: `p${i}`, input: new Uint8Array([i]) }))
        const digest = String(++made).padStart(64, '0')
        return (await addBatch(session, tenant, { actor: 'key:x', digest, locale: 'en', parts })).id
      })
    const take = () => database.asSystem(session => takePart(session, LEASE_MS, ATTEMPTS))
    const finish = (part: TakenPart) => database.asSystem(session => finishPart(session, part, ANALYSIS))
    const extend = (part: TakenPart) =>
      database.asSystem(session => extendLease(session, part.lease, LEASE_MS))
    const find = (tenant: string, id: string): Promise<Batch | undefined> =>
      database.asTenant(tenant, session => findBatch(session, id))
    const expire = () =>
      database.asSystem(session =>
        session.query(
          `UPDATE batch_parts SET leased_until = now() - interval '1 second' WHERE state = 'running'`,
        ),
      )
  })
}
