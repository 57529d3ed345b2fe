// Who decides where an address leads: only what stands before the host is complete.

import type { SyntaxNode } from '../../syntax/node.ts'
import { isCheckedHere } from '../checks.ts'
import type { SourceFile } from '../source-file.ts'
import { isHole, type Piece, textsOf } from '../text-pieces.ts'
import { decidingPieces } from './parts.ts'
import { type Source, untrusted, untrustedHole, type Wanted } from './untrusted.ts'

/** The source that decides the host of an address, or all of the address. */
export function hostSource(file: SourceFile, address: SyntaxNode, wanted: Wanted): Source | undefined {
  if (isCheckedHere(file, address)) return undefined
  for (const pieces of textsOf(file, address)) {
    const source = pieces.length > 1 ? fromPieces(file, pieces, address, wanted) : undefined
    if (source) return source
    const [only] = pieces
    if (pieces.length === 1 && only && isHole(only)) {
      const whole = only.node.row === address.unwrapped.row || only.binding === undefined
      const found = whole ? untrusted(file, only.node, wanted) : untrustedHole(file, only, address, wanted)
      if (found) return found
    }
  }
  return undefined
}

function fromPieces(
  file: SourceFile,
  pieces: readonly Piece[],
  address: SyntaxNode,
  wanted: Wanted,
): Source | undefined {
  for (const piece of decidingPieces(pieces)) {
    const source = isHole(piece) ? untrustedHole(file, piece, address, wanted) : undefined
    if (source) return source
  }
  return undefined
}
