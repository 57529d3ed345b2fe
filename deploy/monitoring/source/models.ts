// The models and the engines behind them: what the gateway sees of all of them, and what Triton and vLLM tell of themselves.

import { dashboard, lines } from './panels.ts'

const perSecond = (metric: string, by: string) => `sum by (${by}) (rate(${metric}[$__rate_interval]))`
const p95 = (metric: string, by: string) =>
  `histogram_quantile(0.95, sum by (le, ${by}) (rate(${metric}_bucket[$__rate_interval])))`

export const models = dashboard({
  uid: 'codeant-models',
  title: 'CodeAnt: models',
  about: 'Questions to models, how long they take, what the cache saves, and how the engines do.',
  from: 'now-3h',
  rows: [
    {
      title: 'As the gateway sees them',
      panels: [
        lines(
          'Questions by model',
          { '{{model}}': perSecond('codeant_inference_requests_total', 'model') },
          { unit: 'reqps', stacked: true, about: 'Those that no cache answered.' },
        ),
        lines(
          'How questions end',
          { '{{outcome}}': perSecond('codeant_inference_requests_total', 'outcome') },
          { unit: 'reqps', stacked: true, about: '`ok`, or the code of the error.' },
        ),
        lines(
          '95 of 100 take less',
          { '{{model}}': p95('codeant_inference_duration_seconds', 'model') },
          { unit: 's', about: 'With the queue of the engine.' },
        ),
        lines(
          'Rows of a question',
          {
            '{{model}}':
              'sum by (model) (rate(codeant_inference_batch_rows_sum[$__rate_interval])) / sum by (model) (rate(codeant_inference_batch_rows_count[$__rate_interval]))',
          },
          { unit: 'short', about: 'On average. What comes alone is put together by the engine.' },
        ),
        lines(
          'Asked, and waiting',
          {
            'asked of {{engine}}': 'sum by (engine) (codeant_inference_in_flight)',
            'rows waiting in the embedded engine': 'sum(codeant_inference_queue_rows)',
          },
          { unit: 'short', about: 'The embedded engine refuses from 256 rows on (`inference.queue`).' },
        ),
        lines(
          'Circuits that are open',
          { '{{engine}}': 'max by (engine) (codeant_breaker_open)' },
          { unit: 'short', max: 1, about: '1: the engine is left alone, and tried every few seconds.' },
        ),
      ],
    },
    {
      title: 'Cache of answers',
      panels: [
        lines(
          'Answered before',
          { 'of all that may be kept': 'codeant:cache_hits:ratio_rate30m' },
          {
            ...{ unit: 'percentunit', max: 1 },
            about: 'The goal is 85 % where editors are at work. Below 20 % for an hour there is a ticket.',
          },
        ),
        lines(
          'Looked up',
          { '{{result}}': perSecond('codeant_cache_lookups_total', 'result') },
          { unit: 'reqps', stacked: true, about: '`bypass`: the engine tells no digest of its weights.' },
        ),
        lines(
          'Room, and what was dropped for it',
          {
            'bytes on {{pod}}': 'sum by (pod) (codeant_cache_bytes)',
            'dropped, each second': 'sum(rate(codeant_cache_evictions_total[$__rate_interval]))',
          },
          { unit: 'short', about: 'Much that is dropped, and few hits: raise `cache.bytes`.' },
        ),
      ],
    },
    {
      title: 'Texts',
      panels: [
        lines(
          'How texts end',
          { '{{outcome}}': perSecond('codeant_chat_requests_total', 'outcome') },
          { unit: 'reqps', stacked: true, about: '`hung-up`: nobody waited for the end.' },
        ),
        lines(
          '95 of 100 take less',
          { '{{engine}}': p95('codeant_chat_duration_seconds', 'engine') },
          { unit: 's', about: 'To the last piece.' },
        ),
        lines(
          'Tokens each second',
          { '{{kind}}': perSecond('codeant_tokens_total', 'kind') },
          { unit: 'short', about: 'As the engine counts them.' },
        ),
      ],
    },
    {
      title: 'Triton',
      panels: [
        lines(
          'Waiting',
          { '{{model}}': 'sum by (model) (nv_inference_pending_request_count)' },
          { unit: 'short', steps: [[64, 'red']], about: 'Above 64 for ten minutes there is a ticket.' },
        ),
        lines(
          'Time of a request',
          {
            'queue, {{model}}':
              'sum by (model) (rate(nv_inference_queue_duration_us[$__rate_interval])) / sum by (model) (rate(nv_inference_request_success[$__rate_interval])) / 1e6',
            'computing, {{model}}':
              'sum by (model) (rate(nv_inference_compute_infer_duration_us[$__rate_interval])) / sum by (model) (rate(nv_inference_request_success[$__rate_interval])) / 1e6',
          },
          { unit: 's', about: 'On average. A queue that is longer than the computing wants another GPU.' },
        ),
        lines(
          'Rows that are computed at once',
          {
            '{{model}}':
              'sum by (model) (rate(nv_inference_count[$__rate_interval])) / sum by (model) (rate(nv_inference_exec_count[$__rate_interval]))',
          },
          { unit: 'short', about: 'What dynamic batching makes of it. Near 1 it does nothing.' },
        ),
        lines(
          'GPUs in use',
          { '{{gpu_uuid}}': 'max by (gpu_uuid) (nv_gpu_utilization)' },
          { unit: 'percentunit', max: 1, about: 'Whether they compute, not how well.' },
        ),
        lines(
          'Memory of GPUs in use',
          { '{{gpu_uuid}}': 'max by (gpu_uuid) (nv_gpu_memory_used_bytes / nv_gpu_memory_total_bytes)' },
          { unit: 'percentunit', max: 1, steps: [[0.95, 'red']], about: 'At 95 % there is a ticket.' },
        ),
        lines(
          'Power of GPUs',
          { '{{gpu_uuid}}': 'max by (gpu_uuid) (nv_gpu_power_usage)' },
          { unit: 'watt', about: 'What the bill is made of.' },
        ),
      ],
    },
    {
      title: 'vLLM',
      panels: [
        lines(
          'Requests',
          {
            'run, {{model_name}}': 'sum by (model_name) (vllm:num_requests_running)',
            'wait, {{model_name}}': 'sum by (model_name) (vllm:num_requests_waiting)',
          },
          { unit: 'short', about: 'More than 8 that wait for ten minutes are a ticket.' },
        ),
        lines(
          'First token, and from token to token',
          {
            'first, {{model_name}}': p95('vllm:time_to_first_token_seconds', 'model_name'),
            'next, {{model_name}}': p95('vllm:inter_token_latency_seconds', 'model_name'),
          },
          { unit: 's', about: '95 of 100 take less.' },
        ),
        lines(
          'Room for contexts in use',
          { '{{model_name}}': 'max by (model_name) (vllm:kv_cache_usage_perc)' },
          {
            unit: 'percentunit',
            max: 1,
            steps: [[0.9, 'red']],
            about: 'Full: requests wait, or begin again.',
          },
        ),
      ],
    },
  ],
})
