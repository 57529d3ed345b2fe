// What rules about twins share: of which fields anything is said, and how it is said.

import type { Relations } from '../../graph/relations.ts'
import type { Shapes, TypeIn } from '../../graph/shapes.ts'
import { type FieldTwin, isShown, type TypeTwin } from '../../graph/type-twins.ts'
import { isSpecimen, isTest } from '../../semantics/provenance.ts'

/** Somebody works on what the caller says, and may change it. */
export function isTended(file: string, relations: Relations): boolean {
  return !isTest(file) && !isSpecimen(file) && !relations.shapes.isGenerated(file)
}

/** The fields of a twin that can be spoken of. */
export function tendedFields(twin: TypeTwin, relations: Relations): readonly FieldTwin[] {
  return twin.fields.filter(({ here }) => isShown(here.at) && isTended(here.at.file, relations))
}

/** Where the other side says so, when that can be shown. */
export function otherSide({ link }: TypeTwin, { there }: FieldTwin) {
  return isShown(there.at) ? [there.at] : link.route ? [link.route] : []
}

/** A type as people say it: `string`, `User`, `number[]`. */
export function wordFor({ type, file }: TypeIn, shapes: Shapes, depth = 0): string {
  if (type.kind === 'shape') return shapes.named(type, file)?.name ?? type.of.names.at(-1) ?? 'object'
  if (depth > 3) return '…'
  switch (type.kind) {
    case 'list':
      return `${wordFor({ type: type.of, file }, shapes, depth + 1)}[]`
    case 'values':
      return type.values
        .slice(0, 4)
        .map(it => (typeof it === 'string' ? `'${it}'` : String(it)))
        .join(' | ')
    case 'union':
      return type.of.map(it => wordFor({ type: it, file }, shapes, depth + 1)).join(' | ')
    case 'map':
      return 'object'
    default:
      return type.kind
  }
}
