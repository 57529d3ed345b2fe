// Each alert comes to the one who is meant, whatever service calls them, and nobody is told twice of one thing.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse, stringify } from 'yaml'
import { freePort } from '../support/free-port.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { ALERTS, routesText, without } from './support/monitoring.ts'
import { root } from './support/render.ts'

const RECEIVERS = { page: 'pager', escalate: 'escalation', ticket: 'tickets', none: 'watchdog' } as const
const WAYS = join(root, 'deploy/monitoring/receivers')
const own = () => parse(routesText(it => `http://127.0.0.1:9/${it}`)) as Record<string, unknown>
const manager = ['alertmanager', 'prometheus-alertmanager'].find(it => !without(it).skip)

test('each alert comes to the one who is meant', without('amtool'), () =>
  inFolder('', ({ path }) => {
    const file = written(path, own())
    assert.equal(problem(file), '')
    for (const { alert, labels } of ALERTS) {
      const severity = labels!.severity as keyof typeof RECEIVERS
      assert.equal(receiverOf(file, `alertname=${alert}`, `severity=${severity}`), RECEIVERS[severity], alert)
    }
    // What somebody adds and forgets to weigh wakes nobody, and is not lost.
    assert.equal(receiverOf(file, 'alertname=Unknown'), 'tickets')
    assert.equal(receiverOf(file, 'alertname=Watchdog2', 'severity=none'), 'tickets')
  }),
)

for (const way of readdirSync(WAYS))
  test(`${way} has all receivers, and Alertmanager takes it`, without('amtool'), () =>
    inFolder('', ({ path }) => {
      // Older ones know no files for the secrets of some services; what is in them is none of our concern here.
      const text = readFileSync(join(WAYS, way), 'utf8')
        .replaceAll(/\burl_file: \S+/g, 'url: http://127.0.0.1:9/')
        .replaceAll(/\brouting_key_file: \S+/g, 'routing_key: of-a-test')
      const { receivers } = parse(text) as { readonly receivers: readonly { readonly name: string }[] }
      assert.deepEqual(receivers.map(it => it.name).sort(), Object.values(RECEIVERS).sort())
      assert.equal(problem(written(path, { ...own(), receivers })), '')
      const misspelt = parse(text.replaceAll('send_resolved', 'send_resolve').replaceAll('message', 'mesage'))
      assert.notEqual(problem(written(path, { ...own(), receivers: misspelt.receivers })), '')
      assert.notEqual(problem(written(path, { ...own(), receivers: receivers.slice(1) })), '')
    }),
  )

test('no address is in a file that others read', () => {
  const texts = [...readdirSync(WAYS).map(it => `receivers/${it}`), 'alertmanager.yaml'].map(it =>
    readFileSync(join(root, 'deploy/monitoring', it), 'utf8'),
  )
  for (const it of texts) assert.doesNotMatch(it, /https?:\/\/|\b(?:api_url|url|routing_key|api_key):/)
})

test('what follows from something else is not told beside it', manager ? {} : without('alertmanager'), () =>
  inFolder('', async ({ path }) => {
    const port = await freePort()
    const child = spawn(manager!, [
      ...[`--config.file=${written(path, own())}`, `--storage.path=${path}`, '--cluster.listen-address='],
      `--web.listen-address=127.0.0.1:${port}`,
    ])
    const url = `http://127.0.0.1:${port}/api/v2`
    try {
      await until(() => fetch(`${url}/status`).then(it => it.ok))
      const told = async (...alerts: readonly Readonly<Record<string, string>>[]) => {
        await fetch(`${url}/alerts`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(alerts.map(labels => ({ labels }))),
        })
        return undefined
      }
      const held = async () => {
        const all = (await (await fetch(`${url}/alerts`)).json()) as readonly Shown[]
        return all
          .filter(it => it.status.inhibitedBy.length > 0)
          .map(it => it.labels.alertname!)
          .sort()
      }
      await told(
        { alertname: 'ErrorBudgetBurns', severity: 'ticket' },
        { alertname: 'EngineCircuitOpen', severity: 'page', engine: 'inference' },
        { alertname: 'InferenceFails', severity: 'ticket', engine: 'inference' },
        { alertname: 'InferenceFails', severity: 'ticket', engine: 'another' },
      )
      await until(async () => (await held()).join() === 'InferenceFails')
      await told({ alertname: 'ErrorBudgetBurnsFast', severity: 'page' })
      await until(async () => (await held()).join() === 'ErrorBudgetBurns,InferenceFails')
      await told({ alertname: 'GatewayAbsent', severity: 'page' })
      const all = 'EngineCircuitOpen,ErrorBudgetBurns,ErrorBudgetBurnsFast,InferenceFails,InferenceFails'
      await until(async () => (await held()).join() === all)
    } finally {
      child.kill('SIGKILL')
    }
  }),
)

interface Shown {
  readonly labels: Readonly<Record<string, string>>
  readonly status: { readonly inhibitedBy: readonly string[] }
}

/** Fails with the test's own time. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000
  while (!(await isSo().catch(() => false))) {
    assert.ok(Date.now() < end, 'it did not come about')
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}

function written(path: string, config: object): string {
  const file = join(path, 'alertmanager.yaml')
  writeFileSync(file, stringify(config))
  return file
}

/** What Alertmanager says against it; empty where it takes it. */
function problem(file: string): string {
  const { status, stdout, stderr } = spawnSync('amtool', ['check-config', file], { encoding: 'utf8' })
  return status === 0 ? '' : stdout + stderr
}

function receiverOf(file: string, ...labels: readonly string[]): string {
  const asked = ['config', 'routes', 'test', `--config.file=${file}`, ...labels]
  return spawnSync('amtool', asked, { encoding: 'utf8' }).stdout.trim()
}
