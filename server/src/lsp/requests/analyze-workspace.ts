// Analysing every file of the workspace, on the index pool, with progress and a way out.

import type { AnalyzeWorkspaceResult } from '@codeant/shared/protocol.ts'
import { FINDINGS_CHANGED } from '@codeant/shared/protocol.ts'
import type { Publisher } from '../publish.ts'
import type { Session } from '../session.ts'
import { WORDS } from '../words.ts'
import type { WorkspaceFindings } from '../workspace-findings.ts'

export async function analyzeWorkspace(
  session: Session,
  publisher: Publisher,
  findings: WorkspaceFindings,
  signal: AbortSignal,
): Promise<AnalyzeWorkspaceResult> {
  const { connection, scanner, folders, locale } = session
  const say = WORDS[locale]
  const progress = await connection.window.createWorkDoneProgress()
  progress.begin(say.scanning, undefined, undefined, true)
  const abort = new AbortController()
  const stop = AbortSignal.any([signal, abort.signal])
  progress.token.onCancellationRequested(() => abort.abort())
  publisher.state = 'scanning'
  findings.isWanted = true
  const count = { files: 0, findings: 0, skipped: 0 }
  try {
    const requests = scanner.requests(folders, place => session.log.warn(`unreadable: ${place}`))
    for await (const answer of scanner.scan(requests, stop)) {
      if (stop.aborted) break
      count.files++
      findings.accept(answer)
      if (answer.result.skipped) {
        count.skipped++
        session.log.info(`skipped (${answer.result.skipped}): ${answer.path}`)
      }
      if (count.files % 100 === 0) progress.report(say.scanned(count.files))
    }
    // What files say to each other is known a little later.
    await session.related.settled()
    findings.compare()
    count.findings = [...findings.all()].length
  } finally {
    progress.done()
    publisher.scannedFiles = count.files
    publisher.state = 'ready'
    void connection.sendNotification(FINDINGS_CHANGED)
  }
  return count
}
