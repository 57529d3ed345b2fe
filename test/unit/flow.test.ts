// Where control goes: each case says whether the marked statement may be passed.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Flow, NORMAL } from '../../server/src/semantics/flow.ts'
import type { Grammar } from '../../server/src/syntax/language.ts'
import { testParser } from '../support/engine.ts'

const parser = await testParser()

function check(grammar: Grammar, marked: string, passes: boolean): void {
  test(`${grammar}: ${marked.replaceAll('\n', '⏎')}`, () => {
    const start = marked.indexOf('«')
    const text = marked.replace('«', '').replace('»', '')
    const end = marked.indexOf('»') - 1
    const tree = parser.parseOnce(text, grammar)!
    const row = tree.start.findIndex((it, row) => row > 0 && it === start && tree.end[row] === end)
    assert.notEqual(row, -1, 'the marks enclose no node')
    assert.equal((new Flow(tree).exits(row) & NORMAL) !== 0, passes)
  })
}

check('python', 'def f():\n    «return 1»', false)
check('python', '«if a: return\nelse: raise b»', false)
check('python', '«if a: return\nelif b: return»', true)
check('python', '«while True: pass»', false)
check('python', '«while True:\n    if a: break»', true)
check('python', '«while True:\n    for b in c: break»', false)
check('python', '«while a: return»', true)
check('python', '«for a in b: return\nelse: return»', false)
check('python', '«try:\n    return\nfinally:\n    a()»', false)
check('python', '«try:\n    a()\nexcept B:\n    return»', true)
check('python', '«try:\n    return 1\nexcept B:\n    return 2»', false)
check('python', '«try:\n    a()\nexcept B:\n    b()\nfinally:\n    return»', false)
check('python', '«with a: raise b»', true)
check('python', '«with a: return»', false)
check('python', '«with contextlib.suppress(A):\n    return a()»', true)
check('python', '«while True:\n    for b in c: break\n    else: break»', true)
check('python', '«match a:\n    case 1: return\n    case _: return»', false)
check('python', '«match a:\n    case 1: return»', true)
check('javascript', '«for (;;) {}»', false)
check('javascript', '«for (;;) { if (a) break }»', true)
check('javascript', '«for (; a;) { return }»', true)
check('javascript', '«do { return } while (a)»', false)
check('javascript', 'a: «for (;;) { for (;;) break a }»', true)
check('javascript', '«switch (a) { case 1: return; default: throw b }»', false)
check('javascript', '«switch (a) { case 1: return }»', true)
check('javascript', '«switch (a) { case 1: case 2: return; default: break }»', true)
check('javascript', '«switch (a) { default: b(); case 1: return }»', false)
check('javascript', '«{ return; a() }»', false)
check('javascript', '«try { a() } catch { throw b } finally { c() }»', true)
check('rust', 'fn f() { «loop { a(); }» }', false)
check('rust', 'fn f() { «loop { select! { a => break } }» }', true)
check('rust', "fn f() { «'a: { if b { break 'a; } return; }» }", true)
check('rust', "fn f() { «'a: { if b { c(); } return; }» }", false)
check('rust', 'fn f() «{ #[cfg(a)] return; }»', true)
check('rust', 'fn f() «{ #[allow(a)] return; }»', false)
check('rust', 'fn f() { «loop { if a { break; } }» }', true)
check('rust', "fn f() { «'o: loop { loop { break 'o; } }» }", true)
check('rust', 'fn f() { let x = «loop { let y = match z { A => break 1, _ => 2 }; }»; }', true)
check('rust', 'fn f() { «match a { B => return, _ => panic!() }» }', false)
check('rust', 'fn f() { «if a { return; } else { unreachable!() }» }', false)
check('rust', 'fn f() { «while true { a(); }» }', false)
