// "Show similar code in this workspace": functions like the one at the cursor, in the view that shows references.

import { SIMILAR, type SimilarParams, type SimilarResult } from '@codeant/shared/protocol.ts'
import { commands, Location, Position, ProgressLocation, Range, Uri, window } from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import { WORDS } from '../l10n/words.ts'
import { locale } from '../settings.ts'
import type { SimilarityHints } from '../views/similarity-hints.ts'

/** A function, by a place inside it. */
export type FunctionPlace = Pick<SimilarParams, 'uri' | 'line' | 'character'>

export function showSimilar(client: LanguageClient, hints: SimilarityHints) {
  return async (from?: FunctionPlace | Uri): Promise<SimilarResult | undefined> => {
    const say = WORDS[locale()]
    // A menu of the editor hands over its file, and means the cursor.
    const place = from && 'line' in from ? from : atCursor()
    const found = place && (await ask(client, place))
    if (!place || !found) return void window.showInformationMessage(say.noFunctionHere)
    const { name, functions, compared, isWeighted } = found
    if (!isWeighted) void window.showWarningMessage(say.unweighted)
    if (functions.length === 0) {
      void window.showInformationMessage(say.nothingSimilar(name, compared))
      return found
    }
    const source = Uri.parse(place.uri)
    const counts = { exact: 0, renamed: 0, similar: 0 }
    for (const it of functions) counts[it.alike]++
    hints.show(source, functions)
    window.setStatusBarMessage(say.similarFound(name, counts, compared), 10_000)
    await commands.executeCommand(
      'editor.action.peekLocations',
      source,
      new Position(place.line, place.character),
      functions.map(
        ({ uri, line, character, endCharacter }) =>
          new Location(Uri.parse(uri), new Range(line, character, line, endCharacter)),
      ),
      'peek',
    )
    return found
  }
}

async function ask(
  client: LanguageClient,
  { uri, line, character }: FunctionPlace,
): Promise<SimilarResult | null> {
  const params: SimilarParams = { uri, line, character }
  const options = { location: ProgressLocation.Window, title: WORDS[locale()].comparing }
  return window.withProgress(options, () => client.sendRequest<SimilarResult | null>(SIMILAR, params))
}

function atCursor(): FunctionPlace | undefined {
  const editor = window.activeTextEditor
  if (!editor) return undefined
  const { line, character } = editor.selection.active
  return { uri: editor.document.uri.toString(), line, character }
}
