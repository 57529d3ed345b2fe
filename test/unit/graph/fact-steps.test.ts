// Facts are read in steps, between which a keystroke is heard.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { factSteps, factsOf } from '../../../server/src/graph/extract.ts'
import { sourceFile } from '../../support/facts.ts'

const CALLS = 200

test('no step of a long file reads more than a little of it, and together they say what is said at once', () => {
  const calls = Array.from({ length: CALLS }, (_, i) => `  save${i}(request.body.name, ${i})`)
  const text = `import { ${calls.map((_, i) => `save${i}`).join(', ')} } from './save.js'
export function handle(request, response) {
${calls.join('\n')}
}
`
  const steps = factSteps(sourceFile(text, 'handle.js'))
  let count = 0
  let step = steps.next()
  for (; !step.done; step = steps.next()) count++
  assert.deepEqual(step.value, factsOf(sourceFile(text, 'handle.js')))
  assert.ok(Object.keys(step.value.rows).includes('flow'))
  assert.ok(count > CALLS, `${count} steps for ${CALLS} calls`)
})

// Four variables that are parts of each other: there are millions of ways to come from one to another.
test('a loop that takes a value apart is not followed for ever', { timeout: 20_000 }, () => {
  const names = ['a', 'b', 'c', 'd']
  const parts = (of: string) =>
    names
      .filter(it => it !== of)
      .flatMap(it => [1, 2, 3].map(i => `${it}.${of}${i}`))
      .join(' || ')
  const text = `const { give, more } = require('./give')
module.exports = function take(request) {
${names.map(it => `  let ${it} = request.body`).join('\n')}
  while (more()) {
${names.map(it => `    ${it} = ${parts(it)}`).join('\n')}
    give(a, b, c, d)
  }
}
`
  const { rows } = factsOf(sourceFile(text, 'take.js'))
  assert.ok(Object.keys(rows).includes('flow'), 'what the loop begins with is found')
})
