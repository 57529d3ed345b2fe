/** A class with dozens of methods has become several classes that share their fields. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, type Example, js, py, rs, type Tag, ts, written } from '../example.ts'
import { defineRule } from '../rule.ts'
import { statementsOf } from '../support/branches.ts'
import { isMeasured } from '../support/measured.ts'

const FLOOR = 10

/** With fewer statements, a method hands something over or computes one value. */
const MIN_STATEMENTS = 3
const MIN_FAMILY = 10

const PYTHON = ['a = self', 'b(a)', 'return a'].map(it => `        ${it}`).join('\n')
const SCRIPT = 'a(); b(); c();'

export default defineRule({
  id: 'design/large-class',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'size-and-complexity',
  impact: { likelihood: 'low', cost: 'hours' },
  limit: { default: 40, floor: FLOOR },

  check: {
    Class: tooManyMethods,
    Implementation: tooManyMethods,
  },

  explain: {
    en: ({ methods, block }) => ({
      message: `This ${block ? '`impl` block' : 'class'} has ${methods} methods with logic of their own`,
      why: 'Every method can read and change every field, so each new one makes it harder to say who is responsible for what.',
      remedy: block
        ? 'Group the methods that use the same fields, and move the group with its fields into a type of its own.'
        : 'Group the methods that use the same fields, and move each group with its fields into a class of its own.',
    }),
    es: ({ methods, block }) => ({
      message: `${block ? 'Este bloque `impl`' : 'Esta clase'} tiene ${methods} métodos con lógica propia`,
      why: 'Cualquier método puede leer y cambiar cualquier campo, así que con cada uno nuevo cuesta más saber quién es responsable de qué.',
      remedy: block
        ? 'Agrupa los métodos que usan los mismos campos y lleva cada grupo, con sus campos, a su propio tipo.'
        : 'Agrupa los métodos que usan los mismos campos y lleva cada grupo, con sus campos, a su propia clase.',
    }),
  },

  examples: {
    invalid: [
      repeat(py, 'class «A»:', `    def m@(self):\n${PYTHON}`, 41, ''),
      repeat(js, 'class «A» {', `  m@() { ${SCRIPT} }`, 41, '}'),
      repeat(ts, 'class «A»<T> extends B {', `  private m@(): void { ${SCRIPT} }`, 41, '}'),
      repeat(rs, 'impl<T> «A<T>» {', `    fn m@(&self) { ${SCRIPT} }`, 41, '}'),
      repeat(py, 'class «A»:', `    @cached\n    def m@(self):\n${PYTHON}`, 41, ''),
      // Those that are called by a pattern in their names count as one.
      repeat(js, `class «A» { visitNode() { ${SCRIPT} }`, `  m@() { ${SCRIPT} }`, 40, '}'),
    ],
    valid: [
      repeat(py, 'class A:', `    def m@(self):\n${PYTHON}`, 40, ''),
      repeat(js, 'class A {', `  m@() { ${SCRIPT} }`, 40, '}'),
      repeat(ts, 'class A {', `  m@(): void { ${SCRIPT} }`, 40, '}'),
      repeat(rs, 'impl A {', `    fn m@(&self) { ${SCRIPT} }`, 40, '}'),
      // A wide interface to what is done elsewhere.
      repeat(
        py,
        'class A:',
        '    def m@(self):\n        """Doc."""\n        b = c(self)\n        return b',
        90,
        '',
      ),
      repeat(ts, 'class A {', '  m@() { return this.b.m() }', 90, '}'),
      // One method for each kind of thing: a dispatcher calls them, and each is read alone.
      repeat(py, 'class A:', `    def visit_m@(self):\n${PYTHON}`, 60, ''),
      repeat(ts, 'class A {', `  parseM@() { ${SCRIPT} }`, 60, '}'),
      // Overloads, setters beside their getters, and fields are no methods of their own.
      repeat(ts, 'class A {', `  m@(a: A): void; m@(a: B): void; m@(a: any) { ${SCRIPT} }`, 40, '}'),
      repeat(js, 'class A {', `  get p@() { ${SCRIPT} } set p@(v) { ${SCRIPT} } f@ = 1`, 40, '}'),
      repeat(
        py,
        'class A:',
        `    @property\n    def p@(self):\n${PYTHON}\n    @p@.setter\n    def p@(self, v):\n${PYTHON}\n    x@ = 1`,
        40,
        '',
      ),
      // A trait says which methods there must be.
      repeat(rs, 'impl B for A {', `    fn m@(&self) { ${SCRIPT} }`, 50, '}'),
      at('tests/test_a.py', repeat(py, 'class A:', `    def m@(self):\n${PYTHON}`, 60, '')),
    ],
  },
})

function* tooManyMethods(node: SyntaxNode, file: SourceFile) {
  const block = node.kind === 'Implementation'
  // The methods of a trait are the trait's choice.
  if (block && node.child('superclass')) return
  const name = node.child(block ? 'type' : 'name')
  if (!name) return
  const methods = countMethods(node.child('body')?.children() ?? node.children('member'), file)
  if (methods > FLOOR && isMeasured(node, file))
    yield { at: name, data: { methods, block }, measure: methods }
}

/** Methods that do something; a family of them with the same first word in their names counts as one. */
function countMethods(members: readonly SyntaxNode[], file: SourceFile): number {
  const families = new Map<string, number>()
  for (const it of members) {
    const family = file.remembered('large-class', it, () => familyOf(it))
    if (family !== false) families.set(family, (families.get(family) ?? 0) + 1)
  }
  let count = 0
  for (const [family, size] of families) count += family !== '' && size >= MIN_FAMILY ? 1 : size
  return count
}

/** The family of a method that does something; false for every other member. */
function familyOf(member: SyntaxNode): string | false {
  const fn = member.kind === 'Decorated' && !isSecondary(member) ? member.child('definition') : member
  if (fn?.kind !== 'Function' || isSetter(fn) || !hasLogic(fn)) return false
  return firstWord(fn.child('name')?.text ?? '')
}

function hasLogic(fn: SyntaxNode): boolean {
  const body = fn.child('body')
  return body !== undefined && statementsOf(body).filter(it => !isText(it)).length >= MIN_STATEMENTS
}

function isText(statement: SyntaxNode): boolean {
  return statement.kind === 'ExpressionStatement' && statement.firstChild?.kind === 'String'
}

/** `visit` of `visit_Name`, `_visitName` and `visit-name`; empty for a name of one word. */
function firstWord(name: string): string {
  return /^[_#]*([a-zA-Z][a-z]*)[_A-Z]/.exec(name)?.[1] ?? ''
}

/** A setter goes with its getter, an overload with its implementation. */
function isSecondary(decorated: SyntaxNode): boolean {
  if (decorated.child('definition')?.kind !== 'Function') return true
  return decorated
    .children('decorator')
    .some(it => /\.(setter|deleter|overload)$|^@\s*overload$/.test(it.text.trim()))
}

function isSetter(fn: SyntaxNode): boolean {
  return fn.children().some(it => it.kind === 'Keyword' && it.type === 'set')
}

/** `count` members, numbered at the at-sign, between a head and a tail. */
function repeat(tag: Tag, head: string, member: string, count: number, tail: string): Example {
  const members = Array.from({ length: count }, (_, i) => member.replace(/(?<=[a-z])@/g, String(i)))
  const text = [head, ...members, tail].join('\n')
  return written(tag, text)
}
