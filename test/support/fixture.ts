// Workspaces written as one text: `//- web/cart.ts` begins a file, `«…»` marks a range in it.

export interface FixtureFile {
  readonly path: string
  readonly text: string
  readonly marks: readonly { readonly start: number; readonly end: number }[]
}

/** The files of a text, and their marks, in the order in which these open. */
export function readFixture(source: string): FixtureFile[] {
  return source
    .split(/^\/\/- /m)
    .slice(1)
    .map(part => {
      const end = part.indexOf('\n')
      return { path: part.slice(0, end).trim(), ...withoutMarks(part.slice(end + 1)) }
    })
}

function withoutMarks(source: string): Pick<FixtureFile, 'text' | 'marks'> {
  const marks: { start: number; end: number }[] = []
  const open: number[] = []
  let text = ''
  for (const character of source) {
    if (character === '«') {
      open.push(marks.length)
      marks.push({ start: text.length, end: -1 })
    } else if (character === '»') marks[open.pop()!]!.end = text.length
    else text += character
  }
  return { text, marks }
}
