// Rules that cannot be run as they were meant are not run: each is named, with the reason.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Refusal, refusalWords } from '../../../server/src/patterns/refusal.ts'
import { readRuleFile } from '../../../server/src/patterns/rule-file.ts'
import { testParser } from '../../support/engine.ts'

const parser = await testParser()
const words = (refusal: Refusal | undefined) => refusal && refusalWords(refusal, 'en')
const refusal = (body: string, language = 'python') =>
  readRuleFile(
    parser,
    `rules:\n  - id: it\n    message: m\n    severity: INFO\n    languages: [${language}]\n${body.replace(/^/gm, '    ')}\n`,
  )?.refused[0]?.refusal

for (const [body, expected, language] of [
  ['mode: join', 'mode: join is not supported'],
  ['pattern: a(', 'the pattern `a(` is no python code'],
  ['pattern: a\npattern-regex: b', 'it has both pattern and pattern-regex'],
  ['metadata: {}', 'it has no pattern'],
  ['pattern: a\noptions:\n  unheard_of: true', 'the option unheard_of is not supported'],
  ['patterns:\n  - pattern: a\n  - semgrep-internal-x: b', 'semgrep-internal-x is not supported'],
  ['pattern: a', 'the languages cobol are not supported', 'cobol'],
  [
    'patterns:\n  - pattern: a($X)\n  - metavariable-analysis:\n      metavariable: $X\n      analyzer: magic',
    'the analyzer magic is not supported',
  ],
  ['patterns:\n  - pattern: a($X)\n  - focus-metavariable: X', 'X is no metavariable'],
  ['mode: taint\npattern-sources:\n  - pattern: a', 'taint mode without sources or sinks'],
] as const) {
  test(`${expected}`, () => assert.equal(words(refusal(body, language)), expected))
}

test('one bad rule does not take the others with it', () => {
  const read = readRuleFile(
    parser,
    'rules:\n  - {id: a, message: m, severity: INFO, languages: [python], pattern: f()}\n  - {id: b, message: m, severity: INFO, languages: [python], pattern: "f("}\n',
  )
  assert.deepEqual([read?.rules.map(it => it.id), read?.refused.map(it => it.id)], [['a'], ['b']])
})

test('a YAML file without rules is none of ours', () => {
  assert.equal(readRuleFile(parser, 'services: {}\n'), undefined)
})

test('of broken YAML nothing is run, and what is no rule is told', () => {
  const broken = readRuleFile(parser, 'rules:\n  - id: x\n   bad\n  - id: y\n')
  assert.deepEqual(broken?.rules, [])
  assert.match(words(broken?.refused[0]?.refusal)!, /^the YAML is broken: /)
  const read = readRuleFile(parser, 'rules:\n  - only words\n  - {id: a, pattern: f()}\n')
  assert.deepEqual(
    read?.refused.map(it => [it.id, words(it.refusal)]),
    [
      ['?', 'it is no rule: a rule has an id and patterns'],
      ['a', 'it names no languages'],
    ],
  )
})

test('the reason is told in the reader’s language', () => {
  assert.equal(refusalWords(refusal('pattern: a(')!, 'es'), 'el patrón `a(` no es código de python')
})

test('aliases that unfold without end take one rule with them, not the program', () => {
  const ten = (name: string) => `[${Array<string>(10).fill(`*${name}`).join(', ')}]`
  const read = readRuleFile(
    parser,
    `a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b ${ten('a')}\nc: &c ${ten('b')}\nd: &d ${ten('c')}\nrules:\n  - {id: laughs, languages: [python], message: m, patterns: *d}\n  - {id: sound, languages: [python], message: m, pattern: f()}\n`,
  )
  assert.deepEqual([read?.rules.map(it => it.id), read?.refused.map(it => it.id)], [['sound'], ['laughs']])
})
