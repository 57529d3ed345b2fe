// The random-edit property: after any edits, the incremental answer is the answer from scratch.

import type { Finding } from '@codeant/shared/finding.ts'
import { analyseFile, type Engine } from '../../server/src/features/analyse-file.ts'
import { grammarOf, languageOf } from '../../server/src/features/languages.ts'
import { LiveAnalysis } from '../../server/src/features/live-analysis.ts'
import { resolveNames } from '../../server/src/semantics/resolve-names.ts'
import type { Scopes } from '../../server/src/semantics/scopes.ts'
import { FLAG_ERROR, type SyntaxTree } from '../../server/src/syntax/tree.ts'
import { changeDocument, type Document, newDocument, type TextEdit } from '../../server/src/text/document.ts'

export interface EditRun {
  readonly edits: number
  /** Versions that parse without an error, and those that do not. */
  readonly whole: number
  readonly broken: number
  /** Descriptions of versions in which the two answers differ though the text parses: must be empty. */
  readonly wrong: readonly string[]
  /**
   * Broken versions that would be read from scratch when typing pauses: their findings wait, or tree-sitter repaired them
   * differently than it does when it starts anew. One in four is read from scratch then and there, as after a pause.
   */
  readonly unsettled: number
  /** Milliseconds of each incremental analysis. */
  readonly times: readonly number[]
}

/** Applies `count` random edits to a real file and compares after each. */
export function randomEdits(
  engine: Engine,
  path: string,
  text: string,
  count: number,
  seed: number,
): EditRun {
  const random = generator(seed)
  const language = languageOf(path)!
  const grammar = grammarOf(language, path)!
  const live = new LiveAnalysis(engine)
  const wrong: string[] = []
  const times: number[] = []
  let whole = 0
  let broken = 0
  let unsettled = 0
  let document = newDocument(`test:${path}`, language, text)
  live.analyse(document, path)
  for (let i = 1; i <= count; i++) {
    // Back to the real text now and then, so that edits do not pile up into rubble.
    const edits =
      i % 8 === 0
        ? [restore(document, text)]
        : Array.from({ length: random(6) === 0 ? 2 : 1 }, () => randomEdit(document.text, random))
    document = changeDocument(document, edits.slice(0, 1), i)
    if (edits[1] && edits[1].end <= document.text.length) document = changeDocument(document, [edits[1]], i)
    const began = performance.now()
    const result = live.analyse(document, path)
    times.push(performance.now() - began)

    let { tree } = engine.parser.parse(document, grammar)
    let { findings } = result
    const fresh = engine.parser.parseOnce(document.text, grammar)!
    const hasErrors = ((tree.flags[0]! | fresh.flags[0]!) & FLAG_ERROR) !== 0
    if (hasErrors) broken++
    else whole++
    if (hasErrors && (live.isWaiting(document) || !equalTrees(tree, fresh))) {
      unsettled++
      const lost = findings.find(it => it.end > document.text.length || it.start > it.end)
      if (lost) wrong.push(`${path}, seed ${seed}, edit ${i}: outside of the text: ${JSON.stringify(lost)}`)
      if (random(4) > 0) continue
      live.release(document.uri)
      findings = live.analyse(document, path).findings
      tree = engine.parser.parse(document, grammar).tree
    }
    const difference = equalTrees(tree, fresh)
      ? compare(engine, path, document, tree, fresh, findings)
      : 'tree'
    if (difference) wrong.push(`${path}, seed ${seed}, edit ${i} ${JSON.stringify(edits)}: ${difference}`)
  }
  live.release(document.uri)
  return { edits: count, whole, broken, wrong, unsettled, times }
}

function compare(
  engine: Engine,
  path: string,
  document: Document,
  tree: SyntaxTree,
  fresh: SyntaxTree,
  findings: readonly Finding[],
): string {
  if (!equalScopes(tree, resolveNames(tree), resolveNames(fresh))) return 'semantics'
  const expected = analyseFile(engine, path, document.language, document.text).findings
  const show = (it: Finding) => JSON.stringify(it)
  const missing = expected.filter(it => !findings.some(other => show(other) === show(it)))
  const extra = findings.filter(it => !expected.some(other => show(other) === show(it)))
  if (missing.length + extra.length === 0 && findings.length === expected.length) return ''
  return `findings: missing ${missing.map(show).join(' ')}; extra ${extra.map(show).join(' ')}`
}

function equalTrees(a: SyntaxTree, b: SyntaxTree): boolean {
  if (a.rows !== b.rows) return false
  for (const column of ['kind', 'role', 'symbol', 'flags', 'start', 'end', 'after', 'parent'] as const) {
    for (let row = 0; row < a.rows; row++) if (a[column][row] !== b[column][row]) return false
  }
  for (let row = 0; row < a.rows; row++) if (a.names[a.name[row]!] !== b.names[b.name[row]!]) return false
  return true
}

function equalScopes(tree: SyntaxTree, a: Scopes, b: Scopes): boolean {
  for (let row = 0; row < tree.rows; row++)
    if (a.bindingOf[row] !== b.bindingOf[row] || a.access[row] !== b.access[row]) return false
  return a.bindingRow.join() === b.bindingRow.join() && a.bindingKind.join() === b.bindingKind.join()
}

const PIECES = [
  'x',
  ' ',
  '(',
  ')',
  '\n',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  'a = 1\n',
  'a = a\n',
  'if x:\n',
  'foo(bar)',
  '/*',
  '*/',
  '#',
  '//',
  '.',
  ',',
  ';',
  'return 1;\n',
  '`',
  '=>',
  '\n    ',
  'def f():\n',
  'fn f() {',
  'function g() {',
  'let y = 2;\n',
  'import z\n',
  '👍',
  'é',
  '\r\n',
  'async ',
  'await ',
  ' and ',
  ' && ',
  '==',
  'else {',
  'try {',
]

export function randomEdit(text: string, random: (below: number) => number): TextEdit {
  const start = random(text.length + 1)
  switch (random(10)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return { start, end: start, newText: PIECES[random(PIECES.length)]! }
    case 4:
    case 5:
      return { start, end: Math.min(text.length, start + 1 + random(3)), newText: '' }
    case 6: {
      // A line deleted, as editors do it.
      const from = text.lastIndexOf('\n', start - 1) + 1
      const to = text.indexOf('\n', from)
      return { start: from, end: to === -1 ? text.length : to + 1, newText: '' }
    }
    case 7: {
      const from = text.lastIndexOf('\n', start - 1) + 1
      const to = text.indexOf('\n', from)
      return { start: from, end: from, newText: text.slice(from, to === -1 ? text.length : to + 1) }
    }
    case 8:
      return { start, end: Math.min(text.length, start + random(150)), newText: '' }
    default: {
      const from = random(text.length)
      return { start, end: start, newText: text.slice(from, from + random(250)) }
    }
  }
}

function restore(document: Document, text: string): TextEdit {
  return { start: 0, end: document.text.length, newText: text }
}

/** A small generator of pseudo-random numbers, so that a failure can be repeated. */
export function generator(seed: number): (below: number) => number {
  let state = (seed * 2654435761) >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below)
  }
}
