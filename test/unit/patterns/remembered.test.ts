// A rule that is recalled finds what it found when it was read, and what it looks for is made only when it is asked.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTreeRules } from '../../../server/src/patterns/ast-grep/rule-document.ts'
import { Pack } from '../../../server/src/patterns/pack.ts'
import { recall, remember } from '../../../server/src/patterns/remembered-rules.ts'
import { type PackRule, renamed } from '../../../server/src/patterns/rule.ts'
import { grammarsOf, readRuleFile } from '../../../server/src/patterns/rule-file.ts'
import { testParser } from '../../support/engine.ts'

const parser = await testParser()

const RULES = `rules:
  - id: search
    languages: [python, javascript]
    severity: ERROR
    message: $X is evaluated
    metadata: {cwe: CWE-95}
    paths: {exclude: [tests]}
    options: {symmetric_eq: true}
    patterns:
      - pattern: eval($X)
      - metavariable-regex: {metavariable: $X, regex: ^te}
    fix-regex: {regex: eval, replacement: parse}
  - id: taint
    mode: taint
    languages: [python]
    severity: INFO
    message: m
    options: {taint_unify_mvars: true}
    pattern-sources: [{pattern: input()}]
    pattern-sinks: [{pattern: run(...)}]
  - id: text
    languages: [regex]
    severity: WARNING
    message: m
    pattern-regex: TODO
  - id: refused
    languages: [python]
    severity: INFO
    message: m
    pattern: f(
`

test('what is recalled is what was read, but for what it looks for', () => {
  const read = readRuleFile(parser, RULES)!
  const { file, grammars } = recall(parser, remember(read, grammarsOf(RULES))!)
  const said = (it: typeof file) => it!.rules.map(({ search: _, ...rest }) => rest)
  assert.deepEqual(said(file), said(read))
  assert.deepEqual(file!.refused, read.refused)
  assert.deepEqual(grammars, ['python', 'javascript'])
  assert.deepEqual(
    file!.rules.map(it => it.search.what),
    ['and', 'taint', 'regex'],
  )
  assert.deepEqual(
    file!.rules.map(it => JSON.stringify(it.search)),
    read.rules.map(it => JSON.stringify(it.search)),
  )
})

const TREE_RULES = `id: call
language: Python
severity: error
message: a call of $F
url: https://example.com/call
metadata: {cwe: CWE-95}
rule: {pattern: $F(eval($X)), not: {regex: safe}}
constraints: {X: {kind: identifier}}
fix: parse($X)
files: ['**/*.py']
---
id: off
language: Python
severity: 'off'
rule: {kind: call}
---
id: refused
language: Python
rule: {kind: nothing_of_the_kind}
`

test('rules in the format of ast-grep are recalled as well', () => {
  const read = readTreeRules(parser, TREE_RULES)!
  const { file } = recall(parser, remember(read, ['python'])!)
  assert.deepEqual(file!.refused, read.refused)
  assert.equal(file!.rules.length, 1)
  const [before, after] = [read.rules, file!.rules].map(rules =>
    new Pack(rules).check('a.py', 'python', 'run(eval(it))\nrun(eval(safe))\n', undefined, parser),
  )
  assert.equal(before!.length, 1)
  assert.deepEqual(
    after!.map(it => ({ ...it, rule: it.rule.id })),
    before!.map(it => ({ ...it, rule: it.rule.id })),
  )
  const said = ({ search: _, ...rest }: PackRule) => rest
  assert.deepEqual(file!.rules.map(said), read.rules.map(said))
})

test('a rule whose texts are not there is never asked, by whatever name', () => {
  const { file } = recall(parser, remember(readRuleFile(parser, RULES), [])!)
  const asked: string[] = []
  const rules = file!.rules.map(it => {
    const watched = Object.defineProperty({ ...it }, 'search', {
      enumerable: true,
      get: () => {
        asked.push(it.id)
        return it.search
      },
    })
    return renamed(watched, `folder.${it.id}`)
  })
  const found = new Pack(rules).check('a.txt', 'text', 'TODO: nothing', undefined, parser)
  assert.deepEqual([asked, found.map(it => it.rule.id)], [['text'], ['folder.text']])
})

test('that a file holds no rules is remembered, too', () => {
  assert.equal(recall(parser, remember(undefined, [])!).file, undefined)
})

test('a rule that holds itself is run, and not remembered', () => {
  const read = readRuleFile(
    parser,
    'rules:\n  - &r {id: a, languages: [python], message: m, pattern: f(), metadata: {self: *r}}\n',
  )
  assert.deepEqual([read?.rules.length, remember(read, [])], [1, undefined])
})
