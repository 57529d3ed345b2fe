/** A choice whose branches are all the same chooses nothing: one of them should have been different. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { branchesOf, hasComment, isChainStart, isEmptyBody, statementsOf } from '../support/branches.ts'
import { isRepeatable } from '../support/effects.ts'
import { isLastUse } from '../support/leftovers.ts'
import { textInPlaceOf } from '../support/unwrapping.ts'

export default defineRule({
  id: 'correctness/identical-branches',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [1164],
  concept: 'copy-and-paste',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {
    *If(node, file) {
      if (!node.child('alternative') || !isChainStart(node)) return
      const branches = branchesOf(node)
      const bodies = branches.map(it => it.body)
      const conditions = branches.flatMap(it => it.condition ?? [])
      const [first] = conditions
      if (!first || branches.at(-1)?.condition || !areAllSame(bodies.map(statementsOf))) return
      if (isEmptyBody(bodies[0]!) || hasComment(node) || dependsOn(bodies[0]!, conditions, file)) return
      yield {
        at: first,
        data: { condition: excerpt(first), branches: bodies.length },
        related: bodies,
        fix: {
          safety: 'unsafe' as const,
          edits: () => {
            const text = textInPlaceOf(node, bodies[0]!)
            return text !== undefined &&
              conditions.every(it => isRepeatable(file, it)) &&
              !isLastUse(file, conditions)
              ? [replace(node, text)]
              : []
          },
        },
      }
    },
    *Conditional(node, file) {
      const condition = node.child('condition')
      const consequence = node.child('consequence')
      const alternative = node.child('alternative')
      if (!condition || !consequence || !alternative || !consequence.unwrapped.same(alternative.unwrapped))
        return
      if (hasComment(node) || dependsOn(consequence, [condition], file)) return
      yield {
        at: condition,
        data: { condition: excerpt(condition), branches: 2 },
        related: [consequence, alternative],
        fix: {
          safety: 'unsafe' as const,
          edits: () =>
            isRepeatable(file, condition) && !isLastUse(file, [condition])
              ? [replace(node, consequence.text)]
              : [],
        },
      }
    },
    *Switch(node, file) {
      const subject = node.child('subject')
      const cases = node.children().filter(it => it.is('Case', 'DefaultCase'))
      const bodies = cases.filter(it => !fallsThrough(it)).map(bodyOf)
      if (!subject || bodies.length < 2 || !areAllSame(bodies) || !takesEverything(cases, file)) return
      if (hasComment(node) || cases.some(it => it.child('decorator'))) return
      if (file.language === 'rust' && isListOfVariants(cases)) return
      const patterns = cases.flatMap(it => it.children('pattern'))
      if (bodies[0]!.every(doesNothing) || bodies[0]!.some(it => dependsOn(it, patterns, file))) return
      yield {
        at: subject,
        data: { condition: excerpt(subject), branches: bodies.length },
        related: bodies.map(it => ({ start: it[0]!.start, end: it.at(-1)!.end })),
      }
    },
  },

  explain: {
    en: ({ condition, branches }) => ({
      message: `\`${condition}\` decides nothing: ${branches === 2 ? 'both' : `all ${branches}`} branches do the same`,
      why: 'Nobody writes a choice in order not to choose. One branch was probably copied and never changed, so one of the cases is treated like another.',
      remedy: 'Write what should be different, or keep one branch and delete the condition.',
      fix: 'Keep one branch and delete the condition',
    }),
    es: ({ condition, branches }) => ({
      message: `\`${condition}\` no decide nada: ${branches === 2 ? 'las dos ramas hacen' : `las ${branches} ramas hacen`} lo mismo`,
      why: 'Nadie escribe una elección para no elegir. Seguramente se copió una rama y no se llegó a cambiar, así que uno de los casos se trata como si fuera otro.',
      remedy: 'Escribe lo que debería ser distinto, o quédate con una rama y elimina la condición.',
      fix: 'Dejar una sola rama y eliminar la condición',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        if «is_admin»:
            open(path)
            send(path)
        else:
            open(path)
            send(path)
      `,
        py`
        open(path)
        send(path)
      `,
      ),
      py`
        if «size > 10»:
            log(size)
        elif size > 5:
            log(size)
        else:
            log(size)
      `,
      fixes(py`price = full if «member» else full`, py`price = full`),
      py`
        match «kind»:
            case "a":
                f(1)
            case _:
                f(1)
      `,
      fixes(js`if («ready») { start() } else { start() }`, js`start()`),
      js`if («next()») start(); else start()`,
      // Without the condition, nobody would read the variable.
      fixes(
        js`function f(a) { const dark = a.b; return «dark» ? black : black }`,
        js`function f(a) { const dark = a.b; return dark ? black : black }`,
      ),
      fixes(js`const color = «dark» ? black : (black)`, js`const color = black`),
      js`switch («kind») { case 1: run(); break; case 2: default: { run() } }`,
      fixes(
        ts`function f(x: number) { if («x > 0») { const y = 1; g(y) } else { const y = 1; g(y) } }`,
        ts`function f(x: number) { { const y = 1; g(y) } }`,
      ),
      fixes(
        rs`fn f(a: bool) -> u8 { let x = if «a» { 1 } else { 1 }; x }`,
        rs`fn f(a: bool) -> u8 { let x = 1; x }`,
      ),
      rs`fn f(a: Kind) -> u8 { match «a» { Kind::A => 1, Kind::B => 1, _ => 1 } }`,
    ],
    valid: [
      py`
        if a:
            f(1)
        else:
            f(2)
      `,
      py`
        if a:
            f(x[1:])
        else:
            f(x[:1])
      `,
      py`
        if a:
            pass
        else:
            pass
      `,
      py`
        if a:
            f()
        elif b:
            f()
      `,
      py`
        # Both are the same today; the second will change with the new format.
        if a:
            f()
        else:
            f()  # until version 2
      `,
      py`
        match shape:
            case [x, y]:
                draw(x)
            case (x, _, _):
                draw(x)
            case x:
                draw(x)
      `,
      js`if (a) { [b,, c] = d } else { [b, c] = d }`,
      js`const x = a ? b : c`,
      js`switch (k) { case 1: run(); break; case 2: run() }`,
      js`switch (k) { case 1: case 2: run(); break; default: stop() }`,
      // The compiler needs the condition to choose an overload.
      ts`const n = typeof x === 'string' ? parse(x) : parse(x)`,
      ts`function f(x: A | B) { if (isA(x)) { return g(x) } else { return g(x) } }`,
      js`const flags = signed ? /^[+-]/ : /^/`,
      js`if ('compilers' in compiler) compiler.run(done); else compiler.run(done)`,
      // Each x has its own type.
      rs`fn f(e: E, w: W) -> R { match e { E::A(ref x) => write!(w, "{x:?}"), E::B(ref x) => write!(w, "{x:?}") } }`,
      rs`fn f(e: E) { loop { match e { E::A => { break; } E::B if late() => { break; } _ => {} } } }`,
      rs`fn f(e: E) { match e { E::A => (), E::B => () } }`,
      rs`fn f(e: E) -> u8 { match e { To(_) => 1, Storage => 1 } }`,
      rs`fn f(e: E) -> String { match e { E::A(x) => x.to_string(), E::B(x) => x.to_string() } }`,
      rs`fn f(a: Option<u8>, x: u8) -> u8 { if let Some(x) = a { x } else { x } }`,
      rs`fn f(a: bool) -> u8 { match a { #[cfg(windows)] true => 1, _ => 1 } }`,
    ],
  },
})

function areAllSame(bodies: readonly SyntaxNode[][]): boolean {
  const [first, ...others] = bodies
  return (
    first !== undefined &&
    others.length > 0 &&
    others.every(it => it.length === first.length && it.every((statement, i) => statement.same(first[i]!)))
  )
}

/** What a case does; in JavaScript without the `break` at the end. */
function bodyOf(it: SyntaxNode): SyntaxNode[] {
  const body = it.child('body')
  if (body) return statementsOf(body)
  const statements = it.children('statement')
  const [only] = statements
  const inner = statements.length === 1 && only?.kind === 'Block' ? statementsOf(only) : statements
  return inner.at(-1)?.kind === 'Break' ? inner.slice(0, -1) : inner
}

/** `case 1:` directly before `case 2:` has no body of its own. */
function fallsThrough(it: SyntaxNode): boolean {
  return !it.child('body') && !it.child('statement') && it.next !== undefined
}

function doesNothing(statement: SyntaxNode): boolean {
  return statement.kind === 'Pass' || (statement.kind === 'Tuple' && !statement.firstChild)
}

function takesEverything(cases: readonly SyntaxNode[], file: SourceFile): boolean {
  if (file.language === 'rust') return true
  if (file.language !== 'python') return cases.some(it => it.kind === 'DefaultCase')
  const last = cases.at(-1)
  return !last?.child('guard') && last?.child('pattern')?.text === '_'
}

/** Rust makes every new variant say what becomes of it, as long as no arm takes the rest. */
function isListOfVariants(cases: readonly SyntaxNode[]): boolean {
  return cases.every(it => {
    const pattern = it.child('pattern')
    return !it.child('guard') && pattern !== undefined && /^\|?\s*(&\s*)?([A-Z]\w*|\w+::)/.test(pattern.text)
  })
}

/**
 * Equal words may mean different things: a pattern binds names of its own, and a test of a type lets the compiler choose
 * another overload for the same call. JavaScript is checked that way too, by its JSDoc.
 */
function dependsOn(body: SyntaxNode, tests: readonly SyntaxNode[], file: SourceFile): boolean {
  const isTyped = file.language === 'typescript' || file.language === 'javascript'
  const deciding = tests.filter(isTyped ? narrows : binds)
  if (deciding.length === 0) return false
  // By words, because a name may stand in a format string: `write!(f, "{x}")`.
  const words = new Set(body.text.match(/\w+/g))
  return deciding.some(test => [test, ...test.descendants()].some(it => it.name !== '' && words.has(it.name)))
}

function binds(test: SyntaxNode): boolean {
  return test.role === 'pattern' || test.kind === 'LetCondition' || test.has('LetCondition')
}

function narrows(test: SyntaxNode): boolean {
  if (test.role === 'pattern') return true
  for (const it of [test, ...test.descendants('Call', 'Comparison', 'Unary')]) {
    if (it.kind === 'Call' || it.operator === 'typeof') return true
    if (it.kind === 'Comparison' && /^(in|instanceof|===?|!==?)$/.test(it.operator)) return true
  }
  return false
}
