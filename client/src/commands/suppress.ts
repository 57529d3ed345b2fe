// "Suppress here, with a reason": asks for the reason, then writes the comment.

import { SUPPRESS, type SuppressParams } from '@codeant/shared/protocol.ts'
import { window, workspace } from 'vscode'
import type { WorkspaceEdit as LspEdit } from 'vscode-languageclient'
import type { LanguageClient } from 'vscode-languageclient/node'
import { WORDS } from '../l10n/words.ts'
import { locale } from '../settings.ts'
import type { FindingPlace } from '../views/explanation-panel.ts'
import { atCursor } from './explain.ts'

export function suppress(client: LanguageClient) {
  return async (from?: FindingPlace & { readonly reason?: string }): Promise<void> => {
    const say = WORDS[locale()]
    const place = from ?? atCursor()
    if (!place) return void window.showInformationMessage(say.panelEmpty)
    const reason =
      from?.reason ??
      (await window.showInputBox({
        prompt: say.reasonPrompt(place.rule),
        placeHolder: say.reasonPlaceholder,
        validateInput: it => (it.trim() ? undefined : say.reasonNeeded),
      }))
    if (!reason) return
    const params: SuppressParams = {
      uri: place.uri,
      rule: place.rule,
      line: place.line,
      reason: reason.trim(),
    }
    const edit = await client.sendRequest<LspEdit | null>(SUPPRESS, params)
    if (edit) await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(edit))
  }
}
