// Every overlay is what a sceptical operator would accept, and each question would notice if it were not.

import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { readConfig } from '../../deploy/gateway/src/config.ts'
import { ALL_POLICIES } from './support/all-policies.ts'
import { OVERLAYS, podOf, render, whyNot } from './support/render.ts'

const PUBLIC_KEY = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }) as string

const options = whyNot ? { skip: whyNot } : {}

for (const { name, check, breakIt } of ALL_POLICIES)
  test(name, options, () => {
    for (const overlay of OVERLAYS) assert.deepEqual(check(render(overlay)), [], overlay)
    const broken = structuredClone(render('production')) as ReturnType<typeof render>[number][]
    breakIt(broken)
    assert.notDeepEqual(check(broken), [], 'it would not have noticed')
  })

for (const overlay of OVERLAYS)
  test(`${overlay}: the gateway understands every setting that it is given`, options, () => {
    const all = render(overlay)
    const settings = all.find(it => it.kind === 'ConfigMap' && it.data['gateway.toml'])!.data[
      'gateway.toml'
    ] as string
    const pods = all.filter(it => it.kind === 'Deployment' || it.kind === 'Job').map(podOf)
    const containers = pods
      .flatMap(it => it.containers)
      .filter(it => it.args?.[0] === 'dist/gateway/main.mjs' && it.env?.length > 0)
    assert.ok(containers.length > 0)
    for (const { env } of containers) {
      const given = Object.fromEntries(env.map((it: { name: string; value: string }) => [it.name, it.value]))
      const config = readConfig({
        env: given,
        readText: path =>
          path.endsWith('.toml')
            ? settings
            : ({
                'public.pem': PUBLIC_KEY,
                'database-url': 'postgres://db/codeant',
                'redis-url': 'redis://valkey:6379',
              }[path.split('/').at(-1)!] ?? 'x'.repeat(44)),
      })
      // Who only looks at weights is no gateway.
      if (!given.CODEANT_GATEWAY_CONFIG) continue
      assert.equal(config.http.host, '0.0.0.0')
      assert.equal(config.metrics.port, 9464)
    }
  })
