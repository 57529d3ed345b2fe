// Pieces of schemas that several routes share.

import { Type } from 'typebox'

export const Id = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })
export const Time = Type.String({ format: 'date-time' })
export const TimeOrNull = Type.Union([Time, Type.Null()])
/** Of a device, as it shows it and as people type it. */
export const UserCode = Type.String({ pattern: '^[A-Za-z]{4}[- ]?[A-Za-z]{4}$', examples: ['BCDF-GHJK'] })
/** What a computer or a program is called: told back to people, so without control characters. */
export const ClientName = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\p{Cc}]+$' })
/** Enough to tell a slip of the pen; whether it is somebody's, only a letter would tell. */
export const Email = Type.String({
  minLength: 3,
  maxLength: 320,
  pattern: '^[^\\s@\\p{Cc}<>"]+@[^\\s@\\p{Cc}<>"]+$',
  examples: ['ana@example.com'],
})

/** Times as text, for an answer. */
export function told<Row extends object>(row: Row): Told<Row> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  ) as Told<Row>
}

type Told<Row> = {
  -readonly [Name in keyof Row]: Row[Name] extends Date
    ? string
    : Row[Name] extends Date | null
      ? string | null
      : Row[Name]
}
