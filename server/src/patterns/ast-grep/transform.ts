// `transform`: new texts out of what a rule has bound.

import type { TextEdit } from '../../text/document.ts'
import { type Bindings, EMPTY, rowOf, rowsOf, textOf, withText } from './bindings.ts'
import { evaluateCore } from './evaluate.ts'
import { editFor } from './fix.ts'
import { inCase } from './letter-case.ts'
import { deindented, textBetween } from './template.ts'
import type { TreeFile } from './tree-file.ts'
import type { Core, Rewriter, Source, Transform } from './tree-rule.ts'

/**
 * What a rule binds at a node, and what its transformations make of that. `enclosing` is what rewriters may use: the
 * bindings of the rule, not those of a rewriter inside of another.
 */
export function transformedMatch(
  file: TreeFile,
  core: Core,
  row: number,
  bindings: Bindings = EMPTY,
  enclosing?: Bindings,
): Bindings | undefined {
  const found = evaluateCore(file, core, row, bindings)
  if (!found || core.transforms.length === 0) return found
  return transformed(file, core.transforms, found, enclosing ?? found)
}

function transformed(
  file: TreeFile,
  transforms: readonly Transform[],
  bindings: Bindings,
  enclosing: Bindings,
): Bindings {
  let made = bindings
  for (const it of transforms) {
    const text = madeText(file, it, made, enclosing) ?? ''
    const [first] = rowsOfSource(it.source, made)
    const shaped = first === undefined ? text : deindented(file, text, file.tree.start[first]!)
    made = withText(made, it.name, shaped)
  }
  return made
}

function madeText(
  file: TreeFile,
  it: Transform,
  bindings: Bindings,
  enclosing: Bindings,
): string | undefined {
  const rows = rowsOfSource(it.source, bindings)
  const text = textBetween(file, rows) ?? textOf(bindings, it.source.name)
  if (text === undefined) return undefined
  switch (it.what) {
    case 'replace':
      return text.replace(it.regex, (...found) => expanded(it.by, found))
    case 'substring':
      return substring(text, it.from, it.to)
    case 'convert':
      return inCase(text, it.to, it.separators)
    case 'rewrite':
      return rows.length === 0 ? undefined : rewritten(file, rows, it.rewriters, it.joiner, enclosing)
  }
}

function rowsOfSource({ name, isMany }: Source, bindings: Bindings): readonly number[] {
  if (isMany) return rowsOf(bindings, name) ?? []
  const row = rowOf(bindings, name)
  return row === undefined ? [] : [row]
}

/** `$1`, `${1}` and `$name` as Rust's regular expressions read them: the longest name, and nothing for what is unknown. */
function expanded(by: string, found: readonly unknown[]): string {
  const groups = found.at(-1)
  const named = typeof groups === 'object' && groups !== null ? (groups as Record<string, string>) : {}
  return by.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (_, braced?: string, plain?: string) => {
    const name = braced ?? plain
    if (name === undefined) return '$'
    const value = /^\d+$/.test(name) ? found[Number(name)] : named[name]
    return typeof value === 'string' ? value : ''
  })
}

/** In characters; a negative place counts from the end. */
function substring(text: string, from = 0, to?: number): string {
  const characters = [...text]
  return characters.slice(from, to ?? characters.length).join('')
}

function rewritten(
  file: TreeFile,
  rows: readonly number[],
  rewriters: readonly Rewriter[],
  joiner: string | undefined,
  enclosing: Bindings,
): string {
  const edits = rows.flatMap(it => editsIn(file, it, rewriters, enclosing))
  const { start, end, text } = file.tree
  const pieces: string[] = []
  let done = start[rows[0]!]!
  // What lies in a node that was rewritten goes with it.
  for (const edit of edits) {
    if (edit.start < done) continue
    if (joiner === undefined) pieces.push(text.slice(done, edit.start))
    pieces.push(edit.newText)
    done = edit.end
  }
  if (joiner !== undefined) return pieces.join(joiner)
  return pieces.join('') + text.slice(done, end[rows.at(-1)!])
}

function editsIn(
  file: TreeFile,
  row: number,
  rewriters: readonly Rewriter[],
  enclosing: Bindings,
): TextEdit[] {
  const edits: TextEdit[] = []
  for (let it = row; it < file.tree.after[row]!; it++) {
    for (const { core, fix } of rewriters) {
      const found = core && transformedMatch(file, core, it, enclosing, enclosing)
      if (!found || !fix) continue
      edits.push(editFor(file, fix, it, found))
      break
    }
  }
  return edits
}
