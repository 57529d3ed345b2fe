// Rows whose columns stand under each other, with a head in bold.

import { type Output, paint } from '../terminal.ts'

/** What comes from elsewhere may hold what a terminal would obey: it is taken out. */
export function table(out: Output, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const clean = rows.map(row => row.map(it => it.replace(/\p{Cc}/gu, '')))
  const widths = head.map((it, i) => Math.max(it.length, ...clean.map(row => row[i]!.length)))
  const line = (row: readonly string[]) =>
    row
      .map((it, i) => it.padEnd(widths[i]!))
      .join('  ')
      .trimEnd()
  return [paint(out, 'bold', line(head)), ...clean.map(line)].map(it => `${it}\n`).join('')
}
