// The rules and routes that ship, as the programs read them that act by them.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { rulesOfComponents } from '../../../deploy/monitoring/source/monitoring-files.ts'
import { root } from './render.ts'

export const RULES = rulesOfComponents(root)

export const ALERTS = RULES.groups.flatMap(it => it.rules).filter(it => it.alert !== undefined)

export const rulesText = stringify(RULES, { lineWidth: 0 })

/** With the addresses themselves, where Alertmanager reads them from files. */
export function routesText(address: (receiver: string) => string): string {
  return readFileSync(join(root, 'deploy/monitoring/alertmanager.yaml'), 'utf8').replace(
    /url_file: \/etc\/alertmanager\/receivers\/(\w+)/g,
    (_, receiver: string) => `url: ${address(receiver)}`,
  )
}

/** Why a test that needs these programs cannot run here. */
export function without(...tools: readonly string[]): { readonly skip?: string } {
  const missing = tools.filter(it => spawnSync(it, ['--version'], { stdio: 'ignore' }).error)
  return missing.length > 0 ? { skip: `there is no ${missing.join(', no ')} here` } : {}
}
