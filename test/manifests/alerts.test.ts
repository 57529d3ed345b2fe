// Every alert fires when it should and is silent when it should, somebody is told of it, and a runbook says what to do.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { ERROR_CODES } from '../../deploy/gateway/src/errors.ts'
import { inFolder } from '../support/temporary-folder.ts'
import { ALERTS, RULES, rulesText, without } from './support/monitoring.ts'
import { root } from './support/render.ts'

/** What was counted minute by minute, in the notation of promtool: `0+60x480` begins at 0 and grows by 60, 480 times. */
type Series = Readonly<Record<string, string>>

interface Case {
  readonly fires: Series
  readonly silent: Series
  /** When it is looked at. */
  readonly at: string
  /** Absent: each minute. Of days, minutes would take promtool as many. */
  readonly every?: string
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
const buckets = (name: string, labels: string, fast: number, slow: number, slowest = 0): Series =>
  Object.fromEntries(
    [
      ['0.1', fast],
      ['0.2', fast],
      ['0.3', fast],
      ['0.5', fast],
      ['1', fast + slow],
      ['2.5', fast + slow],
      ['5', fast + slow + slowest],
      ['+Inf', fast + slow + slowest],
    ].map(([le, each]) => [`${name}_bucket{${POD}${labels}, le="${le}"}`, `0+${each}x900`]),
  )
const latency = (fast: number, slow: number): Series => ({
  ...buckets('codeant_http_request_duration_seconds', ', route="/v2/models/:model/infer"', fast, slow),
  [`codeant_http_request_duration_seconds_count{${POD}, route="/v2/models/:model/infer"}`]: `0+${fast + slow}x900`,
})
const database = (fast: number, slow: number) =>
  buckets('codeant_database_transaction_duration_seconds', ', engine="postgres"', fast, slow)

const MODEL_ROUTE = ', route="/v2/models/:model/infer"'
const CALLS = 'ALERTS{alertname="DatabaseFails", alertstate="firing", severity="page"}'
const PROBE = 'probe_success{job="endpoint", instance="https://codeant.example.com/health/live"}'
const CERTIFICATE =
  'certmanager_certificate_expiration_timestamp_seconds{namespace="codeant", name="edge-tls"}'
const analyses = (kind: string, outcome: string) =>
  `codeant_analyses_total{${POD}, kind="${kind}", outcome="${outcome}"}`
const texts = (outcome: string) => `codeant_chat_requests_total{${POD}, engine="chat", outcome="${outcome}"}`
const OF_CLUSTER = (name: string, more = 'uid="1"') =>
  `${name}{namespace="codeant", pod="gateway-a", container="gateway", ${more}}`
const LIMIT = (name: string) => `process_memory_limit_bytes{pod="${name}-a"}`
const waiting = (reason: string) =>
  OF_CLUSTER('kube_pod_container_status_waiting_reason', `reason="${reason}"`)
const progressing = (status: string) =>
  `kube_deployment_status_condition{namespace="codeant", deployment="gateway", condition="Progressing", status="${status}"}`
const copied = (at: string): Series => {
  const labels = '{namespace="codeant", cronjob="backup"}'
  return {
    [`kube_cronjob_status_last_successful_time${labels}`]: at,
    [`kube_cronjob_created${labels}`]: '-2592000x200',
  }
}
const scaled = (to: number): Series => {
  const labels = '{namespace="codeant", horizontalpodautoscaler="gateway"}'
  return {
    [`kube_horizontalpodautoscaler_status_current_replicas${labels}`]: `${to}x120`,
    [`kube_horizontalpodautoscaler_spec_max_replicas${labels}`]: '8x120',
  }
}
const gpu = (gigabytes: number): Series => ({
  'nv_gpu_memory_used_bytes{gpu_uuid="GPU-1", pod="triton-a"}': `${gigabytes * 1e9}x60`,
  'nv_gpu_memory_total_bytes{gpu_uuid="GPU-1", pod="triton-a"}': '16000000000x60',
})
const memory = (gigabytes: number): Series => ({
  'node_memory_MemAvailable_bytes{instance="machine-a"}': `${gigabytes * 1e9}x60`,
  'node_memory_MemTotal_bytes{instance="machine-a"}': '32000000000x60',
})
const disk = (available: string): Series => ({
  'node_filesystem_avail_bytes{instance="machine-a", mountpoint="/", fstype="ext4"}': available,
  'node_filesystem_size_bytes{instance="machine-a", mountpoint="/", fstype="ext4"}': '100000000000x480',
})

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
    fires: {
      [`process_resident_memory_bytes{${POD}}`]: '1950000000x60',
      [LIMIT('gateway')]: '2147483648x60',
    },
    // A worker may have more.
    silent: {
      [`process_resident_memory_bytes{${POD}}`]: '900000000x60',
      [LIMIT('gateway')]: '2147483648x60',
      'process_resident_memory_bytes{pod="worker-a"}': '1950000000x60',
      [LIMIT('worker')]: '8589934592x60',
    },
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
  ErrorBudgetBurnsSlowly: {
    fires: answered('0+12x900'),
    silent: answered('0+3x900'),
    at: '75h',
    every: '10m',
  },
  EndpointUnreachable: {
    fires: { [PROBE]: '0x60' },
    silent: { [PROBE]: '1 0 0 1x60' },
    at: '20m',
  },
  StillBroken: {
    fires: { [CALLS]: '1x60', [`codeant_build_info{${POD}}`]: '1x60' },
    // Mended, and then something else.
    silent: {
      [CALLS]: '1x10 _x50',
      [CALLS.replace('DatabaseFails', 'DeploymentIsStuck')]: '_x20 1x40',
      [`codeant_build_info{${POD}}`]: '1x60',
    },
    at: '45m',
  },
  AnswersAreVerySlow: {
    fires: buckets('codeant_http_request_duration_seconds', MODEL_ROUTE, 10, 0, 90),
    silent: latency(50, 50),
    at: '30m',
  },
  TimeBudgetBurns: { fires: latency(70, 30), silent: latency(92, 8), at: '7h' },
  AnalysesFail: {
    fires: { [analyses('request', 'ok')]: '0+90x90', [analyses('request', 'internal')]: '0+10x90' },
    // What the sender has to mend, and what nobody waited for, is no fault of ours.
    silent: {
      [analyses('request', 'ok')]: '0+90x90',
      [analyses('request', 'invalid')]: '0+10x90',
      [analyses('request', 'given-up')]: '0+10x90',
    },
    at: '80m',
  },
  AnalysesAreRefused: {
    fires: { [analyses('request', 'ok')]: '0+90x90', [analyses('request', 'overloaded')]: '0+10x90' },
    silent: { [analyses('request', 'ok')]: '0+98x90', [analyses('request', 'overloaded')]: '0+2x90' },
    at: '60m',
  },
  BatchesWait: {
    fires: { [`codeant_batch_oldest_waiting_seconds{${POD}}`]: '0+60x180' },
    silent: { [`codeant_batch_oldest_waiting_seconds{${POD}}`]: '0+60x30 0+60x150' },
    at: '85m',
  },
  TextsFail: {
    fires: { [texts('ok')]: '0+90x60', [texts('upstream-timeout')]: '0+10x60' },
    silent: { [texts('ok')]: '0+90x60', [texts('hung-up')]: '0+30x60' },
    at: '40m',
  },
  SharedStoreGone: {
    fires: { [`codeant_redis_up{${POD}}`]: '0x60' },
    silent: { [`codeant_redis_up{${POD}}`]: '0x5 1x60' },
    at: '30m',
  },
  EngineQueueGrows: {
    fires: { 'nv_inference_pending_request_count{model="bug-finder", version="1", pod="triton-a"}': '80x60' },
    silent: {
      'nv_inference_pending_request_count{model="bug-finder", version="1", pod="triton-a"}': '20x60',
      'vllm:num_requests_waiting{model_name="coder", pod="vllm-a"}': '8x60',
    },
    at: '30m',
  },
  GpuMemoryIsShort: {
    fires: gpu(15.6),
    silent: gpu(12),
    at: '40m',
  },
  PodCrashLoops: {
    fires: { [waiting('CrashLoopBackOff')]: '1x60' },
    silent: { [waiting('ContainerCreating')]: '1x60' },
    at: '30m',
  },
  ContainerRestarts: {
    fires: { [OF_CLUSTER('kube_pod_container_status_restarts_total')]: '0+1x60' },
    silent: { [OF_CLUSTER('kube_pod_container_status_restarts_total')]: '0x20 3x60' },
    at: '30m',
  },
  MemoryKilled: {
    fires: {
      [OF_CLUSTER('kube_pod_container_status_restarts_total')]: '0x10 1x60',
      [OF_CLUSTER('kube_pod_container_status_last_terminated_reason', 'reason="OOMKilled"')]: '1x60',
    },
    // A day ago.
    silent: {
      [OF_CLUSTER('kube_pod_container_status_restarts_total')]: '1x60',
      [OF_CLUSTER('kube_pod_container_status_last_terminated_reason', 'reason="OOMKilled"')]: '1x60',
    },
    at: '30m',
  },
  DeploymentIsStuck: {
    fires: { [progressing('false')]: '1x60' },
    silent: { [progressing('true')]: '1x60' },
    at: '10m',
  },
  JobFailed: {
    fires: { 'kube_job_failed{namespace="codeant", job_name="migrations", condition="true"}': '1x60' },
    silent: {
      'kube_job_failed{namespace="codeant", job_name="migrations", condition="true"}': '0x60',
      'kube_job_failed{namespace="elsewhere", job_name="migrations", condition="true"}': '1x60',
    },
    at: '20m',
  },
  // Made a month before time begins: the last good one at its very beginning, or a day later.
  BackupIsOld: {
    fires: copied('0x200'),
    silent: copied('0x144 86400x60'),
    at: '27h',
    every: '10m',
  },
  AutoscalerIsAtItsEnd: { fires: scaled(8), silent: scaled(6), at: '60m' },
  CertificateEnds: {
    fires: { [CERTIFICATE]: `${10 * 86_400}x120` },
    silent: { [CERTIFICATE]: `${60 * 86_400}x120` },
    at: '90m',
  },
  MachineMemoryIsShort: { fires: memory(1), silent: memory(4), at: '40m' },
  DiskFillsUp: {
    fires: disk('35000000000-50000000x480'),
    silent: disk('35000000000x480'),
    at: '7h',
  },
}

test('every alert has a case that fires and one that does not', () => {
  assert.deepEqual(Object.keys(CASES).sort(), ALERTS.map(it => it.alert!).sort())
})

test('alerts fire when they should, and then only', without('promtool'), async () => {
  assert.equal(await unlike(rulesText), '')
})

test(
  'a backup that was never made, or that nobody knows of, is one that is missing',
  without('promtool'),
  () =>
    inFolder('', ({ path }) => {
      const created = 'kube_cronjob_created{namespace="codeant", cronjob="backup"}'
      const cases: readonly (readonly [Series, at: string, samples: readonly unknown[]])[] = [
        [{ [created]: '0x200' }, '27h', [{ labels: '{}', value: 1 }]],
        [{ [created]: '0x200' }, '20h', []],
        [{}, '1h', [{ labels: '{}', value: 1 }]],
      ]
      writeFileSync(join(path, 'rules.yaml'), rulesText)
      writeFileSync(
        join(path, 'cases.yaml'),
        stringify({
          rule_files: ['rules.yaml'],
          evaluation_interval: '10m',
          tests: cases.map(([series, at, samples]) => asked('BackupIsOld', series, at, '10m', samples)),
        }),
      )
      const done = spawnSync('promtool', ['test', 'rules', join(path, 'cases.yaml')], { encoding: 'utf8' })
      assert.equal(done.status, 0, done.stdout + done.stderr)
    }),
)

test('another threshold would be noticed', without('promtool'), async () => {
  const changes: readonly (readonly [alert: string, from: string, to: string])[] = [
    ['ErrorBudgetBurnsFast', 'ratio_rate1h > 0.0144', 'ratio_rate1h > 0.144'],
    ['ErrorBudgetBurns', 'ratio_rate6h > 0.006', 'ratio_rate6h > 0.06'],
    ['ErrorBudgetBurnsFast', 'status=~"5.."', 'status=~"4.."'],
    ['EngineCircuitOpen', 'codeant_breaker_open', 'codeant_breaker_opened'],
    ['MemoryIsShort', '0.875 * process', '0.2 * process'],
    ['GatewayAbsent', 'for: 2m', 'for: 20m'],
    ['TimeBudgetBurns', 'ratio_rate6h > 0.15', 'ratio_rate6h > 0.5'],
    ['AnalysesFail', 'internal|upstream-timeout', 'invalid'],
    ['ContainerRestarts', '[15m])) > 5', '[15m])) > 50'],
    ['MemoryKilled', 'reason="OOMKilled"', 'reason="Error"'],
    ['CertificateEnds', '14 * 86400', '4 * 86400'],
    ['DiskFillsUp', '86400) < 0', '86400) < -1e12'],
  ]
  for (const [alert, from, to] of changes) {
    assert.ok(rulesText.includes(from), from)
    assert.notEqual(await unlike(rulesText.replaceAll(from, to), [alert]), '', `${from} → ${to}`)
  }
})

test('every alert says who is told, what is the matter, and where to read on in both languages', () => {
  for (const { alert, labels, annotations } of ALERTS) {
    assert.match(labels!.severity!, /^(page|escalate|ticket|none)$/, alert)
    assert.ok(annotations!.summary!.endsWith('.'), alert)
    const [page, anchor] = annotations!.runbook!.split('#')
    assert.equal(anchor, alert!.toLowerCase())
    for (const it of [page!, page!.replace('docs/en/', 'docs/es/')])
      assert.match(readFileSync(join(root, it), 'utf8'), new RegExp(`^## ${alert}$`, 'm'), `${it}: ${alert}`)
  }
})

test('rules and runbooks ask for figures and codes that the gateway tells', () => {
  const folder = join(root, 'deploy/gateway/src')
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(it => it.endsWith('.ts'))
  const told = new Set(
    sources.flatMap(it =>
      [...readFileSync(join(folder, it), 'utf8').matchAll(/'((?:codeant|process|nodejs)_[a-z_]+)'/g)].map(
        one => one[1]!,
      ),
    ),
  )
  const known = (name: string) => told.has(name) || told.has(name.replace(/_(bucket|sum|count)$/, ''))
  const pages = ['en', 'es'].map(it => readFileSync(join(root, `docs/${it}/runbooks.md`), 'utf8'))
  for (const text of [...ALERTS.map(it => it.expr), rulesText, ...pages])
    for (const [name] of text.matchAll(/\b(?:codeant|process|nodejs)_[a-z_]+\b/g))
      assert.ok(known(name), name)
  for (const page of pages)
    for (const [, code] of page.matchAll(/`((?:bad-|upstream-|over|un)[a-z-]+)`/g))
      assert.ok((ERROR_CODES as readonly string[]).includes(code!), code)
})

/** What promtool says of cases that go another way under these rules; empty where none does. */
function unlike(rules: string, alerts = Object.keys(CASES)): Promise<string> {
  return inFolder('', async ({ path }) => {
    writeFileSync(join(path, 'rules.yaml'), rules)
    const cases = alerts.map(alert => ({ alert, every: '1m', ...CASES[alert]! }))
    const files = [...new Set(cases.map(it => it.every))].map(every => {
      const file = join(path, `cases-${every}.yaml`)
      const tests = cases
        .filter(it => it.every === every)
        .flatMap(({ alert, fires, silent, at }) => [
          asked(alert, fires, at, every, [{ labels: '{}', value: 1 }]),
          ...(alert === 'Watchdog' ? [] : [asked(alert, silent, at, every, [])]),
        ])
      const about = {
        rule_files: ['rules.yaml'],
        evaluation_interval: every,
        group_eval_order: RULES.groups.map(it => it.name),
      }
      writeFileSync(file, stringify({ ...about, tests }))
      return file
    })
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', ...files], {
      encoding: 'utf8',
    })
    return status === 0 ? '' : stdout + stderr
  })
}

function asked(alert: string, series: Series, at: string, interval: string, samples: readonly unknown[]) {
  return {
    interval,
    input_series: Object.entries(series).map(([it, values]) => ({ series: it, values })),
    promql_expr_test: [
      {
        expr: `count(ALERTS{alertname="${alert}", alertstate="firing"})`,
        ...{ eval_time: at, exp_samples: samples },
      },
    ],
  }
}
