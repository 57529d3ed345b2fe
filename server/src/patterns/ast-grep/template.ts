// Texts with holes: messages and fixes. What is put in keeps its own shape and takes the indentation of where it goes.

import { type Bindings, rowOf, rowsOf, textOf } from './bindings.ts'
import type { TreeFile } from './tree-file.ts'

export interface Template {
  readonly pieces: readonly (string | Slot)[]
}

interface Slot {
  readonly what: 'one' | 'many' | 'text'
  readonly name: string
  /** Of the line of the template that it is in. */
  readonly indentation: number
}

/** `made` names what transformations make. */
export function parseTemplate(text: string, made: ReadonlySet<string>): Template {
  const pieces: (string | Slot)[] = []
  let done = 0
  // One dollar or two for a node, three for several, and a name at once behind them.
  for (const match of text.matchAll(/(\$\$\$|\$\$?)([A-Z_0-9]+)/g)) {
    const [all, dollars, name = ''] = match
    const what = dollars === '$$$' ? 'many' : made.has(name) ? 'text' : 'one'
    pieces.push(text.slice(done, match.index), { what, name, indentation: indentationAt(text, match.index) })
    done = match.index + all.length
  }
  pieces.push(text.slice(done))
  return { pieces }
}

export function namesInTemplate({ pieces }: Template): readonly string[] {
  return pieces.flatMap(it => (typeof it === 'string' ? [] : [it.name]))
}

/** What a template says where `start` is; its lines but the first are indented like that place. */
export function fillTemplate(
  file: TreeFile,
  { pieces }: Template,
  bindings: Bindings,
  start: number,
): string {
  const filled = pieces.map(it => (typeof it === 'string' ? it : slotText(file, it, bindings))).join('')
  return indented(filled, 0, indentationAt(file.tree.text, start))
}

/** The text of these nodes as it would stand at the beginning of a line. */
export function deindented(file: TreeFile, text: string, start: number): string {
  return indented(text, indentationAt(file.tree.text, start), 0)
}

/** The text from the first of these rows to the last. */
export function textBetween(file: TreeFile, rows: readonly number[]): string | undefined {
  const [first] = rows
  const last = rows.at(-1)
  if (first === undefined || last === undefined) return undefined
  return file.tree.text.slice(file.tree.start[first], file.tree.end[last])
}

function slotText(file: TreeFile, { what, name, indentation }: Slot, bindings: Bindings): string {
  if (what === 'text') return indented(textOf(bindings, name) ?? '', 0, indentation)
  const row = what === 'one' ? rowOf(bindings, name) : undefined
  const rows = row === undefined ? (what === 'many' ? rowsOf(bindings, name) : undefined) : [row]
  const text = rows && textBetween(file, rows)
  if (!rows || text === undefined) return ''
  return indented(text, indentationAt(file.tree.text, file.tree.start[rows[0]!]!), indentation)
}

/** The spaces that the line begins with, up to `offset`. */
function indentationAt(text: string, offset: number): number {
  const begin = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
  return /^ */.exec(text.slice(begin, offset))![0].length
}

/** All lines but the first, moved from one indentation to another; those that stand further left stay. */
function indented(text: string, from: number, to: number): string {
  if (from === to || !text.includes('\n')) return text
  const [first, ...lines] = text.split('\n')
  const shifted =
    to > from
      ? lines.map(it => ' '.repeat(to - from) + it)
      : lines.map(it => (it.startsWith(' '.repeat(from - to)) ? it.slice(from - to) : it))
  return [first, ...shifted].join('\n')
}
