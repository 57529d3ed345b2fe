// A database that was damaged is had back with one command, copies are known to be good before they are needed, and a drill says how
// long it would take: on a real PostgreSQL, with a cluster of our own for the real kubectl.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startGateway } from '../endpoint/support/gateway.ts'
import { startPostgres, type TestPostgres } from '../endpoint/support/postgres.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { ask, content, fill, newDatabase, SECRET } from './support/databases.ts'
import type { KubernetesObject } from './support/kubernetes-controllers.ts'
import { startKubernetes } from './support/kubernetes-server.ts'
import { operate } from './support/operation.ts'
import { render, whyNot } from './support/render.ts'

let postgres: TestPostgres | undefined
before(async () => {
  postgres = await startPostgres()
})
after(() => postgres?.close())

test(
  'damaged, lost or old copies are told of; a drill has one back, and leaves nothing',
  { timeout: 180_000 },
  context =>
    inFolder('', async ({ path }) => {
      if (!postgres) return context.skip('there is no PostgreSQL here')
      const url = newDatabase(postgres, 'drilled')
      await fill(url)
      const made = await operate('backup', ['--to', path], { CODEANT_GATEWAY_DATABASE_URL: url })
      assert.equal(made.status, 0, made.stderr)

      const verify = (...given: string[]) => operate('verify', ['--in', path, ...given])
      const good = await verify()
      assert.deepEqual([good.status, /^✓ .*\.dump: .* rows/.test(good.stdout)], [0, true], good.stdout)
      assert.match((await verify('--max-age-hours', '0')).stdout, /✘ the newest is 0\.0 hours old/)

      const empty = newDatabase(postgres, 'empty')
      const report = join(path, 'report.json')
      const drill = (...given: string[]) =>
        operate('drill', ['--in', path, '--report', report, ...given], {
          CODEANT_DRILL_DATABASE_URL: empty,
          CODEANT_GATEWAY_DATABASE_URL: url,
        })
      const done = await drill()
      assert.equal(done.status, 0, done.stdout + done.stderr)
      assert.match(done.stdout, /✓ had back in \d+\.\d s; ✓ what the last 0\.0 hours brought would be lost/)
      const { ok, rows, rtoSeconds } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, unknown>
      assert.deepEqual([ok, Number(rows) > 5, Number(rtoSeconds) > 0], [true, true, true])
      assert.equal(
        ask(
          empty,
          "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
        ),
        '0',
      )
      const late = await drill('--rto-minutes', '0')
      assert.deepEqual([late.status, /✘ had back/.test(late.stdout)], [1, true])
      const real = await operate('drill', ['--in', path], {
        CODEANT_DRILL_DATABASE_URL: url,
        CODEANT_GATEWAY_DATABASE_URL: url,
      })
      assert.match(real.stderr, /is the database that people use/)
      assert.match(
        (await operate('drill', ['--in', path], { CODEANT_DRILL_DATABASE_URL: url })).stderr,
        /is not empty/,
      )

      const [dump] = readdirSync(path).filter(it => it.endsWith('.dump'))
      appendFileSync(join(path, dump!), 'x')
      const bad = await verify('--json')
      assert.equal(bad.status, 1)
      assert.match(
        (JSON.parse(bad.stdout) as { copies: { problem: string }[] }).copies[0]!.problem,
        /is damaged/,
      )
      assert.match((await drill()).stderr, /is damaged/)
      assert.equal((await operate('verify', ['--in', join(path, '..')])).status, 1)
    }),
)

test(
  'in an emergency all stop, what was there is set aside, and all come back to the copy',
  { timeout: 180_000, ...(whyNot && { skip: whyNot }) },
  context =>
    inFolder('', async ({ path }) => {
      if (!postgres) return context.skip('there is no PostgreSQL here')
      const url = newDatabase(postgres, 'damaged')
      const key = await fill(url)
      const env = { CODEANT_GATEWAY_DATABASE_URL: url }
      assert.equal((await operate('backup', ['--to', path], env)).status, 0)
      const dump = join(path, readdirSync(path).find(it => it.endsWith('.dump'))!)
      const before = content(url)
      ask(url, 'DELETE FROM api_keys; DROP TABLE function_places;')
      const damaged = content(url)

      const cluster = await startKubernetes(path)
      try {
        for (const it of render('production'))
          if (/^(Namespace|Deployment|CronJob|ScaledObject)$/.test(it.kind))
            cluster.add(structuredClone(it) as KubernetesObject)
        if (cluster.all('cronjobs').length === 0) cluster.add(cronJob)
        cluster.add(scaler)
        const replicas = () =>
          Object.fromEntries(
            cluster.all('deployments').map(it => [it.metadata.name, it.spec.replicas as number]),
          )
        cluster.change('deployments', 'gateway', it => {
          it.spec.replicas = 3
        })
        const wanted = replicas()
        const run = (file: string, ...given: string[]) =>
          operate('emergency', ['--from', file, ...given], { ...env, KUBECONFIG: cluster.config })

        const planned = await run(dump)
        assert.equal(planned.status, 0, planned.stderr)
        assert.match(
          planned.stdout,
          /stops: gateway \(3\)[\s\S]*pauses: cronjob\/[\s\S]*pauses: scaledobject\/gateway/,
        )
        assert.match(planned.stdout, /\d+ tables are set aside\n--execute does it/)
        assert.deepEqual([cluster.changes, content(url)], [[], damaged])

        // Who still reads keeps all of it where it is.
        const reader = spawn('psql', [
          url,
          '-c',
          'BEGIN',
          '-c',
          'LOCK TABLE audit IN ACCESS SHARE MODE',
          '-c',
          'SELECT pg_sleep(300)',
        ])
        await until(
          () => ask(url, "SELECT count(*) FROM pg_locks WHERE relation = 'audit'::regclass") !== '0',
        )
        const held = await run(dump, '--execute', '--timeout', '1')
        ask(url, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE relation = 'audit'::regclass")
        reader.kill()
        assert.deepEqual(
          [held.status, /somebody is still in the database.* psql/.test(held.stderr)],
          [2, true],
          held.stderr,
        )
        assert.deepEqual([content(url), replicas()], [damaged, wanted])

        // A copy that turns out to be another one than it says: what was there is back, and nobody is let in.
        const other = join(path, 'other.dump')
        writeFileSync(other, readFileSync(dump))
        const about = JSON.parse(readFileSync(`${dump}.json`, 'utf8')) as { content: Record<string, object> }
        writeFileSync(
          `${other}.json`,
          JSON.stringify({ ...about, content: { ...about.content, more: { rows: 1, digest: '' } } }),
        )
        const failed = await run(other, '--execute')
        assert.deepEqual(
          [failed.status, /what was there is back/.test(failed.stderr)],
          [2, true],
          failed.stderr,
        )
        assert.deepEqual(content(url), damaged)
        assert.equal(replicas().gateway, 0)
        cluster.change('deployments', 'gateway', it => {
          it.spec.replicas = 3
        })
        for (const it of cluster.all('deployments')) it.spec.replicas = wanted[it.metadata.name]
        for (const it of cluster.all('cronjobs')) it.spec.suspend = false
        for (const it of cluster.all('scaledobjects')) it.metadata.annotations = {}

        const done = await run(dump, '--execute')
        assert.equal(done.status, 0, done.stdout + done.stderr)
        assert.match(
          done.stdout,
          /nobody asks the database\n.*set_aside_\S+\n.*all as they were\n.*up to date.*\n.*started/,
        )
        assert.deepEqual(content(url), before)
        assert.deepEqual(replicas(), wanted)
        assert.ok(cluster.all('cronjobs').every(it => it.spec.suspend === false))
        assert.ok(
          cluster
            .all('scaledobjects')
            .every(it => !('autoscaling.keda.sh/paused' in (it.metadata.annotations ?? {}))),
        )
        // What asks nothing of the database was left alone.
        assert.ok(!cluster.changes.some(it => /triton|valkey|vllm/.test(it)), cluster.changes.join('\n'))
      } finally {
        await cluster.stop()
      }
      // What was set aside is there, is in no copy, and keeps nobody from working.
      assert.equal(ask(url, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'set_aside_%'"), '1')
      assert.equal((await operate('backup', ['--to', path], env)).status, 0)
      const gateway = await startGateway({ 'database.url': url, 'identity.secret': SECRET })
      try {
        assert.equal((await gateway.fetch('/api/v1/keys', { headers: { 'x-api-key': key } })).status, 200)
      } finally {
        await gateway.stop()
      }
    }),
)

const cronJob: KubernetesObject = {
  ...{ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'backup', namespace: 'codeant' } },
  spec: { suspend: false },
}
const scaler: KubernetesObject = {
  ...{
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'gateway', namespace: 'codeant' },
  },
  spec: { scaleTargetRef: { name: 'gateway' } },
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 20))
}
