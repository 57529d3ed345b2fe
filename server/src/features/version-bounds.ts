// How far the version that a manifest asks for may go, in the spellings of npm, Cargo and Python.

/** Major and minor. */
export type Release = readonly [major: number, minor: number]

export function isBelow(one: Release, other: Release): boolean {
  return one[0] < other[0] || (one[0] === other[0] && one[1] < other[1])
}

/** The first release that is not allowed any more; undefined where there is no end, or nobody can say. */
export function endOfRange(range: string, style: 'npm' | 'cargo' | 'python'): Release | undefined {
  let last: Release | undefined
  for (const choice of range.split('||')) {
    const end = endOfAll(choice.trim(), style)
    if (!end) return undefined
    if (!last || isBelow(last, end)) last = end
  }
  return last
}

/** One version and no other. */
export function isExact(range: string, style: 'npm' | 'cargo' | 'python'): boolean {
  const version = /^\s*(={0,3})\s*v?\d+(?:\.\d+){1,3}\s*$/.exec(range)
  return version !== null && (version[1] !== '' || style !== 'cargo')
}

/** All parts of it hold at once. */
function endOfAll(choice: string, style: 'npm' | 'cargo' | 'python'): Release | undefined {
  const hyphen = /^\S+ - (\S+)$/.exec(choice)
  const parts = hyphen ? [`<=${hyphen[1]}`] : choice.split(style === 'npm' ? /(?<![<>=~^])\s+/ : /\s*,\s*/)
  let first: Release | undefined
  for (const part of parts) {
    const end = endOfPart(part, style)
    if (end && (!first || isBelow(end, first))) first = end
  }
  return first
}

function endOfPart(part: string, style: 'npm' | 'cargo' | 'python'): Release | undefined {
  const [, operator, first, second] = /^\s*([<>=~^!]*)\s*v?(\d+)(?:\.(\d+))?/.exec(part) ?? []
  if (first === undefined) return undefined
  const major = Number(first)
  const minor = second === undefined ? undefined : Number(second)
  const patch = /^\s*[<>=~^!]*\s*v?\d+\.\d+\.(\d+)/.exec(part)?.[1]
  const behind: Release = minor === undefined ? [major + 1, 0] : [major, minor + 1]
  switch (operator) {
    case '<':
      // `<2.1.3` lets 2.1 in.
      return Number(patch ?? 0) > 0 ? behind : [major, minor ?? 0]
    case '<=':
    case '=':
    case '==':
    case '===':
      return behind
    case '~':
      return behind
    case '~=':
      // The last number that is given may grow.
      return patch === undefined ? [major + 1, 0] : behind
    case '^':
      return major > 0 || minor === undefined ? [major + 1, 0] : [0, minor + 1]
    case '':
      if (style === 'npm') return behind
      return style === 'cargo' ? endOfPart(`^${part.trim()}`, style) : undefined
    default:
      return undefined
  }
}
