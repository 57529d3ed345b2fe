// A real Prometheus for a test, that looks every second and can be asked.

import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { freePort } from '../../support/free-port.ts'

export interface Sample {
  readonly metric: Readonly<Record<string, string>>
  readonly value: number
}

export interface TestPrometheus {
  readonly url: string
  /** Throws what Prometheus says of a query that it does not understand. */
  ask(query: string): Promise<readonly Sample[]>
  stop(): void
}

/** `targets` are read under the labels that the cluster would give them. */
export async function startPrometheus(
  folder: string,
  rules: string,
  targets: readonly { readonly url: string; readonly labels: Readonly<Record<string, string>> }[],
): Promise<TestPrometheus> {
  const port = await freePort()
  writeFileSync(join(folder, 'rules.yaml'), rules)
  writeFileSync(
    join(folder, 'prometheus.yaml'),
    stringify({
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: ['rules.yaml'],
      scrape_configs: [
        {
          job_name: 'targets',
          static_configs: targets.map(({ url, labels }) => ({ targets: [new URL(url).host], labels })),
        },
      ],
    }),
  )
  mkdirSync(join(folder, 'metrics'), { recursive: true })
  const child = spawn('prometheus', [
    ...[`--config.file=${join(folder, 'prometheus.yaml')}`, `--storage.tsdb.path=${join(folder, 'metrics')}`],
    `--web.listen-address=127.0.0.1:${port}`,
  ])
  let said = ''
  child.stderr.on('data', it => {
    said += String(it)
  })
  const url = `http://127.0.0.1:${port}`
  for (;;) {
    if (child.exitCode !== null) throw new Error(said)
    const isReady = await fetch(`${url}/-/ready`).then(
      it => it.ok,
      () => false,
    )
    if (isReady) break
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  return {
    url,
    async ask(query) {
      const answer = await fetch(`${url}/api/v1/query`, {
        method: 'POST',
        body: new URLSearchParams({ query }),
      })
      const { status, error, data } = (await answer.json()) as Answer
      if (status !== 'success') throw new Error(`${query}: ${error}`)
      return data.result.map(it => ({ metric: it.metric, value: Number(it.value[1]) }))
    },
    stop: () => void child.kill('SIGKILL'),
  }
}

interface Answer {
  readonly status: string
  readonly error?: string
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>
      readonly value: readonly [at: number, value: string]
    }[]
  }
}
