// Documents, edits and line starts.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyEdits, changeDocument, editBetween, newDocument } from '../../server/src/text/document.ts'
import { Newlines } from '../../server/src/text/newlines.ts'

test('a change makes a new value and remembers where it came from', () => {
  const before = newDocument('a', 'python', 'one two three')
  const after = changeDocument(before, [{ start: 4, end: 7, newText: '2' }], 2)
  assert.equal(after.text, 'one 2 three')
  assert.equal(before.text, 'one two three')
  assert.deepEqual(after.change, { start: 4, oldEnd: 7, newEnd: 5, from: before.revision })
})

test('several edits are one change around them all', () => {
  const check = (text: string, edits: { start: number; end: number; newText: string }[]) => {
    const before = newDocument('a', 'python', text)
    const { change, text: now } = changeDocument(before, edits, 2)
    assert.equal(
      text.slice(0, change!.start) + now.slice(change!.start, change!.newEnd) + text.slice(change!.oldEnd),
      now,
    )
  }
  check('abcdef', [
    { start: 1, end: 2, newText: 'XYZ' },
    { start: 6, end: 7, newText: '' },
  ])
  check('abcdef', [
    { start: 4, end: 5, newText: '' },
    { start: 0, end: 1, newText: '12' },
  ])
  check('abcdef', [
    { start: 2, end: 2, newText: 'XY' },
    { start: 3, end: 5, newText: '' },
  ])
})

test('the edit between two texts is the smallest one', () => {
  assert.deepEqual(editBetween('abc', 'abXc'), { start: 2, oldEnd: 2, newEnd: 3 })
  assert.deepEqual(editBetween('aaa', 'aa'), { start: 2, oldEnd: 3, newEnd: 2 })
  assert.deepEqual(editBetween('same', 'same'), { start: 4, oldEnd: 4, newEnd: 4 })
})

test('edits of one text are applied in any order', () => {
  assert.equal(
    applyEdits('abcdef', [
      { start: 4, end: 6, newText: '' },
      { start: 0, end: 1, newText: 'X' },
    ]),
    'Xbcd',
  )
})

test('line starts follow edits', () => {
  const texts = ['', 'a\nb\nc', 'a\r\n\r\nb', '\n\n\n', 'no newline']
  for (const text of texts) {
    for (let start = 0; start <= text.length; start++) {
      for (let end = start; end <= text.length; end++) {
        for (const inserted of ['', 'x', '\n', 'x\ny\n']) {
          const now = text.slice(0, start) + inserted + text.slice(end)
          const edited = Newlines.of(text).edited(
            { start, oldEnd: end, newEnd: start + inserted.length },
            inserted,
          )
          const fresh = Newlines.of(now)
          for (let offset = 0; offset <= now.length; offset++)
            assert.deepEqual(edited.point(offset), fresh.point(offset))
        }
      }
    }
  }
})
