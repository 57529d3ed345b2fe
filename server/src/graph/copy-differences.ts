// What one copy says and the other does not, where that looks like a correction that was made on one side only.

/** Of what stands on one side alone, the other's is empty. All but an operator stands on one side alone. */
export interface CopyDifference {
  readonly kind: 'guard' | 'condition' | 'operator' | 'absence' | 'waiting' | 'argument' | 'fallback'
  readonly one: string
  readonly other: string
}

/** Undefined where the two were meant to differ, as far as anybody can tell: in a name, in a text, in what they do. */
export function correctionBetween(
  one: readonly string[],
  other: readonly string[],
): CopyDifference | undefined {
  if (one.length === 0) return guardIn(other, 'other')
  if (other.length === 0) return guardIn(one, 'one')
  return one.length === 1 && other.length === 1 ? withinStatement(one[0]!, other[0]!) : undefined
}

/** A condition under which nothing is done but to leave. */
function guardIn(statements: readonly string[], side: 'one' | 'other'): CopyDifference | undefined {
  const [first, inner, end] = statements as readonly [string, ...string[]]
  const isGuard =
    statements.length === 1
      ? /^if\b.*[) ](?:return|throw|continue|break)\b[^{]*$/.test(first)
      : statements.length === 3 && /^if\b.*\{…\}$/.test(first) && LEAVES.test(inner!) && end === '}'
  const condition = first.replace(/:? ?\{…\}$/, '')
  return isGuard ? { kind: 'guard', one: '', other: '', [side]: condition } : undefined
}

const LEAVES = /^(?:return|raise|throw|continue|break)\b/

function withinStatement(one: string, other: string): CopyDifference | undefined {
  const [a, b] = [wordsOf(one), wordsOf(other)]
  const least = Math.min(a.length, b.length)
  let from = 0
  while (from < least && a[from]!.text === b[from]!.text) from++
  let behind = 0
  while (behind < least - from && a[a.length - 1 - behind]!.text === b[b.length - 1 - behind]!.text) behind++
  const [x, y] = [a.slice(from, a.length - behind), b.slice(from, b.length - behind)]
  const said = { one: textOf(one, x), other: textOf(other, y) }
  if (x.length === 1 && y.length === 1) {
    const kind = exchanged(said.one, said.other)
    return kind && { kind, ...said }
  }
  // Both have words of their own, or the spaces alone differ.
  const isOne = y.length === 0
  if (isOne === (x.length === 0)) return undefined
  const kind = added(isOne ? a : b, from, isOne ? x : y)
  return kind && { kind, ...said }
}

/** One word stands for another. */
function exchanged(one: string, other: string): CopyDifference['kind'] | undefined {
  if (COMPARING.has(one) && COMPARING.has(other)) return 'operator'
  if (JOINING.has(one) && JOINING.has(other)) return 'operator'
  return (one === '.' && other === '?.') || (one === '?.' && other === '.') ? 'absence' : undefined
}

/** Words that only one side has. */
function added(
  statement: readonly Word[],
  from: number,
  more: readonly Word[],
): CopyDifference['kind'] | undefined {
  const [first, last] = [more[0]!.text, more.at(-1)!.text]
  if (more.length === 1) return first === '?' ? 'absence' : first === 'await' ? 'waiting' : undefined
  if (!isBalanced(more)) return undefined
  const isAsked = /^(?:if|elif|while|}? ?else)$/.test(statement[0]!.text)
  if (FALLBACK.has(first) && !isAsked) return 'fallback'
  if (JOINING.has(first) || JOINING.has(last)) return 'condition'
  return isNamedArgument(statement, from, more) ? 'argument' : undefined
}

/** `timeout=30`, or an object of options, in the parentheses of a call. What is given by its place alone is another task. */
function isNamedArgument(statement: readonly Word[], from: number, more: readonly Word[]): boolean {
  const words = more.map(it => it.text)
  const [first, second, third] = words
  const isNamed = first === ',' ? third === '=' || second === '{' : words.at(-1) === ',' && second === '='
  if (!isNamed || words.length > LONGEST_ARGUMENT) return false
  let depth = 0
  for (let i = from - 1; i >= 0; i--) {
    const { text } = statement[i]!
    if (CLOSING.has(text)) depth++
    else if (OPENING.has(text) && depth-- === 0)
      return text === '(' && /^[\w$]+$/.test(statement[i - 1]?.text ?? '')
  }
  return false
}

/** More is a piece of another task. */
const LONGEST_ARGUMENT = 12

function isBalanced(words: readonly Word[]): boolean {
  let depth = 0
  for (const { text } of words) {
    if (OPENING.has(text)) depth++
    else if (CLOSING.has(text) && --depth < 0) return false
  }
  return depth === 0
}

const OPENING: ReadonlySet<string> = new Set(['(', '[', '{'])
const CLOSING: ReadonlySet<string> = new Set([')', ']', '}'])
const COMPARING: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=', '===', '!=='])
const JOINING: ReadonlySet<string> = new Set(['&&', '||', 'and', 'or'])
const FALLBACK: ReadonlySet<string> = new Set(['??', '||', 'or'])

interface Word {
  readonly text: string
  readonly at: number
}

const WORD =
  /[A-Za-z_$][\w$]*|\d[\w.]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\{…\}|===|!==|==|!=|<=|>=|=>|->|&&|\|\||\?\.|\?\?|::|\S/g

function wordsOf(statement: string): Word[] {
  return [...statement.matchAll(WORD)].map(it => ({ text: it[0], at: it.index }))
}

function textOf(statement: string, words: readonly Word[]): string {
  const last = words.at(-1)
  return last ? statement.slice(words[0]!.at, last.at + last.text.length) : ''
}
