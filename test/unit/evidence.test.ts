// What else than a model says that another variable belongs where one stands: the marked one, and the one behind the arrow.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evidenceOf } from '../../server/src/features/learned/evidence.ts'
import { functionsOf } from '../../server/src/inference/function-tokens/functions.ts'
import { resolveNames } from '../../server/src/semantics/resolve-names.ts'
import type { Grammar } from '../../server/src/syntax/language.ts'
import { testParser } from '../support/engine.ts'

const CASES: readonly (readonly [Grammar, string, instead: string, evidence: string])[] = [
  ['python', 'def f(a, b):\n    self.b = «a»\n    log(b)\n', 'b', 'named'],
  ['python', 'def f(size, max_size):\n    grow(maxSize=«size»)\n    log(max_size)\n', 'max_size', 'named'],
  ['python', 'def g(width, height): ...\ndef f(width, height):\n    g(width, «width»)\n', 'height', 'named'],
  ['python', 'def f(a, b):\n    return {"b": «a», "c": b}\n', 'b', 'named'],
  ['python', 'def f(a, b):\n    self.a = «a»\n    log(b)\n', 'b', ''],
  ['typescript', 'function f(a, b) { return { b: «a», c: b } }', 'b', 'named'],
  ['rust', 'fn f(a: u32, b: u32) -> P { log(b); P { a, b: «a» } }', 'b', 'named'],
  ['typescript', 'function area(w: number, h: number) { return w * «w» }', 'h', 'unread'],
  ['javascript', 'function f(a, b) { const c = a + 1; return «a» + c }', 'b', 'unread'],
  // Put elsewhere, the one that stands there would itself be unread.
  ['javascript', 'function f(a, b) { return «a» }', 'b', ''],
  ['javascript', 'function f(a, _b) { return a + «a» }', '_b', ''],
  ['javascript', 'function f(a, b) { return a + «a» + b }', 'b', ''],
]

const parser = await testParser()

for (const [grammar, marked, instead, evidence] of CASES)
  test(`${marked.replace(/\s+/g, ' ')} → ${instead}: ${evidence || 'nothing'}`, () => {
    const at = marked.indexOf('«')
    const tree = parser.parseOnce(marked.replace(/[«»]/g, ''), grammar)!
    const all = functionsOf(tree, resolveNames(tree))
    const tokens = all.find(it => it.start <= at && at < it.end)!
    const token = [...tokens.rows].findIndex(
      row => tree.start[row] === at && tokens.site[tokens.rows.indexOf(row)],
    )
    assert.notEqual(token, -1)
    assert.equal(evidenceOf(tree, tokens, token, instead) ?? '', evidence)
  })
