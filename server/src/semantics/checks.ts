// Whether somebody looked at a value before it was used: a condition, an assertion or a validator that asks about it.
//
// What exactly was asked is not understood, only that it was more than "is there anything": a rule that reports a use
// behind a check reports, most of the time, somebody who did the right thing.

import type { Kind } from '../syntax/kinds.ts'
import { SyntaxNode } from '../syntax/node.ts'
import { calleeName } from './calls.ts'
import { type Binding, type SourceFile, valueGivenTo } from './source-file.ts'

/** The variable, or the chain of members (`request.query.file`), that a check must ask about. */
export interface Subject {
  readonly binding?: Binding | undefined
  readonly expression: SyntaxNode
}

/** The value of `subject` was checked on the way to `place`. Where it may have been asked about may be known already. */
export function isChecked(file: SourceFile, subject: Subject, place: SyntaxNode, asked?: Asked): boolean {
  const isIn = ({ row, size }: SyntaxNode) => !asked || isAnyBetween(asked.rows, row, row + size)
  // What is asked behind the place comes too late.
  if (asked && !isAnyBetween(asked.rows, 0, place.row)) return false
  let child = place
  for (const it of place.ancestors()) {
    if (asked && it.row < asked.home) return false
    switch (it.kind) {
      case 'If':
      case 'ElseIf':
      case 'While':
      case 'Conditional': {
        const condition = it.child('condition')
        const isOther = child.role === 'alternative' && isOneValue(condition)
        if (
          condition &&
          child.row !== condition.row &&
          isIn(condition) &&
          !isOther &&
          asks(file, condition, subject)
        )
          return true
        break
      }
      case 'Logical': {
        const left = it.child('left')
        if (left && child.row !== left.row && isIn(left) && asks(file, left, subject)) return true
        break
      }
      case 'Switch': {
        const asked = it.child('subject')
        if (asked && child.row !== asked.row && mentions(file, asked, subject)) return true
        break
      }
      case 'Comprehension':
        if (
          it
            .children('clause')
            .some(clause => clause.kind === 'ComprehensionIf' && asks(file, clause, subject))
        )
          return true
        break
      case 'Block':
      case 'Module':
      case 'Case':
      case 'DefaultCase':
        for (const statement of asked ? askingStatements(it, asked, child.row) : it.children('statement')) {
          if (statement.row >= child.row) break
          if (isKnownGuard(file, statement, subject, asked)) return true
        }
        break
      default:
    }
    if (it.kind === 'Module') return false
    child = it
  }
  return false
}

function isAnyBetween(rows: Asked['rows'], from: number, end: number): boolean {
  return (rows[firstFrom(rows, from)] ?? end) < end
}

/** The index of the first row that is not before `row`. */
function firstFrom(rows: Asked['rows'], row: number): number {
  let low = 0
  for (let high = rows.length; low < high; ) {
    const middle = (low + high) >> 1
    if (rows[middle]! < row) low = middle + 1
    else high = middle
  }
  return low
}

/** The statements of a block in which something is asked. A long block has few of them: the others need not be looked at. */
function* askingStatements(block: SyntaxNode, { rows }: Asked, end: number): Generator<SyntaxNode> {
  for (let i = firstFrom(rows, block.row + 1); i < rows.length && rows[i]! < end; ) {
    let it = new SyntaxNode(block.reader, rows[i]!)
    for (let { parent } = it; parent && parent.row !== block.row; { parent } = it) it = parent
    if (it.role === 'statement') yield it
    i = firstFrom(rows, it.row + it.size)
  }
}

/** Where somebody may have asked about what goes by a name, and which statements were found to. */
export interface Asked {
  /** In their order. */
  readonly rows: readonly number[]
  readonly guards: Map<string, boolean>
  /** The function around all of these. */
  readonly home: number
}

/** So many variables may lie between a value and the one that is asked about. */
const MADE_DEPTH = 2
/** What is larger than that is no longer made of one value. */
const MADE_ROWS = 80

/** The questions of a function, once for all: who asks about many values need not look at every statement for each. */
export class Questions {
  readonly #home: number
  readonly #guards = new Map<string, boolean>()
  /** Rows by name, in their order. */
  readonly #rows = new Map<string, number[]>()
  /** By name the variables that are made from what goes by it. */
  readonly #made = new Map<string, Set<string>>()
  readonly #known = new Map<string, Asked | undefined>()

  constructor(fn: SyntaxNode) {
    this.#home = fn.row
    const given: SyntaxNode[] = []
    const asking: SyntaxNode[] = []
    for (const it of fn.descendants(...ASKING)) {
      if (it.is('Assignment', 'Declarator')) given.push(it)
      else {
        const subject = askedIn(it)
        if (subject) asking.push(subject)
      }
    }
    asking.sort((a, b) => a.row - b.row)
    let end = 0
    for (const it of asking) {
      // Part of a longer question.
      if (it.row < end) continue
      end = it.row + it.size
      if (it.name !== '') this.#add(it.name, it.row)
      for (const name of it.descendants('Name', 'PropertyName')) this.#add(name.name, name.row)
    }
    // Those behind which nobody asks anything are left out; behind a variable of a variable it is the second round that knows.
    for (let round = 0; round < MADE_DEPTH; round++) for (const it of given) this.#make(it)
  }

  /** Where it is asked about what goes by this name. */
  about(name: string): Asked | undefined {
    if (!this.#known.has(name)) this.#known.set(name, this.#asked(name))
    return this.#known.get(name)
  }

  #asked(name: string): Asked | undefined {
    const names = this.#withMade(name)
    const found = names.flatMap(it => this.#rows.get(it) ?? [])
    if (found.length === 0) return undefined
    const rows = names.length === 1 ? found : [...new Set(found)].sort((a, b) => a - b)
    return { rows, guards: this.#guards, home: this.#home }
  }

  /** `const url = new URL(target)`: what is asked about `url` is asked about `target`. */
  #withMade(name: string): string[] {
    const names = new Set([name])
    for (let depth = 0; depth < MADE_DEPTH; depth++)
      for (const it of [...names]) for (const made of this.#made.get(it) ?? []) names.add(made)
    return [...names]
  }

  #add(name: string, row: number): void {
    const rows = this.#rows.get(name)
    if (rows) rows.push(row)
    else this.#rows.set(name, [row])
  }

  #make(it: SyntaxNode): void {
    const target = it.child('target')?.name ?? ''
    const value = this.#rows.has(target) || this.#made.has(target) ? it.child('value') : undefined
    if (!value || value.size > MADE_ROWS) return
    for (const { name } of [value, ...value.descendants('Name', 'PropertyName')]) {
      if (name === '' || name === target) continue
      const made = this.#made.get(name)
      if (made) made.add(target)
      else this.#made.set(name, new Set([target]))
    }
  }
}

/** The part of a statement or an expression in which something is asked. */
function askedIn(it: SyntaxNode): SyntaxNode | undefined {
  switch (it.kind) {
    case 'Call':
    case 'MacroCall':
      return VALIDATION.test(calleeName(it)) ? it : undefined
    case 'Switch':
      return it.child('subject')
    case 'Logical':
      return it.child('left')
    case 'ComprehensionIf':
      return it
    default:
      return it.child('condition')
  }
}

const ASKING: readonly Kind[] = [
  ...(['If', 'ElseIf', 'While', 'Conditional', 'Logical', 'Switch', 'ComprehensionIf', 'Assert'] as const),
  ...(['Call', 'MacroCall', 'Assignment', 'Declarator'] as const),
]

/** The same, of an expression where it stands. */
export function isCheckedHere(file: SourceFile, node: SyntaxNode): boolean {
  const it = node.unwrapped
  if (!it.is('Name', 'Member')) return false
  return isChecked(file, { binding: it.kind === 'Name' ? file.binding(it) : undefined, expression: it }, node)
}

function isKnownGuard(
  file: SourceFile,
  statement: SyntaxNode,
  subject: Subject,
  asked: Asked | undefined,
): boolean {
  if (!asked) return isGuard(file, statement, subject)
  const { binding, expression } = subject
  const key = `${statement.row} ${binding ? binding.id : expression.text}`
  let known = asked.guards.get(key)
  if (known === undefined) {
    known = isGuard(file, statement, subject)
    asked.guards.set(key, known)
  }
  return known
}

/** A statement that does not let a bad value past, or that replaces it. */
function isGuard(file: SourceFile, statement: SyntaxNode, subject: Subject): boolean {
  switch (statement.kind) {
    case 'Assert': {
      const condition = statement.child('condition')
      return condition !== undefined && asks(file, condition, subject)
    }
    case 'ExpressionStatement':
    case 'Declaration':
    case 'Declarator':
    case 'Call':
    case 'MacroCall':
      for (const call of [statement, ...statement.ownDescendants('Call', 'MacroCall')])
        if (call.is('Call', 'MacroCall') && isValidation(file, call, subject)) return true
      // Rust's `if` is an expression.
      return statement.kind === 'ExpressionStatement' && guardsIn(file, statement, subject)
    case 'If':
    case 'Try':
    case 'With':
    case 'ForEach':
    case 'For':
    case 'While':
    case 'Switch':
      return guardsIn(file, statement, subject)
    default:
      return false
  }
}

function guardsIn(file: SourceFile, statement: SyntaxNode, subject: Subject): boolean {
  for (const it of [statement, ...statement.ownDescendants('If', 'ElseIf', 'Call', 'Switch')]) {
    if (it.kind === 'Call' && isValidation(file, it, subject)) return true
    if (it.kind === 'Switch') {
      const asked = it.child('subject')
      if (asked && mentions(file, asked, subject) && leaves(it)) return true
    }
    if (!it.is('If', 'ElseIf')) continue
    const condition = it.child('condition')
    if (!condition || !asks(file, condition, subject)) continue
    if (isOneValue(condition) ? refuses(it) : leaves(it) || replaces(file, it, subject)) return true
  }
  return false
}

/** Somewhere in here the function is left, or the answer is given. */
function leaves(node: SyntaxNode): boolean {
  for (const _ of node.ownDescendants('Return', 'Continue', 'Break')) return true
  return refuses(node)
}

const REFUSAL = /^(abort|exit|fail|reject|error|next|panic|bail|redirect|end|throw\w*|raise\w*|die)$/i

/** Somewhere in here it is said that the value will not do. */
function refuses(node: SyntaxNode): boolean {
  for (const it of node.ownDescendants('Throw', 'Call', 'MacroCall', 'Number'))
    if (it.kind === 'Number' ? /^4\d\d$/.test(it.text) : it.kind === 'Throw' || REFUSAL.test(calleeName(it)))
      return true
  return false
}

/** `x == 'all'`, `x in RESERVED`: what is done with some values says nothing about the others. */
function isOneValue(condition: SyntaxNode | undefined): boolean {
  const it = condition?.unwrapped
  if (it?.kind !== 'Comparison') return false
  if (it.operator === 'in')
    return it.child('left')?.kind !== 'String' && it.child('right')?.is('Name', 'Member') === true
  return /^={2,3}$/.test(it.operator) && it.children().some(side => side.kind === 'String')
}

function replaces(file: SourceFile, node: SyntaxNode, { binding }: Subject): boolean {
  if (!binding) return false
  for (const it of node.ownDescendants('Assignment'))
    if (it.child('target')?.kind === 'Name' && binding.same(file.binding(it.child('target')!))) return true
  return false
}

const VALIDATION =
  /valid|check|assert|ensure|verif|sanit|allow|guard|safe|authori[sz]|permit|restrict|relative_to|commonpath|invariant|must|require/i

/** `validatePath(file)`, `path.relative_to(root)`, `ensure!(is_allowed(&file))`: what throws when the value is bad. */
function isValidation(file: SourceFile, call: SyntaxNode, subject: Subject): boolean {
  return VALIDATION.test(calleeName(call)) && calleeName(call) !== 'require' && mentions(file, call, subject)
}

/** The condition asks more about the subject than whether it is there. */
function asks(file: SourceFile, condition: SyntaxNode, subject: Subject): boolean {
  for (const place of mentionsIn(file, condition, subject))
    if (isQuestion(place, condition) || isFoundBy(file, place, subject)) return true
  return false
}

const LOOKUP = /^(get|find|look_?up|load|read|fetch|retrieve|query|select|search)/i

/** `const found = await find(key)`: whether something was found says whether the key is a known one. */
function isFoundBy(file: SourceFile, place: SyntaxNode, subject: Subject): boolean {
  const found = place.kind === 'Name' ? file.binding(place) : undefined
  if (!found || subject.binding?.same(found)) return false
  const value = givenValue(found)?.unwrapped
  const call = value?.kind === 'Await' ? value.child('value')?.unwrapped : value
  if (call?.kind !== 'Call' || !LOOKUP.test(calleeName(call))) return false
  return call
    .children('argument')
    .some(it =>
      subject.binding
        ? it.kind === 'Name' && subject.binding.same(file.binding(it))
        : it.same(subject.expression),
    )
}

/** Calls that tell what kind of thing a value is, or that it is there, and nothing about what it says. */
const WEAK_CALLS = new Set(
  (
    'isinstance len type hasattr callable bool print Boolean String isString isArray isEmpty log debug info warn' +
    ' exists existsSync isfile isFile isdir isDirectory is_file is_dir access accessSync stat statSync lstatSync' +
    // Asking a request for all values of a name.
    ' getlist get_all getall getAll get_list' +
    ' strip trim is_some is_none is_ok is_err is_empty exists_sync try_exists str'
  ).split(' '),
)

/** Called on the value: is there such a key? Called with the value: is it one of these? */
const KEY_CALLS = new Set(['get', 'has', 'hasOwnProperty'])

function isQuestion(place: SyntaxNode, condition: SyntaxNode): boolean {
  let child = place
  for (let it = place.parent; it && child.row !== condition.row; it = it.parent) {
    switch (it.kind) {
      case 'Comparison':
        return isTellingComparison(it, child)
      case 'Call':
      case 'MacroCall':
      case 'New':
        if (!WEAK_CALLS.has(calleeName(it)) && !(child.role === 'callee' && KEY_CALLS.has(calleeName(it))))
          return true
        break
      case 'TokenTree':
        return true
      case 'LetCondition':
        return false
      default:
    }
    child = it
  }
  return false
}

/** `x in ALLOWED`, `x === 'name'`; not `x != null`, `typeof x === 'string'`, `x.length > 5`. */
function isTellingComparison(comparison: SyntaxNode, side: SyntaxNode): boolean {
  // `'file' in request.files` asks about a key, `'..' in name` about the text.
  if (/^(not )?in$/.test(comparison.operator) && side.role !== 'left')
    return !/^['"][\w-]+['"]$/.test(comparison.child('left')?.text ?? '')
  if (/^typeof\b/.test(side.text) || /\b(len|type)\(|\.(length|size)\b/.test(side.text)) return false
  return comparison.children().every(other => {
    if (other.row === side.row || other.kind === 'Operator') return true
    return !other.is('Null', 'Undefined', 'Number', 'Boolean') && !/^(['"`])\1$|^-\d+$/.test(other.text)
  })
}

function mentions(file: SourceFile, node: SyntaxNode, subject: Subject): boolean {
  for (const _ of mentionsIn(file, node, subject)) return true
  return false
}

/** Places that read the subject, or a variable that was made from it. */
function* mentionsIn(
  file: SourceFile,
  node: SyntaxNode,
  { binding, expression }: Subject,
): Generator<SyntaxNode> {
  if (!binding) {
    for (const it of withSelf(node, expression.kind)) if (it.same(expression)) yield it
  }
  for (const it of withSelf(node, 'Name')) {
    if (it.role === 'label') continue
    const other = file.binding(it)
    if (!other) continue
    if (binding ? other.same(binding) : false) yield it
    else if (isMadeFrom(file, other, { binding, expression }, 0)) yield it
  }
}

/** The only value that a variable is given, be it where it is declared or later. */
function givenValue(binding: Binding): SyntaxNode | undefined {
  const { onlyValue } = binding
  if (onlyValue || binding.kind !== 'variable') return onlyValue
  const values: SyntaxNode[] = []
  for (const write of binding.writes()) {
    const value = valueGivenTo(write)
    if (value) values.push(value)
    else if (write.parent?.kind !== 'Declarator') return undefined
  }
  return values.length === 1 ? values[0] : undefined
}

/** `const url = new URL(target)`: what is asked about `url` is asked about `target`. */
function isMadeFrom(file: SourceFile, derived: Binding, subject: Subject, depth: number): boolean {
  const value = depth < MADE_DEPTH && derived.kind !== 'function' && givenValue(derived)
  if (!value || value.is('Function', 'Class') || value.size > MADE_ROWS) return false
  if (!subject.binding) {
    for (const it of withSelf(value, subject.expression.kind)) if (it.same(subject.expression)) return true
  }
  for (const it of withSelf(value, 'Name')) {
    const other = file.binding(it)
    if (!other || other.same(derived)) continue
    if (subject.binding?.same(other) || isMadeFrom(file, other, subject, depth + 1)) return true
  }
  return false
}

function* withSelf(node: SyntaxNode, kind: SyntaxNode['kind']): Generator<SyntaxNode> {
  if (node.kind === kind) yield node
  yield* node.descendants(kind)
}
