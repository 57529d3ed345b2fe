// Words without which a pattern cannot match, so that most patterns are done with before anything is walked.

import { KIND_CODE } from '../syntax/kinds.ts'
import type { Pattern, Program } from './pattern.ts'

const known = new WeakMap<Program, readonly string[]>()

/** Names that must stand somewhere in the file, if only in an import that gives them another. */
export function wordsOf(program: Program): readonly string[] {
  let words = known.get(program)
  if (!words) {
    const found = new Set<string>()
    for (const it of program.what === 'statements' ? program.list : [program.root]) collect(it, found)
    words = [...found]
    known.set(program, words)
  }
  return words
}

function collect(pattern: Pattern, words: Set<string>): void {
  switch (pattern.what) {
    case 'deep':
      return collect(pattern.inner, words)
    case 'text':
      // What a constant is put together from stands nowhere as a whole.
      return
    case 'template':
      for (const it of pattern.pieces) if (it.what !== 'piece') collect(it, words)
      return
    case 'tree': {
      const { text, kind, children } = pattern
      if (text !== undefined && !UNSAID.has(kind) && /^[A-Za-z_]\w+$/.test(text)) words.add(text)
      for (const it of children) collect(it, words)
    }
  }
}

/** `var` is said by `const` too; `True` by a name that holds it. */
const UNSAID: ReadonlySet<number> = new Set([KIND_CODE.Keyword, KIND_CODE.Boolean, KIND_CODE.Null])
