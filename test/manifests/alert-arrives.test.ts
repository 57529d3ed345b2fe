// An engine is killed, and somebody is called; it comes back, and they are told that it did: with a real Prometheus and a real
// Alertmanager, under the rules and routes that ship. Only the waits are shorter.

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { startGateway } from '../endpoint/support/gateway.ts'
import { fakeTriton } from '../support/endpoint/fake-triton.ts'
import { freePort } from '../support/free-port.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { routesText, rulesText, without } from './support/monitoring.ts'

const ENGINE = ['alertmanager', 'prometheus-alertmanager']
const manager = ENGINE.find(it => !without(it).skip)
const options = manager ? without('prometheus') : without(ENGINE[0]!)

interface Told {
  readonly receiver: string
  readonly alerts: readonly { readonly status: string; readonly labels: Readonly<Record<string, string>> }[]
}

test('a killed engine becomes a call at the pager, and is resolved', { timeout: 120_000, ...options }, () =>
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
      ...{ 'inference.url': triton.url, 'breaker.failures': '3', 'breaker.retryMs': '300' },
      ...{ 'metrics.port': '0', 'cache.bytes': '0', 'limits.route': '0', 'limits.caller': '0' },
    })
    const inbox = await receive()
    const running: ChildProcess[] = []
    const pests = setInterval(() => void ask(gateway).catch(() => {}), 100)
    try {
      const [prometheus, alertmanager] = [await freePort(), await freePort()]
      writeFileSync(join(path, 'rules.yaml'), rulesText.replaceAll(/for: \d+[mh]/g, 'for: 0s'))
      writeFileSync(
        join(path, 'prometheus.yaml'),
        stringify({
          global: { scrape_interval: '1s', evaluation_interval: '1s' },
          rule_files: ['rules.yaml'],
          alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanager}`] }] }] },
          scrape_configs: [
            {
              job_name: 'gateway',
              static_configs: [
                { targets: [new URL(gateway.metricsUrl!).host], labels: { pod: 'gateway-a' } },
              ],
            },
          ],
        }),
      )
      writeFileSync(
        join(path, 'alertmanager.yaml'),
        routesText(it => `${inbox.url}/${it}`).replaceAll(/(group_\w+): \d+[sm]/g, '$1: 1s'),
      )
      for (const it of ['metrics', 'alerts']) mkdirSync(join(path, it))
      running.push(
        spawn(manager!, [
          ...[`--config.file=${join(path, 'alertmanager.yaml')}`, `--storage.path=${join(path, 'alerts')}`],
          ...[`--web.listen-address=127.0.0.1:${alertmanager}`, '--cluster.listen-address='],
        ]),
        spawn('prometheus', [
          ...[
            `--config.file=${join(path, 'prometheus.yaml')}`,
            `--storage.tsdb.path=${join(path, 'metrics')}`,
          ],
          ...[`--web.listen-address=127.0.0.1:${prometheus}`, '--rules.alert.resend-delay=1s'],
        ]),
      )
      await inbox.until('watchdog', 'Watchdog', 'firing')
      assert.equal((await ask(gateway)).status, 200)
      assert.ok(!inbox.has('pager', 'EngineCircuitOpen', 'firing'))

      await triton.stop()
      await inbox.until('pager', 'EngineCircuitOpen', 'firing')

      await triton.start()
      await inbox.until('pager', 'EngineCircuitOpen', 'resolved')
      assert.equal((await ask(gateway)).status, 200)
    } finally {
      clearInterval(pests)
      for (const it of running) it.kill('SIGKILL')
      await Promise.all([gateway.stop(), triton.stop(), inbox.stop()])
    }
  }),
)

function ask(gateway: { fetch(path: string, init: RequestInit): Promise<Response> }): Promise<Response> {
  const body = { inputs: [{ name: 'numbers', datatype: 'INT32', shape: [1, 2], data: [3, 4] }] }
  return gateway.fetch('/v2/models/echo/infer', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** Where webhooks arrive. */
async function receive() {
  const told: Told[] = []
  let news = () => {}
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', it => {
      body += String(it)
    })
    request.on('end', () => {
      told.push(JSON.parse(body) as Told)
      response.end()
      news()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const has = (receiver: string, alert: string, status: string) =>
    told.some(
      it =>
        it.receiver === receiver &&
        it.alerts.some(one => one.labels.alertname === alert && one.status === status),
    )
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    has,
    async until(receiver: string, alert: string, status: string) {
      while (!has(receiver, alert, status))
        await new Promise<void>(resolve => {
          news = resolve
        })
    },
    stop: () =>
      new Promise(resolve => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  }
}
