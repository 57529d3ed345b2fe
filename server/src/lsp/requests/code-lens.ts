// Code lens, off by default: how many findings a file has, above its first line.

import type { CodeLens } from 'vscode-languageserver'
import type { Session } from '../session.ts'
import { WORDS } from '../words.ts'

export function codeLenses(session: Session, uri: string): CodeLens[] {
  const document = session.document(uri)
  if (!session.settings.codeLens || !document) return []
  const shown = session.shown(document)
  if (shown.length === 0) return []
  const title = WORDS[session.locale].lens(shown.length)
  const command = session.options.commands?.includes('codeant.showFindings') ? 'codeant.showFindings' : ''
  const at = { line: 0, character: 0 }
  return [{ range: { start: at, end: at }, command: { title, command } }]
}
