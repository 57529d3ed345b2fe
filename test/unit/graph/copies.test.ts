// Copies of functions of which one was corrected: what of a difference looks like a correction, and which functions are copies.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { correctionBetween } from '../../../server/src/graph/copy-differences.ts'
import { extractBodies } from '../../../server/src/graph/extract/bodies.ts'
import { Graph } from '../../../server/src/graph/graph.ts'
import { factsBy } from '../../support/facts.ts'

/** `guard: if not a | ` with what each side has of its own; undefined where they were meant to differ. */
function checkDifference(
  one: readonly string[],
  other: readonly string[],
  expected: string | undefined,
): void {
  test(`${one.join(' ')} / ${other.join(' ')}`, () => {
    const found = correctionBetween(one, other)
    assert.equal(found && `${found.kind}: ${found.one} | ${found.other}`, expected)
  })
}

checkDifference(['if not a: {…}', 'return None', '}'], [], 'guard: if not a | ')
checkDifference([], ['if (!a) return'], 'guard:  | if (!a) return')
checkDifference([], ['if a: {…}', 'go()', '}'], undefined)
checkDifference(['while (a < b) {…}'], ['while (a <= b) {…}'], 'operator: < | <=')
checkDifference(['if (a && b) {…}'], ['if (a || b) {…}'], 'operator: && | ||')
checkDifference(['if (a) {…}'], ['if (a && !b.c) {…}'], 'condition:  | && !b.c')
checkDifference(['if b and a: {…}'], ['if a: {…}'], 'condition: b and | ')
checkDifference(['const a = b.c'], ['const a = b?.c'], 'absence: . | ?.')
checkDifference(['const a = b()'], ['const a = await b()'], 'waiting:  | await')
checkDifference(['open(a)'], ['open(a, encoding="utf-8")'], 'argument:  | , encoding="utf-8"')
checkDifference(['get(a)'], ['get(a, { timeout: 3 })'], 'argument:  | , { timeout: 3 }')
checkDifference(['get(a)'], ['get(a, b)'], undefined)
checkDifference(['const a = b'], ['const a = b ?? 0'], 'fallback:  | ?? 0')
checkDifference(['a = "x"'], ['a = "y"'], undefined)
checkDifference(['a = 1'], ['a = 2'], undefined)
checkDifference(['a.b(c)'], ['a.d(c)'], undefined)
checkDifference(['f(a , b)'], ['f(a, b)'], undefined)
checkDifference(['if (a) {…}', 'b()'], ['if (c) {…}', 'd()'], undefined)

function statementsIn(path: string, text: string): readonly string[] | undefined {
  return factsBy(extractBodies, text, path).rows.statement
}

test('statements: whatever the layout and the comments, with those of blocks behind them', () => {
  const calls = Array.from({ length: 6 }, (_, i) => `send(a, b, c, d, e, ${i})`)
  assert.deepEqual(
    statementsIn(
      'a.ts',
      `function f(a: A) {\n  // why\n  if (a.b(\n    1,\n    2, // c\n  )) { return }\n  else b( )\n${calls.join(';\n')}\n}`,
    ),
    ['if (a.b(1, 2)) {…} else b()', 'return', '}', ...calls, '}'],
  )
})

test('what is short, a test, or written by a program is no copy', () => {
  const long = `def f(a):\n${'    a = a.b(a, 1, 2, 3)\n'.repeat(12)}`
  assert.equal(statementsIn('app/a.py', long)?.length, 13)
  assert.equal(statementsIn('tests/a.py', long), undefined)
  assert.equal(statementsIn('app/a.py', `# @generated\n${long}`), undefined)
  assert.equal(statementsIn('app/a.py', 'def f(a):\n    return a\n'), undefined)
})

test('places follow the text while the rows stay', () => {
  const lines = ['a = a.b(a, 1, 2)', 'if a < 3:', '    return a', ...Array(9).fill('a = a.c(a, 4, 5)')]
  const text = (of: readonly string[]) => `def f(a):\n${of.map(it => `    ${it}\n`).join('')}`
  const other = text(lines.map(it => it.replace('<', '<=')))
  const graph = new Graph()
  graph.set('a.py', factsBy(extractBodies, text(lines), 'a.py'))
  graph.set('b.py', factsBy(extractBodies, other, 'b.py'))
  const shown = (whole: string) => {
    const [copy] = graph.relations.divergedCopies
    return whole.slice(...copy!.other.place.place)
  }
  assert.equal(shown(other), 'if a <= 3:')
  const before = graph.relations.divergedCopies
  const moved = `# more\n${other}`
  assert.equal(graph.set('b.py', factsBy(extractBodies, moved, 'b.py')), false)
  assert.equal(graph.relations.divergedCopies, before)
  assert.equal(shown(moved), 'if a <= 3:')
})
