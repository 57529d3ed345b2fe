/** Statements behind a `return`, `throw`, `break` or endless loop never run. */

import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { removeStatement } from '../edit.ts'
import { at, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isConditional } from '../support/attributes.ts'
import { isCommented } from '../support/deliberate.ts'
import { isDocstring } from '../support/said-over.ts'

export default defineRule({
  id: 'correctness/unreachable-code',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [561],
  concept: 'dead-code',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {
    *Block(node, file) {
      const statements = node.children('statement')
      const last = statements.findIndex(it => !file.completes(it) && !isConditional(it))
      const dead = statements.slice(last + 1).filter(it => last !== -1 && runs(it))
      const first = dead[0]
      if (!first) return
      // A lone `yield` behind a return is how Python says "this function is a generator".
      if (file.language === 'python' && dead.every(it => it.has('Yield'))) return
      if (isExplained(statements[last]!, first, node) || isSwitchedOff(statements, last, node)) return
      if (file.language === 'rust' && dead.length === 1 && givesType(first)) return
      if (statements[last]!.kind === 'With' && dead.length === 1 && first.is('Return', 'Throw')) return
      if (file.isTest && isFailingStub(statements)) return
      if (saysNever(first) || dead.some(it => isCommented(it, FOR_CHECKERS))) return
      yield {
        at: { start: first.start, end: dead.at(-1)!.end },
        data: { after: word(statements[last]!) },
        // Checks that never run are missed, not left over.
        ...(!(file.isTest && dead.some(isCheck)) && {
          fix: { safety: 'unsafe', edits: () => removal(statements.slice(last + 1), dead) },
        }),
      }
    },
  },

  explain: {
    en: ({ after }) => ({
      message: `This code never runs: \`${after}\` before it always leaves`,
      why: 'Somebody wrote it to do something, and it does nothing. Either it is left over, or the exit above it is too early.',
      remedy: 'Delete it, or move the exit behind it.',
      fix: 'Delete the code that never runs',
    }),
    es: ({ after }) => ({
      message: `Este código nunca se ejecuta: el \`${after}\` anterior siempre sale`,
      why: 'Alguien lo escribió para que hiciera algo y no hace nada. O bien sobra, o bien la salida anterior llega demasiado pronto.',
      remedy: 'Elimínalo o mueve la salida detrás de él.',
      fix: 'Eliminar el código que nunca se ejecuta',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        def f():
            return 1
            «print(2)»
      `,
        py`
        def f():
            return 1
      `,
      ),
      fixes(
        py`
        def f():
            return 1
            «a = 2

            b = 3

            return a + b»
      `,
        py`
        def f():
            return 1
      `,
      ),
      py`
        def f():
            try:
                return risky()
            finally:
                return 2
            «log()»
      `,
      ts`function f(): number { throw new Error('no'); «return 1» }`,
      js`while (true) { work(); continue; «done()» }`,
      js`function f() { for (;;) { work() } «done()» }`,
      py`
        def f(a):
            # What is asked for.
            return a.diff()
            «show(a)»
      `,
      js`
        function f(a) {
          show(a)
          // That was all.
          return
          «hide(a)»
        }
      `,
      rs`fn f() -> i32 { return 1; «let x = 2; x» }`,
      rs`fn f() { loop { work(); } «done();» }`,
      // Whoever lost a check wants it back.
      at(
        'tests/test_query.py',
        py`
        def test_f():
            eq_(f(), 15)
            return
            «eq_(g(), 16)»
      `,
      ),
    ],
    valid: [
      py`
        def f():
            return
            yield
      `,
      py`
        def f(x):
            while True:
                if x: break
            return x
      `,
      py`
        def f():
            with suppress(KeyError):
                raise KeyError
            return 1
      `,
      py`
        def f():
            with contextlib.suppress(KeyError):
                return load()
            return None
      `,
      py`
        def f(a):
            while True:
                for b in a():
                    break
                else:
                    break
            return 1
      `,
      py`
        def f():
            return fast()
            # Use this if the above turns out to be wrong.
            return slow()
      `,
      py`
        def check(a):
            # Too slow for now.
            return

            assert a.diff() == 0
      `,
      py`
        def test_f():
            """What f gives."""
            # The server is gone.
            raise SkipTest

            assert f() == 1
      `,
      js`
        function check(a) {
          // Too slow for now.
          return
          equal(a.diff(), 0)
        }
      `,
      rs`
        fn check(a: A) {
            // Too slow for now.
            return;
            assert_eq!(a.diff(), 0);
        }
      `,
      // A checker of types asks for it: for all it knows, the lock may swallow what is thrown below it.
      py`
        def f(job):
            with lock:
                while True:
                    if job.poll():
                        return job
            return job
      `,
      py`
        def f():
            while True:
                work()
            assert False, "the loop has no end"
      `,
      py`
        def f(kind):
            raise_for(kind)
            raise ValueError(kind)
            return None  # for mypy
      `,
      ts`function f(): number { for (;;) { work() } throw new Error('unreachable') }`,
      rs`fn f() -> i32 { loop { work(); } unreachable!() }`,
      js`function f() { return g(); function g() { return 1 } }`,
      js`function f() { for (;;) { if (work()) break } done() }`,
      at('test/text.spec.js', js`shown({ toJSON() { throw 'no'; return 'text' } })`),
      ts`function f(x: number) { switch (x) { case 1: return 'a'; default: return 'b' } }`,
      js`function f(x) { if (x) return 1; return 2 }`,
      rs`fn f() -> i32 { loop { if done() { break; } } 1 }`,
      rs`fn f() -> i32 { return S; static S: i32 = 1; }`,
      rs`fn f() -> i32 { return g(); #[inline] fn g() -> i32 { 1 } }`,
      rs`fn f() { #[cfg(unix)] return 1; 2 }`,
      rs`fn f() { #[cfg(unix)] { return 1; } 2 }`,
      rs`fn f() { loop { select! { a => break, } } g() }`,
      rs`fn f() { 'early: { if a { break 'early; } return; } g() }`,
      rs`fn f() { spawn(async { loop { g().await?; } Ok::<(), Error>(()) }) }`,
    ],
  },
})

/** `assert a == b`, `expect(a).toBe(b)`, `eq_(a, b)`. */
function isCheck(statement: SyntaxNode): boolean {
  return statement.kind === 'Assert' || CHECKS.test(statement.text)
}

const CHECKS = /^(?:[a-z]+ )?((self|this|t|chai)\.)?(assert\w*!?|expect|should|eq_|is_|ne_|equal\w*)\s*[(.]/

/** Declarations count even where control never comes: they are hoisted. */
function runs(node: SyntaxNode): boolean {
  if (
    node.is(
      'Function',
      'EmptyStatement',
      'Class',
      'Interface',
      'TypeAlias',
      'Struct',
      'Enum',
      'Implementation',
      'Import',
      'Namespace',
      'MacroDefinition',
      'Decorator',
    )
  )
    return false
  if (node.type === 'static_item' || node.type === 'const_item') return false
  return node.kind !== 'Declaration' || !/^var\b[^=]*$/.test(node.text)
}

/** All of it at once, unless something that counts stands in between. */
function removal(rest: readonly SyntaxNode[], dead: readonly SyntaxNode[]): readonly TextEdit[] {
  const [first] = dead
  const end = dead.at(-1)?.end
  if (!first || end === undefined || rest.length !== dead.length) return dead.map(removeStatement)
  return [removeStatement({ tree: first.tree, start: first.start, end })]
}

/** Somebody says right before it why it is still there. */
function isExplained(exit: SyntaxNode, first: SyntaxNode, block: SyntaxNode): boolean {
  return block
    .children('none')
    .some(it => it.kind === 'Comment' && it.start >= exit.end && it.end <= first.start)
}

/** A function that leaves at once, with nothing to give back, and says why right above: somebody switched it off. */
function isSwitchedOff(statements: readonly SyntaxNode[], last: number, block: SyntaxNode): boolean {
  const home = block.role === 'body' && block.parent?.kind === 'Function' ? block.parent : undefined
  if (!home || !statements.slice(0, last).every(isDocstring)) return false
  const exit = statements[last]!
  const leaving = exit.kind === 'ExpressionStatement' ? exit.child('value') : exit
  if (leaving?.kind !== 'Throw' && !(leaving?.kind === 'Return' && !leaving.child('value'))) return false
  const from = statements[last - 1]?.end ?? home.start
  // Python hangs a comment before the first statement onto the function itself.
  return [...home.children('none'), ...block.children('none')].some(
    it => it.kind === 'Comment' && it.start >= from && it.end <= exit.start,
  )
}

/** `Ok::<(), E>(())` behind an endless loop: it tells the compiler what the `?` in the loop may give. */
function givesType(node: SyntaxNode): boolean {
  return node.kind === 'Call' && /^(Ok|Err)\b/.test(node.text)
}

/** `toJSON() { throw 'no'; return 'text' }` in a test: it stands for what fails, and shows what it would give. */
function isFailingStub([exit, answer, ...others]: readonly SyntaxNode[]): boolean {
  const home = exit?.parent?.role === 'body' ? exit.parent.parent : undefined
  return (
    home?.kind === 'Function' && exit?.kind === 'Throw' && answer?.kind === 'Return' && others.length === 0
  )
}

/** It says itself that it is never reached: to a checker of types, or to whoever will change what is in front of it. */
function saysNever(statement: SyntaxNode): boolean {
  const { text } = statement
  return (
    /^(?:assert (?:False|0)\b|(?:\w+\.)?(?:assert_?(?:never|unreachable)|unreachable)!?\s*\()/i.test(text) ||
    (/^(?:raise|throw)\b/.test(text) && NEVER.test(text))
  )
}

const NEVER =
  /\bAssertionError\b|unreachable|impossible|not reached|(?:never|should(?: not|n.t)) (?:be reached|get|come|happen)/i

/** A comment on the line says for whom it is there. */
const FOR_CHECKERS =
  /\b(?:mypy|pyright|pylint|type.?check\w*|linters?|compiler|typescript|tsc?|pragma: no cover)\b|unreachable|(?:not|never|n.t) (?:be )?(?:reached|get here|happen)/i

/** What leaves: the first word of the statement, or of the last one in a block. */
function word(node: SyntaxNode): string {
  const last = node.is('Block', 'ExpressionStatement', 'Labeled') ? node.children().at(-1) : undefined
  return /^\w+/.exec(node.text)?.[0] ?? (last ? word(last) : '')
}
