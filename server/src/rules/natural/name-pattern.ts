// Names with a star in them: `get*`, `*.unwrap`.

/** `*` stands for anything. */
export function fits(name: string, pattern: string): boolean {
  if (!pattern.includes('*')) return name === pattern
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*')
  return new RegExp(`^${source}$`).test(name)
}
