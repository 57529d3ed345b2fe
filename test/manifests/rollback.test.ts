// A deployment that does not become ready, or that fails people, is put back, by the real kubectl. The cluster is one of our own
// (`support/kubernetes-server.ts`): no API server can be installed here.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { startGateway } from '../endpoint/support/gateway.ts'
import { inFolder } from '../support/temporary-folder.ts'
import type { KubernetesObject } from './support/kubernetes-controllers.ts'
import { type KubernetesServer, startKubernetes } from './support/kubernetes-server.ts'
import { type Done, operate } from './support/operation.ts'
import { render, whyNot } from './support/render.ts'

const options = { timeout: 120_000, ...(whyNot && { skip: whyNot }) }

test('a broken deployment is put back, and what it was is kept', options, () =>
  inCluster(async ({ cluster, run, path, imageIs }) => {
    imageIs('registry.example.com/codeant-gateway:0.2.0')
    imageIs('registry.example.com/broken:0.3.0')
    assert.deepEqual(readyPods(cluster), ['0.2.0', '0.2.0'])

    const planned = await run('rollback', [])
    assert.equal(planned.status, 0, planned.stderr)
    assert.match(planned.stdout, / {4}3 {2}\S+ {2}\S+broken:0\.3\.0 {2}now\n {4}2 .* ←\n {4}1 /)
    assert.match(
      planned.stdout,
      /with it: graphql, from revision 3 to 2\nwith it: worker.*\n.*would go from revision 3 to 2/,
    )
    assert.deepEqual(cluster.changes, [])

    const keep = join(path, 'state')
    const done = await run('rollback', ['--execute', '--keep', keep])
    assert.equal(done.status, 0, done.stdout + done.stderr)
    assert.match(done.stdout, /revision 2 is ready/)
    assert.deepEqual([...cluster.changes].sort(), OF_THE_IMAGE)
    assert.deepEqual(readyPods(cluster), ['0.2.0', '0.2.0'])
    assert.ok(
      cluster.all('pods').every(it => !/broken|codeant-gateway:0\.[13]/.test(it.spec.containers[0].image)),
    )
    const kept = JSON.parse(readFileSync(join(keep, 'gateway.deployment.json'), 'utf8')) as KubernetesObject
    assert.match(kept.spec.template.spec.containers[0].image, /broken:0\.3\.0/)
    assert.ok(readdirSync(keep).some(it => it.endsWith('.log')))

    // What runs now is the fourth revision; the one before is the broken one, which does not become ready.
    const again = await run('rollback', ['--to-revision', '3', '--execute', '--keep', keep, '--timeout', '2'])
    assert.equal(again.status, 2, again.stdout)
    assert.match(again.stderr, /rollout|deadline/)
  }),
)

test('back it goes to what there is only, and to settings that are still there', options, () =>
  inCluster(async ({ cluster, run, path, imageIs }) => {
    assert.match((await run('rollback', [])).stderr, /no revision before/)
    imageIs('registry.example.com/codeant-gateway:0.2.0')
    assert.match((await run('rollback', ['--to-revision', '7'])).stderr, /no revision 7/)
    assert.match((await run('rollback', ['--to-revision', '2'])).stderr, /revision 2 runs already/)
    assert.match((await run('rollback', ['--to-revision', 'two'])).stderr, /is a number/)
    assert.match((await run('rollback', ['--deployment', 'nobody'])).stderr, /not found/)
    const first = cluster.all('replicasets').find(it => it.metadata.name.startsWith('gateway-'))!
    const { spec } = first.spec.template
    const name = spec.volumes.find((it: { configMap?: object }) => it.configMap).configMap.name as string
    cluster.remove('configmaps', name)
    const { status, stderr } = await run('rollback', ['--execute', '--keep', join(path, 'none')])
    assert.deepEqual([status, stderr.includes(`configmap/${name}`)], [2, true], stderr)
    assert.deepEqual(cluster.changes, [])
  }),
)

test('after a rollback the endpoint is asked whether it works', options, () =>
  inCluster(async ({ run, path, imageIs }) => {
    imageIs('registry.example.com/codeant-gateway:0.2.0')
    const gateway = await startGateway()
    try {
      const back = (key: string, folder: string) =>
        run('rollback', ['--execute', '--keep', join(path, folder), '--url', gateway.url], {
          CODEANT_KEY: key,
        })
      const good = await back(gateway.key, 'good')
      assert.deepEqual([good.status, /✓ analysis/.test(good.stdout)], [0, true], good.stdout)
      const bad = await back('ca_of-nobody', 'bad')
      assert.deepEqual([bad.status, /✘ models/.test(bad.stdout)], [1, true], bad.stdout)
    } finally {
      await gateway.stop()
    }
  }),
)

test('a deployment that fails too many is put back by itself, one that does not stays', options, () =>
  inCluster(async ({ cluster, run, path, imageIs }) => {
    imageIs('registry.example.com/codeant-gateway:0.2.0')
    let answers: readonly (number | undefined)[] = []
    const asked: string[] = []
    const prometheus = createServer((request, response) => {
      asked.push(new URL(request.url!, 'http://x').searchParams.get('query')!)
      const [now, ...rest] = answers
      if (rest.length > 0) answers = rest
      const result = now === undefined ? [] : [{ metric: {}, value: [0, String(now)] }]
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }))
    })
    await new Promise<void>(resolve => prometheus.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(prometheus.address() as AddressInfo).port}`
    const watch = (seconds: string, ...more: string[]) =>
      run('guard', [
        '--prometheus',
        url,
        '--seconds',
        seconds,
        '--every',
        '0.05',
        '--keep',
        join(path, 'kept'),
        ...more,
      ])
    try {
      // One bad moment is none; nobody who asks is well, too.
      answers = [0.5, 0, undefined]
      const well = await watch('1', '--execute')
      assert.deepEqual([well.status, cluster.changes], [0, []], well.stdout + well.stderr)
      assert.match(asked[0]!, /codeant_http_requests_total\{status=~"5\.\."/)

      answers = [0, 0.2]
      assert.match((await watch('60')).stdout, /would go back to revision 1/)
      assert.deepEqual(cluster.changes, [])
      answers = [0, 0.2]
      const back = await watch('60', '--execute')
      assert.deepEqual([back.status, [...cluster.changes].sort()], [1, OF_THE_IMAGE], back.stderr)
      assert.deepEqual(readyPods(cluster), ['0.1.0', '0.1.0'])
    } finally {
      prometheus.close()
    }
    const blind = await watch('60')
    assert.equal(blind.status, 2)
  }),
)

/** What goes back together. */
const OF_THE_IMAGE = ['gateway', 'graphql', 'worker'].map(it => `PATCH deployments ${it}`)

interface InCluster {
  readonly cluster: KubernetesServer
  readonly path: string
  readonly run: (
    program: string,
    given: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => Promise<Done>
  readonly imageIs: (image: string) => void
}

/** The gateway of production, twice. */
async function inCluster(work: (it: InCluster) => Promise<void>): Promise<void> {
  await inFolder('', async ({ path }) => {
    const cluster = await startKubernetes(path)
    try {
      for (const it of render('production'))
        if (['Namespace', 'ConfigMap', 'Deployment'].includes(it.kind) && it.metadata.name !== 'nothing')
          cluster.add(structuredClone(it) as KubernetesObject)
      const mounted = cluster.all('deployments').flatMap(it => it.spec.template.spec.volumes ?? [])
      for (const name of new Set<string>(mounted.flatMap(it => it.secret?.secretName ?? [])))
        cluster.add({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'codeant' } })
      cluster.change('deployments', 'gateway', it => {
        it.spec.replicas = 2
      })
      await work({
        cluster,
        path,
        run: (program, given, env) => operate(program, given, { KUBECONFIG: cluster.config, ...env }),
        imageIs(image) {
          for (const name of ['gateway', 'graphql', 'worker'])
            cluster.change('deployments', name, it => {
              it.spec.template.spec.containers[0].image = image
            })
        },
      })
    } finally {
      await cluster.stop()
    }
  })
}

/** The versions of the gateways that are ready. */
function readyPods(cluster: KubernetesServer): readonly string[] {
  return cluster
    .all('pods')
    .filter(it => it.metadata.labels!['app.kubernetes.io/name'] === 'gateway')
    .filter(it => it.status.conditions[0].status === 'True')
    .map(it => it.spec.containers[0].image.split(':')[1] as string)
}
