// The placeholders of format strings: how many values a text asks for, and under which names.

export interface Placeholders {
  /** How many values are taken by their place. */
  readonly count: number
  /** Names that are asked for, each once. */
  readonly names: readonly string[]
}

/** Python's `%s`, `%(name)s`, `%-*d`. Undefined for what is no such format. */
export function percentPlaceholders(text: string): Placeholders | undefined {
  const pattern = /%(?:\(([^()]*)\))?([-#0 +]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([\s\S]?)/g
  const names = new Set<string>()
  let count = 0
  for (const [, name, , width, precision, conversion] of text.matchAll(pattern)) {
    if (conversion === '%') continue
    if (!conversion || !'diouxXeEfFgGcrsab'.includes(conversion)) return undefined
    if (width === '*') count++
    if (precision === '*') count++
    if (name === undefined) count++
    else names.add(name)
  }
  return names.size > 0 && count > 0 ? undefined : { count, names: [...names] }
}

/** `{}`, `{0}`, `{name.part!r:>{width}}`. Undefined for what is no such format. */
export function bracePlaceholders(text: string): Placeholders | undefined {
  const found = { auto: 0, highest: -1, names: new Set<string>() }
  if (!readBraces(text, found, 0)) return undefined
  if (found.auto > 0 && found.highest >= 0) return undefined
  return { count: Math.max(found.auto, found.highest + 1), names: [...found.names] }
}

interface Braces {
  auto: number
  highest: number
  readonly names: Set<string>
}

function readBraces(text: string, found: Braces, depth: number): boolean {
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character !== '{' && character !== '}') continue
    if (depth === 0 && text[i + 1] === character) {
      i++
      continue
    }
    if (character === '}' || depth > 1) return false
    const end = closing(text, i)
    if (end === -1) return false
    const [, head, spec] =
      /^((?:[^:![]|\[[^\]]*(?:\]|$))*)(?:![rsa])?(?::([\s\S]*))?$/.exec(text.slice(i + 1, end)) ?? []
    if (head === undefined) return false
    const [name] = /^[^.[]*/.exec(head)!
    if (name === '') found.auto++
    else if (/^\d+$/.test(name)) found.highest = Math.max(found.highest, Number(name))
    else if (/^[A-Za-z_]\w*$/.test(name)) found.names.add(name)
    else return false
    if (spec && !readBraces(spec, found, depth + 1)) return false
    i = end
  }
  return true
}

/** Where the brace that opens at `from` closes. */
function closing(text: string, from: number): number {
  let depth = 0
  for (let i = from; i < text.length; i++) {
    if (text[i] === '{') depth++
    else if (text[i] === '}' && --depth === 0) return i
  }
  return -1
}

/** How many values `console.log` and `util.format` put into a text. */
export function consolePlaceholders(text: string): number {
  let count = 0
  for (const [, conversion] of text.matchAll(/%([sdifjoOc%])/g)) if (conversion !== '%') count++
  return count
}
