// What the process itself tells: which build it is, how late its event loop runs, what memory and time it took.

import { monitorEventLoopDelay, PerformanceObserver, performance } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import type { Registry } from './registry.ts'

/** How finely the delay of the event loop is looked at, in milliseconds. */
const RESOLUTION_MS = 20
const NS = 1e9
/** Without a limit, systems tell one that no machine reaches. */
const MOST_MEMORY = 2 ** 50

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
  registry.gauge(
    'codeant_event_loop_busy_seconds_total',
    'Time in which the event loop had something to do; its rate is the share of it.',
    () => [[{}, performance.eventLoopUtilization().active / 1000]],
    'counter',
  )
  let collecting = 0
  const collections = new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) collecting += duration / 1000
  })
  collections.observe({ entryTypes: ['gc'] })
  registry.gauge(
    'nodejs_gc_seconds_total',
    'Time in which memory was collected.',
    () => [[{}, collecting]],
    'counter',
  )
  registry.gauge('process_resident_memory_bytes', 'Memory of the process.', () => [
    [{}, process.memoryUsage.rss()],
  ])
  registry.gauge(
    'process_memory_limit_bytes',
    'At which the process is killed, where there is a limit.',
    () => {
      const limit = process.constrainedMemory()
      return limit > 0 && limit < MOST_MEMORY ? [[{}, limit]] : []
    },
  )
  registry.gauge('nodejs_heap_size_limit_bytes', 'What objects of JavaScript may take at most.', () => [
    [{}, getHeapStatistics().heap_size_limit],
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
  return () => {
    delay.disable()
    collections.disconnect()
  }
}
