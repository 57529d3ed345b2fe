// Rate, errors, duration (RED): what those notice who ask.

import { dashboard, lines } from './panels.ts'

/** All but what probes ask. */
const ASKED = 'route!~"/health.*|/ready|/api/health"'
const MODELS = 'route=~"/v2/.*|/api/v1/query"'

const quantile = (part: number, metric: string, where: string, by = '') =>
  `histogram_quantile(${part}, sum by (le${by}) (rate(${metric}_bucket{${where}}[$__rate_interval])))`

export const requests = dashboard({
  uid: 'codeant-requests',
  title: 'CodeAnt: requests',
  about: 'Rate, errors and duration of what is asked of the endpoint, by the template of the route.',
  from: 'now-3h',
  rows: [
    {
      title: 'Rate',
      panels: [
        lines(
          'Requests by status',
          { '{{status}}': `sum by (status) (rate(codeant_http_requests_total{${ASKED}}[$__rate_interval]))` },
          {
            ...{ unit: 'reqps', stacked: true },
            about: '499 is a caller who hung up; 429 one who asks more often than the limits allow.',
          },
        ),
        lines(
          'Requests by route',
          {
            '{{route}}': `topk(8, sum by (route) (rate(codeant_http_requests_total{${ASKED}}[$__rate_interval])))`,
          },
          { unit: 'reqps', about: 'The eight that are asked most; `none` is an address that nobody has.' },
        ),
        lines(
          'In flight',
          { '{{pod}}': 'sum by (pod) (codeant_http_requests_in_flight)' },
          { unit: 'short', about: 'Requests that wait for the end of their answer, by gateway.' },
        ),
      ],
    },
    {
      title: 'Errors',
      panels: [
        lines(
          'Share of failures',
          {
            '5 minutes': 'codeant:http_failures:ratio_rate5m',
            '1 hour': 'codeant:http_failures:ratio_rate1h',
          },
          {
            ...{ unit: 'percentunit', steps: [[0.001, 'orange'] as const, [0.0144, 'red'] as const] },
            about: 'Answers of 500 and above. At 1.44 % for an hour, somebody is called.',
          },
        ),
        lines(
          'Errors by code',
          { '{{code}}': 'sum by (code) (rate(codeant_http_errors_total[$__rate_interval]))' },
          {
            ...{ unit: 'reqps', stacked: true },
            about:
              '`overloaded`: too few gateways. `bad-upstream`, `unavailable`, `upstream-timeout`: an engine.',
          },
        ),
        lines(
          'Errors by route',
          { '{{route}}': 'topk(8, sum by (route) (rate(codeant_http_errors_total[$__rate_interval])))' },
          { unit: 'reqps', about: 'The eight that refuse or fail most.' },
        ),
      ],
    },
    {
      title: 'Duration',
      panels: [
        lines(
          'Questions of models',
          {
            'half take less': quantile(0.5, 'codeant_http_request_duration_seconds', MODELS),
            '95 of 100 take less': 'codeant:http_request_duration_seconds:p95_5m',
            '99 of 100 take less': quantile(0.99, 'codeant_http_request_duration_seconds', MODELS),
          },
          {
            ...{ unit: 's', steps: [[0.1, 'yellow'] as const, [0.5, 'red'] as const] },
            about:
              'The goal is that 95 of 100 take less than 0.1 s. At 0.5 s there is a ticket, at 2 s a call.',
          },
        ),
        lines(
          '95 of 100 take less, by route',
          {
            '{{route}}': `topk(8, ${quantile(0.95, 'codeant_http_request_duration_seconds', ASKED, ', route')})`,
          },
          { unit: 's', about: 'Analyses and texts take seconds; that is no fault.' },
        ),
        lines(
          'Transactions of the database',
          {
            'half take less': quantile(0.5, 'codeant_database_transaction_duration_seconds', ''),
            '95 of 100 take less': quantile(0.95, 'codeant_database_transaction_duration_seconds', ''),
          },
          {
            ...{ unit: 's', steps: [[0.05, 'yellow'] as const, [0.25, 'red'] as const] },
            about: 'From wanting a connection to the end. Everything that needs a key waits for it.',
          },
        ),
      ],
    },
  ],
})
