// Limits that attributes put on fields in Rust: `#[validate(length(max = 50))]` of validator, `#[garde(range(min = 1))]`.

import type { MacroArgument } from '../../../semantics/macro-arguments.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import { bothLimits, limitsOf } from '../../limits.ts'
import type { Limits } from '../../rows/shapes.ts'
import { normalPattern, patternIn } from '../patterns.ts'
import { attributesOf } from './attributes.ts'

export function limitsAbove(file: SourceFile, field: SyntaxNode): Limits | undefined {
  let limits: Limits | undefined
  for (const it of attributesOf(field))
    if (it.name === 'validate' || it.name === 'garde')
      for (const argument of it.arguments) limits = bothLimits(limits, saidBy(file, argument))
  return limits
}

/** `length(min = 1, max = 50)`, `range(max = 10)`, `regex(path = *NAME)`, `pattern(r"^\w+$")` */
function saidBy(file: SourceFile, { nodes }: MacroArgument): Limits | undefined {
  const [name, group] = nodes
  if (!name || group?.kind !== 'TokenTree') return undefined
  switch (name.text) {
    case 'length':
      return limitsOf({
        shortest: numberIn(group, 'min') ?? numberIn(group, 'equal'),
        longest: numberIn(group, 'max') ?? numberIn(group, 'equal'),
      })
    case 'range':
      return limitsOf({ least: numberIn(group, 'min'), most: numberIn(group, 'max') })
    case 'regex':
    case 'pattern':
      return limitsOf({ pattern: patternSaid(file, group) })
    default:
      return undefined
  }
}

function numberIn(group: SyntaxNode, name: string): number | undefined {
  const plain = group.text.replace(/"[^"]*"/g, '""')
  const written = new RegExp(`[(,]\\s*${name}\\s*=\\s*(-?[\\d_]+(?:\\.\\d+)?)\\s*[,)]`).exec(plain)?.[1]
  return written === undefined ? undefined : Number(written.replaceAll('_', ''))
}

/** A text in place, or a constant of this file that holds the pattern. */
function patternSaid(file: SourceFile, group: SyntaxNode): string | undefined {
  const nodes = group.children()
  const text = nodes.find(it => it.kind === 'String')
  const known = text && file.constant(text)
  const name =
    known?.kind === 'string' && /^[A-Z][A-Z\d_]*$/.test(known.value)
      ? known.value
      : nodes.findLast(it => /^[A-Z][A-Z\d_]*$/.test(it.text))?.text
  if (name === undefined) return known?.kind === 'string' ? normalPattern(known.value, '') : undefined
  for (const it of file.root.named(name)) {
    const value = it.role === 'target' || it.role === 'name' ? it.parent?.child('value') : undefined
    const pattern = value?.kind === 'Call' ? patternIn(file, value) : undefined
    if (pattern !== undefined) return pattern
  }
  return undefined
}
