/** Two arguments stand where the other one belongs, as the names of the parameters tell. */

import { calleeName, positional } from '../../semantics/calls.ts'
import { parameterName, parametersOf } from '../../semantics/definitions.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { at, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { calledFunction, onlyMethodNamed } from '../support/called-function.ts'
import { type KnownParameter, knownParameters } from '../support/known-parameters.ts'
import { isTestCode } from '../support/test-code.ts'
import { wordsOf } from '../support/words.ts'

export default defineRule({
  id: 'correctness/swapped-arguments',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [683],
  concept: 'names-and-scope',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    Call: (node, file) => (mayBeSwapped(node) ? swapsOf(node, file) : undefined),
    New: (node, file) => (mayBeSwapped(node) ? swapsOf(node, file) : undefined),
  },

  explain: {
    en: ({ callee, first, second, wanted, other }) => ({
      message: `\`${first}\` and \`${second}\` are swapped: \`${callee}\` takes \`${wanted}\` before \`${other}\``,
      why: `\`${first}\` arrives as \`${wanted}\`, and \`${second}\` as \`${other}\`. Both are often of the same type, so nothing fails; the results are just wrong.`,
      remedy: 'Pass them in the order of the parameters, or by name where the language has that.',
      fix: `Swap \`${first}\` and \`${second}\``,
    }),
    es: ({ callee, first, second, wanted, other }) => ({
      message: `\`${first}\` y \`${second}\` están intercambiados: \`${callee}\` recibe \`${wanted}\` antes que \`${other}\``,
      why: `\`${first}\` llega como \`${wanted}\` y \`${second}\` como \`${other}\`. Muchas veces los dos son del mismo tipo, así que nada falla; simplemente los resultados son incorrectos.`,
      remedy: 'Pásalos en el orden de los parámetros, o por nombre si el lenguaje lo permite.',
      fix: `Intercambiar \`${first}\` y \`${second}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        def resize(width, height): ...
        resize(«height, width»)
      `,
        py`
        def resize(width, height): ...
        resize(width, height)
      `,
      ),
      fixes(
        ts`
        function copy(source: string, target: string, mode: number) {}
        copy(«options.target, options.source», 0)
      `,
        ts`
        function copy(source: string, target: string, mode: number) {}
        copy(options.source, options.target, 0)
      `,
      ),
      fixes(
        js`
        class Image {
          constructor(width, height) {}
        }
        const image = new Image(«this.height, this.width»)
      `,
        js`
        class Image {
          constructor(width, height) {}
        }
        const image = new Image(this.width, this.height)
      `,
      ),
      fixes(
        rs`
        fn area(width: u32, height: u32) -> u32 { width * height }
        fn main() { area(«size.height, size.width»); }
      `,
        rs`
        fn area(width: u32, height: u32) -> u32 { width * height }
        fn main() { area(size.width, size.height); }
      `,
      ),
      rs`
        impl Account {
            fn new(name: &str, email: &str) -> Self { Account {} }
            fn read(row: &Row) -> Self { Self::new(«row.email(), row.name.clone()») }
        }
      `,
      py`
        class Shop:
            def sell(self, customer, product): ...
            def run(self):
                self.sell(«self.product, self.customer»)
      `,
      py`
        class Shop:
            def sell(self, customer, product): ...
        shop = Shop()
        shop.sell(«product, customer»)
      `,
      fixes(
        js`
        Model.prototype.query = function (conditions, options, callback) {}
        Model.prototype.find = function (conditions, options, callback) {
          log(conditions)
          return this.query(conditions, «callback, options»)
        }
      `,
        js`
        Model.prototype.query = function (conditions, options, callback) {}
        Model.prototype.find = function (conditions, options, callback) {
          log(conditions)
          return this.query(conditions, options, callback)
        }
      `,
      ),
      fixes(
        py`
        import re
        def find(pattern, text):
            found = re.search(«text, pattern»)
            return found and found.group()
      `,
        py`
        import re
        def find(pattern, text):
            found = re.search(pattern, text)
            return found and found.group()
      `,
      ),
      ts`
        import { rename } from 'node:fs/promises'
        await rename(«newPath, oldPath», log)
      `,
      rs`
        use std::fs;
        fn publish(source: &Path, destination: &Path) { log(source); fs::copy(«destination, source»); }
      `,
      // What tells which of several is meant may stand before the word.
      js`const place = (row, column, value) => {}; place(«newColumn, newRow», 1)`,
    ],
    valid: [
      py`
        def resize(width, height): ...
        resize(width, height)
        resize(size, other)
        resize(height=height, width=width)
        resize(*height, width)
      `,
      // It says that it turns things around, or that the order is the question.
      py`
        def rotate(width, height): ...
        rotate(height, width)
      `,
      js`
        function compareNames(left, right) { return left < right }
        names.sort((left, right) => compareNames(right, left))
      `,
      js`
        function within(inner, outer) { return outer.has(inner) }
        const equal = within(a.inner, a.outer) && within(a.outer, a.inner)
      `,
      py`
        def added(before, after, key): return after[key] - before[key]
        def removed(before, after, key):
            """What is no longer there."""
            return added(after, before, key)
      `,
      py`
        class Term:
            def __init__(self, numer, denom): ...
            def inv(self):
                log(self)
                return Term(self.denom, self.numer)
      `,
      rs`
        impl Tree {
            fn fits(&self, left: Key, right: Key) -> bool { true }
            fn to_left(&self, n: Node) { if self.fits(n.left, n.right) { return; } }
            fn to_right(&self, n: Node) { if self.fits(n.right, n.left) { return; } }
        }
      `,
      // Euclid does it with every step.
      py`
        def divisor(large, small):
            return divisor(small, large % small) if small else large
        def hanoi(count, source, target, spare):
            hanoi(count - 1, source, spare, target)
      `,
      ts`
        function span(start: number, end: number) {}
        if (start > end) span(end, start)
      `,
      // Not the method of this file: another module made the object.
      py`
        import logging
        log = logging.getLogger(__name__)
        class Bus:
            def write(self, text, level):
                log.write(level, text)
                return text
      `,
      // The compiler knows better than the names.
      ts`function set(key: string, value: number) {} set(value, key)`,
      rs`
        fn set(key: &str, value: u32) {}
        fn main() { set(value, key); }
      `,
      js`
        import fs from 'fs'
        try { fs.renameSync(source, target) } catch { fs.renameSync(target, source) }
      `,
      py`
        import shutil
        def restore(src, dst):
            log(src)
            shutil.move(dst, src)
      `,
      py`
        def line(start, end): ...
        line(one.get_end(), other.get_start())
      `,
      js`
        module.exports = function (Posts) {
          Posts.tools = {}
          Posts.tools.hide = async (user, post) => toggle(user, post)
          async function toggle(user, post) { log(user); await Posts.hide(post, user) }
        }
      `,
      // Columns of a table that lies on its side: only one of the two is called the same.
      js`function content(row, column) {} content(dataColumn, row)`,
      // One of them fits where it is.
      js`function show(name, title) {} show(title, title)`,
      at(
        'tests/test_size.py',
        py`
        def resize(width, height): ...
        resize(height, width)
      `,
      ),
    ],
  },
})

/** A cheap look before anything is looked up: two arguments that have names. */
function mayBeSwapped(call: SyntaxNode): boolean {
  let named = 0
  for (const it of call.children('argument')) if (!it.is('String', 'Number', 'Function', 'Boolean')) named++
  return named > 1
}

function* swapsOf(call: SyntaxNode, file: SourceFile) {
  const passed = positional(call)
  const given = passed.map(it => wordsOf(nameOf(it)))
  if (given.filter(it => it.length > 0).length < 2) return
  const callee = calleeName(call)
  if (TURNS.test(callee)) return
  if (isTestCode(call, file)) return
  const library = knownParameters(file, call)
  const swap = library ? swapInLibrary(given, library) : swapInFile(call, given, file)
  if (!swap) return
  const first = passed[swap.at[0]]!
  const second = passed[swap.at[1]]!
  if (isDeliberate(file, call, first, second) || isFromOneToNext(first, second)) return
  yield {
    at: { start: first.start, end: second.end },
    data: {
      callee,
      first: first.text,
      second: second.text,
      wanted: swap.wanted,
      other: swap.other,
    },
    related: swap.parameters,
    fix: {
      safety: 'unsafe' as const,
      edits: () => [replace(first, second.text), replace(second, first.text)],
    },
  }
}

interface Swap {
  /** Which arguments. */
  readonly at: readonly [number, number]
  /** The parameters that stand there, first and second. */
  readonly wanted: string
  readonly other: string
  readonly parameters: readonly SyntaxNode[]
}

/** Of a call of a function of this file. */
function swapInFile(call: SyntaxNode, given: readonly Name[], file: SourceFile): Swap | undefined {
  const certain = calledFunction(file, call)
  const definition = certain ?? onlyMethodNamed(file, call)
  if (!definition || definition.contains(call)) return undefined
  const parameters = parametersOf(definition)
  const rest = parameters.findIndex(
    it => it.kind === 'RestPattern' || it.child('target')?.kind === 'RestPattern',
  )
  if (rest !== -1) parameters.length = rest
  const taken = parameters.map(it => wordsOf(parameterName(it)))
  if (!certain && given.length > taken.length) return undefined
  const at = crossing(given, taken)
  if (!at) return undefined
  const [i, j] = at
  // Where it is a guess which function is called, the names have to agree to the letter.
  if (!certain && !(isEqual(given[i]!, taken[j]!) && isEqual(given[j]!, taken[i]!))) return undefined
  const both = [parameters[i]!, parameters[j]!] as const
  if (haveOtherTypes(...both, file)) return undefined
  return { at, wanted: parameterName(both[0]), other: parameterName(both[1]), parameters: both }
}

/** Of a call whose parameters are known by heart, under the names that people give to what they pass. */
function swapInLibrary(given: readonly Name[], library: readonly KnownParameter[]): Swap | undefined {
  const names = given.map(it => it.join(' '))
  for (let i = 0; i < Math.min(names.length, library.length); i++)
    for (let j = i + 1; j < Math.min(names.length, library.length); j++) {
      const [first, second, wanted, other] = [names[i]!, names[j]!, library[i]!, library[j]!]
      if (
        other.includes(first) &&
        wanted.includes(second) &&
        !wanted.includes(first) &&
        !other.includes(second)
      )
        return { at: [i, j], wanted: wanted[0]!, other: other[0]!, parameters: [] }
    }
  return undefined
}

/** The only two places whose arguments are named like each other's parameter, and not like their own. */
function crossing(
  given: readonly (readonly string[])[],
  taken: readonly (readonly string[])[],
): readonly [number, number] | undefined {
  let found: readonly [number, number] | undefined
  for (let i = 0; i < Math.min(given.length, taken.length); i++) {
    for (let j = i + 1; j < Math.min(given.length, taken.length); j++) {
      if (!cross(given[i]!, given[j]!, taken[i]!, taken[j]!)) continue
      if (found) return undefined
      found = [i, j]
    }
  }
  return found
}

type Name = readonly string[]

function cross(first: Name, second: Name, wanted: Name, other: Name): boolean {
  if (tooShort(wanted) || tooShort(other)) return false
  if (fits(first, wanted) || fits(second, other)) return false
  if (isEqual(first, other) && isEqual(second, wanted)) return true
  return before(first, other) !== undefined && before(first, other) === before(second, wanted)
}

/** Letters and numbered letters say nothing: `f(b, a)`. */
function tooShort(name: Name): boolean {
  return name.join('').replace(/\d/g, '').length < 3
}

/** Equal, or one is the other with words before it that say which: `newHeight` and `height`. */
function fits(one: Name, other: Name): boolean {
  return (
    one.length > 0 && other.length > 0 && (isEqual(one, other) || endsIn(one, other) || endsIn(other, one))
  )
}

function isEqual(one: Name, other: Name): boolean {
  return one.join(' ') === other.join(' ')
}

function endsIn(name: Name, ending: Name): boolean {
  return name.length > ending.length && isEqual(name.slice(-ending.length), ending)
}

/** What stands before the parameter's words in the argument's: `new` for `newHeight`. */
function before(argument: Name, parameter: Name): string | undefined {
  return endsIn(argument, parameter) ? argument.slice(0, -parameter.length).join(' ') : undefined
}

/** The name of what an argument gives: its own, that of the member it reads, or of what it converts. */
function nameOf(argument: SyntaxNode): string {
  const it = argument.unwrapped
  switch (it.kind) {
    case 'Name':
      return it.name
    case 'Member':
      return it.child('property')?.name ?? ''
    case 'Borrow':
    case 'Cast':
    case 'NonNull':
    case 'Propagate': {
      const value = it.child('value')
      return value ? nameOf(value) : ''
    }
    case 'Call':
      return nameOfCall(it)
    default:
      return ''
  }
}

const CONVERTS =
  /^(clone|to_?string|to_owned|to_vec|as_(ref|mut|str|slice|bytes|deref|path)|into|iter|unwrap|trim|strip|toString|copy)$/i

/** `width.clone()` gives the width, and so does `size.width()`. */
function nameOfCall(call: SyntaxNode): string {
  const callee = call.child('callee')
  const object = callee?.kind === 'Member' ? callee.child('object') : undefined
  const only = call.children('argument')
  if (object && only.length === 0) {
    const name = callee!.child('property')?.name ?? ''
    return CONVERTS.test(name) ? nameOf(object) : name.replace(/^get_?(?=\w)/, '')
  }
  const converts = callee?.kind === 'Name' && /^(int|float|str|bool|String|Number|Boolean)$/.test(callee.name)
  return converts && only.length === 1 ? nameOf(only[0]!) : ''
}

/** A compiler would have refused them in the wrong order. */
function haveOtherTypes(one: SyntaxNode, other: SyntaxNode, file: SourceFile): boolean {
  if (file.language !== 'rust' && file.language !== 'typescript') return false
  const type = one.child('type')
  const otherType = other.child('type')
  return type !== undefined && otherType !== undefined && !type.same(otherType)
}

const TURNS =
  /swap|flip|revers|transpos|mirror|inver[ts]|rotat|opposite|undo|restore|roll_?back|exchange|compar|cmp|diff|sort|order|symmetr|portrait|landscape|vice|turn|commut/i

/** `line(one.end(), other.start())`: each is what it says, but of another thing. */
function isFromOneToNext(first: SyntaxNode, second: SyntaxNode): boolean {
  if (!isSided(first) && !isSided(second)) return false
  const [one, other] = [ownerOf(first), ownerOf(second)]
  return one !== undefined && other !== undefined && !one.same(other)
}

/** The object whose member, or whose method's result, is passed. */
function ownerOf(argument: SyntaxNode): SyntaxNode | undefined {
  const it = argument.unwrapped
  const member = it.kind === 'Call' ? it.child('callee') : it
  return member?.kind === 'Member' ? member.child('object') : undefined
}

/** `a / b` is `a` times `b` upside down: `__truediv__`, `inv`, `_negate`. */
const NEGATES = /(^|_)(neg|negated?|not|inv|recip|r?(true|floor)?div|r(sub|mod|pow|shift))(_|$)|negat|divid/i

function isSided(argument: SyntaxNode): boolean {
  return SIDES.test(wordsOf(nameOf(argument)).at(-1) ?? '')
}

const SIDES =
  /^([lr]hs|left|right|top|bottom|upper|lower|prev|previous|next|before|after|start|end|begin|stop|from|to|first|last|head|tail)$/

/** The code around says that it is meant to be this way round. */
function isDeliberate(file: SourceFile, call: SyntaxNode, first: SyntaxNode, second: SyntaxNode): boolean {
  let child = call
  for (const it of call.ancestors()) {
    if (it.is('If', 'ElseIf', 'Conditional', 'Logical', 'While')) {
      const asked = it.child('condition') ?? it.child('left')
      if (asked && child.row !== asked.row && asks(asked, first, second)) return true
    }
    // What failed is undone.
    if (it.is('Catch', 'Finally')) return true
    if (it.kind === 'Function') {
      const name = it.child('name')?.name ?? ''
      if (TURNS.test(name) || NEGATES.test(name) || isAdapter(it, call, [first, second])) return true
      if (it.role !== 'argument' && it.role !== 'value') {
        // What holds for the left holds, mirrored, for the right: then both orders are all over the file.
        const home = isSided(first) || isSided(second) ? file.root : it
        return isAlsoCalledRight(home, call, first, second)
      }
    }
    child = it
  }
  return isAlsoCalledRight(child, call, first, second)
}

/** A condition about both, such as `start > end`, or about turning things around. */
function asks(condition: SyntaxNode, first: SyntaxNode, second: SyntaxNode): boolean {
  if (TURNS.test(condition.text)) return true
  let found = 0
  for (const side of [first, second])
    for (const it of condition.descendants())
      if (it.same(side)) {
        found++
        break
      }
  return found === 2
}

/** `(left, right) => f(right, left)`, as a function with a name or without, is there to turn them around. */
function isAdapter(fn: SyntaxNode, call: SyntaxNode, both: readonly SyntaxNode[]): boolean {
  const own = parametersOf(fn).map(parameterName)
  if (!both.every(it => own.includes(it.name))) return false
  const body = fn.child('body')?.unwrapped
  if (body?.kind !== 'Block') return body?.row === call.row
  const last = body.children().at(-1)
  const only = body.children().every(it => it.row === last?.row || it.child('value')?.kind === 'String')
  if (!only || !last?.is('Return', 'ExpressionStatement', 'Call')) return false
  return (last.kind === 'Call' ? last : last.child('value')?.unwrapped)?.row === call.row
}

/** The same call stands nearby in the right order: both orders are needed. */
function isAlsoCalledRight(
  home: SyntaxNode,
  call: SyntaxNode,
  first: SyntaxNode,
  second: SyntaxNode,
): boolean {
  const callee = call.child('callee')
  for (const it of home.descendants(call.kind)) {
    const other = it.child('callee')
    if (it.row === call.row || !callee || !other?.same(callee)) continue
    const all = positional(it)
    const place = all.findIndex(argument => argument.same(second))
    if (place !== -1 && all.findIndex(argument => argument.same(first)) > place) return true
  }
  return false
}
