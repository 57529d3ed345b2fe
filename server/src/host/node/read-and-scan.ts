// A file from disk to its result, in whatever thread this runs.

import { readFileSync } from 'node:fs'
import {
  type Recollection,
  recallFile,
  type ScanAnswer,
  type ScanContext,
  type ScanRequest,
  scanFile,
  skipped,
} from '../../features/scan/scan-file.ts'

export function readAndScan(context: ScanContext, request: ScanRequest): ScanAnswer {
  return read(request, bytes => scanFile(context, request, bytes))
}

/** The same without any analysis: undefined when that does not do. */
export function readAndRecall(known: Recollection, request: ScanRequest): ScanAnswer | undefined {
  return read(request, bytes => recallFile(known, request, bytes))
}

function read<T>(request: ScanRequest, go: (bytes: Uint8Array) => T): T | ScanAnswer {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(request.file)
  } catch (error) {
    return skipped(request, (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unreadable')
  }
  return go(bytes)
}
