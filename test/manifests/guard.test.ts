// What the guard of a deployment asks is understood by a real Prometheus that reads a real gateway: requests that fail are seen as such,
// requests that the caller has to mend are not.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { startGateway } from '../endpoint/support/gateway.ts'
import { fakeTriton } from '../support/endpoint/fake-triton.ts'
import { freePort } from '../support/free-port.ts'
import { inFolder } from '../support/temporary-folder.ts'
import type { KubernetesObject } from './support/kubernetes-controllers.ts'
import { startKubernetes } from './support/kubernetes-server.ts'
import { without } from './support/monitoring.ts'
import { operate } from './support/operation.ts'
import { whyNot } from './support/render.ts'

const options = { timeout: 120_000, ...(whyNot ? { skip: whyNot } : without('prometheus')) }

test('an engine that is gone after a deployment sends it back, a caller’s mistakes do not', options, () =>
  inFolder('', async ({ path }) => {
    const triton = await fakeTriton({
      models: {
        echo: {
          inputs: { numbers: ['INT32', -1, 2] },
          outputs: { numbers: ['INT32', -1, 2] },
          run: ({ numbers }) => ({ numbers: numbers! }),
        },
      },
    }).start()
    const gateway = await startGateway({
      ...{ 'inference.url': triton.url, 'metrics.port': '0', 'cache.bytes': '0' },
      ...{ 'limits.route': '0', 'limits.caller': '0' },
    })
    const cluster = await startKubernetes(path)
    const ask = (data: readonly number[]) =>
      gateway.fetch('/v2/models/echo/infer', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ inputs: [{ name: 'numbers', datatype: 'INT32', shape: [1, 2], data }] }),
      })
    const port = await freePort()
    let prometheus: ChildProcess | undefined
    const pests = setInterval(() => {
      // One that is answered, and one that nobody could.
      void ask([3, 4]).catch(() => {})
      void gateway.fetch('/v2/models/nobody', { headers: { 'x-api-key': 'ca_wrong' } }).catch(() => {})
    }, 50)
    try {
      mkdirSync(join(path, 'metrics'))
      writeFileSync(
        join(path, 'prometheus.yaml'),
        stringify({
          global: { scrape_interval: '1s' },
          scrape_configs: [
            { job_name: 'gateway', static_configs: [{ targets: [new URL(gateway.metricsUrl!).host] }] },
          ],
        }),
      )
      prometheus = spawn('prometheus', [
        ...[`--config.file=${join(path, 'prometheus.yaml')}`, `--storage.tsdb.path=${join(path, 'metrics')}`],
        `--web.listen-address=127.0.0.1:${port}`,
      ])
      const url = `http://127.0.0.1:${port}`
      await until(async () => (await asked(url)) > 0)

      cluster.add(deployment('registry.example.com/codeant-gateway:0.1.0'))
      cluster.change('deployments', 'gateway', it => {
        it.spec.template.spec.containers[0].image = 'registry.example.com/codeant-gateway:0.2.0'
      })
      const guard = (seconds: string) =>
        operate(
          'guard',
          [
            '--prometheus',
            url,
            '--seconds',
            seconds,
            '--every',
            '0.5',
            '--execute',
            '--keep',
            join(path, 'kept'),
          ],
          { KUBECONFIG: cluster.config },
        )
      const well = await guard('2')
      assert.deepEqual([well.status, cluster.changes], [0, []], well.stdout + well.stderr)
      assert.match(well.stdout, /^\S+ {2}0\.00 %$/m)

      await triton.stop()
      const sick = await guard('60')
      assert.deepEqual(
        [sick.status, cluster.changes],
        [1, ['PATCH deployments gateway']],
        sick.stdout + sick.stderr,
      )
    } finally {
      clearInterval(pests)
      prometheus?.kill('SIGKILL')
      await Promise.all([gateway.stop(), triton.stop(), cluster.stop()])
    }
  }),
)

function deployment(image: string): KubernetesObject {
  const labels = { 'app.kubernetes.io/name': 'gateway' }
  return {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'gateway', namespace: 'codeant' } },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'gateway', image }] } },
    },
  }
}

/** Requests a second, as far as Prometheus knows. */
async function asked(url: string): Promise<number> {
  const query = 'sum(rate(codeant_http_requests_total[2m]))'
  const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`)
  const { data } = (await answer.json()) as { data: { result: readonly { value: [number, string] }[] } }
  return Number(data.result[0]?.value[1] ?? 0)
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds().catch(() => false))) await new Promise(resolve => setTimeout(resolve, 100))
}
