// What literals of data languages hold: plain words and blocks of YAML, heredocs of HCL, and what is quoted anywhere.

import type { SyntaxTree } from '../syntax/tree.ts'

/** Where the content of a string lies, without quotes and markers. */
export function contentPlace(
  { text, start, end, symbol, types }: SyntaxTree,
  row: number,
): { readonly start: number; readonly end: number } {
  const from = start[row]!
  const to = end[row]!
  const type = types[symbol[row]!]
  if (type === 'block_scalar' || type === 'heredoc_template') {
    const line = text.indexOf('\n', from) + 1
    if (line === 0 || line > to) return { start: to, end: to }
    const last = type === 'heredoc_template' ? text.lastIndexOf('\n', to - 1) : to
    return { start: Math.min(line, to), end: Math.max(line, Math.min(last, to)) }
  }
  const quote = text[from]
  const isQuoted = (quote === '"' || quote === "'") && to - from >= 2 && text[to - 1] === quote
  return isQuoted ? { start: from + 1, end: to - 1 } : { start: from, end: to }
}

/** What the string says. */
export function contentText(tree: SyntaxTree, row: number): string {
  const place = contentPlace(tree, row)
  const raw = tree.text.slice(place.start, place.end)
  const quote = place.start === tree.start[row] ? '' : tree.text[tree.start[row]!]
  switch (tree.types[tree.symbol[row]!]) {
    case 'block_scalar':
      return blockText(raw, tree.text.slice(tree.start[row], place.start))
    case 'heredoc_template':
      return dedented(raw)
  }
  if (quote === "'") return raw.replaceAll("''", "'")
  return quote === '"' ? raw.replace(/\\(u[0-9a-fA-F]{4}|.)/g, unescaped) : raw
}

function unescaped(all: string, code: string): string {
  if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
  return ESCAPES[code] ?? (/["\\/]/.test(code) ? code : all)
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }

function blockText(raw: string, marker: string): string {
  const text = dedented(raw)
  return marker.startsWith('>') ? text.replace(/(?<=\S)\n(?=\S)/g, ' ') : text
}

function dedented(raw: string): string {
  const lines = raw.split('\n')
  const indents = lines.filter(it => it.trim() !== '').map(it => it.length - it.trimStart().length)
  const indent = Math.min(...indents)
  return Number.isFinite(indent) ? lines.map(it => it.slice(indent)).join('\n') : raw
}
