// Whether a value can be what the other side takes, as JSON tells kinds of values apart.

import type { Shapes, TypeIn } from '../../graph/shapes.ts'

export type DataKind = 'string' | 'number' | 'boolean' | 'null' | 'list' | 'object'

/** The kinds that a value may be of; undefined where nobody can tell. */
export function kindsOf(shapes: Shapes, whole: TypeIn, depth = 0): ReadonlySet<DataKind> | undefined {
  const { type, file } = shapes.resolve(whole.type, whole.file)
  switch (type.kind) {
    case 'unknown':
      return undefined
    case 'integer':
      return new Set(['number'])
    case 'values':
      return new Set(type.values.map(it => (typeof it === 'string' ? 'string' : 'number')))
    case 'map':
    case 'shape':
      return new Set(['object'])
    case 'union': {
      if (depth > 4) return undefined
      const all = type.of.map(it => kindsOf(shapes, { type: it, file }, depth + 1))
      return all.includes(undefined) ? undefined : new Set(all.flatMap(it => [...it!]))
    }
    default:
      return new Set([type.kind])
  }
}

/** What is sent, and what is taken, where they surely differ. */
export function differingKinds(
  shapes: Shapes,
  sent: TypeIn,
  taken: TypeIn,
): { readonly sent: string; readonly taken: string } | undefined {
  const [from, into] = [kindsOf(shapes, sent), kindsOf(shapes, taken)]
  if (!from || !into || from.size === 0 || into.size === 0) return undefined
  for (const it of from) if (into.has(it)) return undefined
  // A text may hold a number, and most servers read it: only one that is written out surely does not.
  if (
    from.has('string') &&
    !isPlainWord(shapes, sent) &&
    [...into].some(it => it === 'number' || it === 'boolean')
  )
    return undefined
  return { sent: shown(from), taken: shown(into) }
}

function isPlainWord(shapes: Shapes, sent: TypeIn): boolean {
  const { type } = shapes.resolve(sent.type, sent.file)
  return (
    type.kind === 'values' &&
    type.values.every(it => typeof it === 'string' && /^(?!true|false|on|off|yes|no)[a-z_-]+$/i.test(it))
  )
}

function shown(kinds: ReadonlySet<DataKind>): string {
  return [...kinds].join(' | ')
}
