// "Sketch this function in …": an untitled document with the sketch, or the place that has no counterpart.

import { TRANSLATE, type TranslateParams, type TranslateResult } from '@codeant/shared/protocol.ts'
import { Range, Uri, window, workspace } from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'

export function sketch(client: LanguageClient) {
  return async (params: TranslateParams): Promise<void> => {
    const result = await client.sendRequest<TranslateResult | null>(TRANSLATE, params)
    if (!result) return
    if ('text' in result) {
      const { language, text: content } = result
      await window.showTextDocument(await workspace.openTextDocument({ language, content }), {
        preview: false,
      })
      return
    }
    const { start, end } = result.range
    const selection = new Range(start.line, start.character, end.line, end.character)
    await window.showTextDocument(Uri.parse(params.uri), { selection })
    void window.showInformationMessage(result.refusal)
  }
}
