// Examples of a rule: they are its tests, its documentation and its review.

import type { RuleLanguage } from './rule.ts'

export interface Example {
  readonly language: RuleLanguage
  /** The grammar's dialect, where it differs from the language. */
  readonly jsx: boolean
  readonly text: string
  /** What the marks `«…»` enclose, in the order in which they open. */
  readonly marks: readonly { readonly start: number; readonly end: number }[]
  /** Where the file pretends to lie, for rules that look at the path. */
  readonly path?: string
  /** Other files of its workspace, each with a path and marks of its own. */
  readonly others?: readonly Example[]
}

/** An example together with what its text becomes when every fix is applied: the same, where it takes a person. */
export interface FixedExample {
  readonly before: Example
  readonly after: Example
}

export type Tag = (strings: TemplateStringsArray) => Example

export const py: Tag = tag('python')
export const js: Tag = tag('javascript')
export const jsx: Tag = tag('javascript', true)
export const ts: Tag = tag('typescript')
export const tsx: Tag = tag('typescript', true)
export const rs: Tag = tag('rust')
export const json: Tag = tag('json')
export const jsonc: Tag = tag('jsonc')
export const yaml: Tag = tag('yaml')
export const toml: Tag = tag('toml')
export const text: Tag = tag('text')

/** An example from a string, for what a template cannot hold: repeated lines, ends of lines. */
export function written(tag: Tag, source: string): Example {
  return tag(Object.assign([source], { raw: [source] }))
}

export function fixes(before: Example, after: Example): FixedExample {
  return { before, after }
}

/** The same example, pretending to lie at `path`. */
export function at(path: string, example: Example): Example {
  return {
    language: example.language,
    jsx: example.jsx,
    path,
    get text() {
      return example.text
    },
    get marks() {
      return example.marks
    },
  }
}

/** The example in a workspace that has these other files too, for rules that compare what files say. */
export function beside(others: readonly Example[], example: Example): Example {
  return {
    language: example.language,
    jsx: example.jsx,
    others,
    ...(example.path !== undefined && { path: example.path }),
    get text() {
      return example.text
    },
    get marks() {
      return example.marks
    },
  }
}

export function isFixed(example: Example | FixedExample): example is FixedExample {
  return 'before' in example
}

function tag(language: RuleLanguage, jsx = false): Tag {
  return strings => lazyExample(language, jsx, strings.raw.join(''))
}

/** Every rule carries its examples wherever it goes, and hardly anybody looks at them: they are read when somebody does. */
function lazyExample(language: RuleLanguage, jsx: boolean, source: string): Example {
  let known: Pick<Example, 'text' | 'marks'> | undefined
  const read = () => (known ??= readMarks(source))
  return {
    language,
    jsx,
    get text() {
      return read().text
    },
    get marks() {
      return read().marks
    },
  }
}

/** Backslashes stand for themselves; a back-quote, a `${` and a mark sign are written with a backslash before them. */
function readMarks(raw: string): Pick<Example, 'text' | 'marks'> {
  const source = raw.replace(/\\(`|\$\{|«|»)/g, (_, character: string) => ESCAPED[character] ?? character)
  let text = ''
  const marks: { start: number; end: number }[] = []
  const open: number[] = []
  for (const character of unindent(source)) {
    if (character === '«') {
      open.push(marks.length)
      marks.push({ start: text.length, end: -1 })
    } else if (character === '»') {
      const mark = marks[open.pop() ?? -1]
      if (!mark) throw new Error(`unbalanced » in example: ${source}`)
      mark.end = text.length
    } else text += UNESCAPED[character] ?? character
  }
  if (open.length > 0) throw new Error(`unbalanced « in example: ${source}`)
  return { text, marks }
}

/** Stand-ins while marks are read, for mark signs that belong to the code. */
const ESCAPED: Readonly<Record<string, string>> = { '«': '\u0001', '»': '\u0002' }
const UNESCAPED: Readonly<Record<string, string>> = { '\u0001': '«', '\u0002': '»' }

/** A block example may be indented like the file around it: the indentation of its first line is taken off every line. */
function unindent(source: string): string {
  if (!source.startsWith('\n')) return source
  const lines = source.slice(1).split('\n')
  const indent = /^[ \t]*/.exec(lines[0]!)![0]
  if (lines.at(-1)!.trim() === '') lines[lines.length - 1] = ''
  return lines.map(line => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n')
}
