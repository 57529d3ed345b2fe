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

interface Place {
  readonly list: readonly SyntaxNode[]
  readonly at: number
}

/** How many earlier places that begin alike are compared: enough for copies, a bound for tables. */
const MAX_PLACES = 4

/**
 * Runs of equal statements, the longest from each place. Places are looked up by what their first two statements
 * say, so the work stays proportional to the file.
 */
function* duplicatesIn(root: SyntaxNode, file: SourceFile): Generator<Duplicate> {
  const seen = new Map<number, Place[]>()
  const reported: { from: number; to: number }[] = []
  for (const list of statementLists(root)) {
    if (reported.some(it => list[0]!.row >= it.from && list[0]!.row < it.to)) continue
    for (let at = 0; at < list.length; ) {
      const key = keyOf(list[at]!, list[at + 1], file)
      const places = seen.get(key) ?? []
      const { length, place } = longest(list, at, places)
      if (place && isWorthIt(list.slice(at, at + length))) {
        const here = rangeOf(list, at, length)
        const there = rangeOf(place.list, place.at, length)
        const [first, second] = here.start < there.start ? [here, there] : [there, here]
        yield { first, second, lines: linesOf(list.slice(at, at + length)) }
        const last = list[at + length - 1]!
        reported.push({ from: list[at]!.row, to: last.row + last.size })
        at += length
        continue
      }
      if (places.length < MAX_PLACES) {
        places.push({ list, at })
        seen.set(key, places)
      }
      at++
    }
  }
}

/** The statements of every body inside a function. What stands at the top of a file is mostly declarations. */
function* statementLists(root: SyntaxNode): Generator<SyntaxNode[]> {
  let behind = 0
  for (const fn of root.descendants('Function')) {
    if (fn.row < behind) continue
    behind = fn.row + fn.size
    if (fn.size < MIN_NODES || isRustTest(fn)) continue
    for (const body of fn.descendants('Block', 'Case', 'DefaultCase')) {
      if (body.size < MIN_NODES) continue
      const statements = body.children('statement')
      if (statements.length > 0) yield statements
    }
  }
}

/** Equal for two places where the same begins. A statement that is long enough by itself may be followed by anything. */
function keyOf(statement: SyntaxNode, next: SyntaxNode | undefined, file: SourceFile): number {
  if (statement.size >= MIN_NODES || !next) return file.digest(statement)
  return file.digest(statement) * 31 + file.digest(next)
}

function longest(list: readonly SyntaxNode[], at: number, places: readonly Place[]) {
  let length = 0
  let place: Place | undefined
  for (const it of places) {
    let same = 0
    const left = Math.min(list.length - at, it.list.length - it.at)
    const limit = it.list === list ? Math.min(left, at - it.at) : left
    while (same < limit && list[at + same]!.same(it.list[it.at + same]!)) same++
    if (same > length) {
      length = same
      place = it
    }
  }
  return { length, place }
}

/** Long enough, and it does something: lists of data and of assignments are alike by nature. */
function isWorthIt(run: readonly SyntaxNode[]): boolean {
  let nodes = 0
  for (const it of run) nodes += it.size
  return nodes >= MIN_NODES && linesOf(run) >= MIN_LINES && run.some(branches)
}

function branches(statement: SyntaxNode): boolean {
  return statement.is('If', 'Switch', 'Try', ...LOOPS) || statement.has('If', 'Switch', 'Try', ...LOOPS)
}

function rangeOf(list: readonly SyntaxNode[], at: number, length: number): Range {
  return { start: list[at]!.start, end: list[at + length - 1]!.end }
}

/** Lines on which statements stand, comments between them not counted. */
function linesOf(run: readonly SyntaxNode[]): number {
  let lines = 0
  for (const it of run) lines += it.text.split('\n').filter(line => line.trim() !== '').length
  return lines
}
