// Percentiles, and a table that a terminal and Markdown can both show.

export function percentile(times: readonly number[], part: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

export function median(times: readonly number[]): number {
  return percentile(times, 0.5)
}

/** Rows of cells under a head, as a Markdown table with aligned columns. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows.map(row => row.map(String))]
  const widths = head.map((_, column) => Math.max(3, ...cells.map(row => (row[column] ?? '').length)))
  const line = (row: readonly string[]) =>
    `| ${row.map((it, column) => it.padEnd(widths[column]!)).join(' | ')} |`
  return [
    line(head),
    `|${widths.map(it => '-'.repeat(it + 2)).join('|')}|`,
    ...cells.slice(1).map(line),
  ].join('\n')
}
