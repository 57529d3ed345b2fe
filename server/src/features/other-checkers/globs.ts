// Patterns of files as other checkers read them. They come from whoever wrote the project, so that none may take longer than
// its length times that of the path: no regular expression is made of them.

export interface Globs {
  readonly patterns: readonly string[]
  /** In Python's tools and Ruff, a star goes through folders. */
  readonly isStarDeep: boolean
}

/** Longer patterns, and more of them out of one with braces, are not what people write. */
const MOST_CHARACTERS = 300
const MOST_ALTERNATIVES = 64

/** Whether a path fits one of them. What begins with `!` takes back, or says what is meant by what is not. */
export function globFits(globs: Globs, path: string): boolean {
  const { given, taken } = compiled(globs)
  const fitsAny = (all: readonly string[]) => all.some(it => fitsOne(it, path, globs.isStarDeep))
  return (given.length === 0 || fitsAny(given)) && !fitsAny(taken)
}

interface Compiled {
  readonly given: readonly string[]
  readonly taken: readonly string[]
}

const COMPILED = new WeakMap<Globs, Compiled>()

function compiled(globs: Globs): Compiled {
  let it = COMPILED.get(globs)
  if (!it) {
    const { patterns } = globs
    it = {
      given: patterns.filter(it => !it.startsWith('!')).flatMap(alternatives),
      taken: patterns.filter(it => it.startsWith('!')).flatMap(alternatives),
    }
    COMPILED.set(globs, it)
  }
  return it
}

function fitsOne(pattern: string, path: string, isStarDeep: boolean): boolean {
  // Nearly all begin or end with something that most paths have not.
  const literal = pattern.search(/[*?[]/)
  if (literal === -1 && !pattern.includes('/')) {
    const at = path.lastIndexOf('/') + 1
    return path.slice(at) === pattern || path.startsWith(`${pattern}/`)
  }
  const head = literal === -1 ? pattern : pattern.slice(0, literal)
  const isAnchored = pattern.includes('/')
  if (isAnchored && !path.startsWith(head)) return false
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (pattern.endsWith('/')) return fits(`${pattern}**`, path, isStarDeep)
  return fits(pattern, isAnchored ? path : name, isStarDeep) || fits(`${pattern}/**`, path, isStarDeep)
}

/** `*.{js,ts}` are two patterns. */
function alternatives(given: string): readonly string[] {
  const pattern = given.replace(/^!+/, '').replace(/^(\.?\/)+/, '')
  if (pattern.length > MOST_CHARACTERS) return []
  const done: string[] = []
  const open = [pattern]
  while (open.length > 0 && done.length + open.length <= MOST_ALTERNATIVES) {
    const it = open.pop()!
    const match = /^([^{]*)\{([^{}]*)\}(.*)$/s.exec(it)
    if (!match) done.push(it)
    else for (const one of match[2]!.split(',')) open.push(match[1]! + one + match[3]!)
  }
  return open.length > 0 ? [] : done
}

/** Which beginnings of the path the pattern so far fits, place by place. */
function fits(pattern: string, path: string, isStarDeep: boolean): boolean {
  let now = new Uint8Array(path.length + 1)
  now[0] = 1
  for (let at = 0; at < pattern.length; ) {
    const next = new Uint8Array(path.length + 1)
    if (pattern[at] === '*') {
      const isDouble = pattern[at + 1] === '*'
      // `**/` also stands for no folder at all.
      const isFolders = isDouble && pattern[at + 2] === '/'
      at += isFolders ? 3 : isDouble ? 2 : 1
      let reached = false
      for (let i = 0; i <= path.length; i++) {
        if (now[i]) {
          reached = true
          next[i] = 1
        } else if (i > 0 && path[i - 1] === '/') {
          if (isFolders) next[i] = reached ? 1 : 0
          else if (!isDouble && !isStarDeep) reached = false
        }
        if (reached && !isFolders) next[i] = 1
      }
    } else {
      const end = pattern[at] === '[' ? pattern.indexOf(']', at + 2) : -1
      const isOne =
        end !== -1
          ? oneOf(pattern.slice(at + 1, end))
          : pattern[at] === '?'
            ? (it: string) => it !== '/'
            : equals(pattern[at]!)
      at = end === -1 ? at + 1 : end + 1
      for (let i = 0; i < path.length; i++) if (now[i] && isOne(path[i]!)) next[i + 1] = 1
    }
    now = next
  }
  return now[path.length] === 1
}

function equals(wanted: string): (it: string) => boolean {
  return it => it === wanted
}

/** `[a-z_]`, `[!0-9]` */
function oneOf(body: string): (it: string) => boolean {
  const isNot = /^[!^]/.test(body)
  const members = [...body.slice(isNot ? 1 : 0).matchAll(/(.)-(.)|(.)/gs)]
  return it =>
    it !== '/' &&
    members.some(([, from, to, one]) => (one === undefined ? it >= from! && it <= to! : it === one)) !== isNot
}
