// Values that are put into HTML: which of them surely hold no tags.

import type { SyntaxNode } from '../../syntax/node.ts'
import { isChecked } from '../checks.ts'
import { definitionOf, writesBefore } from '../definitions.ts'
import { guessType } from '../guess-type.ts'
import { excludesText } from '../public-functions.ts'
import type { SourceFile } from '../source-file.ts'
import type { Hole } from '../text-pieces.ts'

/** Names of what is HTML already, or is a number, an address or an identifier. */
const NO_TEXT =
  /html|markup|attrs?$|content|render|widget|icon|svg|css|class|style|tags?$|body|^(id|pk|url|href|src|size|width|height|count|index|length|color|colour)$|_(id|pk|url|count|size|at|on|date|time)$/i

/**
 * Nothing is known to be dangerous: only what a parameter holds, or a field of it, counts, and only when its name does
 * not say that it is HTML, or something without text.
 */
export function isHarmlessInHtml(file: SourceFile, hole: Hole): boolean {
  const it = hole.node.unwrapped
  if (guessType(file, it) === 'number' || file.constant(it)) return true
  if (it.kind === 'Member') {
    const property = it.child('property')?.name ?? ''
    return saysNoText(property) || !isParameter(file, rootOf(it)) || isCheckedValue(file, it)
  }
  if (it.kind === 'Name') return saysNoText(it.name) || !isParameter(file, it) || isCheckedValue(file, it)
  return true
}

function saysNoText(name: string): boolean {
  return NO_TEXT.test(name) || /^[A-Z][A-Z0-9_]*$/.test(name)
}

function isCheckedValue(file: SourceFile, it: SyntaxNode): boolean {
  return isChecked(file, { binding: it.kind === 'Name' ? file.binding(it) : undefined, expression: it }, it)
}

function rootOf(node: SyntaxNode): SyntaxNode | undefined {
  let it: SyntaxNode | undefined = node
  while (it?.kind === 'Member') it = it.child('object')?.unwrapped
  return it
}

/** The name still holds what the function was given. */
function isParameter(file: SourceFile, name: SyntaxNode | undefined): boolean {
  const binding = name?.kind === 'Name' ? file.binding(name) : undefined
  if (!name || binding?.kind !== 'parameter' || name.name === 'self' || name.name === 'cls') return false
  return writesBefore(binding, name).every(write => {
    const definition = definitionOf(write)
    return definition?.kind === 'parameter' && !excludesText(file, definition.parameter.child('type'))
  })
}
