/** A class with dozens of methods has become several classes that share their fields. */

import type { SyntaxNode } from '../../syntax/tree.ts'
import { type Example, js, py, rs, type Tag, ts, written } from '../example.ts'
import { defineRule } from '../rule.ts'

const FLOOR = 10

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
      message: `This ${block ? '`impl` block' : 'class'} has ${methods} methods`,
      why: 'Every method can read and change every field, so each new one makes it harder to say who is responsible for what.',
      remedy: block
        ? 'Group the methods that use the same fields, and move the group with its fields into a type of its own.'
        : 'Group the methods that use the same fields, and move each group with its fields into a class of its own.',
    }),
    es: ({ methods, block }) => ({
      message: `${block ? 'Este bloque `impl`' : 'Esta clase'} tiene ${methods} métodos`,
      why: 'Cualquier método puede leer y cambiar cualquier campo, así que con cada uno nuevo cuesta más saber quién es responsable de qué.',
      remedy: block
        ? 'Agrupa los métodos que usan los mismos campos y lleva cada grupo, con sus campos, a su propio tipo.'
        : 'Agrupa los métodos que usan los mismos campos y lleva cada grupo, con sus campos, a su propia clase.',
    }),
  },

  examples: {
    invalid: [
      repeat(py, 'class «A»:', '    def m@(self): pass', 41, ''),
      repeat(js, 'class «A» {', '  m@() {}', 41, '}'),
      repeat(ts, 'class «A»<T> extends B {', '  private m@(): void {}', 41, '}'),
      repeat(rs, 'impl<T> «A<T>» {', '    fn m@(&self) {}', 41, '}'),
      repeat(py, 'class «A»:', '    @cached\n    def m@(self): pass', 41, ''),
    ],
    valid: [
      repeat(py, 'class A:', '    def m@(self): pass', 40, ''),
      repeat(js, 'class A {', '  m@() {}', 40, '}'),
      repeat(ts, 'class A {', '  m@(): void {}', 40, '}'),
      repeat(rs, 'impl A {', '    fn m@(&self) {}', 40, '}'),
      // Overloads, setters beside their getters, and fields are no methods of their own.
      repeat(ts, 'class A {', '  m@(a: A): void; m@(a: B): void; m@(a: any) {}', 40, '}'),
      repeat(js, 'class A {', '  get p@() { return 1 } set p@(v) {} f@ = 1', 40, '}'),
      repeat(
        py,
        'class A:',
        '    @property\n    def p@(self): pass\n    @p@.setter\n    def p@(self, v): pass\n    x@ = 1',
        40,
        '',
      ),
      // A trait says which methods there must be.
      repeat(rs, 'impl B for A {', '    fn m@(&self) {}', 50, '}'),
    ],
  },
})

function* tooManyMethods(node: SyntaxNode) {
  const block = node.kind === 'Implementation'
  // The methods of a trait are the trait's choice.
  if (block && node.child('superclass')) return
  const name = node.child(block ? 'type' : 'name')
  const methods = countMethods(node.child('body')?.children() ?? node.children('member'))
  if (name && methods > FLOOR) yield { at: name, data: { methods, block }, measure: methods }
}

function countMethods(members: readonly SyntaxNode[]): number {
  let count = 0
  for (const it of members) {
    if (it.kind === 'Decorated' ? !isSecondary(it) : it.kind === 'Function' && !isSetter(it)) count++
  }
  return count
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
