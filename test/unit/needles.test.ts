// Needles: an edit gives what a fresh search of the new text gives.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Needles } from '../../server/src/rules/needles.ts'

test('an edit gives what a fresh search gives', () => {
  const wanted = ['ab', '<<<', '(.)']
  const texts = ['', 'a', 'xaxbx', '<<', 'ab ab', '(.) <<<']
  for (const text of texts) {
    for (let start = 0; start <= text.length; start++) {
      for (let end = start; end <= text.length; end++) {
        for (const inserted of ['', 'a', 'b', '<', 'ab', '(.', ')']) {
          const now = text.slice(0, start) + inserted + text.slice(end)
          const edited = Needles.in(text, wanted).edited(now, {
            start,
            oldEnd: end,
            newEnd: start + inserted.length,
          })
          for (const it of wanted)
            assert.equal(edited.has(it), now.includes(it), JSON.stringify([text, now, it]))
        }
      }
    }
  }
})
