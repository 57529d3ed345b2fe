// Rules in ast-grep's format that cannot be run as they were meant are not run: each is named, with the reason.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTreeRules } from '../../../server/src/patterns/ast-grep/rule-document.ts'
import { readUtilities } from '../../../server/src/patterns/ast-grep/utilities.ts'
import { Pack } from '../../../server/src/patterns/pack.ts'
import { refusalWords } from '../../../server/src/patterns/refusal.ts'
import { testParser } from '../../support/engine.ts'

const parser = await testParser()
const reason = (body: string, language = 'Python') => {
  const [refused] = readTreeRules(parser, `id: it\nlanguage: ${language}\n${body}\n`)?.refused ?? []
  return refused && refusalWords(refused.refusal, 'en')
}

for (const [body, expected, language] of [
  ['rule: { pattern: "a b" }', 'the pattern a b is more than one node', 'JavaScript'],
  ['rule: { pattern: "f(" }', 'the pattern `f(` is no Python code'],
  ['rule: { pattern: $$$A }', 'the pattern $$$A stands for several nodes and is alone'],
  ['rule: { pattern: { context: a, selector: call } }', 'there is no call in the pattern a'],
  ['rule: { kind: no_such }', 'Python has no nodes of kind no_such'],
  ['rule: { kind: call, has: { field: no_such, kind: string } }', 'Python has no field no_such'],
  ['rule: { kind: call, follows: { field: name, kind: string } }', 'field beside follows is not supported'],
  ['rule: { kind: call, has: { stopby: end, kind: string } }', 'the key stopby is not known'],
  ['rule: { kind: call, is: { kind: string } }', 'the key is is not known'],
  ['rule: {}', 'a rule asks for nothing'],
  ['rule: { regex: a }', 'it does not say which kinds of nodes it looks for: add `kind` or `pattern`'],
  ['rule: { kind: call, matches: other }', 'there is no utility other'],
  ['utils: { a: { matches: b }, b: { matches: a } }\nrule: { kind: call, matches: a }', 'a needs itself'],
  [
    'rule: { pattern: $A, kind: call }\nconstraints: { B: { kind: call } }',
    'nothing binds the metavariable B',
  ],
  ['rule: { pattern: f($A) }\nfix: $B', 'nothing binds the metavariable B'],
  [
    'rule: { pattern: f($A) }\ntransform: { B: { upper: { source: $A } } }',
    'transform: upper is not supported',
  ],
  [
    'rule: { pattern: f($A) }\ntransform: { B: "convert($C, toCase=upperCase)", C: "convert($B, toCase=upperCase)" }',
    'B needs itself',
  ],
  [
    'rule: { pattern: f($A) }\ntransform: { B: { rewrite: { source: $A, rewriters: [r] } } }',
    'there is no rewriter r',
  ],
  ['rule: { kind: call, nthChild: often }', 'nthChild cannot be often'],
  ['rule: { kind: "call >> string" }', 'kind cannot be call >> string'],
  ['rule: { kind: call, regex: "(" }', /^the regular expression \( cannot be read/],
  ['rule: { kind: call }\nseverity: loud', 'severity cannot be loud'],
  ['rule: { kind: call }', 'the languages Cobol are not supported', 'Cobol'],
] as const) {
  test(String(expected), () => {
    const said = reason(body, language)
    if (typeof expected === 'string') assert.equal(said, expected)
    else assert.match(said ?? '', expected)
  })
}

test('a rule that is switched off is neither run nor refused', () => {
  assert.equal(reason('rule: { kind: call }\nseverity: off'), undefined)
})

test('one bad document does not take the others with it', () => {
  const read = readTreeRules(
    parser,
    'id: a\nlanguage: Python\nrule: {pattern: f()}\n---\nid: b\nlanguage: Python\nrule: {pattern: "f("}\n',
  )
  assert.deepEqual([read?.rules.map(it => it.id), read?.refused.map(it => it.id)], [['a'], ['b']])
})

test('a YAML file without such rules is none of ours', () => {
  assert.equal(readTreeRules(parser, 'services: {}\n'), undefined)
  assert.equal(readTreeRules(parser, 'rules:\n  - id: a\n'), undefined)
})

test('a utility of the project that cannot be read takes those with it that need it', () => {
  const { utilities, refused } = readUtilities(parser, [
    'id: a\nlanguage: Python\nrule: { matches: b }\n',
    'id: b\nlanguage: Python\nrule: { kind: no_such }\n',
    'id: c\nlanguage: Python\nrule: { kind: call }\n',
  ])
  assert.deepEqual([...utilities.of('python').keys()], ['c'])
  assert.deepEqual(refused.map(it => it.id).sort(), ['a', 'b'])
})

test('what a utility of the project binds is its own', () => {
  const { utilities } = readUtilities(parser, ['id: u\nlanguage: Python\nrule: { pattern: g($A) }\n'])
  const read = readTreeRules(
    parser,
    'id: a\nlanguage: Python\nrule: { pattern: f($A), has: { matches: u, stopBy: end } }\n',
    utilities,
  )
  assert.equal(read?.rules.length, 1)
})

test('a rule without end says nothing, and takes no other with it', () => {
  const read = readTreeRules(
    parser,
    `id: endless
language: Python
utils:
  a: { kind: identifier, inside: { has: { matches: a, stopBy: end }, stopBy: end } }
rule: { kind: identifier, matches: a }
---
id: dear
language: Python
utils:
  b: { kind: identifier, inside: { stopBy: end, pattern: $X, has: { stopBy: end, pattern: $Y, matches: c } } }
  c: { kind: identifier, inside: { stopBy: end, pattern: $X, has: { stopBy: end, pattern: $Y, matches: d } } }
  d: { kind: identifier, inside: { stopBy: end, pattern: $X, has: { stopBy: end, pattern: $Y, regex: ^no$ } } }
rule: { kind: identifier, matches: b }
---
id: plain
language: Python
rule: { pattern: f() }
`,
  )
  assert.deepEqual(read?.refused, [])
  const text = `f()\n${'a = b(c, [d, (e)])\n'.repeat(100)}`
  const found = new Pack(read!.rules).check('case', 'python', text, undefined, parser)
  assert.deepEqual(
    found.map(it => it.rule.id),
    ['plain'],
  )
})
