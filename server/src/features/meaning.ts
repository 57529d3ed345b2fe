// What a finding means, wherever it stands: so that a recorded one is known again after moves, renames and edits around it.

import type { Finding } from '@codeant/shared/finding.ts'
import { hash32 } from '../base/digest.ts'
import { KIND_CODE, type Kind } from '../syntax/kinds.ts'
import type { SyntaxTree } from '../syntax/tree.ts'

/** Things whose name says where one is. */
const NAMED: ReadonlySet<number> = new Set(
  (
    [
      'Function',
      'Class',
      'Struct',
      'Interface',
      'Implementation',
      'Enum',
      'Namespace',
      'Declarator',
    ] satisfies Kind[]
  ).map(it => KIND_CODE[it]),
)

/**
 * `symbol|text|shape`: the names around the finding, a digest of its text without spacing, and a digest of its syntax
 * without names. Each survives what breaks the others.
 */
export function meaningOf(text: string, tree: SyntaxTree | undefined, finding: Finding): string {
  // A finding on a whole function or file is about its head: edits in the body leave its meaning alone.
  const snippet = text.slice(finding.start, Math.min(finding.end, finding.start + 400)).replace(/\s+/g, '')
  const words = hash32(snippet).toString(36)
  if (!tree) return `|${words}|`
  const row = rowAt(tree, finding.start, finding.end)
  return `${symbolPath(tree, row)}|${words}|${shape(tree, row)}`
}

/** The innermost row that spans the range. */
export function rowAt(tree: SyntaxTree, start: number, end: number): number {
  let row = 0
  for (;;) {
    let inner = -1
    for (let child = row + 1; child < tree.after[row]!; child = tree.after[child]!) {
      if (tree.start[child]! > start) break
      if (tree.end[child]! >= end) inner = child
    }
    if (inner === -1) return row
    row = inner
  }
}

function symbolPath(tree: SyntaxTree, row: number): string {
  const names: string[] = []
  for (let it = row; ; it = tree.parent[it]!) {
    if (NAMED.has(tree.kind[it]!)) {
      const name = nameOf(tree, it)
      if (name) names.unshift(name)
    }
    if (it === 0) return names.join('.')
  }
}

function nameOf(tree: SyntaxTree, row: number): string {
  for (let child = row + 1; child < tree.after[row]!; child = tree.after[child]!)
    if (tree.name[child] !== 0) return tree.names[tree.name[child]!]!
  return ''
}

function shape(tree: SyntaxTree, row: number): string {
  let hash = 0x811c9dc5
  const last = Math.min(tree.after[row]!, row + 60)
  for (let it = row; it < last; it++)
    if (tree.kind[it] !== KIND_CODE.Comment) hash = Math.imul(hash ^ tree.symbol[it]!, 0x01000193)
  return (hash >>> 0).toString(36)
}
