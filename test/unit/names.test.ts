// What names mean: each case lists, for every marked use, the marked declaration that it refers to, or none.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolveNames } from '../../server/src/semantics/resolve-names.ts'
import type { Grammar } from '../../server/src/syntax/language.ts'
import { testParser } from '../support/engine.ts'

const parser = await testParser()

/** `«x»` is an identifier. `expected` has a letter for each: equal letters are one variable, `-` is none of the file's. */
function check(grammar: Grammar, marked: string, expected: string): void {
  const starts: number[] = []
  let text = ''
  for (const character of marked) {
    if (character === '«') starts.push(text.length)
    else if (character !== '»') text += character
  }
  const tree = parser.parseOnce(text, grammar)!
  const { bindingOf } = resolveNames(tree)
  const letters = new Map<number, string>()
  const actual = starts.map(start => {
    const row = tree.start.findIndex((it, row) => it === start && tree.name[row] !== 0)
    const binding = bindingOf[row]!
    if (binding < 0) return '-'
    if (!letters.has(binding)) letters.set(binding, String.fromCharCode(97 + letters.size))
    return letters.get(binding)!
  })
  test(`${grammar}: ${marked.split('\n')[0]}`, () => assert.equal(actual.join(''), expected, marked))
}

check('python', 'def f(«x»):\n    return «x»\n«x»', 'aa-')
check('python', '«x» = 1\ndef f():\n    «x» = 2\n    return «x»\n«x»', 'abba')
check('python', '«x» = 1\ndef f():\n    global «x»\n    «x» = 2', 'aaa')
check('python', 'def f():\n    «x» = 1\n    def g():\n        nonlocal «x»\n        «x» = 2', 'aaa')
check('python', '«x» = 1\nclass A:\n    «x» = 2\n    y = «x»\n    def m(self): return «x»', 'abba')
check('python', '«x» = [1]\ny = [«x» for «x» in «x»]\n«x»', 'abbaa')
check('python', '«x» = 1\ndef f(a=«x», «x»=2): return «x»', 'aabb')
check(
  'python',
  'import «os».path\nimport a.b as «c»\nfrom d import e as «g», «h»\n«os», «c», «g», «h», «e»',
  'abcdabcd-',
)
check('python', 'try: pass\nexcept E as «e»: «e»', 'aa')
check('python', 'with open() as «f», g() as («a», «b»): «f», «a», «b»', 'abcabc')
check('python', 'if («n» := f()): «n»', 'aa')
check('python', 'match p:\n    case [«a», Point(x=«b»), mod.K]: «a», «b»', 'abab')
check('python', 'f = lambda «x», y=1: «x»\n«x»', 'aa-')
check('python', 'for «i», (j, *«k») in z: «i», «k»', 'abab')

check('javascript', 'function «f»(«a», { b: «c» = «a» }, ...«d») { «f»; «c»; «d» }', 'abcbdacd')
check('javascript', 'if (x) { var «a» = 1; let «b» = 2 } «a»; «b»', 'aba-')
check('javascript', 'let «a» = 1; { let «a» = 2; «a» } «a»', 'abba')
check('javascript', 'import «d», { x as «e» } from "m"; «d»(«e»)', 'abab')
check('javascript', 'const { p: «q», «r», ...«s» } = o; «q», «r», «s»', 'abcabc')
check('javascript', 'try {} catch («e») { «e» } «e»', 'aa-')
check('javascript', 'for (const «k» of ks) «k»; «k»', 'aa-')
check('javascript', 'const f = function «g»() { «g» }; «g»', 'aa-')
check('javascript', 'class «A» extends «A» { m() { «A» } }', 'aaa')
check('javascript', '({ «a» }); var «a»', 'aa')
check('typescript', 'interface «A»<«T»> { x: «T»; y: «A»<«T»> }', 'abbab')
check('typescript', 'import type { «T» } from "m"; const x: «T» = y as «T»', 'aaa')
check('typescript', 'function f<«T»>(a: «T»): «T» { return a }', 'aaa')
check('typescript', 'enum «E» { A } namespace «N» { const x = «E».A } «N»', 'abab')
check('tsx', 'const «a» = <«a»>{«a»}</«a»>; const b = <«a»/>; const «D» = 1; <«D».E/>', 'a-a--bb')
check('tsx', 'const «C» = () => <p/>; const d = <«C» a={«C»} />', 'aaa')

check('rust', 'fn f(«a»: &str) { let «a» = «a».len(); «a» }', 'abab')
check('rust', 'fn f() { if let Some(«x») = g() { «x» } else { «x» } }', 'aa-')
check('rust', 'fn f(o: O) { match o { A(«n») | B(«n») if «n» > 1 => «n», _ => 0 } }', 'aaaa')
check('rust', 'use std::{«fs», io::Read as «R»}; fn f() { «fs»::read(); «R»::x() }', 'abab')
check('rust', 'fn f() { let «x» = 1; { let «x» = 2; «x» } «x» }', 'abba')
check('rust', 'fn f(l: L) { let mut «g» = l.lock(); *«g» = 1; }', 'aa')
check('rust', 'fn f() { let c = |«q»| «q» + 1; «q» }', 'aa-')
check('rust', 'fn f() { while let Some(«x») = g() { «x» } «x» }', 'aa-')

test('rust: names in format strings are read', () => {
  const tree = parser.parseOnce('fn f() { let a = 1; let b = 2; println!("{a} {0:#<0b$}", 1); }', 'rust')!
  const scopes = resolveNames(tree)
  const read = scopes.implicitReads
    .filter((_, i) => i % 2 === 0)
    .map(it => tree.names[scopes.bindingName[it]!])
  assert.deepEqual(read.sort(), ['a', 'b'])
})
