// The formulas of the plan, and how git's history is counted.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { countChanges } from '../../server/src/cli/churn.ts'
import {
  type PlannedCircle,
  type PlannedCopy,
  type PlannedFile,
  planOf,
} from '../../server/src/features/refactoring-plan.ts'
import { codeant } from '../support/memory-terminal.ts'
import { inFolder } from '../support/temporary-folder.ts'

interface Said {
  readonly files: readonly (Partial<PlannedFile> & { readonly path: string })[]
  readonly copies?: readonly PlannedCopy[]
  readonly circles?: readonly PlannedCircle[]
}

/** A step prints as `kind path: effort → return = formula`. */
function check(
  { files, copies = [], circles = [] }: Said,
  expected: readonly string[],
  notWorthIt = 0,
): void {
  const whole = files.map(it => ({ lines: 100, changes: 0, functions: [], findings: [], ...it }))
  const plan = planOf(whole, copies, circles)
  const shown = plan.steps.map(
    it => `${it.about.kind} ${it.places[0]!.path}: ${it.effortHours} → ${it.returnHours} = ${it.formula}`,
  )
  assert.deepEqual(shown, expected)
  assert.equal(plan.notWorthIt, notWorthIt)
}

const functions = (...points: readonly number[]) => points.map((it, i) => ({ line: i + 1, points: it }))

test('what changes often is worth simplifying', () => {
  check({ files: [{ path: 'a.py', changes: 50, functions: functions(15, 35, 25) }] }, [
    'simplify a.py: 1.5 → 5 = 50 × 30 × 0.2 min',
  ])
})

test('what hardly changes is not', () => {
  check({ files: [{ path: 'a.py', changes: 10, functions: functions(45) }] }, [], 1)
})

test('what is easy is no step', () => {
  check({ files: [{ path: 'a.py', changes: 500, functions: functions(15, 3) }] }, [])
})

test('a copy costs by the share of its file that it is', () => {
  const ends = [
    { path: 'a.ts', line: 1, lines: 50 },
    { path: 'b.ts', line: 9, lines: 50 },
  ] as const
  const files = [
    { path: 'a.ts', changes: 10 },
    { path: 'b.ts', changes: 4, lines: 200 },
  ]
  check({ files, copies: [{ name: 'load', ends }] }, [
    'merge a.ts: 1 → 3 = (10 × 50/100 + 4 × 50/200) × 30 min',
  ])
})

test('a circle costs whoever changes one of its files', () => {
  const circle = [
    { path: 'a.ts', line: 1 },
    { path: 'b.ts', line: 2 },
  ]
  const files = [
    { path: 'a.ts', changes: 60 },
    { path: 'b.ts', changes: 40 },
  ]
  check({ files, circles: [circle] }, ['untie a.ts: 4 → 5 = 100 × 3 min'])
})

test('a rule counts once in a file, and every finding takes its time', () => {
  const finding = { rule: 'x/one', line: 3, expectedHours: 2.4, isFixable: false }
  const other = { rule: 'x/two', line: 5, expectedHours: 1, isFixable: true }
  check({ files: [{ path: 'a.rs', findings: [finding, finding, other] }] }, [
    'repair a.rs: 1.08 → 3.4 = 2.4 h + 1 h',
  ])
})

test('what gives most for an hour comes first', () => {
  const files = [
    { path: 'a.py', changes: 50, functions: functions(45) },
    { path: 'b.py', changes: 75, functions: functions(45) },
  ]
  check({ files }, [
    'simplify b.py: 1.5 → 7.5 = 75 × 30 × 0.2 min',
    'simplify a.py: 1.5 → 5 = 50 × 30 × 0.2 min',
  ])
})

test('commits are counted, pictures too, and sweeps are not', () => {
  const sweep = Array.from({ length: 101 }, (_, i) => `1\t1\tf${i}.ts\0`).join('')
  const log = `\x01\0\n3\t1\ta.ts\0-\t-\ta b.png\0\x01\0\n1\t0\ta.ts\0\x01\0\n${sweep}1\t1\ta.ts\0`
  assert.deepEqual(
    [...countChanges(log)],
    [
      ['a.ts', 2],
      ['a b.png', 1],
    ],
  )
})

const HARD = `def f(a):\n${Array.from({ length: 7 }, (_, i) => `${'    '.repeat(i + 1)}if a > ${i}:`).join('\n')}\n${'    '.repeat(8)}return 1\n    return 0\n`

test('the command, in a repository', () =>
  inFolder(`//- .codeant.toml\n//- f.py\n${HARD}`, async folder => {
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder.path })
    git('init', '-q')
    for (let i = 0; i < 30; i++) {
      folder.write('f.py', `${HARD}# ${i}\n`)
      git('add', '.')
      git('commit', '-qm', `${i}`)
    }
    const { code, out } = await codeant(['plan'], { cwd: folder.path })
    assert.equal(code, 0)
    assert.match(
      out,
      /1\. Simplify a function, 13 points above 15: f\.py:1\n +effort 0\.7 h, return 1\.3 h = 30 × 13 × 0\.2 min/,
    )
    assert.match(out, /estimates that put work in an order, not promises/)
  }))

test('without a history', () =>
  inFolder('//- a.py\nx = 1\n', async folder => {
    const { code, err } = await codeant(['plan'], { cwd: folder.path, locale: 'es' })
    assert.equal(code, 2)
    assert.match(err, /un plan necesita la historia de un repositorio de git/)
  }))
