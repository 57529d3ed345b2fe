// A pod is taken away: who goes on answering is told so, and who does not is found out.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startGateway } from '../endpoint/support/gateway.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { startKubernetes } from './support/kubernetes-server.ts'
import { operate } from './support/operation.ts'
import { whyNot } from './support/render.ts'

const options = { timeout: 120_000, ...(whyNot && { skip: whyNot }) }
const labels = { 'app.kubernetes.io/name': 'gateway' }

test('the loss of a pod is tried, and what people would have felt of it is told', options, () =>
  inFolder('', async ({ path }) => {
    const cluster = await startKubernetes(path)
    let gateway = await startGateway()
    try {
      cluster.add({
        ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'gateway', namespace: 'codeant' } },
        spec: {
          replicas: 1,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: 'gateway', image: 'x:1' }] } },
        },
      })
      const run = (...given: string[]) =>
        operate('knock-out', ['--url', gateway.url, ...given], {
          KUBECONFIG: cluster.config,
          CODEANT_KEY: gateway.key,
        })
      assert.match((await run()).stderr, /has 1 ready pods/)
      cluster.change('deployments', 'gateway', it => {
        it.spec.replicas = 2
      })
      assert.match((await run()).stdout, /gateway-\S+ would be removed, one of 2/)
      assert.deepEqual(cluster.changes, [])

      const well = await run('--execute')
      assert.equal(well.status, 0, well.stdout + well.stderr)
      assert.match(well.stdout, /was removed: 0 of \d+ questions failed, all pods ready after \d+\.\d s/)
      assert.match(cluster.changes.join(), /^DELETE pods gateway-\S+$/)
      assert.equal(cluster.all('pods').length, 2)

      // The one that goes was the only one that answered.
      const stopping = (async () => {
        while (cluster.changes.length < 2) await new Promise(resolve => setTimeout(resolve, 5))
        await gateway.stop()
      })()
      const sick = await run('--execute', '--hard')
      assert.equal(sick.status, 1, sick.stdout + sick.stderr)
      assert.match(sick.stdout, /was removed: [1-9]\d* of \d+ questions failed[\s\S]*\n {2}\S+/)
      await stopping
      assert.match((await run('--execute')).stderr, /does not answer as it is/)
      gateway = await startGateway()
    } finally {
      await Promise.all([cluster.stop(), gateway.stop()])
    }
  }),
)
