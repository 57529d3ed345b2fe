// Of names that are nearly the same: which one was meant.

/** More letters than these are another word. */
export const MOST_LETTERS = 3

/** The name that differs least; undefined where none is near, or two are as near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const plain = spelled(name)
  // A third of a short word is another word.
  let least = Math.min(MOST_LETTERS, Math.floor(plain.length / 3)) + 1
  let best: string | undefined
  for (const it of new Set(known)) {
    const distance = editDistance(spelled(it), plain)
    if (distance > least || it === name) continue
    best = distance === least ? undefined : it
    least = distance
  }
  return best
}

/** `fileName` and `file_name` differ in their spelling only. */
function spelled(name: string): string {
  return name.replace(/[-_]/g, '').toLowerCase()
}

/** Letters put in, left out, changed, or swapped with the next one. */
export function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MOST_LETTERS) return MOST_LETTERS + 1
  let [start, ends] = [0, 0]
  const shorter = Math.min(a.length, b.length)
  while (start < shorter && a[start] === b[start]) start++
  while (ends < shorter - start && a.at(-1 - ends) === b.at(-1 - ends)) ends++
  return distance(a.slice(start, a.length - ends), b.slice(start, b.length - ends))
}

/** The same of what has neither its beginning nor its end in common. */
function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length
  let beforeThat: readonly number[] = []
  let before = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const least = Math.min(before[j]!, row[j - 1]!) + 1
      const changed = before[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(least, changed, isSwapped ? beforeThat[j - 2]! + 1 : changed)
    }
    beforeThat = before
    before = row
  }
  return before[b.length]!
}
