// What others tell of themselves and we ask for, by their own documentation: a name that is not here is one that we made up.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Triton 2.x, docs/user_guide/metrics.md. */
const TRITON: Metrics = {
  nv_inference_request_success: ['counter', 'model="bug-finder", version="1"', 100],
  nv_inference_count: ['counter', 'model="bug-finder", version="1"', 400],
  nv_inference_exec_count: ['counter', 'model="bug-finder", version="1"', 50],
  nv_inference_queue_duration_us: ['counter', 'model="bug-finder", version="1"', 90_000],
  nv_inference_compute_infer_duration_us: ['counter', 'model="bug-finder", version="1"', 700_000],
  nv_inference_pending_request_count: ['gauge', 'model="bug-finder", version="1"', 3],
  nv_gpu_utilization: ['gauge', 'gpu_uuid="GPU-1"', 0.6],
  nv_gpu_memory_used_bytes: ['gauge', 'gpu_uuid="GPU-1"', 8e9],
  nv_gpu_memory_total_bytes: ['gauge', 'gpu_uuid="GPU-1"', 16e9],
  nv_gpu_power_usage: ['gauge', 'gpu_uuid="GPU-1"', 180],
}
/** vLLM, usage/metrics. */
const VLLM: Metrics = {
  'vllm:num_requests_running': ['gauge', 'model_name="coder", engine="0"', 2],
  'vllm:num_requests_waiting': ['gauge', 'model_name="coder", engine="0"', 1],
  'vllm:kv_cache_usage_perc': ['gauge', 'model_name="coder", engine="0"', 0.4],
  'vllm:time_to_first_token_seconds': ['histogram', 'model_name="coder", engine="0"', 0.2],
  'vllm:inter_token_latency_seconds': ['histogram', 'model_name="coder", engine="0"', 0.02],
}
/** node_exporter 1.x. */
const MACHINES = [
  'node_cpu_seconds_total',
  'node_load1',
  'node_memory_MemAvailable_bytes',
  'node_memory_MemTotal_bytes',
  'node_filesystem_avail_bytes',
  'node_filesystem_size_bytes',
  'node_network_receive_bytes_total',
  'node_network_transmit_bytes_total',
  'node_network_receive_errs_total',
  'node_network_transmit_errs_total',
]
/** kube-state-metrics 2.x, cert-manager 1.x, blackbox_exporter 0.x. */
const CLUSTER = [
  'kube_pod_container_status_waiting_reason',
  'kube_pod_container_status_restarts_total',
  'kube_pod_container_status_last_terminated_reason',
  'kube_deployment_status_condition',
  'kube_job_failed',
  'kube_cronjob_status_last_successful_time',
  'kube_cronjob_created',
  'kube_horizontalpodautoscaler_status_current_replicas',
  'kube_horizontalpodautoscaler_spec_max_replicas',
  'certmanager_certificate_expiration_timestamp_seconds',
  'probe_success',
]
/** Prometheus itself. */
const OWN = ['up', 'ALERTS']

export const FOREIGN_METRICS: ReadonlySet<string> = new Set([
  ...Object.keys({ ...TRITON, ...VLLM }),
  ...MACHINES,
  ...CLUSTER,
  ...OWN,
])

type Metrics = Readonly<
  Record<string, readonly [type: 'counter' | 'gauge' | 'histogram', labels: string, value: number]>
>

/** Tells what both engines would tell; counters grow with each look. */
export async function fakeEngineMetrics(): Promise<{ readonly url: string; stop(): Promise<unknown> }> {
  let looks = 0
  const server = createServer((_, response) => {
    looks++
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
    response.end(
      Object.entries({ ...TRITON, ...VLLM })
        .map(
          ([name, [type, labels, value]]) => `# TYPE ${name} ${type}\n${samples(name, type, labels, value)}`,
        )
        .join(''),
    )
  })
  function samples(name: string, type: string, labels: string, value: number): string {
    if (type === 'gauge') return `${name}{${labels}} ${value}\n`
    if (type === 'counter') return `${name}{${labels}} ${value * looks}\n`
    const buckets = [value, '+Inf'].map(le => `${name}_bucket{${labels}, le="${le}"} ${10 * looks}\n`)
    return `${buckets.join('')}${name}_sum{${labels}} ${value * 5 * looks}\n${name}_count{${labels}} ${10 * looks}\n`
  }
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise(resolve => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  }
}
