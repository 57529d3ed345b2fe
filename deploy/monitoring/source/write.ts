// Writes the dashboards as Grafana reads them. A test fails when what lies there is not what this would write.

import { writeFileSync } from 'node:fs'
import { dashboardFiles } from './dashboards.ts'

for (const [name, text] of dashboardFiles())
  writeFileSync(new URL(`../dashboards/${name}`, import.meta.url), text)
