// Fields that the author of a call expects of an answer, and that no route gives to any of the calls that expect them.

import { fieldNamed, typeAlong, withoutNull } from '../../graph/along.ts'
import type { Exchange } from '../../graph/exchanges.ts'
import type { Relations } from '../../graph/relations.ts'
import type { At } from '../../graph/routes.ts'
import type { ResolvedField, TypeIn } from '../../graph/shapes.ts'
import { type Gap, isSpokenOf } from './exchanged.ts'
import { nearestName } from './nearest-name.ts'

export interface ExpectedGap {
  readonly field: ResolvedField
  readonly gap: Gap
  /** The other side has one that is nearly called so, and that nobody here expects. */
  readonly isNear: boolean
}

/** Lists of objects of lists: nobody expects more. */
const DEPTH = 4

/** Never more than the half of what is expected: then it is another type that is answered. */
export function expectedGaps(exchange: Exchange, relations: Relations): readonly ExpectedGap[] {
  const compared = comparisonOf(exchange, relations)
  const missing = compared.filter(it => it.verdict === 'missing')
  if (missing.length === 0 || missing.length * 2 > compared.length) return []
  const never = neverGiven(relations)
  const gaps = missing.flatMap(it => (it.gap && never.has(it.field.at) ? [{ ...it, gap: it.gap }] : []))
  // `userName` for `user_name`, again and again: something in between translates.
  const translated = gaps.filter(({ field, gap }) => gap.known.some(it => isSpelledLike(it.name, field.name)))
  return translated.length > 1 ? gaps.filter(it => !translated.includes(it)) : gaps
}

interface Compared {
  readonly field: ResolvedField
  readonly verdict: 'given' | 'missing' | 'unknown'
  readonly gap: Gap | undefined
  readonly isNear: boolean
}

function comparisonOf(exchange: Exchange, relations: Relations): readonly Compared[] {
  return relations.each('expected fields', exchange, it => {
    const { expected, handler } = it
    if (!expected || !isSpokenOf(it, relations)) return []
    const whole: TypeIn | undefined =
      handler.response &&
      typeAlong(relations.shapes, { type: handler.response, file: handler.at.file }, expected.path)
    const all: Compared[] = []
    compare(expected, whole, relations, all, 0)
    return all
  })
}

/** Fields, by where they stand, that nobody gives to any of those who expect them. */
function neverGiven(relations: Relations): ReadonlySet<At> {
  return relations.derive<ReadonlySet<At>>('never given', before => {
    const missing = new Set<At>()
    const others = new Set<At>()
    for (const exchange of relations.exchanges)
      for (const { field, verdict } of comparisonOf(exchange, relations))
        (verdict === 'missing' ? missing : others).add(field.at)
    for (const it of others) missing.delete(it)
    return before?.size === missing.size && [...missing].every(it => before.has(it)) ? before : missing
  })
}

function compare(
  expected: TypeIn,
  given: TypeIn | undefined,
  relations: Relations,
  into: Compared[],
  depth: number,
): void {
  const { shapes } = relations
  if (depth > DEPTH) return
  const want = withoutNull(shapes, expected)
  const have = given && withoutNull(shapes, given)
  if (!want) return
  if (want.type.kind === 'list') {
    const element = have?.type.kind === 'list' ? { type: have.type.of, file: have.file } : undefined
    return compare({ type: want.type.of, file: want.file }, element, relations, into, depth + 1)
  }
  const wanted = shapes.fieldsOf(want.type, want.file)
  if (!wanted) return
  const found = have && shapes.fieldsOf(have.type, have.file)
  const known = (found?.fields ?? []).filter(it => it.only !== 'taken')
  for (const field of wanted.fields) {
    const other = fieldNamed(known, field.name)
    const type: TypeIn = { type: field.type, file: field.at.file }
    if (other) {
      into.push({ field, verdict: 'given', gap: undefined, isNear: false })
      compare(type, { type: other.type, file: other.at.file }, relations, into, depth + 1)
    } else if (!found || found.isOpen || known.length === 0)
      into.push({ field, verdict: 'unknown', gap: undefined, isNear: false })
    else {
      const unexpected = known.filter(it => !wanted.fields.some(own => own.name === it.name))
      const isNear =
        nearestName(
          field.name,
          unexpected.map(it => it.name),
        ) !== undefined
      const shape = shapes.named(have.type, have.file)
      const gap: Gap = { name: field.name, depth, known: unexpected, isStrict: false, shape }
      into.push({ field, verdict: 'missing', gap, isNear })
    }
  }
}

function isSpelledLike(a: string, b: string): boolean {
  return a !== b && a.replace(/[-_]/g, '').toLowerCase() === b.replace(/[-_]/g, '').toLowerCase()
}
