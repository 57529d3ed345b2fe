// The recorded findings of a project, read from its file, with a look at what other files still have.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileResult } from '../../features/analyse-file.ts'
import { type Baseline, readBaseline } from '../../features/baseline.ts'
import type { Project } from './projects.ts'

/** Undefined when the project has none, or one that cannot be read. */
export function loadBaseline(
  { root, settings }: Project,
  analyse: (file: string) => FileResult | undefined,
): Baseline | undefined {
  let json: string
  try {
    json = readFileSync(join(root, settings.baseline), 'utf8')
  } catch {
    return undefined
  }
  const entries = readBaseline(json)
  if (!entries) return undefined
  const known = new Map<string, ReturnType<Baseline['today']>>()
  const today: Baseline['today'] = path => {
    if (known.has(path)) return known.get(path)
    const file = join(root, path)
    const result = existsSync(file) ? analyse(file) : undefined
    const meant = result?.findings.map((finding, i) => ({ finding, meaning: result.meanings[i]! }))
    known.set(path, meant)
    return meant
  }
  return { entries, today }
}
