// Which hunks of a patch look like a single change: a sieve of cheap questions, so that few files have to be parsed.

/** More lines on a side are not one change, unless somebody wrapped them anew. */
const MOST_LINES = 6
/** Two exchanged arguments may be long. */
const MOST_TOKENS = 60

/**
 * What taking `removed` away and putting `added` there does, when it may be one change of the kinds that `one-change.ts`
 * knows. Two hunks that do the same have the same name.
 */
export function likelyChange(removed: readonly string[], added: readonly string[]): string | undefined {
  if (removed.length === 0 || added.length === 0) return undefined
  if (removed.length > MOST_LINES || added.length > MOST_LINES) return undefined
  const a = words(removed)
  const b = words(added)
  let from = 0
  while (from < a.length && from < b.length && a[from] === b[from]) from++
  let behind = 0
  while (
    behind < a.length - from &&
    behind < b.length - from &&
    a[a.length - 1 - behind] === b[b.length - 1 - behind]
  )
    behind++
  const gone = a.slice(from, a.length - behind)
  const come = b.slice(from, b.length - behind)
  if (gone.length > MOST_TOKENS || come.length > MOST_TOKENS) return undefined
  return isLikely(gone, come, a[from - 1] ?? '', a[from + 1] ?? '')
    ? `${gone.join(' ')} → ${come.join(' ')}`
    : undefined
}

function isLikely(gone: readonly string[], come: readonly string[], before: string, behind: string): boolean {
  if (gone.length === 1 && come.length === 1) return sameSort(gone[0]!, come[0]!, before, behind)
  if (gone.length === come.length && gone.length >= 3) return sameWords(gone, come)
  return isAddition(gone, come) || isAddition(come, gone)
}

/** Comments at the end of a line are part of it here: who edits both the code and its comment is not heard. */
function words(lines: readonly string[]): string[] {
  return (
    lines
      .filter(it => !/^\s*(#|\/\/|\*|\/\*)/.test(it))
      .join('\n')
      .match(WORD) ?? []
  )
}

const WORD =
  /[\p{L}_$][\p{L}\p{N}_$]*|\p{N}[\p{N}\p{L}_.]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?:>>>|\*\*|<<|>>|&&|\|\||\?\?|\/\/)=?|->|=>|[-+*/%&|^<>=!]=?=?|\S/gu

function sameSort(gone: string, come: string, before: string, behind: string): boolean {
  const sort = sortOf(gone)
  if (sort === undefined || sort !== sortOf(come)) return false
  if (sort !== 'name') return true
  // A class in place of another.
  if (/^[A-Z]/.test(gone)) return false
  return !(before === '.' || NAMES_ANEW.test(before) || behind === '=' || behind === ':=')
}

/** What follows is no read of a variable. */
const NAMES_ANEW =
  /^(def|function|class|fn|let|const|var|import|from|as|type|struct|enum|trait|impl|mod|use|interface|#|@|->)$/

type Sort = 'boolean' | 'name' | 'number' | 'operator'

function sortOf(word: string): Sort | undefined {
  if (/^(true|false)$/i.test(word)) return 'boolean'
  if (/^(and|or|in|is|instanceof)$/.test(word)) return 'operator'
  if (/^[\p{L}_$]/u.test(word)) return 'name'
  if (/^\d/.test(word)) return /^\d{1,2}([iun]\w*)?$/.test(word) ? 'number' : undefined
  return /^[-+*/%&|^<>=!?]+$/.test(word) && word !== '=' && word !== '=>' ? 'operator' : undefined
}

function sameWords(gone: readonly string[], come: readonly string[]): boolean {
  return [...gone].sort().join('\n') === [...come].sort().join('\n')
}

/** The longer one has a negation, an `await`, a sign or the second half of `is not` more. */
function isAddition(less: readonly string[], more: readonly string[]): boolean {
  if (more.length <= less.length || more.length > less.length + 3)
    return less.length === 1 && isSigned(less, more)
  const [first, second] = more
  const isMark = first === '!' || first === 'not' || first === 'await' || first === '-'
  return (
    isMark ||
    (less.length === 0 && more.includes('not')) ||
    ((first === '(' || first === '.') && second === 'await') ||
    isSigned(less, more)
  )
}

function isSigned(less: readonly string[], more: readonly string[]): boolean {
  return less.length === 1 && more.length === 2 && /^\d+$/.test(less[0]!) && more[0] === '-'
}
