/** The same statements twice in one file: a change to the one must be repeated in the other, and sooner or later is not. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, type Example, js, py, rs, type Tag, ts, written } from '../example.ts'
import { defineRule, type Range } from '../rule.ts'
import { isRustTest } from '../support/functions.ts'
import { LOOPS } from '../support/loops.ts'
import { isMeasured } from '../support/measured.ts'

/** Less than this is a turn of phrase, not a duplicate. */
const MIN_NODES = 80
const MIN_LINES = 6

const PYTHON = `total = limit(a)
    for b in a.items(total):
        if b.key in total and b.size > 10:
            total[b.key] = total[b.key] + b.size * 2
        elif b.size < 5 or b.is_empty():
            report(a, b.key, b.size)
        else:
            total[b.key] = find(a, b.key, 'default')
    save(total, a.name, a.owner)`

const SCRIPT = `const total = limit(a)
for (const b of a.items(total)) {
  if (total[b.key] && b.size > 10) {
    total[b.key] = total[b.key] + b.size * 2
  } else if (b.size < 5 || b.isEmpty()) {
    report(a, b.key, b.size)
  } else {
    total[b.key] = find(a, b.key, 'default')
  }
}
save(total, a.name, a.owner)`

const RUST = `let mut total = limit(a);
    for b in a.items(&total) {
        if total.has(b.key) && b.size > 10 {
            total.put(b.key, total.get(b.key) + b.size * 2);
        } else if b.size < 5 || b.is_empty() {
            report(a, b.key, b.size);
        } else {
            total.put(b.key, find(a, b.key, "default"));
        }
    }
    save(total, a.name, a.owner);`

const TABLE = Array.from({ length: 12 }, (_, i) => `a.set('key${i}', b.value${i}, 1)`).join('\n')

export default defineRule({
  id: 'design/duplicated-block',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'duplication',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {
    *Module(node, file) {
      if (node.size < 2 * MIN_NODES || !isMeasured(node, file)) return
      for (const { first, second, lines } of duplicatesIn(node, file)) {
        yield { at: second, data: { lines }, related: [first] }
      }
    },
  },

  explain: {
    en: ({ lines }) => ({
      message: `These ${lines} lines stand in this file a second time`,
      why: 'Whoever repairs one copy has to know of the other. When they do not, the two drift apart, and one of them is wrong.',
      remedy: 'Move them into a function and call it in both places.',
    }),
    es: ({ lines }) => ({
      message: `Estas ${lines} líneas están repetidas en este archivo`,
      why: 'Quien corrige una copia tiene que saber de la otra. Si no lo sabe, las dos se van separando y una queda mal.',
      remedy: 'Llévalas a una función y llámala desde los dos sitios.',
    }),
  },

  examples: {
    invalid: [
      example(py, PYTHON, 'def f(a):\n    #', 'def g(a):\n    «#»'),
      example(js, SCRIPT, 'function f(a) {\n#\n}', 'function g(a) {\n«#»\n}'),
      example(ts, SCRIPT, 'class A {\nf(a: A) {\n#\n}', 'g(a: A) {\n«#»\n}\n}'),
      example(rs, RUST, 'fn f(a: A) {\n#\n}', 'fn g(a: A) {\n«#»\n}'),
      // Other statements before and behind, deeper, and with comments of its own.
      example(js, SCRIPT, 'function f(a) {\nb()\n#\n}', 'function g(a) {\nif (a) {\n«#»\nc()\n}\n}'),
      // Twice in one function; three copies are two findings.
      example(js, SCRIPT, 'function f(a) {\n#\ng()\n«#»\nh()\n«#»\n}', ''),
    ],
    valid: [
      example(py, PYTHON, 'def f(a):\n    #', ''),
      example(js, SCRIPT, 'function f(a) {\n#\n}', ''),
      example(ts, SCRIPT, 'function f(a: A) {\n#\n}', ''),
      example(rs, RUST, 'fn f(a: A) {\n#\n}', ''),
      // One number differs: perhaps a copy, perhaps not.
      example(
        js,
        SCRIPT,
        'function f(a) {\n#\n}',
        `function g(a) {\n${SCRIPT.replace('b.size > 10', 'b.size > 20')}\n}`,
      ),
      // Tests say the same again, so that each can be read by itself.
      at('test/a.test.js', example(js, SCRIPT, 'function f(a) {\n#\n}', 'function g(a) {\n#\n}')),
      example(rs, RUST, 'mod tests { fn f(a: A) {\n#\n}', 'fn g(a: A) {\n#\n} }'),
      // What a program wrote is not repaired by hand.
      example(js, SCRIPT, '// Generated. Do not edit.\nfunction f(a) {\n#\n}', 'function g(a) {\n#\n}'),
      at('src/generated/messages.js', example(js, SCRIPT, 'function f(a) {\n#\n}', 'function g(a) {\n#\n}')),
      // Nothing is decided here: data and settings are alike by nature.
      example(js, TABLE, 'function f(a) {\n#\n}', 'function g(a) {\n#\n}'),
    ],
  },
})

/** The code, with `#` standing for the body, twice over. */
function example(tag: Tag, body: string, one: string, other: string): Example {
  const text = `\n${one}\n${other}\n`.replaceAll('#', body)
  return written(tag, text)
}

interface Duplicate {
  readonly first: Range
  readonly second: Range
  readonly lines: number
}

/** A statement in a list of statements. */
interface Place {
  readonly list: StatementList
  readonly at: number
}

interface StatementList {
  readonly fn: SyntaxNode
  readonly body: Body
  /** Read when there is something to compare. */
  nodes?: readonly SyntaxNode[]
}

/** A list of statements as remembered. */
interface Statements {
  /** Where the first one stands: rows from the block's own on. */
  readonly first: number
  /** What each statement says, with the next one where it is short. */
  readonly keys: readonly number[]
  readonly digests: readonly number[]
  /** How many nodes each statement has. */
  readonly sizes: readonly number[]
}

/** The same with the block's place: rows from the function's own on. */
interface Body extends Statements {
  readonly row: number
}

/** How many earlier places that begin alike are compared: enough for copies, a bound for tables. */
const MAX_PLACES = 4

/**
 * Runs of equal statements, the longest from each place. Places are looked up by what their first two statements
 * say, so the work stays proportional to the file.
 */
function* duplicatesIn(root: SyntaxNode, file: SourceFile): Generator<Duplicate> {
  const lists = [...statementLists(root, file)]
  const twice = new TwiceSeen(lists)
  const seen = new Map<number, Place[]>()
  const reported: { from: number; to: number }[] = []
  for (const list of lists) {
    const { first, keys } = list.body
    const row = list.fn.row + list.body.row + first
    if (reported.some(it => row >= it.from && row < it.to)) continue
    for (let at = 0; at < keys.length; ) {
      if (!twice.maybe(keys[at]!)) {
        at++
        continue
      }
      const places = seen.get(keys[at]!)
      if (!places) {
        seen.set(keys[at]!, [{ list, at }])
        at++
        continue
      }
      const { length, place } = longest(list, at, places)
      const run = place && nodesOf(list).slice(at, at + length)
      if (place && run && isWorthIt(run)) {
        const here = rangeOf(run)
        const there = rangeOf(nodesOf(place.list).slice(place.at, place.at + length))
        const [first, second] = here.start < there.start ? [here, there] : [there, here]
        yield { first, second, lines: linesOf(run) }
        const last = run.at(-1)!
        reported.push({ from: run[0]!.row, to: last.row + last.size })
        at += length
        continue
      }
      if (places.length < MAX_PLACES) places.push({ list, at })
      at++
    }
  }
}

/** Says for nearly all that stand there once that they do: most statements are said once, and need no look-up. */
class TwiceSeen {
  readonly #seen = new Uint8Array(1 << 14)

  constructor(lists: readonly StatementList[]) {
    for (const { body } of lists)
      for (const key of body.keys) {
        const place = placeOf(key)
        if (this.#seen[place]! < 2) this.#seen[place]!++
      }
  }

  maybe(key: number): boolean {
    return this.#seen[placeOf(key)]! > 1
  }
}

function placeOf(key: number): number {
  return Math.imul(key | 0, 0x9e3779b1) >>> 18
}

/** The statements of every body inside a function. What stands at the top of a file is mostly declarations. */
function* statementLists(root: SyntaxNode, file: SourceFile): Generator<StatementList> {
  for (const fn of root.descendants('Function')) {
    if (fn.size < MIN_NODES || isRustTest(fn)) continue
    for (const body of file.remembered('duplicated-block', fn, () => bodiesOf(fn, file))) yield { fn, body }
  }
}

function bodiesOf(fn: SyntaxNode, file: SourceFile): Body[] {
  const bodies: Body[] = []
  for (const block of fn.ownDescendants('Block', 'Case', 'DefaultCase')) {
    if (block.size < MIN_NODES) continue
    const statements = file.remembered('duplicated-block statements', block, () => statementsOf(block, file))
    if (statements.keys.length > 0) bodies.push({ row: block.row - fn.row, ...statements })
  }
  return bodies
}

function statementsOf(block: SyntaxNode, file: SourceFile): Statements {
  const statements = block.children('statement')
  const digests = statements.map(it => file.digest(it))
  const sizes = statements.map(it => it.size)
  // A statement that is long enough by itself may be followed by anything.
  const keys = digests.map((it, i) =>
    sizes[i]! >= MIN_NODES || i + 1 === digests.length ? it : it * 31 + digests[i + 1]!,
  )
  return { first: (statements[0]?.row ?? block.row) - block.row, keys, digests, sizes }
}

function nodesOf(list: StatementList): readonly SyntaxNode[] {
  list.nodes ??= list.fn.rowBelow(list.body.row).children('statement')
  return list.nodes
}

/** The longest run from here that is long enough and stood in one of these places before. */
function longest(list: StatementList, at: number, places: readonly Place[]) {
  let length = 0
  let place: Place | undefined
  const { digests, sizes } = list.body
  for (const it of places) {
    const others = it.list.body.digests
    let same = 0
    let nodes = 0
    const left = Math.min(digests.length - at, others.length - it.at)
    const limit = it.list === list ? Math.min(left, at - it.at) : left
    while (same < limit && digests[at + same] === others[it.at + same]) {
      nodes += sizes[at + same]!
      same++
    }
    if (same <= length || nodes < MIN_NODES || !saysTheSame(list, at, it, same)) continue
    length = same
    place = it
  }
  return { length, place }
}

function saysTheSame(list: StatementList, at: number, place: Place, length: number): boolean {
  const own = nodesOf(list)
  const other = nodesOf(place.list)
  for (let i = 0; i < length; i++) if (!own[at + i]!.same(other[place.at + i]!)) return false
  return true
}

/** Long enough, and it does something: lists of data and of assignments are alike by nature. */
function isWorthIt(run: readonly SyntaxNode[]): boolean {
  return linesOf(run) >= MIN_LINES && run.some(branches)
}

function branches(statement: SyntaxNode): boolean {
  return statement.is('If', 'Switch', 'Try', ...LOOPS) || statement.has('If', 'Switch', 'Try', ...LOOPS)
}

function rangeOf(run: readonly SyntaxNode[]): Range {
  return { start: run[0]!.start, end: run.at(-1)!.end }
}

/** Lines on which statements stand, comments between them not counted. */
function linesOf(run: readonly SyntaxNode[]): number {
  let lines = 0
  for (const it of run) lines += it.text.split('\n').filter(line => line.trim() !== '').length
  return lines
}
