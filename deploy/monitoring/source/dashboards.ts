// All dashboards, by the name of their file. `node --import tsx deploy/monitoring/source/write.ts` writes them down.

import { business } from './business.ts'
import { models } from './models.ts'
import { overview } from './overview.ts'
import { requests } from './requests.ts'
import { resources } from './resources.ts'

const DASHBOARDS = { overview, requests, resources, models, business } as const

export function dashboardFiles(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(DASHBOARDS).map(([name, it]) => [`${name}.json`, `${JSON.stringify(it, undefined, 2)}\n`]),
  )
}
