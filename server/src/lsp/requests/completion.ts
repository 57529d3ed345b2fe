// Completion: in files of rules in patterns, the keys and values that may stand there.

import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  type Position,
} from 'vscode-languageserver'
import { isPatternFile, suggestions } from '../../features/rule-file-help.ts'
import { filePath } from '../convert.ts'
import type { Session } from '../session.ts'

export function completion(session: Session, uri: string, position: Position): CompletionItem[] {
  const document = session.document(uri)
  const text = session.texts.get(uri)
  if (!document || !text || !isPatternFile(filePath(uri), document.text)) return []
  return suggestions(document.text, text.offsetAt(position), session.locale).map(({ text: it, says }, i) => ({
    label: it.replace(/: $/, ''),
    kind: says === undefined ? CompletionItemKind.EnumMember : CompletionItemKind.Property,
    ...(says !== undefined && { detail: says }),
    insertText: it,
    insertTextFormat: InsertTextFormat.PlainText,
    // In the order in which a rule is written, not in that of the alphabet.
    sortText: String(i).padStart(3, '0'),
  }))
}
