// What a line of YAML stands below, read from the indentation alone: a file that is being written is seldom whole.

/** The key whose value a column is in. */
export interface Parent {
  readonly name: string
  readonly indent: number
}

/** From the nearest one outwards: of each, the nearest line above that stands further left and ends with a colon. */
export function parentsOf(lines: readonly string[], indent: number): readonly Parent[] {
  const parents: Parent[] = []
  let limit = indent
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i]!
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue
    const written = /^([\s-]*)([\w-]+):\s*(.*)$/.exec(line)
    const own = indentOf(line)
    // `- id: x` begins an item: what stands in its column is beside `id`, what stands left of it is its list.
    if (written && own < limit && written[3]!.trim() === '') {
      parents.push({ name: written[2]!, indent: own })
      limit = own
    }
    if (own < limit) limit = own
    const dash = line.search(/\S/)
    if (line[dash] === '-' && dash < limit) limit = Math.min(limit, dash + 1)
  }
  return parents
}

/** Where the content of a line begins: behind the dashes of its items. */
export function indentOf(line: string): number {
  return /^[\s-]*/.exec(line)![0].length
}

/** Keys of the same map: above and below, up to what stands further left or begins another item. `start`: of the line. */
export function siblings(text: string, start: number, indent: number): ReadonlySet<string> {
  const lines = text.split('\n')
  const here = text.slice(0, start).split('\n').length - 1
  const names = new Set<string>()
  const note = (line: string): boolean => {
    if (line.trim() === '') return true
    const own = indentOf(line)
    if (own < indent || line.startsWith('---')) return false
    if (own === indent) {
      const written = /^[\s-]*([\w-]+):/.exec(line)
      if (written) names.add(written[1]!)
    }
    return true
  }
  const begins = (line: string) => indentOf(line) === indent && /^\s*-/.test(line)
  if (!begins(lines[here]!))
    for (let i = here - 1; i >= 0; i--) {
      if (!note(lines[i]!)) break
      if (begins(lines[i]!)) break
    }
  for (let i = here + 1; i < lines.length; i++) {
    if (begins(lines[i]!) || !note(lines[i]!)) break
  }
  return names
}
