// Regular expressions of JavaScript, Python and Rust, read into one tree, or refused for the reason that the language
// itself would give.

import { ANYTHING, type CharSet, complement, ignoringCase, range, union } from './char-set.ts'
import { takeClass } from './classes.ts'
import { pythonReference, takeEscape } from './escapes.ts'
import { eat, fail, peek, type Reading, regexErrorOf, take, takeCharacter } from './reading.ts'
import type {
  Anchor,
  CharacterClass,
  Dialect,
  Group,
  Parsed,
  RegexFlags,
  RegexNode,
  Repeat,
} from './syntax.ts'
import { widthOf } from './width.ts'

export function parseRegex(source: string, dialect: Dialect, flags: RegexFlags): Parsed {
  const classes: CharacterClass[] = []
  const leading = dialect === 'python' ? leadingFlags(source, flags) : flags
  const { count, names } = dialect === 'javascript' ? countGroups(source) : { count: 0, names: NO_NAMES }
  const it: Reading = {
    source,
    dialect,
    at: 0,
    flags: leading,
    groups: 0,
    open: new Set(),
    bodies: new Map(),
    numbers: new Map(),
    taken: new Set(),
    classes,
    allGroups: count,
    allNames: names,
  }
  try {
    const root = takeChoice(it)
    if (it.at < source.length) fail(it, 'unopened-group', it.at, it.at + 1)
    return { source, dialect, flags: leading, root, classes, groups: it.groups }
  } catch (thrown) {
    const error = regexErrorOf(thrown)
    if (!error) throw thrown
    return { source, dialect, flags: leading, error, classes, groups: it.groups }
  }
}

const NO_NAMES: ReadonlySet<string> = new Set()

/** `(?x)` at the beginning of a Python pattern says how all of it is read. */
function leadingFlags(source: string, flags: RegexFlags): RegexFlags {
  const letters = /^(?:\(\?[aiLmsux]+\)|\(\?#[^)]*\))*/.exec(source)![0]
  let all = flags
  for (const [, some] of letters.matchAll(/\(\?([aiLmsux]+)\)/g)) all = withFlags(all, some!, true)
  return all
}

/** JavaScript has to know the groups of the whole pattern before it can read the first escape. */
function countGroups(source: string): { count: number; names: ReadonlySet<string> } {
  const names = new Set<string>()
  let count = 0
  for (const [all, name] of source.matchAll(
    /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]?|\((?!\?)|\(\?<(?![=!])([^>]*)>/g,
  )) {
    if (all[0] !== '(') continue
    count++
    if (name !== undefined) names.add(name)
  }
  return { count, names }
}

function takeChoice(it: Reading): RegexNode {
  const { start, options } = takeOptions(it)
  return options.length === 1 ? options[0]! : merged(it, options, start)
}

function takeOptions(it: Reading): { readonly start: number; readonly options: readonly RegexNode[] } {
  const start = it.at
  const before = it.taken
  const after = new Set(before)
  const options: RegexNode[] = []
  do {
    // A name may come back in another option, for only one of them takes part in a match.
    it.taken = it.dialect === 'javascript' ? new Set(before) : after
    options.push(takeSequence(it))
    for (const name of it.taken) after.add(name)
  } while (eat(it, '|'))
  it.taken = after
  return { start, options }
}

/** Engines turn options of one character into a class, so that they cannot match the same thing twice. */
function merged({ dialect, at }: Reading, options: readonly RegexNode[], start: number): RegexNode {
  const mergeable =
    dialect === 'python'
      ? options.every(it => it.kind === 'chars' && (it.literal || it.positive))
      : dialect === 'javascript' &&
        options.length > 2 &&
        options.every(it => it.kind === 'chars' && it.literal)
  if (!mergeable) return { kind: 'choice', options, start, end: at }
  const set = union(options.flatMap(it => (it.kind === 'chars' ? [it.set] : [])))
  return { kind: 'chars', set, literal: false, positive: true, start, end: at }
}

/** What a quantifier would repeat. */
type Last = 'nothing' | 'atom' | 'anchor' | 'repeat'

function takeSequence(it: Reading): RegexNode {
  const start = it.at
  const items: RegexNode[] = []
  let last: Last = 'nothing'
  while (it.at < it.source.length) {
    if (it.flags.verbose && it.dialect !== 'javascript' && take(it, /\s+|#[^\n]*/y)) continue
    const next = peek(it)
    if (next === '|' || next === ')') break
    const count = takeQuantifier(it)
    if (count) {
      if (last === 'nothing' || last === 'anchor') fail(it, 'nothing-to-repeat', count.start, count.end)
      if (last === 'repeat' && it.dialect !== 'rust') fail(it, 'repeated-twice', count.start, count.end)
      const body = items.pop()
      // After an inline comment there may be no node although there is something before it.
      if (body) items.push({ ...count, body, start: body.start })
      last = 'repeat'
      continue
    }
    const atom = takeAtom(it)
    if (atom === 'flags') {
      // What `(?i)` and comments stand before is still there to be repeated, but not in Rust.
      if (it.dialect === 'rust') last = 'nothing'
      continue
    }
    items.push(atom)
    last = isRepeatable(it, atom) ? 'atom' : 'anchor'
  }
  return items.length === 1 ? items[0]! : { kind: 'sequence', items, start, end: it.at }
}

function isRepeatable({ dialect, flags }: Reading, node: RegexNode): boolean {
  if (dialect === 'rust') return true
  if (node.kind === 'anchor') return false
  return dialect !== 'javascript' || node.kind !== 'look' || (node.ahead && !flags.unicode)
}

function takeQuantifier(it: Reading): Omit<Repeat, 'body'> | undefined {
  const start = it.at
  const first = peek(it)
  let min = 0
  let max = Number.POSITIVE_INFINITY
  if (first === '+') min = 1
  else if (first === '?') max = 1
  else if (first !== '*') {
    if (first !== '{') return undefined
    const count = take(it, COUNTS[it.dialect])
    if (!count) {
      if (it.dialect === 'rust') fail(it, 'unclosed-count', start, start + 1)
      if (it.dialect === 'javascript' && it.flags.unicode) fail(it, 'lone-bracket', start, start + 1)
      return undefined
    }
    const [, low, comma, high] = count
    min = low ? Number(low) : 0
    max = comma === undefined ? min : high ? Number(high) : max
    if (max < min) fail(it, 'count-backwards', start)
    it.at--
  }
  it.at++
  const mode = eat(it, '?') ? 'lazy' : it.dialect === 'python' && eat(it, '+') ? 'possessive' : 'greedy'
  return { kind: 'repeat', min, max, mode, start, end: it.at }
}

const COUNTS: Readonly<Record<Dialect, RegExp>> = {
  javascript: /\{(\d+)(?:(,)(\d*))?\}/y,
  python: /\{(?!\})(\d*)(?:(,)(\d*))?\}/y,
  rust: /\{\s*(\d*)\s*(?:(,)\s*(\d*)\s*)?\}/y,
}

function takeAtom(it: Reading): RegexNode | 'flags' {
  const start = it.at
  const { dialect, flags } = it
  switch (peek(it)) {
    case '(':
      return takeGroup(it)
    case '[':
      return takeClass(it)
    case '\\':
      return takeEscaped(it)
    case '.':
      it.at++
      return chars(
        flags.dotAll ? ANYTHING : complement(dialect === 'javascript' ? LINE_ENDS : NEWLINE),
        start,
        it.at,
      )
    case '^':
      it.at++
      return anchor(flags.multiline ? 'line-start' : 'start', start)
    case '$':
      it.at++
      return anchor(flags.multiline ? 'line-end' : dialect === 'python' ? 'end-or-newline' : 'end', start)
    case ']':
    case '}':
      if (dialect === 'javascript' && flags.unicode) fail(it, 'lone-bracket', start, start + 1)
  }
  return literal(it, takeCharacter(it), start)
}

const NEWLINE = range(10, 10)
const LINE_ENDS = union([NEWLINE, range(13, 13), range(0x2028, 0x2029)])

function chars(set: CharSet, start: number, end: number): RegexNode {
  return { kind: 'chars', set, literal: false, positive: false, start, end }
}

function literal(it: Reading, code: number, start: number): RegexNode {
  const set = range(code, code)
  return {
    kind: 'chars',
    set: it.flags.ignoreCase ? ignoringCase(set) : set,
    literal: true,
    positive: true,
    start,
    end: it.at,
  }
}

function anchor(at: Anchor['at'], start: number): RegexNode {
  return { kind: 'anchor', at, start, end: start + 1 }
}

function takeEscaped(it: Reading): RegexNode {
  const start = it.at
  const escaped = takeEscape(it, false)
  const end = it.at
  if ('code' in escaped) return literal(it, escaped.code, start)
  if ('anchor' in escaped) return { kind: 'anchor', at: escaped.anchor, start, end }
  if ('group' in escaped) return { kind: 'reference', group: escaped.group, start, end }
  return { kind: 'chars', set: escaped.set, literal: false, positive: true, start, end }
}

function takeGroup(it: Reading): RegexNode | 'flags' {
  const start = it.at
  it.at++
  const outer = it.flags
  if (!eat(it, '?')) return capturing(it, start, undefined)
  if (eat(it, ':')) return closed(it, start, takeChoice(it))
  const look = take(it, /<?[=!]/y)?.[0]
  if (look) return looking(it, start, look)
  const name = take(it, NAMED[it.dialect])
  if (name) return capturing(it, start, name[1]!)
  if (it.dialect === 'python') {
    if (eat(it, '>')) return { ...closed(it, start, takeChoice(it)), atomic: true }
    if (take(it, /#[^)]*\)/y)) return 'flags'
    const reference = take(it, /P=([^)]*)\)/y)
    if (reference) return referring(it, start, reference[1]!)
    const condition = take(it, /\(([^)]*)\)/y)
    if (condition) return conditional(it, start, condition[1]!)
  }
  const flags = take(it, FLAGS[it.dialect])
  if (!flags) fail(it, 'unknown-group-kind', start, Math.min(it.at + 1, it.source.length))
  const [, on, off = '', close] = flags as unknown as [string, string, string | undefined, string]
  if (close === ')') {
    if (it.dialect === 'python') {
      if (off !== '') fail(it, 'unknown-group-kind', start)
      // Somewhere else than at the beginning they have been an error since Python 3.11.
      if (start > 0 && !onlyFlagsBefore(it.source.slice(0, start), it.flags.verbose))
        fail(it, 'late-flags', start)
      return 'flags'
    }
    it.flags = withFlags(withFlags(it.flags, on, true), off, false)
    return 'flags'
  }
  it.flags = withFlags(withFlags(it.flags, on, true), off, false)
  const group = closed(it, start, takeChoice(it))
  it.flags = outer
  return group
}

function onlyFlagsBefore(text: string, verbose: boolean): boolean {
  return (
    verbose ? /^(?:\(\?[aiLmsux]+\)|\(\?#[^)]*\)|\s|#[^\n]*\n)*$/ : /^(?:\(\?[aiLmsux]+\)|\(\?#[^)]*\))*$/
  ).test(text)
}

const NAMED: Readonly<Record<Dialect, RegExp>> = {
  javascript: /<([^>]*)>/y,
  python: /P<([^>]*)>/y,
  rust: /P?<([^>]*)>/y,
}
const FLAGS: Readonly<Record<Dialect, RegExp>> = {
  javascript: /(?!-?:)([ims]*)(?:-([ims]*))?(:)/y,
  python: /(?!-?[:)])([aiLmsux]*)(?:-([imsx]+))?([:)])/y,
  rust: /(?!-?[:)])([imsUuxR]*)(?:-([imsUuxR]+))?([:)])/y,
}

function withFlags(flags: RegexFlags, letters: string, on: boolean): RegexFlags {
  return {
    ...flags,
    ...(letters.includes('i') && { ignoreCase: on }),
    ...(letters.includes('s') && { dotAll: on }),
    ...(letters.includes('m') && { multiline: on }),
    ...(letters.includes('x') && { verbose: on }),
    ...(letters.includes('a') && { ascii: on }),
  }
}

/** Reads the parenthesis that ends a group. Flags that changed inside end with it. */
function closed(it: Reading, start: number, body: RegexNode): Group {
  if (!eat(it, ')')) fail(it, 'unclosed-group', start, start + 1)
  return { kind: 'group', body, capture: 0, atomic: false, start, end: it.at }
}

function capturing(it: Reading, start: number, name: string | undefined): RegexNode {
  const number = ++it.groups
  if (name !== undefined) {
    if (!NAMES[it.dialect].test(name) && !name.includes('\\')) fail(it, 'bad-group-name', start)
    if (it.taken.has(name)) fail(it, 'repeated-group-name', start)
    it.taken.add(name)
    it.numbers.set(name, number)
  }
  it.open.add(number)
  const { flags } = it
  const group = closed(it, start, takeChoice(it))
  it.flags = flags
  it.open.delete(number)
  it.bodies.set(number, group)
  return { ...group, capture: number, ...(name !== undefined && { name }) }
}

const NAMES: Readonly<Record<Dialect, RegExp>> = {
  javascript: /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u,
  python: /^[\p{ID_Start}_]\p{ID_Continue}*$/u,
  rust: /^[\p{Alphabetic}_][\p{Alphabetic}\p{N}_.[\]]*$/u,
}

function looking(it: Reading, start: number, sign: string): RegexNode {
  if (it.dialect === 'rust') fail(it, 'no-look', start)
  const { flags } = it
  const { body, end } = closed(it, start, takeChoice(it))
  it.flags = flags
  const ahead = sign.length === 1
  if (!ahead && it.dialect === 'python') {
    const width = widthOf(body, it.bodies)
    if (width && width.min !== width.max) fail(it, 'width-behind', start)
  }
  return { kind: 'look', body, ahead, negative: sign.endsWith('!'), start, end }
}

/** `(?P=name)`. */
function referring(it: Reading, start: number, name: string): RegexNode {
  const number = it.numbers.get(name)
  if (number === undefined) fail(it, NAMES.python.test(name) ? 'unknown-group' : 'bad-group-name', start)
  return { kind: 'reference', ...pythonReference(it, start, number), start, end: it.at }
}

/** `(?(1)yes|no)`. */
function conditional(it: Reading, start: number, condition: string): RegexNode {
  const number = Number(condition)
  const group = Number.isInteger(number) ? number : it.numbers.get(condition)
  // A number may name a group that comes later: whether there is one is known only at the end.
  if (group === undefined || group < 1)
    fail(it, NAMES.python.test(condition) ? 'unknown-group' : 'bad-group-name', start)
  const { options } = takeOptions(it)
  if (!eat(it, ')')) fail(it, 'unclosed-group', start, start + 1)
  if (options.length > 2) fail(it, 'unknown-group-kind', start)
  const empty: RegexNode = { kind: 'sequence', items: [], start: it.at, end: it.at }
  return { kind: 'conditional', group, yes: options[0]!, no: options[1] ?? empty, start, end: it.at }
}
