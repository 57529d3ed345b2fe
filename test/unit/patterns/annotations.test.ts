// What comments in tests of rules ask for.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { annotationsFor } from '../../../server/src/patterns/annotations.ts'

test('a comment is about the next line, several together about the first behind them', () => {
  const text = '# ruleid: a\nx\n# ok: a\ny\n# ruleid: b, a\n# todook: c\nz\n// todoruleid: lang.a\nw\n'
  assert.deepEqual(annotationsFor(text, 'a'), {
    expected: new Set([2, 7]),
    safe: new Set([4]),
    ignored: new Set([9]),
  })
  assert.deepEqual(annotationsFor(text, 'python.b'), {
    expected: new Set([7]),
    safe: new Set(),
    ignored: new Set(),
  })
  assert.equal(annotationsFor(text, 'd'), undefined)
})
