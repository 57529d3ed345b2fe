// How long the texts are that a part of a pattern matches.

import type { RegexNode } from './syntax.ts'

interface Width {
  readonly min: number
  readonly max: number
}

const NONE: Width = { min: 0, max: 0 }

/** Undefined when it cannot be told. */
export function widthOf(node: RegexNode, groups: ReadonlyMap<number, RegexNode>): Width | undefined {
  switch (node.kind) {
    case 'chars':
      return { min: 1, max: 1 }
    case 'anchor':
    case 'look':
      return NONE
    case 'group':
      return widthOf(node.body, groups)
    case 'sequence':
      return node.items.reduce<Width | undefined>((sum, it) => {
        const width = sum && widthOf(it, groups)
        return width && { min: sum.min + width.min, max: sum.max + width.max }
      }, NONE)
    case 'choice':
      return widest(node.options.map(it => widthOf(it, groups)))
    case 'conditional':
      return widest([widthOf(node.yes, groups), widthOf(node.no, groups)])
    case 'repeat': {
      const width = widthOf(node.body, groups)
      // Nothing, however often, is nothing.
      return width && { min: width.min * node.min, max: width.max === 0 ? 0 : width.max * node.max }
    }
    case 'reference': {
      const group = groups.get(node.group)
      return group && widthOf(group, groups)
    }
  }
}

function widest(widths: readonly (Width | undefined)[]): Width | undefined {
  let all: Width | undefined
  for (const it of widths) {
    if (!it) return undefined
    all = all ? { min: Math.min(all.min, it.min), max: Math.max(all.max, it.max) } : it
  }
  return all
}
