// Diagnostics for clients that ask for them. The answer is the one that would have been pushed.

import type { DocumentDiagnosticParams, DocumentDiagnosticReport } from 'vscode-languageserver'
import { hash32 } from '../../base/digest.ts'
import type { Publisher } from '../publish.ts'

export function pullDiagnostics(
  publisher: Publisher,
  { textDocument: { uri }, previousResultId }: DocumentDiagnosticParams,
): DocumentDiagnosticReport {
  const items = publisher.diagnose(uri) ?? []
  const json = JSON.stringify(items)
  const resultId = `${json.length}-${hash32(json).toString(36)}`
  return resultId === previousResultId ? { kind: 'unchanged', resultId } : { kind: 'full', resultId, items }
}
