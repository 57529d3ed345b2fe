// Bare text as generic patterns see it: words and signs, in blocks that indentation and brackets make.

/** How a rule wants bare text to be read. */
export interface GenericOptions {
  /** Ends of lines that an ellipsis may pass over. */
  readonly span: number
  readonly comments: 'none' | 'c' | 'cpp' | 'shell'
  readonly isCaseless: boolean
  /** Signs that are parts of words. */
  readonly wordSigns: readonly string[]
}

export const GENERIC_DEFAULTS: GenericOptions = {
  span: 10,
  comments: 'none',
  isCaseless: false,
  wordSigns: [],
}

/** Columns: token `i` spans `start[i]..end[i]`; a block opens before its first token and closes behind its last. */
export interface GenericDocument {
  readonly texts: readonly string[]
  readonly start: readonly number[]
  readonly end: readonly number[]
  readonly line: readonly number[]
  readonly isWord: readonly boolean[]
  /** By token: where the blocks that begin with it end (exclusive), outermost first. Empty blocks are not told. */
  readonly blocks: readonly (readonly number[] | undefined)[]
  /** Where each text stands. */
  readonly places: ReadonlyMap<string, readonly number[]>
}

export function genericDocument(source: string, options: GenericOptions): GenericDocument {
  const text = withoutComments(source, options.comments)
  const document = {
    texts: [] as string[],
    start: [] as number[],
    end: [] as number[],
    line: [] as number[],
    isWord: [] as boolean[],
    blocks: [] as (number[] | undefined)[],
    places: new Map<string, number[]>(),
  }
  const columns: number[] = []
  let line = 0
  let lineStart = 0
  for (const match of text.matchAll(tokenRegex(options.wordSigns))) {
    const [token] = match
    if (token === '\n') {
      line++
      lineStart = match.index + 1
      continue
    }
    const said = options.isCaseless ? token.toLowerCase() : token
    const index = document.texts.length
    document.texts.push(said)
    document.start.push(match.index)
    document.end.push(match.index + token.length)
    document.line.push(line)
    document.isWord.push(match.groups?.word !== undefined)
    document.blocks.push(undefined)
    if (index === 0 || document.line[index - 1] !== line)
      columns.push(index, columnOf(text, lineStart, match.index))
    const places = document.places.get(said)
    if (places) places.push(index)
    else document.places.set(said, [index])
  }
  indentationBlocks(columns, document.texts.length, document.blocks)
  bracketBlocks(document.texts, document.line, document.blocks)
  return document
}

export function tokenRegex(wordSigns: readonly string[]): RegExp {
  const more = wordSigns.map(it => it.replace(/[\]\\^-]/g, '\\$&')).join('')
  return new RegExp(`(?<word>[A-Za-z0-9_${more}]+)|\\n|[^\\s]`, 'g')
}

function columnOf(text: string, from: number, to: number): number {
  let column = 0
  for (let at = from; at < to; at++) column += text[at] === '\t' ? 8 - (column % 8) : 1
  return column
}

/** Lines that are indented further than the line before them are a block, up to the line that is not. */
function indentationBlocks(lines: readonly number[], count: number, blocks: (number[] | undefined)[]): void {
  const open: { readonly first: number; readonly column: number }[] = []
  const close = (column: number, at: number) => {
    while (open.length > 1 && open.at(-1)!.column > column) addBlock(blocks, open.pop()!.first, at)
  }
  for (let i = 0; i < lines.length; i += 2) {
    const first = lines[i]!
    const column = lines[i + 1]!
    close(column, first)
    if (open.length === 0 || column > open.at(-1)!.column) open.push({ first, column })
  }
  close(-1, count)
}

/** Brackets count where both stand on one line. */
function bracketBlocks(
  texts: readonly string[],
  line: readonly number[],
  blocks: (number[] | undefined)[],
): void {
  let open: number[] = []
  for (let i = 0; i < texts.length; i++) {
    if (i > 0 && line[i] !== line[i - 1]) open = []
    const text = texts[i]!
    if (text === '(' || text === '[' || text === '{') open.push(i)
    const opening = CLOSES[text]
    if (opening === undefined) continue
    const from = open.at(-1)
    if (from === undefined || texts[from] !== opening) continue
    open.pop()
    if (i > from + 1) addBlock(blocks, from + 1, i)
  }
}

const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

function addBlock(blocks: (number[] | undefined)[], first: number, end: number): void {
  const list = blocks[first] ?? []
  blocks[first] = list
  list.push(end)
  list.sort((a, b) => b - a)
}

const COMMENTS: Readonly<Record<GenericOptions['comments'], RegExp | undefined>> = {
  none: undefined,
  c: /\/\*[\s\S]*?(?:\*\/|$)/g,
  cpp: /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*/g,
  shell: /#[^\n]*/g,
}

function withoutComments(text: string, style: GenericOptions['comments']): string {
  const regex = COMMENTS[style]
  return regex ? text.replace(regex, it => it.replace(/[^\n]/g, ' ')) : text
}
