// A rule of this format, ready to run on files, and what it says of one.

import type { WasmGrammar } from '../../syntax/language.ts'
import type { TextEdit } from '../../text/document.ts'
import { rowOf, rowsOf } from './bindings.ts'
import { editFor } from './fix.ts'
import { fillTemplate, type Template } from './template.ts'
import { transformedMatch } from './transform.ts'
import type { TreeFile } from './tree-file.ts'
import { type Core, kindsOf, type TreeFix } from './tree-rule.ts'

export interface TreeSearch {
  readonly what: 'tree'
  readonly grammar: WasmGrammar
  readonly core: Core
  readonly message: Template
  readonly fix: TreeFix | undefined
  /** Metavariables whose places are shown beside a finding. */
  readonly labels: readonly string[]
  readonly files: readonly RegExp[] | undefined
  readonly ignores: readonly RegExp[] | undefined
}

export interface TreeMatch {
  readonly start: number
  readonly end: number
  readonly message: string
  readonly edit: TextEdit | undefined
  readonly related: readonly { readonly start: number; readonly end: number }[]
}

export function looksAt({ files, ignores }: TreeSearch, path: string): boolean {
  if (ignores?.some(it => it.test(path))) return false
  return files === undefined || files.some(it => it.test(path))
}

/** In source order, those inside of others too. Throws `TooLong`. */
export function treeMatches(file: TreeFile, search: TreeSearch): TreeMatch[] {
  const { core, message, fix, labels } = search
  const kinds = kindsOf(core.rule)
  if (!kinds) return []
  file.begin()
  const { start, end } = file.tree
  const matches: TreeMatch[] = []
  for (const row of file.rowsOf(kinds)) {
    const bindings = transformedMatch(file, core, row)
    if (!bindings) continue
    matches.push({
      start: start[row]!,
      end: end[row]!,
      message: fillTemplate(file, message, bindings, 0),
      edit: fix && editFor(file, fix, row, bindings),
      related: labels.flatMap(name => {
        const one = rowOf(bindings, name)
        const rows = one === undefined ? (rowsOf(bindings, name) ?? []) : [one]
        const last = rows.at(-1)
        return last === undefined ? [] : [{ start: start[rows[0]!]!, end: end[last]! }]
      }),
    })
  }
  return matches
}
