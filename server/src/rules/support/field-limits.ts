// Which of two limits lets more through, where both sides say one of the same thing.

import type { LimitTwin } from '../../graph/limit-twins.ts'
import type { Relations } from '../../graph/relations.ts'
import type { Limits } from '../../graph/rows/shapes.ts'
import { isShown } from '../../graph/type-twins.ts'
import type { RelationMatch } from '../rule.ts'
import { isTended } from './type-twins.ts'

export type DifferingLimit = {
  readonly field: string
  /** The type that the route takes; empty for what has no name. */
  readonly taken: string
  readonly end: 'least' | 'most'
  readonly of: 'characters' | 'elements' | 'value'
  readonly here: number
  readonly there: number
}

/** Limits of a twin that are other numbers; `wider`: more passes here than there. */
export function* differingLimits(
  { here, there, takenAs }: LimitTwin,
  wanted: 'wider' | 'narrower',
  relations: Relations,
): Generator<RelationMatch<DifferingLimit>> {
  if (!isShown(here.at) || !isTended(here.at.file, relations)) return
  const of = there.type.kind === 'list' ? 'elements' : 'characters'
  for (const part of ['length', 'value'] as const)
    for (const end of ['least', 'most'] as const) {
      const [one, other] = [numberOf(here.limits, part, end), numberOf(there.limits, part, end)]
      if (one === undefined || other === undefined || one === other) continue
      const isWider = end === 'most' ? one > other : one < other
      if (isWider !== (wanted === 'wider')) continue
      yield {
        at: here.at,
        data: {
          ...{ field: here.name, taken: takenAs, end, here: one, there: other },
          of: part === 'value' ? 'value' : of,
        },
        related: isShown(there.at) ? [there.at] : [],
      }
    }
}

function numberOf(
  limits: Limits | undefined,
  part: 'length' | 'value',
  end: 'least' | 'most',
): number | undefined {
  return limits?.[part]?.[end]
}

/** `up to 50 characters` */
export function limitInEnglish({ end, of }: DifferingLimit, number: number): string {
  const unit = of === 'value' ? '' : number === 1 ? ` ${of.slice(0, -1)}` : ` ${of}`
  return `${end === 'most' ? 'up to' : 'from'} ${number}${unit}${end === 'most' ? '' : ' on'}`
}

export function limitInSpanish({ end, of }: DifferingLimit, number: number): string {
  const [one, many] = of === 'elements' ? ['elemento', 'elementos'] : ['carácter', 'caracteres']
  const unit = of === 'value' ? '' : number === 1 ? ` ${one}` : ` ${many}`
  return `${end === 'most' ? 'hasta' : 'a partir de'} ${number}${unit}`
}
