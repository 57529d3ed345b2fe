// What the miner takes for one change of one function: each case marks what was replaced, before and after.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFixMessage } from '../../models/training/fix-message.ts'
import { licenceOf } from '../../models/training/licence.ts'
import { likelyChange } from '../../models/training/likely-hunks.ts'
import { singleChanges } from '../../models/training/one-change.ts'
import type { Grammar } from '../../server/src/syntax/language.ts'
import { testParser } from '../support/engine.ts'

const parser = await testParser()

/** `«x»` is what changed. `expected` is the kind, with `!` when nothing else changed; '' when it is no single change. */
function check(grammar: Grammar, before: string, after: string, expected: string): void {
  test(`${grammar}: ${expected || 'nothing'}: ${before.replace(/\s+/g, ' ')} → ${after.replace(/\s+/g, ' ')}`, () => {
    const one = parser.parseOnce(unmarked(before), grammar)!
    const two = parser.parseOnce(unmarked(after), grammar)!
    const found = singleChanges(one, two)
    assert.equal(found.map(it => it.kind + (it.isOnly ? '!' : '')).join(), expected)
    for (const it of found) {
      assert.equal(marked(one.text, it.beforeRange), before)
      assert.equal(marked(two.text, it.afterRange), after)
      // Read the other way round, it is the same change.
      const [back] = singleChanges(two, one)
      if (it.kind !== 'variable') assert.deepEqual([back?.kind, back?.beforeRange], [it.kind, it.afterRange])
    }
  })
}

function unmarked(text: string): string {
  return text.replace(/[«»]/g, '')
}

function marked(text: string, [start, end]: readonly [number, number]): string {
  return `${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`
}

// A variable that is read in place of another.
check('python', 'def f(a, b):\n    return «a»', 'def f(a, b):\n    return «b»', 'variable!')
check('python', 'def f(a):\n    return «a»', 'def f(a):\n    return «b»', '')
check(
  'python',
  'LIMIT = 1\ndef f(a):\n    return g(«a»)',
  'LIMIT = 1\ndef f(a):\n    return g(«LIMIT»)',
  'variable!',
)
check('python', 'LIMIT = 1\ndef f(a):\n    return LIMIT', 'LIMIT = 1\ndef f(a):\n    return a', '')
check('python', 'def f(a, b):\n    a = 1', 'def f(a, b):\n    b = 1', '')
check('python', 'def f(a, b):\n    return g.a', 'def f(a, b):\n    return g.b', '')
check(
  'python',
  'class A:\n    x = 1\n    def f(self, a):\n        return a',
  'class A:\n    x = 1\n    def f(self, a):\n        return x',
  '',
)
check('javascript', 'const f = (a, b) => { g(«a») }', 'const f = (a, b) => { g(«b») }', 'variable!')
check('javascript', 'const f = (a, b) => ({ a })', 'const f = (a, b) => ({ b })', '')
check(
  'javascript',
  'function f(a) { if (a) { let c } return a }',
  'function f(a) { if (a) { let c } return c }',
  '',
)
check(
  'typescript',
  'class A { m(a: B, c: B) { return () => «a» } }',
  'class A { m(a: B, c: B) { return () => «c» } }',
  'variable!',
)
check('rust', 'fn f(a: u8, b: u8) -> u8 { «a» }', 'fn f(a: u8, b: u8) -> u8 { «b» }', 'variable!')
check(
  'rust',
  'impl A { fn f(&self, a: u8) { let c = a; g(«a»); } }',
  'impl A { fn f(&self, a: u8) { let c = a; g(«c»); } }',
  'variable!',
)

// An operator.
check('python', 'def f(a):\n    return a «<» 1', 'def f(a):\n    return a «<=» 1', 'operator!')
check('python', 'def f(a):\n    a «+=» 1', 'def f(a):\n    a «-=» 1', 'operator!')
check('python', 'def f(a):\n    return a «is not» b', 'def f(a):\n    return a «is» b', 'operator!')
check('python', 'def f(a):\n    return a == None', 'def f(a):\n    return a is None', '')
check('python', 'def f(a):\n    return a «is» 0', 'def f(a):\n    return a «==» 0', 'operator!')
check('javascript', 'function f(a) { return a «&&» b }', 'function f(a) { return a «||» b }', 'operator!')
check('javascript', 'function f(a) { return a == b }', 'function f(a) { return a === b }', '')
check('javascript', 'function f(a) { a = 1 }', 'function f(a) { a += 1 }', '')
check('rust', 'fn f() { if a «==» b {} }', 'fn f() { if a «!=» b {} }', 'operator!')
check('rust', 'fn f() { for i in 0«..»n {} }', 'fn f() { for i in 0«..=»n {} }', '')

// A literal.
check('python', 'def f():\n    g(x=«True»)', 'def f():\n    g(x=«False»)', 'literal!')
check('python', 'def f(a):\n    return a[«0»]', 'def f(a):\n    return a[«-1»]', 'literal!')
check('python', 'def f(a):\n    return a[«1»]', 'def f(a):\n    return a[«-1»]', 'literal!')
check('python', 'def f(a):\n    return a - 1', 'def f(a):\n    return a - 100', '')
check('python', 'def f(a):\n    return a - «1»', 'def f(a):\n    return a - «2»', 'literal!')
check('python', 'def f(a):\n    return 1.5', 'def f(a):\n    return 2.5', '')
check('javascript', 'function f() { return «0» }', 'function f() { return «1» }', 'literal!')
check('rust', 'fn f() -> u8 { g(«1u8») }', 'fn f() -> u8 { g(«0u8») }', 'literal!')
check('python', 'def f():\n    return "1"', 'def f():\n    return "2"', '')

// A negation.
check('python', 'def f(a):\n    if «»a: g()', 'def f(a):\n    if «not» a: g()', 'negation!')
check('javascript', 'function f(a) { if («»a) g() }', 'function f(a) { if («!»a) g() }', 'negation!')
check(
  'javascript',
  'function f(a) { if («»a && b) g() }',
  'function f(a) { if («!»(a && b)) g() }',
  'negation!',
)
check('typescript', 'function f(a?: A) { return a.b }', 'function f(a?: A) { return a!.b }', '')
check('rust', 'fn f() -> bool { «!»a.b() }', 'fn f() -> bool { «»a.b() }', 'negation!')
check('rust', 'fn f() { vec(a) }', 'fn f() { vec!(a) }', '')

// An await.
check('python', 'async def f():\n    a = «»g()', 'async def f():\n    a = «await» g()', 'await!')
check('python', 'async def f(a):\n    b = a', 'async def f(a):\n    b = await a', '')
check(
  'javascript',
  'async function f() { const a = «»g().b }',
  'async function f() { const a = («await» g()).b }',
  'await!',
)
check('javascript', 'async function f() { «»g() }', 'async function f() { «await» g() }', 'await!')
check('javascript', 'async function f() { return g() }', 'async function f() { return await g() }', '')
check(
  'javascript',
  'async function f() { try { return «»g() } catch {} }',
  'async function f() { try { return «await» g() } catch {} }',
  'await!',
)

// Two arguments.
check('python', 'def f(a, b):\n    g(«a, b»)', 'def f(a, b):\n    g(«b, a»)', 'swap!')
check('python', 'def f(a, b):\n    g(x=a, y=b)', 'def f(a, b):\n    g(y=b, x=a)', '')
check('javascript', 'function f(a) { g(1, «a.b(c), "d"») }', 'function f(a) { g(1, «"d", a.b(c)») }', 'swap!')
check('javascript', 'function f(a) { g(h(«a, b»), a) }', 'function f(a) { g(h(«b, a»), a) }', 'swap!')
check('rust', 'fn f() { A::g(«&a, b?») }', 'fn f() { A::g(«b?, &a») }', 'swap!')
check('javascript', 'function f(a) { return [a, b] }', 'function f(a) { return [b, a] }', '')

// What else is in the file.
check(
  'python',
  'def g(): pass\n\ndef f(a):\n    return a «<» 1',
  'def g(x): pass\n\ndef f(a):\n    return a «<=» 1',
  'operator',
)
check(
  'python',
  'import a\ndef f(a):\n    return a «<» 1',
  'import b\ndef f(a):\n    return a «<=» 1',
  'operator',
)
check('python', 'def f(a):\n    return a < 1 < 2', 'def f(a):\n    return a <= 1 <= 2', '')
check(
  'python',
  'def f(a):\n    # less\n    return a «<» 1',
  'def f(a):\n    # at most\n    return a «<=» 1',
  'operator!',
)
check(
  'python',
  'def f(a):\n    if a:\n        b()\n    c()',
  'def f(a):\n    if a:\n        b()\n        c()',
  '',
)
check('javascript', 'function f(a) { return a < 1', 'function f(a) { return a <= 1', '')
check('javascript', 'const b = 1 < 2', 'const b = 1 <= 2', '')

function checkLikely(removed: string, added: string, expected: boolean): void {
  test(`hunk: ${removed} → ${added}`, () =>
    assert.equal(likelyChange(removed.split('\n'), added.split('\n')) !== undefined, expected))
}

checkLikely('return a', 'return b', true)
checkLikely('return a.b', 'return a.c', false)
checkLikely('def a(x):', 'def b(x):', false)
checkLikely('a = x', 'b = x', false)
checkLikely('if (a == "b") {', 'if (a != "b") {', true)
checkLikely('f("a")', 'f("b")', false)
checkLikely('g(a, b)', 'g(b, a)', true)
checkLikely('g(a,\n  b)', 'g(b,\n  a)', true)
checkLikely('if a is b:', 'if a is not b:', true)
checkLikely('x = f()', 'x = await f()', true)
checkLikely('x = f();', 'x = f().await;', true)
checkLikely('a[0]', 'a[-1]', true)
checkLikely('a[100]', 'a[200]', false)
checkLikely('// a', '// b', false)

function checkMessage(message: string, expected: boolean): void {
  test(`message: ${message.split('\n')[0]}`, () => assert.equal(isFixMessage(message), expected))
}

checkMessage('Fix wrong index when the list is empty', true)
checkMessage('Handle empty lists\n\nCloses #12', true)
checkMessage('Handle empty lists\n\nMakes errors rarer', false)
checkMessage('fix lint', false)
checkMessage('Fix the tests on Windows', false)
checkMessage('Fixed typo in docs', false)
checkMessage('docs: fix example', false)
checkMessage('Add a cache', false)

function checkLicence(text: string, expected: string | undefined): void {
  test(`licence: ${text.slice(0, 60)}`, () => assert.equal(licenceOf(text), expected))
}

checkLicence(
  'MIT License\n\nPermission is hereby granted, free of charge, to any person\nobtaining a copy',
  'MIT',
)
checkLicence('                Apache License\n          Version 2.0, January 2004', 'Apache-2.0')
checkLicence('Redistribution and use in source and binary forms … Neither the name of', 'BSD-3-Clause')
checkLicence('Permission to use, copy, modify, and/or distribute this software … provided that', 'ISC')
checkLicence('GNU AFFERO GENERAL PUBLIC LICENSE\n Version 3', undefined)
checkLicence('Mozilla Public License Version 2.0', undefined)
checkLicence('“Commons Clause” License Condition v1.0 … Apache License Version 2.0', undefined)
checkLicence('All rights reserved.', undefined)
