// What the holes of a rule stand for at one place. Grows by putting in front, so that what failed leaves nothing behind.

export type Bindings = Empty | Bound

interface Empty {
  readonly what: 'empty'
}

export type Bound =
  | { readonly what: 'one'; readonly name: string; readonly row: number; readonly before: Bindings }
  | {
      readonly what: 'many'
      readonly name: string
      readonly rows: readonly number[]
      readonly before: Bindings
    }
  /** What a transformation made. */
  | { readonly what: 'text'; readonly name: string; readonly text: string; readonly before: Bindings }

export const EMPTY: Bindings = { what: 'empty' }

export function rowOf(bindings: Bindings, name: string): number | undefined {
  for (let it = bindings; it.what !== 'empty'; it = it.before)
    if (it.what === 'one' && it.name === name) return it.row
  return undefined
}

export function rowsOf(bindings: Bindings, name: string): readonly number[] | undefined {
  for (let it = bindings; it.what !== 'empty'; it = it.before)
    if (it.what === 'many' && it.name === name) return it.rows
  return undefined
}

export function textOf(bindings: Bindings, name: string): string | undefined {
  for (let it = bindings; it.what !== 'empty'; it = it.before)
    if (it.what === 'text' && it.name === name) return it.text
  return undefined
}

export function withRow(before: Bindings, name: string, row: number): Bindings {
  return { what: 'one', name, row, before }
}

export function withRows(before: Bindings, name: string, rows: readonly number[]): Bindings {
  return { what: 'many', name, rows, before }
}

export function withText(before: Bindings, name: string, text: string): Bindings {
  return { what: 'text', name, text, before }
}
