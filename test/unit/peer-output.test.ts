// What other tools print is read as they mean it, and their findings are compared like ours.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RULES } from '../../server/src/rules/registry.generated.ts'
import { CHECK_NAMES, CHECKS, type Check, checkOf } from '../bench/comparable-checks.ts'
import { merged } from '../bench/compared-findings.ts'
import { CORPORA } from '../bench/corpora.ts'
import {
  fromAstGrep,
  fromBiome,
  fromCodeant,
  fromEslint,
  fromOxlint,
  fromPylint,
  fromRuff,
  type PeerFinding,
  type ReadOutput,
  ruffWeaknesses,
} from '../bench/peer-output.ts'
import { scored } from '../bench/security-recall.ts'
import { comparedVerdicts, drawn, isOnlyOurs, keyOf, MISSING } from '../precision/compared.ts'

const FOLDER = '/project'

function check(read: ReadOutput, out: unknown, expected: readonly PeerFinding[]): void {
  assert.deepEqual(read(typeof out === 'string' ? out : JSON.stringify(out), FOLDER), expected)
}

test('CodeAnt', () =>
  check(
    fromCodeant,
    { findings: [{ path: 'a.py', rule: 'correctness/self-comparison', message: 'm', start: { line: 3 } }] },
    [{ path: 'a.py', line: 3, rule: 'correctness/self-comparison', message: 'm' }],
  ))

test('ESLint: a file that cannot be read is no finding', () =>
  check(
    fromEslint,
    [
      {
        filePath: '/project/web/a.ts',
        messages: [
          { ruleId: 'no-self-compare', line: 2, message: 'm' },
          { ruleId: null, line: 1, message: 'Parsing error' },
        ],
      },
    ],
    [{ path: 'web/a.ts', line: 2, rule: 'no-self-compare', message: 'm' }],
  ))

test('oxlint: a finding stands where its first label does', () =>
  check(
    fromOxlint,
    {
      diagnostics: [
        {
          message: 'm',
          code: 'eslint(no-dupe-keys)',
          filename: 'web/a.ts',
          labels: [{ span: { line: 7 } }, { span: { line: 5 } }],
        },
        { message: 'Unexpected token', filename: 'web/b.ts', labels: [{ span: { line: 1 } }] },
      ],
    },
    [{ path: 'web/a.ts', line: 5, rule: 'no-dupe-keys', message: 'm' }],
  ))

test('Biome: what is no rule is left out', () =>
  check(
    fromBiome,
    [
      '::error title=lint/suspicious/noSelfCompare,file=/project/web/a.ts,line=4,endLine=4,col=5,endColumn=12::m: n',
      '::error title=parse,file=/project/web/b.ts,line=1,endLine=1,col=1,endColumn=2::expected',
    ].join('\n'),
    [{ path: 'web/a.ts', line: 4, rule: 'noSelfCompare', message: 'm: n' }],
  ))

test('ruff: a syntax error has no code', () =>
  check(
    fromRuff,
    [
      { code: 'S602', filename: '/project/a.py', message: 'm', location: { row: 9 } },
      { code: null, filename: '/project/b.py', message: 'SyntaxError', location: { row: 1 } },
    ],
    [{ path: 'a.py', line: 9, rule: 'S602', message: 'm' }],
  ))

test('pylint', () =>
  check(
    fromPylint,
    { messages: [{ messageId: 'R0124', absolutePath: '/project/a.py', line: 4, message: 'm' }] },
    [{ path: 'a.py', line: 4, rule: 'R0124', message: 'm' }],
  ))

test('ast-grep: one object a line, lines from zero, the weakness in a note', () =>
  check(
    fromAstGrep,
    [
      {
        file: './a.py',
        ruleId: 'r',
        message: 'm',
        note: '[CWE-78]: …\n[CWE-77]',
        range: { start: { line: 0 } },
      },
      { file: 'b.py', ruleId: 's', message: 'm', note: null, range: { start: { line: 4 } } },
    ]
      .map(it => JSON.stringify(it))
      .join('\n'),
    [
      { path: 'a.py', line: 1, rule: 'r', message: 'm', cwes: [78, 77] },
      { path: 'b.py', line: 5, rule: 's', message: 'm' },
    ],
  ))

test('the weaknesses that ruff names', () => {
  const rules = [
    { code: 'S602', explanation: '[CWE-78: …](https://cwe.mitre.org/data/definitions/78.html) CWE-78' },
    { code: 'S113', explanation: 'No timeout' },
    { code: null, explanation: 'CWE-1' },
  ]
  assert.deepEqual([...ruffWeaknesses(JSON.stringify(rules))], [['S602', [78]]])
})

test('what names no weakness is taken for the one that is asked for, and what names another is not', () => {
  const cases = [
    { path: 'a.py', lines: [3, 5] as const, cwes: [78], isVulnerable: true },
    { path: 'a.py', lines: [9, 9] as const, cwes: [78], isVulnerable: false },
    { path: 'a.ts', cwes: [79], isVulnerable: true },
  ]
  const at = (line: number, cwes: readonly number[]) => ({ path: 'a.py', line, rule: 'r', cwes })
  const rates = (found: Parameters<typeof scored>[3]) =>
    scored('suite', 'tool', cases, found).map(it => [
      it.language,
      `${it.found}/${it.vulnerable} ${it.told}/${it.safe}`,
      `${it.foundByAny} ${it.toldByAny}`,
    ])
  assert.deepEqual(rates([at(4, [77]), at(9, [327])]), [
    ['python', '1/1 0/1', '1 1'],
    ['web', '0/1 0/0', '0 0'],
  ])
  assert.deepEqual(rates([at(6, [78]), at(9, [])]), [
    ['python', '0/1 1/1', '0 1'],
    ['web', '0/1 0/0', '0 0'],
  ])
})

test('findings of one check a few lines apart are one place, but two of the same tool are two', () => {
  const at = (tool: 'codeant' | 'eslint' | 'biome', line: number) =>
    ({ tool, check: 'unreachable code', path: 'a.ts', line, message: tool }) as const
  const places = merged('r', [
    at('biome', 5),
    at('eslint', 4),
    at('codeant', 6),
    at('eslint', 12),
    at('eslint', 13),
  ])
  assert.deepEqual(
    places.map(it => [it.line, it.tools.join(' '), it.message]),
    [
      [4, 'codeant eslint biome', 'eslint'],
      [12, 'eslint', 'eslint'],
      [13, 'eslint', 'eslint'],
    ],
  )
})

test('a rule belongs to one check, ours exist, and Biome says a name without its group', () => {
  const ours = new Set(RULES.map(it => it.id as string))
  const rules = CHECK_NAMES.flatMap(name =>
    Object.entries(CHECKS[name] as Check).flatMap(([tool, rules]) => rules.map(it => `${tool} ${it}`)),
  )
  assert.equal(new Set(rules).size, rules.length)
  for (const name of CHECK_NAMES) for (const rule of CHECKS[name].codeant) assert.ok(ours.has(rule), rule)
  assert.equal(checkOf('biome', 'noSelfCompare'), 'the same on both sides')
  assert.equal(checkOf('ruff', 'noSelfCompare'), undefined)
})

test('ten places of each side of a check are drawn, always the same', () => {
  const places = Array.from({ length: 60 }, (_, i) => ({
    ...{ repository: 'r', path: `${i}.ts`, line: 1, message: 'm', check: 'self-assignment' as const },
    tools:
      i % 4 === 0
        ? (['codeant', 'eslint'] as const)
        : i % 2 === 0
          ? (['codeant'] as const)
          : (['eslint'] as const),
  }))
  const chosen = drawn(places)
  assert.deepEqual([chosen.length, chosen.filter(isOnlyOurs).length], [20, 10])
  assert.deepEqual(drawn([...places].reverse()), chosen)
})

test('a verdict is about a place at the commit that is measured, and says why', () => {
  const judged = comparedVerdicts()
  assert.equal(new Set(judged.map(keyOf)).size, judged.length)
  for (const it of judged) {
    assert.equal(it.commit, CORPORA[it.repository]?.commit, keyOf(it))
    assert.match(it.reason, /^\S.*[.?!]$/, keyOf(it))
    assert.ok(CHECK_NAMES.includes(it.check) && (isOnlyOurs(it) || !it.tools.includes('codeant')), keyOf(it))
    assert.equal(
      it.missing !== undefined,
      it.verdict && !isOnlyOurs(it),
      `${keyOf(it)}: what is missed says how`,
    )
    if (it.missing) assert.ok(MISSING.includes(it.missing), keyOf(it))
  }
})
