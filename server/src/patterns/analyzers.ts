// `metavariable-analysis`: is a text as random as a key, and may a regular expression run forever?

/** As random as a secret: many different characters for its length, and no word. */
export function entropyIsHigh(text: string): boolean {
  if (text.length < 8 || /\s/.test(text)) return false
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let entropy = 0
  for (const count of counts.values()) entropy -= (count / text.length) * Math.log2(count / text.length)
  return entropy * text.length >= 50 && entropy >= 1.5 && /\d/.test(text)
}

/** A repeated group that ends in a repetition, or repeats alternatives that begin alike: `(a+)+`, `(a|a)*`. */
export function mayRunForever(source: string): boolean {
  const groups: { start: number; alternates: boolean; repeats: boolean }[] = []
  for (let at = 0; at < source.length; at++) {
    const character = source[at]!
    if (character === '\\') at++
    else if (character === '[') at = closing(source, at)
    else if (character === '(') groups.push({ start: at, alternates: false, repeats: false })
    else if (character === ')') {
      const group = groups.pop()
      if (!group) continue
      const isRepeated = /^(?:[*+]|\{\d+,\d*\})/.test(source.slice(at + 1))
      if (isRepeated && (group.repeats || (group.alternates && overlaps(source.slice(group.start + 1, at)))))
        return true
      const outer = groups.at(-1)
      if (outer && (isRepeated || group.repeats)) outer.repeats = true
    } else if (character === '|') {
      const group = groups.at(-1)
      if (group) group.alternates = true
    } else if (/[*+]/.test(character) || /^\{\d+,\d*\}/.test(source.slice(at))) {
      const group = groups.at(-1)
      if (group && source[at - 1] !== '(') group.repeats = true
    }
  }
  return false
}

function closing(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === ']' && at > from + 1) return at
  }
  return source.length
}

function overlaps(body: string): boolean {
  const heads = body
    .replace(/^\?:/, '')
    .split('|')
    .map(it => it[0])
  return new Set(heads).size < heads.length
}
