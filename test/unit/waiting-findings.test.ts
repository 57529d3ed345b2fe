// While a text is broken, the findings of the last whole version wait and move with the edits.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LiveAnalysis } from '../../server/src/features/live-analysis.ts'
import { moveReported } from '../../server/src/features/waiting-findings.ts'
import { changeDocument, newDocument } from '../../server/src/text/document.ts'
import { testEngine } from '../support/engine.ts'

const engine = await testEngine()
const TEXT = `class A:
    def f(self, width):
        width = width
        return width

    def g(self, height):
        height = height
        return height
`

function typing() {
  const live = new LiveAnalysis(engine)
  let document = newDocument('test:a.py', 'python', TEXT)
  const say = () => {
    const { findings, meanings } = live.analyse(document, 'a.py')
    return findings.map((it, i) => ({
      text: document.text.slice(it.start, it.end),
      rule: it.rule,
      meaning: meanings[i],
    }))
  }
  const type = (at: string, offset: number, newText: string, length = 0) => {
    const start = document.text.indexOf(at) + offset
    document = changeDocument(document, [{ start, end: start + length, newText }], document.version + 1)
    return say()
  }
  const settle = () => {
    assert.ok(live.isUnsettled(document))
    live.release(document.uri)
    return say()
  }
  return { say, type, settle, isWaiting: () => live.isWaiting(document) }
}

test('findings wait, move, and mean the same; what is edited is not reported', () => {
  const { say, type, isWaiting } = typing()
  const before = say()
  assert.deepEqual(
    before.map(it => it.text),
    ['width = width', 'height = height'],
  )
  assert.deepEqual(type('return width', 0, 'print(\n        '), before)
  assert.ok(isWaiting())
  assert.deepEqual(
    type('height = height', 3, 'x').map(it => it.text),
    ['width = width'],
  )
  assert.ok(type('print(', 0, '', 'print(\n        '.length).some(it => it.text === 'width = width'))
  assert.ok(!isWaiting())
})

test('when the text is whole again, everything is known again', () => {
  const { say, type } = typing()
  const before = say()
  type('class', 0, '(')
  assert.deepEqual(type('(class', 0, '', 1), before)
})

test('a pause reads the broken text itself', () => {
  const { say, type, settle, isWaiting } = typing()
  say()
  type('return height', 0, 'x = (')
  settle()
  assert.ok(!isWaiting())
  // Broken from the beginning: now every key says what the broken text says.
  type('return width', 0, 'width = width\n        ')
  assert.ok(!isWaiting())
})

test('whoever cannot wait for a parse that pauses gets the result, and so does who waits', () => {
  const live = new LiveAnalysis(engine)
  const text = TEXT.repeat(50)
  const first = newDocument('test:b.py', 'python', text)
  live.analyse(first, 'b.py')
  const document = changeDocument(first, [{ start: 0, end: 0, newText: 'print(\n' }], 1)
  const steps = live.steps(document, 'b.py', [], () => true)
  assert.deepEqual(steps.next(), { done: false, value: 'parsing' })
  const result = live.analyse(document, 'b.py')
  assert.deepEqual(steps.next(), { done: true, value: result })
})

test('what was shown moves with an edit, and what the edit touches is gone', () => {
  const shown = [10, 30, 50].map(start => ({
    finding: { rule: 'a/b', start, end: start + 5, data: {}, related: [{ start: 40, end: 42 }] },
    severity: 'warning' as const,
    meaning: `at ${start}`,
  }))
  const moved = moveReported(shown, { start: 32, oldEnd: 34, newEnd: 40 })
  assert.deepEqual(
    moved.map(({ finding, meaning }) => [finding.start, finding.end, finding.related, meaning]),
    [
      [10, 15, [{ start: 46, end: 48 }], 'at 10'],
      [56, 61, [{ start: 46, end: 48 }], 'at 50'],
    ],
  )
})
