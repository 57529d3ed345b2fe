// Every alert fires when it should and is silent when it should, somebody is told of it, and a runbook says what to do.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { ERROR_CODES } from '../../deploy/gateway/src/errors.ts'
import { GatewayMetrics } from '../../deploy/gateway/src/metrics/gateway-metrics.ts'
import { addProcessMetrics } from '../../deploy/gateway/src/metrics/process-metrics.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { ALERTS, RULES, routesText, rulesText, without } from './support/monitoring.ts'
import { root } from './support/render.ts'

/** What was counted minute by minute, in the notation of promtool: `0+60x480` begins at 0 and grows by 60, 480 times. */
type Series = Readonly<Record<string, string>>

interface Case {
  readonly fires: Series
  readonly silent: Series
  /** When it is looked at. */
  readonly at: string
}

const POD = 'pod="gateway-a"'
const requests = (status: string) =>
  `codeant_http_requests_total{${POD}, route="/v2/models/:model/infer", method="POST", status="${status}"}`
const answered = (failing: string): Series => ({
  [requests('200')]: '0+6000x900',
  [requests('503')]: failing,
})
const inference = (outcome: string) =>
  `codeant_inference_requests_total{${POD}, engine="triton", model="bug-finder", outcome="${outcome}"}`
const cache = (result: string) => `codeant_cache_lookups_total{${POD}, result="${result}"}`
const buckets = (name: string, labels: string, fast: number, slow: number): Series =>
  Object.fromEntries(
    [
      ['0.1', fast],
      ['0.2', fast],
      ['0.3', fast],
      ['0.5', fast],
      ['1', fast + slow],
      ['+Inf', fast + slow],
    ].map(([le, each]) => [`${name}_bucket{${POD}${labels}, le="${le}"}`, `0+${each}x900`]),
  )
const latency = (fast: number, slow: number) =>
  buckets('codeant_http_request_duration_seconds', ', route="/v2/models/:model/infer"', fast, slow)
const database = (fast: number, slow: number) =>
  buckets('codeant_database_transaction_duration_seconds', ', engine="postgres"', fast, slow)

const CASES: Readonly<Record<string, Case>> = {
  Watchdog: { fires: {}, silent: {}, at: '1m' },
  GatewayAbsent: { fires: {}, silent: { [`codeant_build_info{${POD}}`]: '1x60' }, at: '10m' },
  GatewayDown: { fires: { [`up{${POD}}`]: '0x60' }, silent: { [`up{${POD}}`]: '1 0 0 1x60' }, at: '10m' },
  GatewayRestarts: {
    fires: { [`process_start_time_seconds{${POD}}`]: '0+300x60' },
    // A deployment: once.
    silent: { [`process_start_time_seconds{${POD}}`]: '100x10 900x60' },
    at: '30m',
  },
  // 2 % of all.
  ErrorBudgetBurnsFast: {
    fires: answered('0+120x900'),
    // Worse for three minutes, half an hour ago: it is over.
    silent: answered('0x30 0+900x3 2700x900'),
    at: '70m',
  },
  ErrorBudgetBurns: { fires: answered('0+50x900'), silent: answered('0+5x900'), at: '100m' },
  AnswersAreSlow: { fires: latency(90, 10), silent: latency(97, 3), at: '30m' },
  EngineCircuitOpen: {
    fires: { [`codeant_breaker_open{${POD}, engine="triton"}`]: '1x60' },
    silent: { [`codeant_breaker_open{${POD}, engine="triton"}`]: '0x10 1 0x60' },
    at: '12m',
  },
  InferenceFails: {
    fires: { [inference('ok')]: '0+900x60', [inference('unavailable')]: '0+100x60' },
    silent: { [inference('ok')]: '0+990x60', [inference('unavailable')]: '0+10x60' },
    at: '40m',
  },
  CacheHelpsLittle: {
    fires: { [cache('hit')]: '0+10x200', [cache('miss')]: '0+600x200' },
    // Hardly anybody is there: that says nothing.
    silent: { [cache('hit')]: '0+0x200', [cache('miss')]: '0+3x200' },
    at: '3h',
  },
  DatabaseFails: {
    fires: { [`codeant_database_errors_total{${POD}, engine="postgres"}`]: '0+60x60' },
    silent: { [`codeant_database_errors_total{${POD}, engine="postgres"}`]: '0x10 1x60' },
    at: '30m',
  },
  DatabaseIsSlow: { fires: database(90, 10), silent: database(99, 1), at: '40m' },
  EventLoopIsLate: {
    fires: { [`codeant_event_loop_delay_seconds{${POD}, quantile="0.99"}`]: '0.8x60' },
    silent: {
      [`codeant_event_loop_delay_seconds{${POD}, quantile="0.99"}`]: '0.03x60',
      [`codeant_event_loop_delay_seconds{${POD}, quantile="1"}`]: '0.9x60',
    },
    at: '20m',
  },
  MemoryIsShort: {
    fires: { [`process_resident_memory_bytes{${POD}}`]: '1950000000x60' },
    silent: { [`process_resident_memory_bytes{${POD}}`]: '900000000x60' },
    at: '20m',
  },
  TracesAreLost: {
    fires: { [`codeant_trace_spans_total{${POD}, outcome="dropped"}`]: '0+10x200' },
    silent: {
      [`codeant_trace_spans_total{${POD}, outcome="dropped"}`]: '0x200',
      [`codeant_trace_spans_total{${POD}, outcome="exported"}`]: '0+10x200',
    },
    at: '2h',
  },
}

test('every alert has a case that fires and one that does not', () => {
  assert.deepEqual(Object.keys(CASES).sort(), ALERTS.map(it => it.alert!).sort())
})

test('alerts fire when they should, and then only', without('promtool'), async () => {
  assert.equal(await unlike(rulesText), '')
})

test('another threshold would be noticed', without('promtool'), async () => {
  const changes: readonly (readonly [alert: string, from: string, to: string])[] = [
    ['ErrorBudgetBurnsFast', 'ratio_rate1h > 0.0144', 'ratio_rate1h > 0.144'],
    ['ErrorBudgetBurns', 'ratio_rate6h > 0.006', 'ratio_rate6h > 0.06'],
    ['ErrorBudgetBurnsFast', 'status=~"5.."', 'status=~"4.."'],
    ['EngineCircuitOpen', 'codeant_breaker_open', 'codeant_breaker_opened'],
    ['MemoryIsShort', '1.75 * 1024', '0.5 * 1024'],
    ['GatewayAbsent', 'for: 2m', 'for: 20m'],
  ]
  for (const [alert, from, to] of changes) {
    assert.ok(rulesText.includes(from), from)
    assert.notEqual(await unlike(rulesText.replaceAll(from, to), [alert]), '', `${from} → ${to}`)
  }
})

test('every alert says who is told, what is the matter, and where to read on in both languages', () => {
  for (const { alert, labels, annotations } of ALERTS) {
    assert.match(labels!.severity!, /^(page|ticket|none)$/, alert)
    assert.ok(annotations!.summary!.endsWith('.'), alert)
    const [page, anchor] = annotations!.runbook!.split('#')
    assert.equal(anchor, alert!.toLowerCase())
    for (const it of [page!, page!.replace('docs/en/', 'docs/es/')])
      assert.match(readFileSync(join(root, it), 'utf8'), new RegExp(`^## ${alert}$`, 'm'), `${it}: ${alert}`)
  }
})

test('rules and runbooks ask for figures and codes that the gateway tells', () => {
  const { registry } = new GatewayMetrics()
  const end = addProcessMetrics(registry, '0.0.0')
  end()
  const told = new Set([...registry.text().matchAll(/^# TYPE (\S+)/gm)].map(it => it[1]!))
  const known = (name: string) => told.has(name) || told.has(name.replace(/_(bucket|sum|count)$/, ''))
  const pages = ['en', 'es'].map(it => readFileSync(join(root, `docs/${it}/runbooks.md`), 'utf8'))
  for (const text of [...ALERTS.map(it => it.expr), rulesText, ...pages])
    for (const [name] of text.matchAll(/\b(?:codeant|process|nodejs)_[a-z_]+\b/g))
      assert.ok(known(name), name)
  for (const page of pages)
    for (const [, code] of page.matchAll(/`((?:bad-|upstream-|over|un)[a-z-]+)`/g))
      assert.ok((ERROR_CODES as readonly string[]).includes(code!), code)
})

test('each alert comes to the one who is meant', without('amtool'), () =>
  inFolder('', ({ path }) => {
    const file = join(path, 'alertmanager.yaml')
    writeFileSync(
      file,
      routesText(it => `http://127.0.0.1:9/${it}`),
    )
    const check = spawnSync('amtool', ['check-config', file], { encoding: 'utf8' })
    assert.equal(check.status, 0, check.stdout + check.stderr)
    const receivers = { page: 'pager', ticket: 'tickets', none: 'watchdog' } as const
    for (const { alert, labels } of ALERTS) {
      const given = [`alertname=${alert}`, `severity=${labels!.severity}`]
      const { stdout } = spawnSync(
        'amtool',
        ['config', 'routes', 'test', `--config.file=${file}`, ...given],
        {
          encoding: 'utf8',
        },
      )
      assert.equal(stdout.trim(), receivers[labels!.severity as keyof typeof receivers], alert)
    }
  }),
)

/** What promtool says of cases that go another way under these rules; empty where none does. */
function unlike(rules: string, alerts = Object.keys(CASES)): Promise<string> {
  return inFolder('', async ({ path }) => {
    writeFileSync(join(path, 'rules.yaml'), rules)
    const tests = alerts.flatMap(alert => {
      const { fires, silent, at } = CASES[alert]!
      return [
        asked(alert, fires, at, [{ labels: '{}', value: 1 }]),
        ...(alert === 'Watchdog' ? [] : [asked(alert, silent, at, [])]),
      ]
    })
    writeFileSync(
      join(path, 'cases.yaml'),
      stringify({
        rule_files: ['rules.yaml'],
        evaluation_interval: '1m',
        group_eval_order: RULES.groups.map(it => it.name),
        tests,
      }),
    )
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', join(path, 'cases.yaml')], {
      encoding: 'utf8',
    })
    return status === 0 ? '' : stdout + stderr
  })
}

function asked(alert: string, series: Series, at: string, samples: readonly unknown[]) {
  return {
    interval: '1m',
    input_series: Object.entries(series).map(([it, values]) => ({ series: it, values })),
    promql_expr_test: [
      {
        expr: `count(ALERTS{alertname="${alert}", alertstate="firing"})`,
        ...{ eval_time: at, exp_samples: samples },
      },
    ],
  }
}
