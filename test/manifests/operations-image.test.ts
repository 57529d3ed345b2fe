// The nightly job's own image copies a real PostgreSQL as the manifests run it, and puts it back: what it needs is in it, and no more.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startGateway } from '../endpoint/support/gateway.ts'
import { startPostgres } from '../endpoint/support/postgres.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { buildah, runToItsEnd, whyNoContainer } from './support/container.ts'
import { podOf, render, root } from './support/render.ts'

const whyNot = whyNoContainer()
const TAG = 'localhost/codeant-operations:test'

test('the image of operations', { timeout: 300_000, ...(whyNot && { skip: whyNot }) }, context =>
  inFolder('', async ({ path: folder }) => {
    const first = await startPostgres()
    if (!first) return context.skip('there is no PostgreSQL here')
    let second: typeof first | undefined
    let container: string | undefined
    try {
      const [once, again] = [build(), build()]
      assert.equal(again, once, 'another image from the same sources')
      container = buildah('from', TAG)
      const image = buildah('mount', container)
      for (const it of ['usr/bin/perl', 'bin/sh', 'usr/bin/apt', 'app/dist/gateway'])
        assert.equal(existsSync(join(image, it)), false, it)

      const gateway = await startGateway({ 'database.url': first.url, 'identity.secret': 'x'.repeat(44) })
      await gateway.stop()
      const volume = join(folder, 'backups')
      mkdirSync(volume)
      const run = (args: readonly string[], url: string) =>
        runToItsEnd({
          ...{ folder, image, args, volumes: { '/backups': volume } },
          env: [`CODEANT_GATEWAY_DATABASE_URL=${url}`],
        })
      const pod = podOf(render('production').find(it => it.kind === 'CronJob')!)
      const [job] = [...(pod.initContainers ?? []), ...pod.containers]
      const made = run(job.args, first.url)
      assert.equal(made.status, 0, made.stderr)
      assert.match(made.stdout, /\d+ tables, \d+ rows/)
      const dump = readdirSync(volume).find(it => it.endsWith('.dump'))!
      await first.close()
      second = (await startPostgres())!
      const given = ['dist/operations/restore.mjs', '--from', `/backups/${dump}`, '--execute']
      const back = run(given, second.url)
      assert.match(back.stdout, /all as they were/, back.stderr)
    } finally {
      if (container) buildah('rm', container)
      await first.close().catch(() => undefined)
      await second?.close()
    }
  }),
)

function build(): string {
  const given = [join(root, 'deploy/image/build.mjs'), '--for', 'operations', '--tag', TAG]
  const env = { ...process.env, STORAGE_DRIVER: 'vfs' }
  return execFileSync(process.execPath, given, { encoding: 'utf8', env }).trim().split(' ').at(-1)!
}
