// Names that were most likely meant to be the same one.

/** The only name that is nearly this one. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const bare = bareOf(name)
  let only: string | undefined
  for (const it of names) {
    if (it === name || (bareOf(it) !== bare && !isSlip(it, name))) continue
    if (only !== undefined) return undefined
    only = it
  }
  return only
}

/** `chat-message`, `chat:message` and `chatMessage` differ in their dress only. */
function bareOf(name: string): string {
  return name.replace(/[^A-Za-z0-9*]/g, '').toLowerCase()
}

/** A letter more or less in a longer word, another letter, or two that changed places; not another word. */
export function isSlip(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length)
  if (shorter < 4) return false
  if (one.length === other.length) {
    const places = [...one].flatMap((it, i) => (it === other[i] ? [] : [i]))
    if (places.length === 1) return shorter >= 5
    const [a, b] = places
    return places.length === 2 && b === a! + 1 && one[a!] === other[b] && one[b] === other[a!]
  }
  if (Math.abs(one.length - other.length) !== 1) return false
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return [...long].some((_, i) => long.slice(0, i) + long.slice(i + 1) === short)
}
