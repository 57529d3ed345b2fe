// Remembers the last text that was read: many rules ask about one file, one after the other, and it is read once.

import type { TextFile } from '../rule.ts'

type Read = Pick<TextFile, 'path' | 'text'>

/** The same as `read`, and only the last answer is kept: it is a function of the path and the text and of nothing else. */
export function lastRead<Answer>(read: (file: Read) => Answer): (file: Read) => Answer {
  let last: (Read & { readonly answer: Answer }) | undefined
  return ({ path, text }) => {
    if (last?.path !== path || last.text !== text) last = { path, text, answer: read({ path, text }) }
    return last.answer
  }
}
