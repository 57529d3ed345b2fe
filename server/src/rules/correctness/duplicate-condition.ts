/** A condition or a case that an earlier branch has already taken: its own branch never runs. */

import { calleeName } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { branchesOf, isChainStart } from '../support/branches.ts'
import { operandsOf } from '../support/conditions.ts'
import { isRepeatable } from '../support/effects.ts'

export default defineRule({
  id: 'correctness/duplicate-condition',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [561],
  concept: 'copy-and-paste',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    If(node, file) {
      return node.child('alternative') && isChainStart(node) ? duplicatesInChain(node, file) : undefined
    },
    Switch: duplicateCases,
  },

  explain: {
    en: ({ condition, isCase }) => ({
      message: isCase
        ? `The case \`${condition}\` was already handled above`
        : `\`${condition}\` was already tested above, so this branch never runs`,
      why: 'Whenever it holds, the earlier branch is taken. What stands here is dead, and the case that it was meant for is not handled at all.',
      remedy: 'Test what was meant here, or merge this branch with the earlier one.',
    }),
    es: ({ condition, isCase }) => ({
      message: isCase
        ? `El caso \`${condition}\` ya se trata más arriba`
        : `\`${condition}\` ya se comprobó más arriba, así que esta rama nunca se ejecuta`,
      why: 'Cuando se cumple, siempre se toma la rama anterior. Lo que hay aquí es código muerto, y el caso al que estaba destinado se queda sin tratar.',
      remedy: 'Comprueba aquí lo que querías comprobar o une esta rama con la anterior.',
    }),
  },

  examples: {
    invalid: [
      py`
        if kind == "a":
            f()
        elif kind == "b":
            g()
        elif «kind == "a"»:
            h()
      `,
      py`
        if isinstance(x, (list, tuple)):
            f()
        elif «isinstance(x, (list, tuple))»:
            g()
      `,
      py`
        if a or b:
            f()
        elif «b and c»:
            g()
      `,
      py`
        match kind:
            case "a" | "b":
                f()
            case «'a'»:
                g()
            case Color.RED:
                h()
            case «Color.RED» if late:
                i()
      `,
      js`if (n === 1) { f() } else if (n === 2) { g() } else if («n === 1») { h() }`,
      js`if (s.startsWith('a')) f(); else if (compute(s)) g(); else if («(s.startsWith('a'))») h()`,
      js`switch (k) { case 'a': f(); break; case 'b': g(); break; case «"a"»: h() }`,
      ts`if (x.kind === K.A) f(); else if («x.kind === K.A && x.deep») g()`,
      ts`switch (k) { case Kind.A: return 1; case Kind.B: return 2; case «Kind.A»: return 3 }`,
      rs`fn f(n: u8) { if n == 1 { a() } else if n == 2 { b() } else if «n == 1» { c() } }`,
      rs`fn f(n: Option<u8>) { if let Some(x) = n { a(x) } else if «let Some(x) = n» { b(x) } }`,
      rs`fn f(n: u8) -> u8 { match n { 1 | 2 => 1, 3 => 2, «2» => 3, _ => 4 } }`,
      rs`fn f(n: K) -> u8 { match n { K::A => 1, K::B => 2, «K::A» => 3 } }`,
    ],
    valid: [
      py`
        if accept(","):
            f()
        elif accept(","):
            g()
      `,
      py`
        if rows[1:]:
            f()
        elif rows[:1]:
            g()
      `,
      // Advancing may have changed the token.
      py`
        if self.token == "a":
            f()
        elif self.advance():
            g()
        elif self.token == "a":
            h()
      `,
      py`
        if a and b:
            f()
        elif a:
            g()
      `,
      py`
        if (n := read()) == 1:
            f()
        elif (n := read()) == 1:
            g()
      `,
      py`
        match kind:
            case "a" if late:
                f()
            case "a":
                g()
            case b"a":
                h()
      `,
      js`if (a) f(); else if (b) g(); else if (a(b)) h()`,
      js`if (re.exec(s)) f(); else if (re.exec(s)) g()`,
      js`switch (true) { case next(): f(); break; case next(): g() }`,
      js`switch (n) { case 1: f(); break; case '1': g() }`,
      ts`if (a === 1) f(); if (a === 1) g()`,
      ts`if (a) { if (a) f() } else if (b) g()`,
      rs`fn f(it: It) if let Some(x) = it.next() a(x) else if let Some(x) = it.next() b(x) `,
      rs`fn f(n: u8) -> u8 match n 1 if late() => 1, 1 => 2, _ => 3 `,
      rs`fn f(n: u8) -> u8 match n #[cfg(windows)] 1 => 1, #[cfg(unix)] 1 => 2, x if x > 2 => 3, x => x `,
    ],
  },
})

/** A conjunction that is known to be false behind the branch that tested it. */
interface Tested {
  readonly operands: readonly SyntaxNode[]
  readonly condition: SyntaxNode
}

/** A chain of hundreds is generated; comparing each with each would take quadratic time. */
const LONGEST = 100

function* duplicatesInChain(start: SyntaxNode, file: SourceFile) {
  let tested: Tested[] = []
  for (const { condition } of branchesOf(start).slice(0, LONGEST)) {
    if (!condition) return
    const ways = operandsOf(condition, '||').map(way => operandsOf(way, '&&'))
    const earlier = ways.map(way => tested.find(it => includesAll(way, it.operands)))
    const [first] = earlier
    if (first && earlier.every(it => it) && isRepeatable(file, condition)) {
      yield {
        at: condition,
        data: { condition: excerpt(condition), isCase: false },
        related: [first.condition],
      }
      continue
    }
    if (!isRepeatable(file, condition)) tested = tested.filter(it => staysTrue(it, condition))
    for (const operands of ways)
      if (operands.every(it => isRepeatable(file, it))) tested.push({ operands, condition })
  }
}

function includesAll(all: readonly SyntaxNode[], some: readonly SyntaxNode[]): boolean {
  return some.every(it => all.some(other => other.same(it)))
}

/** What a call changes are the insides of objects; a local variable keeps its value, and text cannot be changed. */
function staysTrue({ operands }: Tested, between: SyntaxNode): boolean {
  if (between.has('Assignment', 'NamedExpression', 'Update', 'Await', 'Yield')) return false
  return operands.every(it => !asksAnObject(it) && ![...it.descendants()].some(asksAnObject))
}

function asksAnObject(node: SyntaxNode): boolean {
  if (node.kind === 'Call') return !/^(isinstance|(starts|ends)_?with)$/i.test(calleeName(node))
  return node.is('This', 'Index') || (node.kind === 'Member' && node.role !== 'callee')
}

function* duplicateCases(node: SyntaxNode, file: SourceFile) {
  const seen = new Map<number | string, SyntaxNode>()
  for (const it of node.children()) {
    if (it.kind !== 'Case' || it.child('decorator')) continue
    const [pattern, rustGuard] = it.children('pattern')
    if (!pattern) continue
    const isGuarded = rustGuard !== undefined || it.child('guard') !== undefined
    for (const alternative of alternativesOf(pattern)) {
      if (takesAnything(alternative, file) || !isRepeatable(file, alternative)) continue
      const key = keyOf(alternative, file)
      const earlier = seen.get(key)
      if (earlier && (typeof key === 'string' || earlier.same(alternative)))
        yield { at: alternative, data: { condition: excerpt(alternative), isCase: true }, related: [earlier] }
      else if (!isGuarded) seen.set(key, alternative)
    }
  }
}

/** `1` and `2` of `1 | 2`. */
function alternativesOf(pattern: SyntaxNode): SyntaxNode[] {
  const children = pattern.children()
  if (pattern.kind === 'Pattern' && pattern.type === 'case_pattern' && children.length === 1)
    return alternativesOf(children[0]!)
  if (pattern.kind !== 'OrPattern') return [pattern]
  return children.filter(it => it.kind !== 'Operator').flatMap(alternativesOf)
}

/** Catch-alls are not cases: what comes behind them is another rule's concern. */
function takesAnything(pattern: SyntaxNode, file: SourceFile): boolean {
  if (pattern.text === '_') return true
  if (file.language === 'rust') return pattern.kind === 'Name' && /^[a-z_]/.test(pattern.name)
  return file.language === 'python' && /^\w+$/.test(pattern.text) && pattern.kind === 'Path'
}

/** Equal literals have equal keys, however they are written. */
function keyOf(pattern: SyntaxNode, file: SourceFile): string | number {
  if (pattern.is('String', 'Number') && !/^[bB]/.test(pattern.text)) {
    const value = file.constant(pattern)
    if (value) return `${value.kind} ${value.value}`
  }
  return file.digest(pattern)
}
