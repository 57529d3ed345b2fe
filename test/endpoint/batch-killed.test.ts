// A gateway that is killed in the middle of a batch: the one that comes after it finishes the job, and counts everything once.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { type Asks, type BatchJob, ended, type SarifReport, submit, watched } from './support/batch.ts'
import { json, startGateway } from './support/gateway.ts'

/** Takes long enough to be met in the middle of it. */
const LONG = Array.from({ length: 12 }, (_, i) => ({
  path: `${i}.py`,
  content: Array.from({ length: 150 }, (_, k) => `def f${k}(a, b):\n    return a + b * ${k}\n`).join('\n'),
}))
const SHORT = [{ path: 'a.py', content: 'def f(items=[]):\n    return items == None\n' }]

test('a job whose gateway was killed is finished by the next one, and nothing is counted twice', async () => {
  const folder = temporaryFolder()
  const settings = { 'data.folder': folder.path, 'batch.leaseSeconds': '1', 'batch.pollMs': '100' }
  try {
    const first = await startProcess(settings)
    const projects = [
      { name: 'short', files: SHORT },
      { name: 'long', files: LONG },
    ]
    const { id } = await json<BatchJob>(await submit(first, { projects }))
    const before = await watched(first, id, it => it.projects.done === 1 && it.projects.running === 1)
    assert.equal(before.files, 1)
    await first.kill()

    const second = await startGateway(settings)
    const asks: Asks = {
      fetch: (path, init) =>
        fetch(second.url + path, { ...init, headers: { ...init?.headers, 'x-api-key': first.key } }),
    }
    try {
      const job = await ended(asks, id)
      assert.deepEqual([job.state, job.files, job.projects.done], ['done', 1 + LONG.length, 2])
      const report = await json<SarifReport>(await asks.fetch(`/api/v1/batch/${id}/result`))
      assert.equal(report.runs.length, 2)
      assert.equal(
        job.findings,
        report.runs.reduce((sum, it) => sum + it.results.length, 0),
      )
      const rows = await second.parts.database.asSystem(session =>
        session.query<{ name: string; attempts: number }>(
          'SELECT name, attempts FROM batch_parts ORDER BY number',
        ),
      )
      assert.deepEqual(rows, [
        { name: 'short', attempts: 1 },
        { name: 'long', attempts: 2 },
      ])
      const [used] = await second.parts.database.asSystem(session =>
        session.query(`SELECT sum(units)::integer AS units FROM usage WHERE route = 'batch'`),
      )
      assert.deepEqual(used, { units: 1 + LONG.length })
    } finally {
      await second.stop()
    }
  } finally {
    folder.remove()
  }
})

async function startProcess(
  settings: object,
): Promise<Asks & { readonly key: string; kill(): Promise<void> }> {
  const script = fileURLToPath(new URL('./support/gateway-process.ts', import.meta.url))
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const [line] = await new Promise<string[]>((resolve, reject) => {
    createInterface(child.stdout!).once('line', it => resolve([it]))
    child.once('exit', code => reject(new Error(`the gateway ended with ${code}`)))
  })
  const { url, key } = JSON.parse(line!) as { readonly url: string; readonly key: string }
  return {
    key,
    fetch: (path, init) => fetch(url + path, { ...init, headers: { ...init?.headers, 'x-api-key': key } }),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
