// Values of a YAML file, asked for by what they must be.

import { Unsupported } from '../refusal.ts'

export type Plain = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text under a key; throws `Unsupported` for anything else. */
export function textIn(given: Plain, key: string): string {
  const value = given[key]
  if (typeof value !== 'string') throw new Unsupported('form', key, String(value))
  return value
}

export function optionalText(given: Plain, key: string): string | undefined {
  return given[key] === undefined || given[key] === null ? undefined : textIn(given, key)
}

export function elements(given: Plain, key: string): readonly unknown[] {
  const value = given[key]
  if (!Array.isArray(value)) throw new Unsupported('no-list', key)
  return value
}

/** The entries of a record; none when it is absent. */
export function entriesIn(given: Plain, key: string): readonly (readonly [string, unknown])[] {
  const value = given[key]
  if (value === undefined || value === null) return []
  if (!isRecord(value)) throw new Unsupported('form', key, String(value))
  return Object.entries(value)
}
