// "Explain this finding": from a code action, from the tree, or for the finding at the cursor.

import type { KnownFinding } from '@codeant/shared/protocol.ts'
import { languages, window } from 'vscode'
import { WORDS } from '../l10n/words.ts'
import { locale } from '../settings.ts'
import type { ExplanationPanel, FindingPlace } from '../views/explanation-panel.ts'

export function explain(panel: ExplanationPanel) {
  return async (from?: FindingPlace | { readonly finding: KnownFinding }): Promise<void> => {
    const place = from && 'finding' in from ? from.finding : (from ?? atCursor())
    if (place) await panel.show(place)
    else void window.showInformationMessage(WORDS[locale()].panelEmpty)
  }
}

/** The place of the finding under the cursor, if there is one. */
export function atCursor(): FindingPlace | undefined {
  const editor = window.activeTextEditor
  if (!editor) return undefined
  const { document, selection } = editor
  const here = languages
    .getDiagnostics(document.uri)
    .find(it => it.source === 'codeant' && it.range.contains(selection.active))
  if (!here) return undefined
  const code = typeof here.code === 'object' ? here.code.value : here.code
  return {
    uri: document.uri.toString(),
    rule: String(code),
    line: here.range.start.line,
    character: here.range.start.character,
  }
}
