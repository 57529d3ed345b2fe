// A file from disk to its result, in whatever thread this runs.

import { readFileSync } from 'node:fs'
import {
  type ScanAnswer,
  type ScanContext,
  type ScanRequest,
  scanFile,
  skipped,
} from '../../features/scan/scan-file.ts'

export function readAndScan(context: ScanContext, request: ScanRequest): ScanAnswer {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(request.file)
  } catch (error) {
    return skipped(request, (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unreadable')
  }
  return scanFile(context, request, bytes)
}
