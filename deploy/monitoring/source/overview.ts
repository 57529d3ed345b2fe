// One page for whoever was called: is it ours, what is it, and who has to know.

import { dashboard, lines, number } from './panels.ts'

const ASKED = 'route!~"/health.*|/ready|/api/health"'

export const overview = dashboard({
  uid: 'codeant-overview',
  title: 'CodeAnt: overview',
  about: 'Whether the endpoint keeps what it promises, how much is asked of it, and what fires.',
  from: 'now-6h',
  rows: [
    {
      title: 'Now',
      panels: [
        number('Gateways', 'count(up{pod=~"(gateway|graphql|worker)-.*"} == 1)', {
          ...{ unit: 'short' },
          about: 'That tell their figures.',
        }),
        number('Requests each second', `sum(rate(codeant_http_requests_total{${ASKED}}[$__rate_interval]))`, {
          ...{ unit: 'reqps' },
          about: 'Without probes.',
        }),
        number('Failures, 5 minutes', 'codeant:http_failures:ratio_rate5m', {
          ...{ unit: 'percentunit', steps: [[0.001, 'orange'] as const, [0.0144, 'red'] as const] },
          about: 'Answers of 500 and above, of all.',
        }),
        number('95 of 100 take less', 'codeant:http_request_duration_seconds:p95_5m', {
          ...{ unit: 's', steps: [[0.1, 'orange'] as const, [0.5, 'red'] as const] },
          about: 'Questions of models.',
        }),
        number('Answered before', 'codeant:cache_hits:ratio_rate30m', {
          ...{ unit: 'percentunit' },
          about: 'By the cache, of what may be kept, in half an hour.',
        }),
        number('Of what may fail, left', 'codeant:error_budget:ratio_left30d', {
          ...{ unit: 'percentunit' },
          about: 'Of the 0.1 % of 30 days.',
        }),
      ],
    },
    {
      title: 'Since when',
      panels: [
        lines(
          'Alerts that fire',
          { '{{alertname}}': 'sum by (alertname) (ALERTS{alertstate="firing"})' },
          {
            unit: 'short',
            stacked: true,
            about: 'The Watchdog always fires. docs/en/runbooks.md says what to do.',
          },
        ),
        lines(
          'Requests',
          { '{{status}}': `sum by (status) (rate(codeant_http_requests_total{${ASKED}}[$__rate_interval]))` },
          { unit: 'reqps', stacked: true, about: 'By how they ended.' },
        ),
        lines(
          'What waits',
          {
            'requests in flight': 'sum(codeant_http_requests_in_flight)',
            'analyses, {{kind}}': 'sum by (kind) (codeant_analyses_in_progress)',
            'projects of batches': 'max(codeant_batch_projects{state="waiting"})',
          },
          { unit: 'short', about: 'The queues before and behind the gateways.' },
        ),
        lines(
          'Versions',
          { '{{version}}': 'count by (version) (codeant_build_info)' },
          { unit: 'short', stacked: true, about: 'Gateways of each: a deployment is seen here.' },
        ),
        lines(
          'Traces',
          { '{{outcome}}': 'sum by (outcome) (rate(codeant_trace_spans_total[$__rate_interval]))' },
          { unit: 'short', about: '`dropped`: the collector does not take them. No answer depends on it.' },
        ),
        lines(
          'Logins with the provider',
          { '{{outcome}}': 'sum by (outcome) (increase(codeant_provider_logins_total[1h]))' },
          { unit: 'short', about: '`in`, or why nobody was let in; in an hour.' },
        ),
      ],
    },
  ],
})
