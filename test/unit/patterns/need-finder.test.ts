// What many rules need is found in one pass, and nothing else: compared with looking for each by itself.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NeedFinder } from '../../../server/src/patterns/need-finder.ts'
import {
  calledNeeds,
  mayBeCalled,
  neededText,
  textNeeds,
} from '../../../server/src/patterns/needed-literals.ts'

const word = (text: string) => textNeeds(text, true)[0]![0]!
const called = (text: string) => calledNeeds(text)[0]![0]!
const part = (text: string) => textNeeds(text, false)[0]![0]!

test('words are whole words, parts may stand anywhere', () => {
  const finder = new NeedFinder(
    ['run', 'subprocess', part('run'), part('=True'), part('é('), part('ab')].flat(),
  )
  const cases: [string, string[]][] = [
    ['subprocess.run(x)', ['subprocess', 'run', part('run')]],
    ['rerun', [part('run')]],
    ['run', ['run', part('run')]],
    ['café(shell=True)', [part('=True'), part('é(')]],
    ['ru n = True ab', [part('ab')]],
    ['', []],
    ['ürun_', [part('run')]],
  ]
  for (const [text, there] of cases) assert.deepEqual([...finder.find(text)].sort(), there.sort(), text)
})

test('what may stand between a name and its arguments', () => {
  const finder = new NeedFinder([called('run'), word('run')])
  for (const text of [
    'run(1)',
    'run (1)',
    'run \\\n (1)',
    'run?.(1)',
    'run<T>(1)',
    'run // why\n(1)',
    'run # why\n(1)',
  ])
    assert.equal(finder.find(text).size, 2, text)
  for (const text of ['from a import run', 'run, walk', 'run = 1', 'run.fast(1)', 'run', 'run)(1)'])
    assert.equal(finder.find(text).size, 1, text)
})

test('the same as looking for each by itself', () => {
  const random = numbers(20)
  const letters = 'aabbrun_=. ñ(\n'
  const text = (length: number) => Array.from({ length }, () => letters[random() % letters.length]!).join('')
  for (let round = 0; round < 300; round++) {
    const needs = Array.from({ length: 1 + (random() % 60) }, () => {
      const it = text(1 + (random() % 5))
      return [word, part, called][random() % 3]!(it)
    })
    const finder = new NeedFinder(needs)
    for (let i = 0; i < 5; i++) {
      const file = text(random() % 200)
      const words = new Set(file.match(/\w+/g))
      const there = [...new Set(needs)].filter(it => {
        const { text, as } = neededText(it)
        if (as === 'part') return file.includes(text)
        if (as === 'word') return words.has(text)
        return [...file.matchAll(/\w+/g)].some(
          ([found], i, all) => found === text && mayBeCalled(file, all[i]!.index + found.length),
        )
      })
      assert.deepEqual([...finder.find(file)].sort(), there.sort(), JSON.stringify({ needs, file }))
    }
  }
})

/** The same numbers on every run. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 8
  }
}
