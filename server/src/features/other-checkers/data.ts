// Parsed settings, of which nobody knows the form: what is not as expected is as if it were not there.

export type Table = Readonly<Record<string, unknown>>

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function tableIn(table: Table | undefined, key: string): Table | undefined {
  const value = table && Object.hasOwn(table, key) ? table[key] : undefined
  return isTable(value) ? value : undefined
}

export function entriesOf(table: Table | undefined): readonly (readonly [string, unknown])[] {
  return table ? Object.entries(table) : []
}

export function numberIn(table: Table | undefined, key: string): number | undefined {
  const value = table && Object.hasOwn(table, key) ? table[key] : undefined
  return typeof value === 'number' && value > 0 ? value : undefined
}

/** A list of texts, or one text that lists them with commas between. */
export function textsIn(table: Table | undefined, key: string): readonly string[] {
  const value = table && Object.hasOwn(table, key) ? table[key] : undefined
  if (typeof value === 'string') return value.split(/[\s,]+/).filter(Boolean)
  return Array.isArray(value) ? value.filter(it => typeof it === 'string') : []
}
