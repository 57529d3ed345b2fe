// The one finding that is about a file's size: made from the number of its bytes, analysed or not.

import type { Finding } from '@codeant/shared/finding.ts'
import largeFile from '../rules/style/large-file.ts'

/** On the first character, for a file above the smallest limit that can be set. */
export function largeFileFindings(bytes: number): readonly Finding[] {
  if (bytes <= largeFile.limit!.floor) return NONE
  return [
    { rule: largeFile.id, start: 0, end: 0, data: { kilobytes: Math.round(bytes / 1000) }, measure: bytes },
  ]
}

const NONE: readonly Finding[] = []
