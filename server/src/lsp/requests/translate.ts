// A function in another language: what an action on its head offers, and the answer when one is chosen.

import { CODE_LANGUAGES } from '@codeant/shared/language.ts'
import type { TranslateParams, TranslateResult } from '@codeant/shared/protocol.ts'
import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver'
import { isCode } from '../../features/analyse-file.ts'
import { sketch, startsFunction } from '../../features/translation/sketch.ts'
import type { Document } from '../../text/document.ts'
import { filePath, toRange } from '../convert.ts'
import type { Session } from '../session.ts'
import { WORDS } from '../words.ts'

export function translate(session: Session, params: TranslateParams): TranslateResult | null {
  const { uri, line, character, to } = params
  const document = session.document(uri)
  const text = session.texts.get(uri)
  const tree = document && session.tree(document)
  if (!document || !text || !tree || !isCode(document.language)) return null
  const offset = text.offsetAt({ line, character })
  const path = session.projects.pathOf(filePath(uri))
  const found = sketch({ path, language: document.language, tree }, offset, offset, to, session.locale)
  if (!found) return null
  return found.kind === 'sketch'
    ? { language: to, text: found.text }
    : { refusal: WORDS[session.locale].noSketch(found.why), range: toRange(text, found) }
}

/** One for each other language, with the cursor on the line where a function begins. */
export function translations(session: Session, document: Document, { start }: Range): CodeAction[] {
  const text = session.texts.get(document.uri)
  const tree = session.tree(document)
  const { language, uri } = document
  if (!text || !tree || !isCode(language) || language === 'rust') return []
  const [from, to] = [start.line, start.line + 1].map(line => text.offsetAt({ line, character: 0 })) as [
    number,
    number,
  ]
  if (!startsFunction(tree, from, to - 1)) return []
  return CODE_LANGUAGES.filter(it => it !== language).map(to => {
    const title = WORDS[session.locale].sketchIn(to)
    const argument: TranslateParams = { uri, line: start.line, character: start.character, to }
    return {
      title,
      kind: CodeActionKind.Refactor,
      command: { title, command: 'codeant.sketch', arguments: [argument] },
    }
  })
}
