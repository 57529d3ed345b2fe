// Work is divided the same wherever it is done, evenly, and a file that comes or goes moves little of it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assign, cuts, type Weighed } from '../../server/src/cli/shards/divide.ts'

const files = (count: number): Weighed[] =>
  Array.from({ length: count }, (_, i) => ({
    path: `src/module-${i}/file-${i}.ts`,
    weight: 5 + ((i * 7) % 11),
  }))
const weightsOf = (all: readonly Weighed[], begins: readonly number[]) =>
  begins.map((from, i) => all.slice(from, begins[i + 1]).reduce((sum, it) => sum + it.weight, 0))

test('a project that is small enough is one part', () => {
  assert.deepEqual(cuts(files(10), 1000), [0])
  assert.deepEqual(cuts([], 1000), [0])
})

test('a larger one is cut into parts of half the size and more, but for the last', () => {
  const all = files(5000)
  const weights = weightsOf(all, cuts(all, 1000))
  assert.ok(weights.length > 40)
  for (const it of weights.slice(0, -1)) assert.ok(it >= 500 && it < 1000 + 16, String(it))
})

test('one file more moves the cut beside it, and most parts stay what they are', () => {
  const all = files(5000)
  const more = [...all.slice(0, 100), { path: 'src/new.ts', weight: 9 }, ...all.slice(100)]
  const begins = (of: readonly Weighed[]) => new Set(cuts(of, 1000).map(it => of[it]!.path))
  const before = begins(all)
  const kept = [...begins(more)].filter(it => before.has(it))
  assert.ok(kept.length > before.size * 0.8, `${kept.length} of ${before.size}`)
})

test('one file larger than a part is a part, and nothing is cut behind the last file', () => {
  assert.deepEqual(
    cuts(
      [
        { path: 'a', weight: 5000 },
        { path: 'b', weight: 1 },
      ],
      1000,
    ),
    [0, 1],
  )
  assert.deepEqual(cuts([{ path: 'a', weight: 5000 }], 1000), [0])
})

test('shards have nearly the same to do, and every part has one', () => {
  const weights = files(300).map(it => it.weight * 13)
  const assigned = assign(weights, 7)
  const loads = Array.from({ length: 7 }, (_, shard) =>
    weights.reduce((sum, it, i) => (assigned[i] === shard ? sum + it : sum), 0),
  )
  assert.ok(Math.max(...loads) - Math.min(...loads) <= Math.max(...weights), String(loads))
  assert.equal(assigned.length, 300)
  assert.deepEqual(assign(weights, 7), assigned)
})

test('parts without weight are spread as well, and there may be more shards than parts', () => {
  assert.equal(new Set(assign([0, 0, 0, 0], 4)).size, 4)
  assert.deepEqual(new Set(assign([5, 5], 9)).size, 2)
})
