// Functions of the open folders that are like the one at the cursor: the same comparison as `codeant similar --to`, with what is
// typed in place of what is saved.

import type { SimilarFunction, SimilarParams, SimilarResult } from '@codeant/shared/protocol.ts'
import { functionAt, NEIGHBOURS, neighboursOf, type SimilarPair } from '../../features/similar-functions.ts'
import { filePath } from '../convert.ts'
import type { Session } from '../session.ts'
import { WORDS } from '../words.ts'
import { readFunctions } from '../workspace-functions.ts'

export async function similar(
  session: Session,
  { uri, line, workDoneToken }: SimilarParams,
  signal: AbortSignal,
): Promise<SimilarResult | null> {
  const { connection, locale } = session
  const file = filePath(uri)
  const progress = connection.window.attachWorkDoneProgress(workDoneToken)
  progress.begin(WORDS[locale].comparing, 0)
  const step = (files: number, all: number) =>
    progress.report((100 * files) / all, WORDS[locale].scanned(files))
  try {
    const { functions, isWeighted } = await readFunctions(session, file, step, signal)
    const fn = functionAt(functions, file, line + 1)
    if (!fn) return null
    const found = neighboursOf(functions, fn, { ...NEIGHBOURS, acrossLanguages: false })
    return {
      name: fn.name,
      functions: found.flatMap(it => placed(session, it) ?? []),
      compared: functions.length - 1,
      isWeighted,
    }
  } finally {
    progress.done()
  }
}

/** Undefined where the file is gone meanwhile. */
function placed(session: Session, { other, similarity, alike }: SimilarPair): SimilarFunction | undefined {
  const { file, name, start } = other
  const { projects } = session
  const text = session.textIn(projects.of(file).root, projects.pathOf(file))
  if (!text) return undefined
  const { line, character } = text.positionAt(start)
  const rest = text.getText({ start: { line, character }, end: { line: line + 1, character: 0 } }).trimEnd()
  return { uri: text.uri, name, line, character, endCharacter: character + rest.length, similarity, alike }
}
