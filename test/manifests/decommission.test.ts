// The end of an endpoint: its plan has dates, its list forgets nothing, and after the removal nothing is left but the copies, which go
// when they are to be forgotten. On a real PostgreSQL, with the real kubectl and a cluster of our own.

import assert from 'node:assert/strict'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startPostgres, type TestPostgres } from '../endpoint/support/postgres.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { ask, content, fill, newDatabase } from './support/databases.ts'
import type { KubernetesObject } from './support/kubernetes-controllers.ts'
import { startKubernetes } from './support/kubernetes-server.ts'
import { operate } from './support/operation.ts'
import { render, whyNot } from './support/render.ts'

let postgres: TestPostgres | undefined
before(async () => {
  postgres = await startPostgres()
})
after(() => postgres?.close())

test('the plan has its dates and its notice, in both languages', async () => {
  const plan = (env = {}) =>
    operate('decommission', ['--plan', '--date', '2027-03-01', '--contact', 'ops@example.com'], env)
  const { stdout } = await plan()
  const days = [...stdout.matchAll(/^## (T\S*) · (\S+)/gm)].map(it => `${it[1]} ${it[2]}`)
  assert.deepEqual(days, [
    'T−60 2026-12-31',
    'T−30 2027-01-30',
    'T−7 2027-02-22',
    'T 2027-03-01',
    'T+7 2027-03-08',
    'T+90 2027-05-30',
  ])
  assert.match(stdout, /> CodeAnt’s endpoint is switched off on 2027-03-01\.[\s\S]*ops@example\.com$/m)
  const spanish = (await plan({ LANG: 'es_ES.UTF-8' })).stdout
  assert.match(spanish, /> El servidor de CodeAnt se apaga el 2027-03-01\./)
  const tasks = (text: string) => text.match(/^- \[ \]/gm)!.length
  assert.equal(tasks(spanish), tasks(stdout))
  assert.equal((await operate('decommission', ['--plan', '--date', 'soon'])).status, 2)
})

test(
  'a dry run lists all and changes nothing; a real one removes all, and says that nothing is left',
  { timeout: 180_000, ...(whyNot && { skip: whyNot }) },
  context =>
    inFolder('', async ({ path }) => {
      if (!postgres) return context.skip('there is no PostgreSQL here')
      const url = newDatabase(postgres, 'leaving')
      const other = newDatabase(postgres, 'staying')
      await fill(url)
      await fill(other)
      const ofOther = content(other)
      ask(
        url,
        'CREATE SCHEMA set_aside_x AUTHORIZATION gateway; CREATE TABLE set_aside_x.old (); ALTER TABLE set_aside_x.old OWNER TO gateway',
      )
      const tables = ask(
        url,
        "SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = 'public'",
      ).split(' ')
      const before = content(url)
      const backups = join(path, 'backups')
      mkdirSync(backups)

      const cluster = await startKubernetes(path)
      try {
        for (const it of render('production'))
          try {
            cluster.add(structuredClone(it) as KubernetesObject)
          } catch {
            // Kinds that others define are not known to this cluster.
          }
        cluster.add({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'gateway', namespace: 'codeant' } })
        cluster.add({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } })
        cluster.add({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'of-others', namespace: 'default' },
        })
        const run = (...given: string[]) =>
          operate('decommission', ['--backups', backups, ...given], {
            CODEANT_GATEWAY_DATABASE_URL: url,
            KUBECONFIG: cluster.config,
          })

        const listed = await run()
        assert.equal(listed.status, 0, listed.stderr)
        for (const it of tables) assert.match(listed.stdout, new RegExp(`^ +\\d+ {2}${it}$`, 'm'))
        assert.match(listed.stdout, /^ +2 {2}tenants$/m)
        assert.match(listed.stdout, /set_aside_x/)
        for (const it of ['Deployment/gateway', 'Namespace/codeant', 'PriorityClass/codeant-batch'])
          assert.match(listed.stdout, new RegExp(` ${it}$`, 'm'))
        assert.match(listed.stdout, /Secret\/gateway {2}\(not labelled as ours\)/)
        assert.match(listed.stdout, /Nothing was removed\. --execute --confirm leaving does it/)
        assert.doesNotMatch(listed.stdout, /of-others|Namespace\/default/)
        const wrong = await run('--execute', '--confirm', 'codeant')
        assert.deepEqual([wrong.status, /--confirm has to be leaving/.test(wrong.stderr)], [2, true])

        // Somebody waits for a batch.
        const [tenant] = ask(url, 'SELECT id FROM tenants').split('\n')
        ask(
          url,
          `INSERT INTO batch_jobs (id, tenant_id, actor, digest, locale) VALUES ('${tenant}', '${tenant}', 'a', repeat('0', 64), 'en');
           INSERT INTO batch_parts (tenant_id, job_id, number, name) VALUES ('${tenant}', '${tenant}', 0, 'p')`,
        )
        const early = await run('--execute', '--confirm', 'leaving', '--grace', '0')
        assert.match(early.stderr, /1 parts of batches are not done; nothing was removed/)
        ask(url, 'DELETE FROM batch_jobs')
        assert.deepEqual([cluster.changes, content(url), readdirSync(backups)], [[], before, []])

        const done = await run('--execute', '--confirm', 'leaving')
        assert.equal(done.status, 0, done.stdout + done.stderr)
        assert.match(
          done.stdout,
          /the gateways are stopped\n[\s\S]*the last copy is whole[\s\S]*✓ nothing of it is left\n$/,
        )
        assert.equal(
          ask(
            url,
            "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^(pg_|information)'",
          ),
          '0',
        )
        assert.deepEqual(
          cluster.all('namespaces').map(it => it.metadata.name),
          ['default'],
        )
        assert.deepEqual(cluster.all('priorityclasses'), [])
        assert.equal(cluster.all('configmaps').length, 1)
        // Of the same server, another endpoint goes on: its roles are needed still.
        assert.match(done.stdout, /the role codeant_tenant stays/)
        assert.equal(content(other), ofOther)
        assert.equal(ask(other, 'SET ROLE codeant_system; SELECT count(*) FROM tenants'), '2')

        // The last copy is one that can be had back, until it is to be forgotten.
        assert.equal((await operate('verify', ['--in', backups])).status, 0)
        const again = await run('--no-cluster', '--no-database', '--with-backups')
        assert.match(again.stdout, /2 files\nNothing was removed\. --execute --confirm backups does it/)
        assert.equal(
          (await run('--no-cluster', '--no-database', '--with-backups', '--execute', '--confirm', 'backups'))
            .status,
          0,
        )
        assert.deepEqual(readdirSync(backups), [])
        assert.match((await run()).stdout, /Nothing was removed/)
      } finally {
        await cluster.stop()
      }
    }),
)
