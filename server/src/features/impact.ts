// What a finding means for the business: a number whose formula anybody can check.

import type { Impact } from '../rules/rule.ts'

/** The chance that such a finding is, or becomes, a problem in production. */
const LIKELIHOOD: Readonly<Record<Impact['likelihood'], number>> = { low: 0.05, medium: 0.25, high: 0.6 }

/** Hours of a developer until one such problem is found, repaired and shipped. */
const HOURS: Readonly<Record<Impact['cost'], number>> = { minutes: 0.5, hours: 4, days: 16, weeks: 80 }

export interface Expectation {
  /** 0…1 */
  readonly likelihood: number
  readonly hours: number
  /** likelihood × hours */
  readonly expectedHours: number
}

export function expectation({ likelihood, cost }: Impact): Expectation {
  return {
    likelihood: LIKELIHOOD[likelihood],
    hours: HOURS[cost],
    expectedHours: LIKELIHOOD[likelihood] * HOURS[cost],
  }
}
