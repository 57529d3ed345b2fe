// "Analyse the workspace": every file, open or not.

import { ANALYZE_WORKSPACE, type AnalyzeWorkspaceResult } from '@codeant/shared/protocol.ts'
import { window } from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import { WORDS } from '../l10n/words.ts'
import { locale } from '../settings.ts'
import type { FindingsTree } from '../views/findings-tree.ts'

export function analyzeWorkspace(client: LanguageClient, tree: FindingsTree) {
  return async (): Promise<AnalyzeWorkspaceResult> => {
    const result = await client.sendRequest<AnalyzeWorkspaceResult>(ANALYZE_WORKSPACE)
    await tree.refresh()
    void window.showInformationMessage(
      WORDS[locale()].analysed(result.files, result.findings, result.skipped),
    )
    return result
  }
}
