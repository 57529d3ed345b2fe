// Analyses that are watched: how many, how long, how many wait for a thread, and what they found.

import { Refusal } from '../errors.ts'
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts'
import type { Analyser } from './analyser.ts'

export interface Watch {
  readonly metrics: GatewayMetrics
  /** Whether somebody waits for it. */
  readonly kind: 'request' | 'batch'
  readonly threads: number
}

export function countedAnalyser(inner: Analyser, { metrics, kind, threads }: Watch): Analyser {
  metrics.analysers.set(kind, { threads, busy: () => inner.busy })
  return {
    get busy() {
      return inner.busy
    },
    async analyse(request, signal) {
      const began = performance.now()
      try {
        const analysis = await inner.analyse(request, signal)
        const { files, findings, severities } = analysis
        metrics.analyses.add({ kind, outcome: 'ok' })
        metrics.analysisSeconds.observe({ kind }, (performance.now() - began) / 1000)
        metrics.analysedFiles.add({ kind }, files)
        for (const [severity, count] of Object.entries(severities))
          metrics.findings.add({ kind, severity }, count)
        const own = metrics.tenant(request.tenant)
        own.analysedFiles.add({}, files)
        own.findings.add({}, findings)
        return analysis
      } catch (error) {
        metrics.analyses.add({ kind, outcome: outcomeOf(error, signal) })
        throw error
      }
    },
    close: () => inner.close(),
  }
}

function outcomeOf(error: unknown, signal: AbortSignal): string {
  if (error instanceof Refusal) return error.code
  // Whoever wanted it hung up, or another worker has it by now.
  return signal.aborted ? 'given-up' : 'internal'
}
