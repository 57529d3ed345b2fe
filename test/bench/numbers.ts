// Numbers as the reader's language writes them.

import type { Locale } from '@codeant/shared/locale.ts'

export type Show = (value: number | null | undefined, digits?: number) => string

/** What was not measured is a dash. JSON writes NaN as null. */
export function numbers(locale: Locale): Show {
  return (value, digits = 0) =>
    value === undefined || value === null || !Number.isFinite(value)
      ? '–'
      : value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** A part of a whole in percent; of nothing, a dash. */
export function shares(show: Show): (part: number, whole: number) => string {
  return (part, whole) => (whole === 0 ? '–' : `${show((part / whole) * 100, 1)} %`)
}
