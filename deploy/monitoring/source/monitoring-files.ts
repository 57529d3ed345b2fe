// What `npm run generate` writes here: the dashboards as Grafana reads them, and the rules as a Prometheus without an operator does.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments, stringify } from 'yaml'
import { business } from './business.ts'
import { models } from './models.ts'
import { overview } from './overview.ts'
import { requests } from './requests.ts'
import { resources } from './resources.ts'

export interface AlertRule {
  readonly alert?: string
  readonly record?: string
  readonly expr: string
  readonly for?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

export interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly AlertRule[] }[]
}

interface Manifest {
  readonly kind: string
  readonly spec: RuleFile
}

const DASHBOARDS = { overview, requests, resources, models, business } as const
const COMPONENTS = 'deploy/kubernetes/components'
const ABOUT =
  '# Written by `npm run generate` from the rules of all components in deploy/kubernetes, but what only a\n# cluster tells: change those, not this.\n'

export function monitoringFiles(root: string): ReadonlyMap<string, string> {
  const dashboards = Object.entries(DASHBOARDS).map(
    ([name, it]) =>
      [`deploy/monitoring/dashboards/${name}.json`, `${JSON.stringify(it, undefined, 2)}\n`] as const,
  )
  return new Map([
    ...dashboards,
    [
      'deploy/monitoring/rules.yaml',
      ABOUT + stringify(withoutCluster(rulesOfComponents(root)), { lineWidth: 0 }),
    ],
  ])
}

/** What only a cluster tells is missing on a single machine, and some alerts fire because of just that. */
function withoutCluster({ groups }: RuleFile): RuleFile {
  return {
    groups: groups
      .map(it => ({ ...it, rules: it.rules.filter(({ expr }) => !/\b(kube|certmanager)_/.test(expr)) }))
      .filter(it => it.rules.length > 0),
  }
}

/** In the form of Prometheus: the operator's has an envelope around it. */
export function rulesOfComponents(root: string): RuleFile {
  const manifests = readdirSync(join(root, COMPONENTS), { recursive: true, encoding: 'utf8' })
    .filter(it => it.endsWith('.yaml'))
    .sort()
    .flatMap(it => parseAllDocuments(readFileSync(join(root, COMPONENTS, it), 'utf8')))
    .map(it => it.toJS() as Manifest | null)
  return { groups: manifests.flatMap(it => (it?.kind === 'PrometheusRule' ? it.spec.groups : [])) }
}
