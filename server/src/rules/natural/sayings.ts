// What has to be sayable of a sentence, in any language.

import type { Demand, Order, Place, Subject } from './requirement.ts'

export interface Sayings {
  readonly only: string
  readonly inside: string
  readonly outside: string
  readonly subject: (subject: Subject) => string
  readonly place: (place: Place) => string
  readonly demand: (demand: Demand) => string
}

export const code = (names: readonly string[], or: string) => names.map(it => `\`${it}\``).join(or)

export function insteadIn(instead: readonly string[] | undefined, before: string, or: string): string {
  return instead ? `${before}${code(instead, or)}` : ''
}

export type PlainOrder = Exclude<Order['kind'], 'callBefore'>

export function orderIn(
  order: Order,
  sayings: Readonly<Record<PlainOrder, string>>,
  calls: (first: string, then: string) => string,
): string {
  return order.kind === 'callBefore' ? calls(order.first, order.then) : sayings[order.kind]
}

export type OneOrMany = readonly [one: string, many: string]

export function counted(count: number, [one, many]: OneOrMany): string {
  return `${count} ${count === 1 ? one : many}`
}
