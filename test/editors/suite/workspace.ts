// What the cases share: opening files of the example, and waiting for what CodeAnt says of them.

import type { Status } from '@codeant/shared/protocol.ts'
import * as vscode from 'vscode'
import { waitFor } from '../support/wait-for.ts'

/** What the extension gives to others. */
interface Api {
  status(): Status | undefined
}

export async function activate(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>('codeant.codeant')
  if (!extension) throw new Error('VS Code does not know the extension')
  return extension.activate()
}

export async function show(path: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders![0]!
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, path))
  await vscode.window.showTextDocument(document)
  return document
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code)
}

export function findings({ uri }: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(it => it.source === 'codeant')
}

/** The first finding of this rule. */
export function finding(document: vscode.TextDocument, rule: string): Promise<vscode.Diagnostic> {
  return waitFor(`${rule} in ${document.fileName}`, () => findings(document).find(it => ruleOf(it) === rule))
}

export async function isGone(document: vscode.TextDocument, rule: string): Promise<void> {
  await waitFor(
    `${rule} gone from ${document.fileName}`,
    () => !findings(document).some(it => ruleOf(it) === rule) || undefined,
  )
}

export async function hoverText(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  )
  return hovers
    .flatMap(it => it.contents)
    .map(it => (typeof it === 'string' ? it : it.value))
    .join('\n\n')
}

/**
 * The quick fixes for a range. VS Code drops a question of ours when its light bulb asks one at the same moment; whoever opens
 * the menu asks again.
 */
export function quickFixes(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return waitFor('the quick fixes', async () => {
    try {
      return await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        range,
        vscode.CodeActionKind.QuickFix.value,
      )
    } catch (error) {
      if (error instanceof Error && error.name === 'Canceled') return undefined
      throw error
    }
  })
}
