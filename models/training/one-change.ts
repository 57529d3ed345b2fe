// Whether a function of a file became another by a single change of the kinds that a model can learn to undo.

import { resolveNames } from '../../server/src/semantics/resolve-names.ts'
import {
  BINDING_KINDS,
  type BindingKind,
  READ,
  SCOPE_CLASS,
  SCOPE_MODULE,
  type Scopes,
  WRITE,
} from '../../server/src/semantics/scopes.ts'
import { KIND_CODE, KINDS, type Kind, ROLE_CODE } from '../../server/src/syntax/kinds.ts'
import { FLAG_ERROR, type SyntaxTree } from '../../server/src/syntax/tree.ts'
import { type FlatTokens, flatTokens, sameToken, tokenAt } from './flat-tokens.ts'

export type ChangeKind = 'variable' | 'operator' | 'literal' | 'negation' | 'await' | 'swap'

export type Range = readonly [start: number, end: number]

/** Ranges are UTF-16 offsets of the whole file's text. */
export interface Change {
  readonly kind: ChangeKind
  /** The outermost function around the change. */
  readonly beforeFunction: Range
  readonly afterFunction: Range
  /** What was replaced; empty where something was added. */
  readonly beforeRange: Range
  readonly afterRange: Range
  /** The file is otherwise the same. */
  readonly isOnly: boolean
}

/** One version of a file, as far as the other differs from it. */
interface Side {
  readonly tree: SyntaxTree
  readonly tokens: FlatTokens
  /** Those in no other's body. */
  readonly functions: readonly Span[]
}

/** A function as its tokens `from..to`. */
interface Span {
  readonly row: number
  readonly from: number
  readonly to: number
}

/** What a comparison of two functions finds: a kind, and the tokens that were replaced by others. */
interface Found {
  readonly kind: ChangeKind
  readonly before: Range
  readonly after: Range
}

/** Every function of which a single change made the one in `after`. Functions with syntax errors are passed over. */
export function singleChanges(before: SyntaxTree, after: SyntaxTree): Change[] {
  const { head, tail } = equalEnds(before, after)
  const one = sideOf(before, head, tail)
  const two = sideOf(after, head, tail)
  const changes: Change[] = []
  const { pairs, isOnlyOne } = differing(one, two)
  for (const [was, is] of pairs) {
    if ((before.flags[was.row]! | after.flags[is.row]!) & FLAG_ERROR) continue
    const found = compare(one, was, two, is)
    if (!found) continue
    changes.push({
      kind: found.kind,
      beforeFunction: [before.start[was.row]!, before.end[was.row]!],
      afterFunction: [after.start[is.row]!, after.end[is.row]!],
      beforeRange: found.before,
      afterRange: found.after,
      isOnly: isOnlyOne && sameOutside(one, was, two, is),
    })
  }
  return changes
}

/** How long the texts are equal at their beginnings and at their ends, functions that reach into the middle left out. */
function equalEnds(before: SyntaxTree, after: SyntaxTree): { readonly head: number; readonly tail: number } {
  const a = before.text
  const b = after.text
  const shorter = Math.min(a.length, b.length)
  let head = 0
  while (head < shorter && a[head] === b[head]) head++
  let tail = 0
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  // The first and the last differing token may have an equal part.
  head = a.lastIndexOf('\n', head - 1) + 1
  const line = a.indexOf('\n', a.length - tail)
  tail = line === -1 ? 0 : Math.min(tail, a.length - line)
  for (const tree of [before, after]) {
    for (const row of outermostFunctions(tree, head, tree.text.length - tail)) {
      head = Math.min(head, tree.start[row]!)
      tail = Math.min(tail, tree.text.length - tree.end[row]!)
    }
  }
  return { head, tail }
}

function sideOf(tree: SyntaxTree, head: number, tail: number): Side {
  const from = head
  const to = tree.text.length - tail
  const tokens = flatTokens(tree, from, to)
  const functions = outermostFunctions(tree, from, to).map(row => ({
    row,
    from: tokenAt(tokens, tree.start[row]!),
    to: tokenAt(tokens, tree.end[row]!),
  }))
  return { tree, tokens, functions }
}

/** The rows of the functions that are in no other's body and have something in `from..to`. */
function outermostFunctions(tree: SyntaxTree, from: number, to: number): number[] {
  const found: number[] = []
  for (let row = 0; row < tree.rows; row++) {
    if (tree.end[row]! <= from) {
      row = tree.after[row]! - 1
      continue
    }
    if (tree.start[row]! >= to) break
    if (tree.kind[row] !== FUNCTION) continue
    found.push(row)
    row = tree.after[row]! - 1
  }
  return found
}

/** Which functions are not as they were. */
function differing(one: Side, two: Side): { readonly pairs: [Span, Span][]; readonly isOnlyOne: boolean } {
  const left = new Map<string, Span[]>()
  for (const it of two.functions) {
    const said = saidBy(two, it)
    const equal = left.get(said)
    if (equal) equal.push(it)
    else left.set(said, [it])
  }
  const gone: Span[] = []
  for (const it of one.functions) {
    const said = saidBy(one, it)
    const equal = left.get(said)
    if (!equal) gone.push(it)
    else if (equal.length > 1) equal.shift()
    else left.delete(said)
  }
  const come = [...left.values()].flat()
  if (gone.length > MOST_FUNCTIONS || come.length > MOST_FUNCTIONS) return { pairs: [], isOnlyOne: false }
  return { pairs: paired(one, gone, two, come), isOnlyOne: gone.length === 1 && come.length === 1 }
}

/** An edit of more functions is a rewrite, whatever each of them seems to say. */
const MOST_FUNCTIONS = 12

/** Pairs functions of the same name in the same class, in their order when there are as many on both sides. */
function paired(one: Side, gone: readonly Span[], two: Side, come: readonly Span[]): [Span, Span][] {
  const pairs: [Span, Span][] = []
  const byName = new Map<string, Span[]>()
  for (const it of come) {
    const name = nameOf(two, it)
    byName.set(name, [...(byName.get(name) ?? []), it])
  }
  const groups = new Map<string, Span[]>()
  for (const it of gone) {
    const name = nameOf(one, it)
    groups.set(name, [...(groups.get(name) ?? []), it])
  }
  for (const [name, those] of groups) {
    const these = byName.get(name) ?? []
    if (these.length === those.length) pairs.push(...those.map((it, i): [Span, Span] => [it, these[i]!]))
  }
  return pairs
}

/** The words before the parameters, behind those of the class around. */
function nameOf({ tree, tokens }: Side, { row, from, to }: Span): string {
  let name = ''
  for (let i = from; i < to && i < from + 6 && !tokens.text[i]!.startsWith('('); i++)
    name += ` ${tokens.text[i]}`
  for (let it = tree.parent[row]!; it !== 0; it = tree.parent[it]!)
    if (HOLDS_METHODS.has(tree.kind[it]!)) return `${headOf(tree, it)}.${name}`
  return name
}

function headOf(tree: SyntaxTree, row: number): string {
  const head = tree.text.slice(tree.start[row]!, tree.start[row]! + 80)
  return head.split(/[{:(\n]/)[0]!
}

function saidBy({ tokens }: Side, { from, to }: Span): string {
  let said = ''
  const base = tokens.depth[from] ?? 0
  let depth = base
  for (let i = from; i < to; i++) {
    if (tokens.depth[i] !== depth) {
      depth = tokens.depth[i]!
      said += `\n${depth - base}`
    }
    said += ` ${tokens.text[i]}`
  }
  return said
}

/** All tokens before and behind the function are as they were. */
function sameOutside(one: Side, was: Span, two: Side, is: Span): boolean {
  const a = one.tokens
  const b = two.tokens
  if (was.from !== is.from || a.count - was.to !== b.count - is.to) return false
  for (let i = 0; i < was.from; i++) if (!sameToken(a, i, b, i)) return false
  for (let i = was.to; i < a.count; i++) if (!sameToken(a, i, b, i + is.to - was.to)) return false
  return true
}

function compare(one: Side, was: Span, two: Side, is: Span): Found | undefined {
  const a = one.tokens
  const b = two.tokens
  let from = 0
  const shorter = Math.min(was.to - was.from, is.to - is.from)
  while (from < shorter && sameToken(a, was.from + from, b, is.from + from)) from++
  let behind = 0
  while (behind < shorter - from && sameToken(a, was.to - 1 - behind, b, is.to - 1 - behind)) behind++
  const i = was.from + from
  const j = is.from + from
  const removed = was.to - behind - i
  const added = is.to - behind - j
  if (Math.max(removed, added) > MOST_TOKENS) return undefined
  if (removed === 1 && added === 1) {
    const found = replaced(one, i, two, j)
    if (found) return found
  }
  const integers = replacedIntegers(one, i, removed, two, j, added)
  if (integers) return integers
  if (removed < added) return inserted(one, { ...was, from: i }, two, { ...is, from: j })
  if (removed > added) {
    const turned = inserted(two, { ...is, from: j }, one, { ...was, from: i })
    return turned && { kind: turned.kind, before: turned.after, after: turned.before }
  }
  return swapped(one, i, i + removed, two, j, j + added)
}

/** Two exchanged arguments may be long; what is longer is not read as one mistake. */
const MOST_TOKENS = 60

/** One token in place of another. */
function replaced(one: Side, i: number, two: Side, j: number): Found | undefined {
  const was = one.tokens.row[i]!
  const is = two.tokens.row[j]!
  if (was < 0 || is < 0 || one.tree.role[was] !== two.tree.role[is]) return undefined
  const before = rangeOf(one, i, i)
  const after = rangeOf(two, j, j)
  const kinds = [kindOf(one.tree, was), kindOf(two.tree, is)]
  if (kinds.every(it => it === 'Boolean')) return { kind: 'literal', before, after }
  if (kinds.every(it => it === 'Operator'))
    return isOperatorChange(one, i, two, j) ? { kind: 'operator', before, after } : undefined
  if (kinds.every(it => it === 'Name') && isOtherVariable(one.tree, was, two.tree, is))
    return { kind: 'variable', before, after }
  return undefined
}

const OPERATIONS: ReadonlySet<Kind> = new Set(['Binary', 'Comparison', 'Logical', 'AugmentedAssignment'])

function isOperatorChange(one: Side, i: number, two: Side, j: number): boolean {
  const was = one.tree.parent[one.tokens.row[i]!]!
  const is = two.tree.parent[two.tokens.row[j]!]!
  if (!OPERATIONS.has(kindOf(one.tree, was)) || !OPERATIONS.has(kindOf(two.tree, is))) return false
  return !isStyle(one.tokens.text[i]!, two.tokens.text[j]!, one.tree, was)
}

/** `==` for `===`, and `== None` for `is None`, are a matter of house rules. */
function isStyle(was: string, is: string, tree: SyntaxTree, operation: number): boolean {
  const both = [was, is].sort().join(' ')
  if (both === '== ===' || both === '!= !==' || both === '!= <>') return true
  if (both !== '== is' && both !== '!= is not') return false
  for (let row = operation + 1; row < tree.after[operation]!; row = tree.after[row]!)
    if (kindOf(tree, row) === 'Null' || kindOf(tree, row) === 'Boolean') return true
  return false
}

const VALUES: ReadonlySet<BindingKind> = new Set(['variable', 'constant', 'parameter', 'catch', 'loop'])

/** A read of a local variable became a read of another variable that could have been read there before. */
function isOtherVariable(before: SyntaxTree, was: number, after: SyntaxTree, is: number): boolean {
  // `{ a }` names a property too.
  if (before.types[before.symbol[was]!] !== 'identifier' || after.types[after.symbol[is]!] !== 'identifier')
    return false
  const then = resolveNames(before)
  const now = resolveNames(after)
  if (!isRead(then, was) || !isRead(now, is)) return false
  const wrong = then.bindingOf[was]!
  const right = now.bindingOf[is]!
  if (wrong < 0 || right < 0 || BINDING_KINDS[now.bindingKind[right]!] === 'type') return false
  if (!VALUES.has(BINDING_KINDS[then.bindingKind[wrong]!]!)) return false
  if (then.scopeKind[then.bindingScope[wrong]!] === SCOPE_MODULE) return false
  return isVisible(then, before, was, after.names[after.name[is]!]!)
}

function isRead({ access }: Scopes, row: number): boolean {
  return (access[row]! & READ) !== 0 && (access[row]! & WRITE) === 0
}

function isVisible(scopes: Scopes, tree: SyntaxTree, row: number, name: string): boolean {
  for (let binding = 0; binding < scopes.bindingName.length; binding++) {
    if (tree.names[scopes.bindingName[binding]!] !== name) continue
    const scope = scopes.bindingScope[binding]!
    const owner = scopes.scopeRow[scope]!
    if (scopes.scopeKind[scope] === SCOPE_CLASS) continue
    if (row >= owner && row < tree.after[owner]!) return true
  }
  return false
}

/** A whole number with its sign. */
interface Integer {
  readonly value: number
  readonly from: number
  readonly to: number
}

function replacedIntegers(
  one: Side,
  i: number,
  removed: number,
  two: Side,
  j: number,
  added: number,
): Found | undefined {
  if (removed > 2 || added > 2) return undefined
  const was = integerAround(one, i, removed)
  const is = integerAround(two, j, added)
  if (!was || !is || was.value === is.value) return undefined
  if (Math.abs(was.value) > LARGEST_INTEGER || Math.abs(is.value) > LARGEST_INTEGER) return undefined
  return { kind: 'literal', before: rangeOf(one, was.from, was.to), after: rangeOf(two, is.from, is.to) }
}

/** Larger numbers are settings. */
const LARGEST_INTEGER = 10

/** The integer that the `count` tokens at `i` are part of, when nothing else is among them. */
function integerAround({ tree, tokens }: Side, i: number, count: number): Integer | undefined {
  const at = count === 2 || tokens.text[i] === '-' ? i + 1 : i
  const row = tokens.row[at]
  if (row === undefined || row < 0 || kindOf(tree, row) !== 'Number') return undefined
  const digits = /^(\d[\d_]*)([iu](8|16|32|64|128|size)|n)?$/.exec(tokens.text[at]!)
  if (!digits) return undefined
  const value = Number(digits[1]!.replaceAll('_', ''))
  const isNegative =
    at > 0 && tokens.text[at - 1] === '-' && tree.start[tree.parent[row]!] === tokens.start[at - 1]
  if (at > i && !isNegative) return undefined
  return isNegative ? { value: -value, from: at - 1, to: at } : { value, from: at, to: at }
}

/** The second has all tokens of the first and, at its beginning, a negation or an `await` more. */
function inserted(one: Side, was: Span, two: Side, is: Span): Found | undefined {
  const { tokens, tree } = two
  const j = is.from
  const text = (at: number) => tokens.text[at]
  const before: Range = [one.tokens.start[was.from]!, one.tokens.start[was.from]!]
  const sign = text(j) === '!' || text(j) === 'not'
  if (sign && rowAt(tree, 'Not', tokens.start[j]!) !== undefined) {
    const after = rangeOf(two, j, j)
    if (equalWithout(one, was, two, is, [j])) return { kind: 'negation', before, after }
    const closing = text(j + 1) === '(' ? closingOf(tokens, j + 1, is.to) : undefined
    if (closing !== undefined && equalWithout(one, was, two, is, [j, j + 1, closing]))
      return { kind: 'negation', before, after }
    return undefined
  }
  const word = [j, j + 1].find(it => text(it) === 'await')
  if (word === undefined) return undefined
  const closing = text(j) === '(' ? closingOf(tokens, j, is.to) : undefined
  const without = word === j ? [j] : closing === undefined ? [j, j + 1] : [j, j + 1, closing]
  if (word !== j && text(j) !== '(' && text(j) !== '.') return undefined
  if (!equalWithout(one, was, two, is, without) || !awaitsCall(two, word)) return undefined
  return { kind: 'await', before, after: rangeOf(two, word, word) }
}

function equalWithout(one: Side, was: Span, two: Side, is: Span, without: readonly number[]): boolean {
  let i = was.from
  for (let j = is.from; j < is.to; j++) {
    if (without.includes(j)) continue
    if (i >= was.to || !sameToken(one.tokens, i++, two.tokens, j)) return false
  }
  return i === was.to
}

function closingOf({ text }: FlatTokens, open: number, to: number): number | undefined {
  let depth = 0
  for (let i = open; i < to; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')' && --depth === 0) return i
  }
  return undefined
}

/** It is a call that is awaited, and not one that is returned at once: with or without is taste there. */
function awaitsCall({ tree, tokens }: Side, word: number): boolean {
  const isSuffix = tree.grammar === 'rust'
  for (let row = 0; row < tree.rows; row++) {
    if (kindOf(tree, row) !== 'Await') continue
    const at = isSuffix ? tree.end[row]! === tokens.end[word] : tree.start[row]! === tokens.start[word]
    if (!at || kindOf(tree, row + 1) !== 'Call') continue
    const around = kindOf(tree, tree.parent[row]!)
    return isSuffix || (around !== 'Return' && around !== 'Function') || isTried(tree, row)
  }
  return false
}

function isTried(tree: SyntaxTree, row: number): boolean {
  for (let it = tree.parent[row]!; it !== 0 && kindOf(tree, it) !== 'Function'; it = tree.parent[it]!)
    if (kindOf(tree, it) === 'Try') return true
  return false
}

/** Two arguments of the innermost call around all that changed have changed places. */
function swapped(one: Side, i: number, to: number, two: Side, j: number, until: number): Found | undefined {
  if (to - i < 3) return undefined
  const was = callAround(one, i, to)
  const is = callAround(two, j, until)
  if (was === undefined || is === undefined) return undefined
  const these = argumentsOf(one.tree, was)
  const those = argumentsOf(two.tree, is)
  if (these.length !== those.length) return undefined
  const before = these.map(it => spokenBy(one, it))
  const after = those.map(it => spokenBy(two, it))
  const places = before.flatMap((it, place) => (it === after[place] ? [] : [place]))
  const [first, second] = places
  if (first === undefined || second === undefined || places.length !== 2) return undefined
  if (before[first] !== after[second] || before[second] !== after[first]) return undefined
  const ends = [these[first]!, these[second]!]
  // The order of what is named does not matter.
  if (ends.every(it => kindOf(one.tree, it) === 'KeywordArgument')) return undefined
  const span = (side: Side, from: number, last: number): Range => [
    side.tree.start[from]!,
    side.tree.end[last]!,
  ]
  const [start, end] = span(one, ends[0]!, ends[1]!)
  if (one.tokens.start[i]! < start || one.tokens.end[to - 1]! > end) return undefined
  return { kind: 'swap', before: [start, end], after: span(two, those[first]!, those[second]!) }
}

function callAround({ tree, tokens }: Side, from: number, to: number): number | undefined {
  const start = tokens.start[from]!
  const end = tokens.end[to - 1]!
  let found: number | undefined
  for (let row = 0; row < tree.rows; row++) {
    if (tree.end[row]! < end) continue
    if (tree.start[row]! > start) break
    const kind = kindOf(tree, row)
    if (kind === 'Call' || kind === 'New') found = row
  }
  return found
}

function argumentsOf(tree: SyntaxTree, call: number): number[] {
  const found: number[] = []
  for (let row = call + 1; row < tree.after[call]!; row = tree.after[row]!)
    if (tree.role[row] === ARGUMENT && tree.kind[row] !== COMMENT) found.push(row)
  return found
}

function spokenBy({ tree, tokens }: Side, row: number): string {
  return tokens.text.slice(tokenAt(tokens, tree.start[row]!), tokenAt(tokens, tree.end[row]!)).join(' ')
}

function rowAt(tree: SyntaxTree, kind: Kind, start: number): number | undefined {
  for (let row = 0; row < tree.rows && tree.start[row]! <= start; row++)
    if (tree.start[row] === start && kindOf(tree, row) === kind) return row
  return undefined
}

function rangeOf({ tokens }: Side, from: number, to: number): Range {
  return [tokens.start[from]!, tokens.end[to]!]
}

function kindOf(tree: SyntaxTree, row: number): Kind {
  return KINDS[tree.kind[row]!]!
}

const FUNCTION = KIND_CODE.Function
const COMMENT = KIND_CODE.Comment
const ARGUMENT = ROLE_CODE.argument
const HOLDS_METHODS = new Set(
  (['Class', 'Implementation', 'Interface', 'Namespace'] as const).map(it => KIND_CODE[it]),
)
