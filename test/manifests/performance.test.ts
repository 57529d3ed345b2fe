// How an endpoint does against how it did, from a real Prometheus that remembers both.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inFolder } from '../support/temporary-folder.ts'
import { without } from './support/monitoring.ts'
import { startPrometheus } from './support/prometheus-server.ts'
import { root } from './support/render.ts'

const PROGRAM = join(root, 'deploy/operations/performance.mjs')
const MINUTES = 240
const POD = 'pod="gateway-a"'

test('what got worse is told, with what follows from it', without('prometheus', 'promtool'), () =>
  inFolder('', async ({ path }) => {
    const end = Math.floor(Date.now() / 60_000) * 60
    writeFileSync(join(path, 'past'), past(end))
    mkdirSync(join(path, 'metrics'))
    const made = spawnSync('promtool', [
      'tsdb',
      'create-blocks-from',
      'openmetrics',
      join(path, 'past'),
      join(path, 'metrics'),
    ])
    assert.equal(made.status, 0, String(made.stderr))
    const prometheus = await startPrometheus(path, 'groups: []', [])
    const run = (...more: readonly string[]) => {
      const at = new Date(end * 1000).toISOString()
      const given = [PROGRAM, '--prometheus', prometheus.url, '--window', '1h', '--at', at, ...more]
      return spawnSync(process.execPath, given, { encoding: 'utf8', env: { PATH: process.env.PATH } })
    }
    try {
      const compared = run('--before', '2h')
      assert.equal(compared.status, 1, compared.stderr)
      assert.match(compared.stdout, /Questions of models.*worse/)
      assert.match(compared.stdout, /Answered before\s+90\.00 %\s+→\s+40\.00 %\s+-56 %\s+worse/)
      assert.doesNotMatch(compared.stdout, /Requests.*worse/)
      assert.match(compared.stdout, /· An event loop is busy 80 % of the time/)
      assert.match(compared.stdout, /· Only 40 % was answered before.*cache\.bytes/)
      assert.doesNotMatch(compared.stdout, /GPU/, 'nobody told of any')

      // Against itself, and as it was: nothing is worse, and nothing follows.
      assert.equal(run('--before', '1m').status, 0)
      const before = run('--at', new Date((end - 7200) * 1000).toISOString())
      assert.equal(before.status, 0)
      assert.match(before.stdout, /Nothing follows/)
      const { figures } = JSON.parse(run('--before', '2h', '--json').stdout) as {
        readonly figures: readonly { readonly id: string; readonly is: number; readonly was: number }[]
      }
      const busy = figures.find(it => it.id === 'loop-busy')!
      assert.ok(Math.abs(busy.is - 0.8) < 0.01 && Math.abs(busy.was - 0.3) < 0.01)
    } finally {
      prometheus.stop()
    }
    assert.equal(run().status, 2, 'a Prometheus that is gone')
    assert.equal(
      spawnSync(process.execPath, [PROGRAM, '--window', '1 h', '--prometheus', 'http://127.0.0.1:9']).status,
      2,
    )
  }),
)

/** Two hours that were well, and two that were less so. */
function past(end: number): string {
  const lines: string[] = []
  const course = (name: string, labels: string, well: number, worse: number) => {
    let value = 0
    for (let minute = 0; minute <= MINUTES; minute++) {
      lines.push(
        `${name}{${[POD, labels].filter(Boolean).join(',')}} ${value} ${end - (MINUTES - minute) * 60}`,
      )
      value += minute < MINUTES / 2 ? well : worse
    }
  }
  const route = 'route="/v2/models/:model/infer"'
  course('codeant_http_requests_total', `${route},status="200"`, 600, 600)
  course('codeant_http_request_duration_seconds_bucket', `${route},le="0.1"`, 600, 300)
  course('codeant_http_request_duration_seconds_bucket', `${route},le="0.5"`, 600, 600)
  course('codeant_http_request_duration_seconds_bucket', `${route},le="+Inf"`, 600, 600)
  course('codeant_cache_lookups_total', 'result="hit"', 540, 240)
  course('codeant_cache_lookups_total', 'result="miss"', 60, 360)
  course('codeant_cache_evictions_total', '', 0, 60)
  course('codeant_event_loop_busy_seconds_total', '', 18, 48)
  return `${lines.join('\n')}\n# EOF\n`
}
