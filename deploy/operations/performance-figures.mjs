// What is measured of an endpoint, in the order in which somebody asks: what people feel, what it costs, what is in between.

import { say } from './program.mjs'

/** Below `least`, a difference is none. */
const SECONDS = { least: 0.005, show: it => (it < 1 ? `${(it * 1000).toFixed(0)} ms` : `${it.toFixed(2)} s`) }
const SHARE = { least: 0.005, show: it => `${(it * 100).toFixed(2)} %` }
const BYTES = { least: 64 * 2 ** 20, show: it => `${(it / 2 ** 20).toFixed(0)} MiB` }
const EACH_SECOND = { least: 0.1, show: it => `${it.toFixed(1)}/s` }
const COUNT = { least: 1, show: it => it.toFixed(1) }

const ASKED = 'route!~"/health.*|/ready|/api/health"'
const quantile = (part, metric, where = '') =>
  `histogram_quantile(${part}, sum by (le) (rate(${metric}_bucket{${where}}[$window])))`
const ratio = (metric, part, all) =>
  `sum(rate(${metric}{${part}}[$window])) / sum(rate(${metric}{${all}}[$window]))`

/** `wanted` says which way is better; absent: neither, it is the load or a choice. */
export const FIGURES = [
  {
    id: 'requests',
    title: say('Requests', 'Peticiones'),
    unit: EACH_SECOND,
    query: `sum(rate(codeant_http_requests_total{${ASKED}}[$window]))`,
  },
  {
    id: 'failures',
    title: say('Of them, failed', 'De ellas, fallidas'),
    unit: SHARE,
    wanted: 'less',
    query: `(sum(rate(codeant_http_requests_total{status=~"5..", ${ASKED}}[$window])) or vector(0)) / sum(rate(codeant_http_requests_total{${ASKED}}[$window]))`,
  },
  {
    id: 'models-p95',
    title: say('Questions of models, 95 of 100 take less', 'Preguntas a modelos, 95 de 100 tardan menos'),
    unit: SECONDS,
    wanted: 'less',
    query: quantile(0.95, 'codeant_http_request_duration_seconds', 'route=~"/v2/.*|/api/v1/query"'),
  },
  {
    id: 'engine-p95',
    title: say('The engine’s part of it', 'La parte del motor'),
    unit: SECONDS,
    wanted: 'less',
    query: quantile(0.95, 'codeant_inference_duration_seconds'),
  },
  {
    id: 'database-p95',
    title: say('Transactions, 95 of 100 take less', 'Transacciones, 95 de 100 tardan menos'),
    unit: SECONDS,
    wanted: 'less',
    query: quantile(0.95, 'codeant_database_transaction_duration_seconds'),
  },
  {
    id: 'analysis-p95',
    title: say('Analyses, 95 of 100 take less', 'Análisis, 95 de 100 tardan menos'),
    unit: SECONDS,
    wanted: 'less',
    query: quantile(0.95, 'codeant_analysis_duration_seconds', 'kind="request"'),
  },
  {
    id: 'refused',
    title: say('Analyses refused, the queue being full', 'Análisis rechazados por la cola llena'),
    unit: SHARE,
    wanted: 'less',
    query: `(sum(rate(codeant_analyses_total{kind="request", outcome="overloaded"}[$window])) or vector(0)) / sum(rate(codeant_analyses_total{kind="request"}[$window]))`,
  },
  {
    id: 'batch-wait',
    title: say('Longest wait of a batch', 'Espera más larga de un lote'),
    unit: { ...SECONDS, least: 60 },
    wanted: 'less',
    query: 'max(max_over_time(codeant_batch_oldest_waiting_seconds[$window]))',
  },
  {
    id: 'cache-hits',
    title: say('Answered before', 'Respondidas antes'),
    unit: SHARE,
    wanted: 'more',
    query: ratio('codeant_cache_lookups_total', 'result="hit"', 'result=~"hit|miss"'),
  },
  {
    id: 'cache-bypass',
    title: say('Not kept, for want of a digest', 'No guardadas, por falta de resumen'),
    unit: SHARE,
    wanted: 'less',
    query: ratio('codeant_cache_lookups_total', 'result="bypass"', ''),
  },
  {
    id: 'cache-dropped',
    title: say('Answers dropped for want of room', 'Respuestas expulsadas por falta de sitio'),
    unit: EACH_SECOND,
    query: 'sum(rate(codeant_cache_evictions_total[$window]))',
  },
  {
    id: 'gateways',
    title: say('Gateways', 'Pasarelas'),
    unit: COUNT,
    query: 'avg_over_time(count(codeant_build_info)[$window:15s])',
  },
  {
    id: 'processor',
    title: say('Processor for a thousand requests', 'Procesador para mil peticiones'),
    unit: { ...SECONDS, least: 0.05 },
    wanted: 'less',
    query: `1000 * sum(rate(process_cpu_seconds_total{pod=~"(gateway|graphql)-.*"}[$window])) / sum(rate(codeant_http_requests_total{${ASKED}}[$window]))`,
  },
  {
    id: 'loop-busy',
    title: say('Busiest event loop', 'Bucle de eventos más ocupado'),
    unit: SHARE,
    wanted: 'less',
    query: 'max(rate(codeant_event_loop_busy_seconds_total[$window]))',
  },
  {
    id: 'collecting',
    title: say('Time that memory takes to be collected', 'Tiempo en recoger memoria'),
    unit: SHARE,
    wanted: 'less',
    query: 'max(rate(nodejs_gc_seconds_total[$window]))',
  },
  {
    id: 'memory',
    title: say('Largest gateway', 'Pasarela más grande'),
    unit: BYTES,
    wanted: 'less',
    query: 'max(max_over_time(process_resident_memory_bytes{pod=~"(gateway|graphql|worker)-.*"}[$window]))',
  },
  {
    id: 'memory-share',
    title: say('Of what it may have', 'De lo que puede tener'),
    unit: SHARE,
    query:
      'max(max_over_time(process_resident_memory_bytes{pod=~"(gateway|graphql|worker)-.*"}[$window]) / process_memory_limit_bytes)',
  },
  {
    id: 'connections-waiting',
    title: say('Transactions that wait for a connection', 'Transacciones que esperan conexión'),
    unit: COUNT,
    wanted: 'less',
    query: 'max(max_over_time(codeant_database_pool_connections{state="waiting"}[$window]))',
  },
  {
    id: 'gpu',
    title: say('GPUs in use', 'GPU en uso'),
    unit: SHARE,
    query: 'avg(avg_over_time(nv_gpu_utilization[$window]))',
  },
  {
    id: 'gpu-queue',
    title: say('Questions that wait for a GPU', 'Preguntas que esperan una GPU'),
    unit: COUNT,
    wanted: 'less',
    query: 'sum(avg_over_time(nv_inference_pending_request_count[$window]))',
  },
  {
    id: 'gpu-rows',
    title: say('Rows that are computed at once', 'Filas que se calculan juntas'),
    unit: COUNT,
    wanted: 'more',
    query: 'sum(rate(nv_inference_count[$window])) / sum(rate(nv_inference_exec_count[$window]))',
  },
]
