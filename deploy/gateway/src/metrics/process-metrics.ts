// What the process itself tells: which build it is, how late its event loop runs, what memory and time it took.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Registry } from './registry.ts'

/** How finely the delay of the event loop is looked at, in milliseconds. */
const RESOLUTION_MS = 20
const NS = 1e9

/** Returns what ends it. */
export function addProcessMetrics(registry: Registry, version: string): () => void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  registry.gauge('codeant_build_info', 'Always 1; the labels say which build this is.', () => [
    [{ version, node: process.version }, 1],
  ])
  registry.gauge(
    'codeant_event_loop_delay_seconds',
    'How late the event loop ran since somebody last looked.',
    () => {
      const values = [
        [{ quantile: '0.5' }, delay.percentile(50) / NS],
        [{ quantile: '0.99' }, delay.percentile(99) / NS],
        [{ quantile: '1' }, delay.max / NS],
      ] as const
      delay.reset()
      return values
    },
  )
  registry.gauge('process_resident_memory_bytes', 'Memory of the process.', () => [
    [{}, process.memoryUsage.rss()],
  ])
  registry.gauge('nodejs_heap_used_bytes', 'Memory that objects of JavaScript take.', () => [
    [{}, process.memoryUsage().heapUsed],
  ])
  registry.gauge(
    'process_cpu_seconds_total',
    'Time of processors that the process took.',
    () => {
      const { user, system } = process.cpuUsage()
      return [[{}, (user + system) / 1e6]]
    },
    'counter',
  )
  const startedAt = Math.round(Date.now() / 1000 - process.uptime())
  registry.gauge('process_start_time_seconds', 'When the process started.', () => [[{}, startedAt]])
  return () => delay.disable()
}
