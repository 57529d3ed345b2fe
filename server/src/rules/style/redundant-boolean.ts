/** Choosing between `true` and `false` by a condition that already is one of them. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule, type Match, type Range } from '../rule.ts'
import { isSurelyBoolean, negationOf, truthOf } from '../support/booleans.ts'
import { hasComment, isChainStart, statementsOf } from '../support/branches.ts'

export default defineRule({
  id: 'style/redundant-boolean',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'boolean-logic',
  impact: { likelihood: 'low', cost: 'minutes' },

  check: {
    *If(node, file) {
      const choice = choiceOf(node)
      if (choice) yield finding(choice.at, 'choice', () => choice.before + choice.text(file) + choice.behind)
    },
    *Conditional(node, file) {
      const condition = node.child('condition')
      const yes = booleanOf(node.child('consequence'))
      const no = booleanOf(node.child('alternative'))
      if (!condition || yes === undefined || no === undefined || yes === no || hasComment(node)) return
      const what = yes && !isSurelyBoolean(file, condition) ? 'conversion' : 'choice'
      yield finding(node, what, () => (yes ? truthOf(file, condition) : negationOf(file, condition)))
    },
    *Comparison(node, file) {
      const left = node.child('left')
      const right = node.child('right')
      if (!left || !right || (right.kind !== 'Boolean' && left.kind !== 'Boolean') || node.child('next'))
        return
      const [value, constant] = right.kind === 'Boolean' ? [left, right] : [right, left]
      const isEqual = EQUAL.get(node.operator)
      // A test says which answer it expects.
      if (file.isTest) return
      if (isEqual === undefined || value.kind === 'Boolean' || !isSurelyBoolean(file, value)) return
      if (tellsThirdCase(node, value)) return
      const positive = isEqual === booleanOf(constant)
      if (!positive && value.kind === 'Comparison' && /^(instanceof|in)$/.test(value.operator)) return
      yield finding(node, 'comparison', () => (positive ? value.text : negationOf(file, value)))
    },
  },

  explain: {
    en: ({ what }) => ({
      message:
        what === 'comparison'
          ? 'Comparing a boolean with `true` or `false` says nothing new'
          : what === 'conversion'
            ? 'This makes a boolean of the condition by choosing one, which a conversion says at once'
            : 'This chooses between `true` and `false`, which the condition has already done',
      why: 'The reader takes the detour along, and looks for a difference that is not there.',
      remedy:
        what === 'conversion'
          ? 'Convert it: `Boolean(…)`, or `bool(…)` in Python.'
          : 'Use the condition itself, or its opposite.',
      fix: 'Use the condition itself',
    }),
    es: ({ what }) => ({
      message:
        what === 'comparison'
          ? 'Comparar un booleano con `true` o `false` no dice nada nuevo'
          : what === 'conversion'
            ? 'Aquí la condición se vuelve un booleano eligiendo uno, y una conversión lo dice de una vez'
            : 'Aquí se elige entre `true` y `false`, y la condición ya lo había hecho',
      why: 'Quien lee da el mismo rodeo y busca una diferencia que no existe.',
      remedy:
        what === 'conversion'
          ? 'Conviértela: `Boolean(…)`, o `bool(…)` en Python.'
          : 'Usa la propia condición o su contraria.',
      fix: 'Usar la propia condición',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        def f(a):
            «if a is None:
                return True
            else:
                return False»
      `,
        py`
        def f(a):
            return a is None
      `,
      ),
      fixes(
        py`
        def f(a):
            «if a > 1:
                return False
            return True»
      `,
        py`
        def f(a):
            return not a > 1
      `,
      ),
      fixes(py`a = «False if len(b) == 0 else True»`, py`a = len(b) != 0`),
      fixes(py`a = «False if b != c else True»`, py`a = not b != c`),
      fixes(py`a = «False if set(b) != set(c) else True»`, py`a = set(b) == set(c)`),
      fixes(js`const a = «b != null ? false : true»`, js`const a = b == null`),
      fixes(py`a = «True if b else False»`, py`a = bool(b)`),
      fixes(py`a = «False if b in c else True»`, py`a = b not in c`),
      fixes(py`a = «False if b or c else True»`, py`a = not (b or c)`),
      fixes(py`if «isinstance(a, B) == True»: f()`, py`if isinstance(a, B): f()`),
      fixes(py`if «(a is None) == False»: f()`, py`if a is not None: f()`),
      fixes(js`const a = «b ? true : false»`, js`const a = Boolean(b)`),
      fixes(js`const a = «b === c ? true : false»`, js`const a = b === c`),
      fixes(js`const a = «b === c ? false : true»`, js`const a = b !== c`),
      fixes(js`const a = «b && c ? false : true»`, js`const a = !(b && c)`),
      fixes(
        js`function f(a) { «if (!a) { return true } else { return false }» }`,
        js`function f(a) { return !a }`,
      ),
      fixes(js`function f(a) { «if (a) return false; else return true;» }`, js`function f(a) { return !a; }`),
      fixes(ts`function f(a: boolean) { if («a === true») g() }`, ts`function f(a: boolean) { if (a) g() }`),
      fixes(ts`const a = «b.includes(c) !== true»`, ts`const a = !b.includes(c)`),
      fixes(
        rs`fn f(a: u8) -> bool { «if a > 1 { true } else { false }» }`,
        rs`fn f(a: u8) -> bool { a > 1 }`,
      ),
      fixes(
        rs`fn f(a: u8) -> bool { let b = «if a > 1 { false } else { true }»; b }`,
        rs`fn f(a: u8) -> bool { let b = !(a > 1); b }`,
      ),
      fixes(
        rs`fn f(a: bool) -> bool { «if a { return true; } else { return false; }» }`,
        rs`fn f(a: bool) -> bool { return a; }`,
      ),
      fixes(rs`fn f(a: bool) { if «a == false» { g(); } }`, rs`fn f(a: bool) { if !a { g(); } }`),
    ],
    valid: [
      // What these are is not known: a column, an array, text.
      py`rows.filter(table.active == True)`,
      py`a = b == False`,
      js`if (a === true) f()`,
      ts`function f(a?: boolean) { return a === true }`,
      ts`function f(a: boolean | string) { return a === true }`,
      rs`fn f(a: Value) -> bool { a["b"] == true }`,
      // A chain of cases, each with its answer.
      py`
        def f(a):
            if a == 1:
                return True
            if a == 2:
                return True
            return False
      `,
      js`function f(a) { if (a === 1) return true; else if (a === 2) return true; else return false }`,
      // Something else happens as well.
      js`function f(a) { if (a) { g(); return true } return false }`,
      py`
        def f(a):
            if a:
                # why it may
                return True
            else:
                return False
      `,
      js`
        function f(a) {
          // The empty one is no match.
          if (!a) return false
          return true
        }
      `,
      js`
        function f(a) {
          if (!a) return false
          const b = a.b
          if (b.c) return true
          return false
        }
      `,
      ts`
        function f(a: A) {
          if (a.b) {
            if (a.c) return true
            return false
          } else if (a.d) {
            return true
          }
          return false
        }
      `,
      at('tests/test_a.py', py`assert (a in b) == False`),
      // The opposite of these needs brackets, which this spares.
      js`assert(a instanceof B === false); if ('b' in a !== true) f()`,
      // What is neither the one nor the other is a case of its own, whatever its type promises.
      ts`function f(a: boolean) { return a === true ? '1' : a === false ? '0' : a }`,
      ts`function f(a: boolean) { if (a === true) return 1; else if (a === false) return 0; else return null }`,
      // A guard in front of what is kept: the opposite of the whole condition reads worse.
      js`const a = b.filter(c => { if (d && c.id !== d) return false; return true })`,
      js`const a = b ? true : undefined`,
      js`const a = b ? true : true`,
      rs`fn f(a: Option<u8>) -> bool { if let Some(_) = a { true } else { false } }`,
      py`
        def f(a):
            for b in a:
                if b: return True
            return False
      `,
    ],
  },
})

function finding(at: SyntaxNode | Range, what: string, text: () => string): Match<{ readonly what: string }> {
  const { start, end } = at
  return { at, data: { what }, fix: { safety: 'safe', edits: () => [{ start, end, newText: text() }] } }
}

const EQUAL: ReadonlyMap<string, boolean> = new Map([
  ['==', true],
  ['===', true],
  ['!=', false],
  ['!==', false],
])

function booleanOf(node: SyntaxNode | undefined): boolean | undefined {
  const it = node?.unwrapped
  return it?.kind === 'Boolean' ? it.text.toLowerCase() === 'true' : undefined
}

/** `a === true ? … : a === false ? … : …` */
function tellsThirdCase(comparison: SyntaxNode, value: SyntaxNode): boolean {
  const chosen = comparison.role === 'condition' ? comparison.parent : undefined
  if (!chosen?.is('Conditional', 'If', 'ElseIf')) return false
  const other = otherwise(chosen)
  const before =
    chosen.role === 'alternative' || chosen.parent?.role === 'alternative' ? chosen.parent : undefined
  const outer = before?.is('Conditional', 'If', 'ElseIf') ? before : before?.parent
  return [other?.child('condition'), outer?.child('condition')].some(
    it =>
      it?.kind === 'Comparison' &&
      it.row !== comparison.row &&
      EQUAL.has(it.operator) &&
      [it.child('left'), it.child('right')].some(side => side?.kind === 'Boolean') &&
      [it.child('left'), it.child('right')].some(side => side?.text === value.text),
  )
}

/** The next case of a chain. */
function otherwise(choice: SyntaxNode): SyntaxNode | undefined {
  let it = choice.child('alternative')?.unwrapped
  while (it && !it.is('Conditional', 'If', 'ElseIf', 'Block') && it.children().length === 1)
    it = it.firstChild?.unwrapped
  return it?.is('Conditional', 'If', 'ElseIf') ? it : undefined
}

interface Choice {
  readonly at: SyntaxNode | Range
  readonly text: (file: SourceFile) => string
  readonly before: string
  readonly behind: string
}

/** An `if` of which one branch gives `true` and the other `false`, and nothing else happens. */
function choiceOf(statement: SyntaxNode): Choice | undefined {
  if (!isChainStart(statement)) return undefined
  const condition = statement.child('condition')
  const body = statement.child('consequence')
  const yes = body && answerOf(body)
  if (!condition || !yes || condition.is('LetCondition') || condition.has('LetCondition')) return undefined
  const alternatives = statement.children('alternative')
  if (alternatives.length > 1) return undefined
  const [otherwise = followingReturn(statement, condition)] = alternatives
  const no = otherwise && answerOf(otherwise)
  if (!no || no.value === yes.value || no.returns !== yes.returns || hasComment(statement)) return undefined
  // Without `return` it is an expression, and what stands around it may bind tighter than the condition.
  if (!yes.returns && !isWholeValue(statement)) return undefined
  return {
    at: { start: statement.start, end: otherwise.end },
    text: file => (yes.value ? truthOf(file, condition) : negationOf(file, condition)),
    before: yes.returns ? 'return ' : '',
    behind: no.text.endsWith(';') ? ';' : '',
  }
}

/** `if (a) return true` and then `return false`: not when it is the last of several such cases. */
function followingReturn(statement: SyntaxNode, condition: SyntaxNode): SyntaxNode | undefined {
  const { next, previous, parent } = statement
  const isGuard =
    condition.unwrapped.kind === 'Logical' && answerOf(statement.child('consequence')!)?.value === false
  // `filter(it => { if (only && it.id !== only) return false; return true })` keeps what the guard lets through.
  if (isGuard && parent?.parent?.role === 'argument') return undefined
  if (next?.kind !== 'Return' || parent?.kind !== 'Block' || condition.text.includes('\n')) return undefined
  if (parent.parent?.kind !== 'Function' || previous?.kind === 'ExpressionStatement') return undefined
  // One of several cases, each with its answer.
  for (const it of parent.children()) if (it.row < statement.row && it.kind === 'If') return undefined
  // A comment above or between makes it a case of its own.
  const from = previous ? previous.row + previous.size : parent.row
  for (const it of parent.descendants('Comment')) if (it.row >= from && it.row < next.row) return undefined
  return next
}

interface Answer {
  readonly value: boolean
  readonly returns: boolean
  readonly text: string
}

function answerOf(body: SyntaxNode): Answer | undefined {
  const [only, ...others] = statementsOf(body)
  if (!only || others.length > 0) return undefined
  const inner = only.kind === 'ExpressionStatement' ? only.child('value') : only
  const returns = inner?.kind === 'Return'
  const value = booleanOf(returns ? inner.child('value') : inner)
  if (value === undefined || (!returns && body.tree.grammar !== 'rust')) return undefined
  return { value, returns, text: only.text }
}

function isWholeValue({ role, parent }: SyntaxNode): boolean {
  return (
    role === 'argument' ||
    (parent?.is('Block', 'ExpressionStatement', 'Declarator', 'Return', 'Pair', 'Case', 'Function') ?? false)
  )
}
