// `fix`: what a match is replaced by, perhaps with siblings before and behind it.

import type { TextEdit } from '../../text/document.ts'
import type { Bindings } from './bindings.ts'
import { evaluate, firstWithin } from './evaluate.ts'
import { fillTemplate } from './template.ts'
import type { TreeFile } from './tree-file.ts'
import type { TreeFix } from './tree-rule.ts'

export function editFor(
  file: TreeFile,
  { template, expandStart, expandEnd }: TreeFix,
  row: number,
  bindings: Bindings,
): TextEdit {
  const { start, end } = file.tree
  const newText = fillTemplate(file, template, bindings, start[row]!)
  const before =
    expandStart &&
    firstWithin(file, expandStart.stopBy, file.preceding(row), it =>
      evaluate(file, expandStart.rule, it, bindings) ? it : undefined,
    )
  const behind =
    expandEnd &&
    firstWithin(file, expandEnd.stopBy, file.following(row), it =>
      evaluate(file, expandEnd.rule, it, bindings) ? it : undefined,
    )
  return { start: start[before ?? row]!, end: end[behind ?? row]!, newText }
}
