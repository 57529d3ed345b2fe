// What one team uses: for the team itself as values, and for who pays under its id. None of its people is in it.

import { SECONDS } from './bounds.ts'
import { Counter, Histogram, type Registry } from './registry.ts'

/** The figures of one tenant, of this process, since it started. */
export class TenantMetrics {
  readonly requests = new Histogram(SECONDS, 'route')
  readonly failures = new Counter('route')
  readonly inferences = new Histogram(SECONDS, 'model')
  readonly inferenceFailures = new Counter('model')
  readonly rows = new Counter()
  readonly cache = new Counter<'result'>('result')
  readonly tokens = new Counter<'kind'>('kind')
  readonly analysedFiles = new Counter()
  readonly findings = new Counter()
  readonly actors = new Map<string, number>()
}

/** What a team uses, for who pays: its id is in it and none of its people. */
export function tellOfTenants(registry: Registry, tenants: ReadonlyMap<string, TenantMetrics>): void {
  const each = (name: string, help: string, amountOf: (of: TenantMetrics) => number) =>
    registry.gauge(
      name,
      help,
      () => [...tenants].map(([tenant, it]) => [{ tenant }, amountOf(it)] as const),
      'counter',
    )
  each('codeant_tenant_requests_total', 'Requests of a team.', it => countOf(it.requests))
  each('codeant_tenant_inference_rows_total', 'Rows that models answered for a team.', it => it.rows.total)
  each('codeant_tenant_tokens_total', 'Tokens that were read and written for a team.', it => it.tokens.total)
  each(
    'codeant_tenant_analysed_files_total',
    'Files of a team that were analysed.',
    it => it.analysedFiles.total,
  )
  each('codeant_tenant_findings_total', 'Findings that were told to a team.', it => it.findings.total)
}

function countOf(histogram: Histogram<'route'>): number {
  let sum = 0
  for (const [, { count }] of histogram.samples()) sum += count
  return sum
}
