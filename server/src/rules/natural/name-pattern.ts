// Names with a star in them: `get*`, `*.unwrap`.

const MOST_STARS = 3

/** `*` stands for anything. */
export function fits(name: string, pattern: string): boolean {
  if (!pattern.includes('*')) return name === pattern
  // Each further star is another way to try every character.
  if (pattern.split('*').length > MOST_STARS + 1) return false
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*')
  return new RegExp(`^${source}$`).test(name)
}
