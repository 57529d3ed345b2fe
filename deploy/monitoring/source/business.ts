// What it is worth and what it costs: use by team, findings, money, and what was promised. No person is in it.

import { TextBoxVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { dashboard, lines, number } from './panels.ts'

const total = (metric: string) => `sum(increase(${metric}[$__range]))`

export const business = dashboard({
  uid: 'codeant-business',
  title: 'CodeAnt: use and cost',
  about: 'Use by team, findings, cost, and the promises. Teams are named by their id; people are not in it.',
  from: 'now-7d',
  variables: [
    new TextBoxVariableBuilder('gpu_hour').label('Price of a GPU for an hour').defaultValue('2.50'),
    new TextBoxVariableBuilder('pod_hour').label('Price of a gateway for an hour').defaultValue('0.08'),
  ],
  rows: [
    {
      title: 'Promised',
      panels: [
        number('Answered without a fault of ours', '1 - codeant:http_failures:ratio_rate30d', {
          ...{ unit: 'percentunit', width: 6 },
          about: 'Of all requests in 30 days. 99.9 % is the objective (docs/en/service-level.md).',
        }),
        number('Of what may fail, left', 'codeant:error_budget:ratio_left30d', {
          ...{ unit: 'percentunit', width: 6 },
          about: 'Below 0 the objective of these 30 days is missed.',
        }),
        number('Questions of models within half a second', '1 - codeant:http_slow:ratio_rate6h', {
          ...{ unit: 'percentunit', width: 6 },
          about: 'Of the last six hours. 95 % is the objective.',
        }),
        number('Teams at work', 'max(codeant_active_tenants)', {
          ...{ unit: 'short', width: 3 },
          about: 'Of whom somebody was heard in the last five minutes.',
        }),
        number('Keys and people at work', 'sum(codeant_active_callers)', {
          ...{ unit: 'short', width: 3 },
          about: 'Heard of in the last five minutes; counted on each gateway, so one may count twice.',
        }),
      ],
    },
    {
      title: 'Used',
      panels: [
        lines(
          'Requests by team',
          {
            '{{tenant}}': 'topk(10, sum by (tenant) (rate(codeant_tenant_requests_total[$__rate_interval])))',
          },
          { unit: 'reqps', stacked: true, about: 'The ten that ask most.' },
        ),
        lines(
          'Files analysed by team',
          {
            '{{tenant}}':
              'topk(10, sum by (tenant) (rate(codeant_tenant_analysed_files_total[$__rate_interval])) * 60)',
          },
          { unit: 'short', stacked: true, about: 'Each minute; in requests and in batches.' },
        ),
        lines(
          'Tokens by team',
          { '{{tenant}}': 'topk(10, sum by (tenant) (rate(codeant_tenant_tokens_total[$__rate_interval])))' },
          { unit: 'short', stacked: true, about: 'Each second, read and written.' },
        ),
        lines(
          'Analyses',
          {
            '{{kind}}, {{outcome}}':
              'sum by (kind, outcome) (rate(codeant_analyses_total[$__rate_interval])) * 60',
          },
          { unit: 'short', stacked: true, about: 'Each minute, by who wanted them and how they ended.' },
        ),
        lines(
          'Findings by how grave they are',
          { '{{severity}}': 'sum by (severity) (rate(codeant_findings_total[$__rate_interval])) * 60' },
          {
            unit: 'short',
            stacked: true,
            about: 'Each minute. The same finding counts each time it is told.',
          },
        ),
        lines(
          'Findings in a hundred files, by team',
          {
            '{{tenant}}':
              '100 * sum by (tenant) (rate(codeant_tenant_findings_total[1h])) / sum by (tenant) (rate(codeant_tenant_analysed_files_total[1h]))',
          },
          { unit: 'short', about: 'A team that falls over weeks gets better, or analyses something else.' },
        ),
      ],
    },
    {
      title: 'Cost',
      panels: [
        number('GPUs, each day', 'count(count by (gpu_uuid) (nv_gpu_utilization)) * $gpu_hour * 24', {
          ...{ unit: 'currencyUSD', width: 6 },
          about: 'Those that tell of themselves now, at the price above. Change the price to yours.',
        }),
        number('Gateways, each day', 'count(codeant_build_info) * $pod_hour * 24', {
          ...{ unit: 'currencyUSD', width: 6 },
          about: 'Those that run now, at the price above.',
        }),
        number(
          'Hours of engines that the cache saved',
          `${total('codeant_cache_saved_seconds_total')} / 3600`,
          {
            ...{ unit: 'h', width: 6 },
            about: 'In the time chosen above: what answers from the cache took when an engine computed them.',
          },
        ),
        number(
          'Worth, at the price of a GPU',
          `${total('codeant_cache_saved_seconds_total')} / 3600 * $gpu_hour`,
          {
            ...{ unit: 'currencyUSD', width: 6 },
            about: 'An upper bound: an engine computes several answers at once.',
          },
        ),
        lines(
          'GPU time by team',
          {
            '{{tenant}}':
              'topk(10, sum by (tenant) (rate(codeant_tenant_inference_rows_total[$__rate_interval])) / ignoring (tenant) group_left sum(rate(codeant_tenant_inference_rows_total[$__rate_interval])))',
          },
          {
            ...{ unit: 'percentunit', stacked: true, width: 12 },
            about: 'The share of each team in all rows that models answered: a key to divide the bill by.',
          },
        ),
        lines(
          'Cost of a thousand analysed files',
          {
            'at the prices above':
              '1000 * count(codeant_build_info) * $pod_hour / (sum(rate(codeant_analysed_files_total[1h])) * 3600)',
          },
          { unit: 'currencyUSD', width: 12, about: 'Gateways only, over the last hour.' },
        ),
      ],
    },
  ],
})
