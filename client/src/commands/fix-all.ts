// "Repair everything that is safe in this file".

import { type CodeAction, CodeActionKind, commands, Range, window, workspace } from 'vscode'
import { WORDS } from '../l10n/words.ts'
import { locale } from '../settings.ts'

const FIX_ALL = CodeActionKind.SourceFixAll.append('codeant')
/** Somebody who types on meanwhile makes the answer old. */
const ATTEMPTS = 3

/**
 * Asks the providers itself: the editor's own command for this gives up without a word when the light bulb looks for
 * actions at the same moment.
 */
export async function fixAll(): Promise<void> {
  const document = window.activeTextEditor?.document
  if (!document) return
  const everything = document.validateRange(new Range(0, 0, document.lineCount, 0))
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { version } = document
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      everything,
      FIX_ALL.value,
    )
    if (document.version !== version) continue
    const edit = actions.find(it => it.kind && FIX_ALL.contains(it.kind))?.edit
    if (!edit) return void window.showInformationMessage(WORDS[locale()].nothingToRepair)
    if (await workspace.applyEdit(edit)) return
  }
  void window.showWarningMessage(WORDS[locale()].textKeepsChanging)
}
