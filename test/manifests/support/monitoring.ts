// The rules and routes that ship, as the programs read them that act by them.

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments, stringify } from 'yaml'
import { type Manifest, root } from './render.ts'

export interface AlertRule {
  readonly alert?: string
  readonly record?: string
  readonly expr: string
  readonly for?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly AlertRule[] }[]
}

const read = (path: string) => readFileSync(join(root, path), 'utf8')

const COMPONENTS = 'deploy/kubernetes/components'

/** All rules of all components, in the form of Prometheus: the operator's has an envelope around it. */
export const RULES: RuleFile = {
  groups: readdirSync(join(root, COMPONENTS), { recursive: true, encoding: 'utf8' })
    .filter(it => it.endsWith('.yaml'))
    .sort()
    .flatMap(it => parseAllDocuments(read(`${COMPONENTS}/${it}`)).map(one => one.toJS() as Manifest | null))
    .filter(it => it?.kind === 'PrometheusRule')
    .flatMap(it => (it!.spec as RuleFile).groups),
}

export const ALERTS = RULES.groups.flatMap(it => it.rules).filter(it => it.alert !== undefined)

export const rulesText = stringify(RULES, { lineWidth: 0 })

/** With the addresses themselves, where Alertmanager reads them from files. */
export function routesText(address: (receiver: string) => string): string {
  return read('deploy/monitoring/alertmanager.yaml').replace(
    /url_file: \/etc\/alertmanager\/receivers\/(\w+)/g,
    (_, receiver: string) => `url: ${address(receiver)}`,
  )
}

/** Why a test that needs these programs cannot run here. */
export function without(...tools: readonly string[]): { readonly skip?: string } {
  const missing = tools.filter(it => spawnSync(it, ['--version'], { stdio: 'ignore' }).error)
  return missing.length > 0 ? { skip: `there is no ${missing.join(', no ')} here` } : {}
}
