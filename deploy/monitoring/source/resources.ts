// Utilisation, saturation, errors (USE) of everything that can run out: what those look at who ask why.

import { dashboard, lines } from './panels.ts'

const DISKS = 'fstype!~"tmpfs|ramfs|overlay|squashfs"'

export const resources = dashboard({
  uid: 'codeant-resources',
  title: 'CodeAnt: resources',
  about: 'How full, how crowded and how broken each resource is: gateways, database, shared store, machines.',
  from: 'now-3h',
  rows: [
    {
      title: 'Gateways',
      panels: [
        lines(
          'Processor',
          {
            '{{pod}}':
              'sum by (pod) (rate(process_cpu_seconds_total{pod=~"(gateway|graphql|worker)-.*"}[$__rate_interval]))',
          },
          {
            unit: 'short',
            about: 'Processors that a gateway takes. What answers is one thread; analyses have their own.',
          },
        ),
        lines(
          'Share of time in which the event loop is busy',
          { '{{pod}}': 'sum by (pod) (rate(codeant_event_loop_busy_seconds_total[$__rate_interval]))' },
          {
            ...{ unit: 'percentunit', max: 1, steps: [[0.7, 'orange'] as const, [0.9, 'red'] as const] },
            about: 'Near 1, the next request waits. More gateways, not larger ones, help.',
          },
        ),
        lines(
          'How late the event loop is',
          { '{{pod}}': 'max by (pod) (codeant_event_loop_delay_seconds{quantile="0.99"})' },
          {
            ...{ unit: 's', steps: [[0.1, 'orange'] as const, [0.5, 'red'] as const] },
            about: 'From 2 s on, a gateway sends new requests away.',
          },
        ),
        lines(
          'Memory',
          {
            '{{pod}}': 'sum by (pod) (process_resident_memory_bytes{pod=~"(gateway|graphql|worker)-.*"})',
            'objects of {{pod}}': 'sum by (pod) (nodejs_heap_used_bytes)',
          },
          { unit: 'bytes', about: 'Of the process, and of its objects. In the manifests, 2 GiB is the end.' },
        ),
        lines(
          'Share of time in which memory is collected',
          { '{{pod}}': 'sum by (pod) (rate(nodejs_gc_seconds_total[$__rate_interval]))' },
          {
            ...{ unit: 'percentunit', steps: [[0.1, 'orange'] as const, [0.25, 'red'] as const] },
            about: 'Above a tenth, the memory is too small for what is asked.',
          },
        ),
        lines(
          'Starts',
          { '{{pod}}': 'changes(process_start_time_seconds{pod=~"(gateway|graphql|worker)-.*"}[30m])' },
          { unit: 'short', about: 'In half an hour. More than three are a ticket.' },
        ),
      ],
    },
    {
      title: 'Threads that analyse, and their queues',
      panels: [
        lines(
          'Analyses, and threads for them',
          {
            '{{kind}}: run or wait': 'sum by (kind) (codeant_analyses_in_progress)',
            '{{kind}}: threads': 'sum by (kind) (codeant_analysis_threads)',
          },
          { unit: 'short', about: 'What is above the threads waits. Somebody waits for a `request`.' },
        ),
        lines(
          'Projects of batches',
          { '{{state}}': 'max by (state) (codeant_batch_projects)' },
          { unit: 'short', about: 'Of all gateways together: each tells the same.' },
        ),
        lines(
          'Longest wait of a batch',
          { oldest: 'max(codeant_batch_oldest_waiting_seconds)' },
          {
            ...{ unit: 's', steps: [[3600, 'red'] as const] },
            about: 'After an hour there is a ticket: more gateways with `batch.threads`, or an Indexed Job.',
          },
        ),
      ],
    },
    {
      title: 'Database and shared store',
      panels: [
        lines(
          'Connections to the database',
          { '{{state}}': 'sum by (state) (codeant_database_pool_connections)' },
          { unit: 'short', stacked: true, about: '`waiting` above 0: transactions queue for a connection.' },
        ),
        lines(
          'Transactions',
          {
            'in flight': 'sum(codeant_database_transactions_in_flight)',
            'fail, each second':
              'sum(rate(codeant_database_errors_total[$__rate_interval])) or 0 * sum(codeant_database_transactions_in_flight)',
          },
          { unit: 'short', about: 'Failures at 0.1 a second for five minutes call somebody.' },
        ),
        lines(
          'Shared store',
          {
            answers: 'min(codeant_redis_up)',
            'requests, each second': 'sum(rate(codeant_redis_requests_total[$__rate_interval]))',
          },
          { unit: 'short', about: 'While it is gone (0), each gateway counts and remembers for itself.' },
        ),
      ],
    },
    {
      title: 'Machines (node_exporter)',
      panels: [
        lines(
          'Processors in use',
          {
            '{{instance}}':
              '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[$__rate_interval]))',
          },
          { unit: 'percentunit', max: 1, about: 'Of all processors of a machine.' },
        ),
        lines(
          'Load on each processor',
          {
            '{{instance}}':
              'sum by (instance) (node_load1) / count by (instance) (node_cpu_seconds_total{mode="idle"})',
          },
          {
            ...{ unit: 'short', steps: [[1, 'orange'] as const, [2, 'red'] as const] },
            about: 'Above 1, work waits for a processor.',
          },
        ),
        lines(
          'Memory in use',
          {
            '{{instance}}':
              '1 - sum by (instance) (node_memory_MemAvailable_bytes) / sum by (instance) (node_memory_MemTotal_bytes)',
          },
          {
            unit: 'percentunit',
            max: 1,
            steps: [[0.92, 'red']],
            about: 'What cannot be had when asked for.',
          },
        ),
        lines(
          'Disks in use',
          {
            '{{instance}} {{mountpoint}}': `1 - node_filesystem_avail_bytes{${DISKS}} / node_filesystem_size_bytes{${DISKS}}`,
          },
          {
            unit: 'percentunit',
            max: 1,
            steps: [[0.9, 'red']],
            about: 'The databases of the cluster lie on them.',
          },
        ),
        lines(
          'Network',
          {
            'in, {{instance}}':
              'sum by (instance) (rate(node_network_receive_bytes_total{device!="lo"}[$__rate_interval]))',
            'out, {{instance}}':
              'sum by (instance) (rate(node_network_transmit_bytes_total{device!="lo"}[$__rate_interval]))',
          },
          { unit: 'Bps', about: 'Of all devices but the machine’s own.' },
        ),
        lines(
          'Network errors',
          {
            '{{instance}}':
              'sum by (instance) (rate(node_network_receive_errs_total[$__rate_interval]) + rate(node_network_transmit_errs_total[$__rate_interval]))',
          },
          { unit: 'pps', about: 'Above 0 for long: a cable, a driver, or a network that is full.' },
        ),
      ],
    },
  ],
})
