// The baseline: recorded findings are known again after moves, renames and edits around them; new ones are not.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyseFile, type FileResult } from '../../server/src/features/analyse-file.ts'
import {
  type Baseline,
  type BaselineEntry,
  matchBaseline,
  readBaseline,
  writeBaseline,
} from '../../server/src/features/baseline.ts'
import { testEngine } from '../support/engine.ts'

const engine = await testEngine()
type Files = Readonly<Record<string, string>>

const analyse = (path: string, text: string): FileResult => {
  const result = analyseFile(engine, path, 'python', text)
  const kept = result.findings.flatMap(({ rule }, i) => (rule === 'correctness/self-assignment' ? [i] : []))
  return {
    ...result,
    findings: kept.map(i => result.findings[i]!),
    meanings: kept.map(i => result.meanings[i]!),
  }
}
const meant = ({ findings, meanings }: FileResult) =>
  findings.map((finding, i) => ({ finding, meaning: meanings[i]! }))

/** What is new in `after`, given that everything in `before` was recorded: the marked text of each. */
function fresh(before: Files, after: Files): string[] {
  const entries: BaselineEntry[] = Object.entries(before).flatMap(([path, text]) =>
    meant(analyse(path, text)).map(it => ({ rule: it.finding.rule, path, meaning: it.meaning })),
  )
  const baseline: Baseline = {
    entries,
    today: path => (after[path] === undefined ? undefined : meant(analyse(path, after[path]))),
  }
  return Object.entries(after).flatMap(([path, text]) =>
    matchBaseline(baseline, path, meant(analyse(path, text))).map(it =>
      text.slice(it.finding.start, it.finding.end),
    ),
  )
}

const F = 'def f():\n    a = a\n'
const G = 'def g():\n    b = b\n'

test('what was recorded is not shown', () => assert.deepEqual(fresh({ 'x.py': F }, { 'x.py': F }), []))
test('a new finding is', () => assert.deepEqual(fresh({ 'x.py': F }, { 'x.py': F + G }), ['b = b']))
test('a second one with the same text is', () =>
  assert.deepEqual(fresh({ 'x.py': F }, { 'x.py': `${F}    a = a\n` }), ['a = a']))
test('edits before and behind', () =>
  assert.deepEqual(
    fresh({ 'x.py': F }, { 'x.py': `import os\n\n\n# a note\n${F}    return 1\n\nprint(1)\n` }),
    [],
  ))
test('other spacing', () =>
  assert.deepEqual(fresh({ 'x.py': F }, { 'x.py': 'def f():\n    if True:\n        a  =  a\n' }), []))
test('the function was renamed', () =>
  assert.deepEqual(fresh({ 'x.py': F }, { 'x.py': F.replace('f()', 'renamed()') }), []))
test('the variable was renamed', () =>
  assert.deepEqual(fresh({ 'x.py': F }, { 'x.py': F.replaceAll('a', 'total') }), []))
test('the file was renamed', () => assert.deepEqual(fresh({ 'x.py': F }, { 'y/z.py': F }), []))
test('the function moved to another file', () =>
  assert.deepEqual(fresh({ 'x.py': F + G, 'y.py': '' }, { 'x.py': G, 'y.py': F }), []))
test('a copy in another file is new', () =>
  assert.deepEqual(fresh({ 'x.py': F }, { 'x.py': F, 'y.py': F }), ['a = a']))
test('the order of functions changed', () =>
  assert.deepEqual(fresh({ 'x.py': F + G }, { 'x.py': G + F }), []))

test('the file reads back, and lines are sorted so that merges are quiet', () => {
  const entries = [
    { rule: 'b/c', path: 'z.py', meaning: 'x|y|z' },
    { rule: 'a/b', path: 'a.py', meaning: '||' },
  ]
  const text = writeBaseline(entries)
  assert.deepEqual(readBaseline(text), [...entries].reverse())
  assert.deepEqual(readBaseline(writeBaseline([])), [])
  assert.equal(readBaseline('not json'), undefined)
  assert.equal(readBaseline('{"findings": 3}'), undefined)
})
