// Files that a project's settings are read from: a stranger's may be endless, or no file at all.

import { readFileSync, statSync } from 'node:fs'
import { MOST_SETTINGS_BYTES } from '../../features/other-checkers/files.ts'

/** Undefined for what is not there, no file, too large or cannot be read. */
export function smallText(file: string): string | undefined {
  try {
    const about = statSync(file, { throwIfNoEntry: false })
    if (!about?.isFile() || about.size > MOST_SETTINGS_BYTES) return undefined
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
