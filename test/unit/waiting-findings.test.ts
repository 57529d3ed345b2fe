// While a text is broken, the findings of the last whole version wait and move with the edits.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LiveAnalysis } from '../../server/src/features/live-analysis.ts'
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
