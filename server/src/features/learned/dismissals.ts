// "This is not a bug": what a person told us once is not said again, here or in another place that reads the same.

import type { Finding } from '@codeant/shared/finding.ts'
import type { Digest } from '../../base/digest.ts'

/** Who remembers what was dismissed. On this machine only; what is kept are digests, never code. */
export interface Dismissals {
  has(pattern: string): boolean
  add(pattern: string): void
}

/** The same for the same suspicion about the same line, wherever that line stands and however it is indented. */
export function patternOf({ rule, start, end, data }: Finding, text: string, digest: Digest): string {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const to = text.indexOf('\n', end)
  const line = text
    .slice(from, to === -1 ? text.length : to)
    .replace(/\s+/g, ' ')
    .trim()
  return digest([rule, String(data.name), String(data.put), line].join('\n'))
}
