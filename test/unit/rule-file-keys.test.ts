// What completion offers in files of rules is what reading them takes: rules that together have every key, none of them refused.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KEYS } from '../../server/src/features/rule-file-keys.ts'
import type { RuleKey } from '../../server/src/features/rule-key.ts'
import { TREE_KEYS } from '../../server/src/features/tree-rule-keys.ts'
import { readTreeRules } from '../../server/src/patterns/ast-grep/rule-document.ts'
import type { RuleFile } from '../../server/src/patterns/rule.ts'
import { readRuleFile } from '../../server/src/patterns/rule-file.ts'
import { testParser } from '../support/engine.ts'

const parser = await testParser()

const HEAD = 'severity: INFO, message: m'
const FORMULAS = [
  'pattern: f($X), fix: g($X), metadata: {a: b}, paths: {include: [a], exclude: [b]}, mode: search',
  'pattern-either: [{pattern: f($X)}], fix-regex: {regex: f, replacement: g, count: 1}',
  'pattern-regex: f',
  'patterns: [{pattern: f($X)}, {pattern-not: f(1)}, {pattern-inside: "g(...)"}, {pattern-not-inside: h(...)}]',
  'patterns: [{pattern: f($X)}, {pattern-not-regex: "1"}, {focus-metavariable: $X}]',
  'patterns: [{pattern: f($X)}, {metavariable-regex: {metavariable: $X, regex: a}}]',
  'patterns: [{pattern: f($X)}, {metavariable-pattern: {metavariable: $X, language: python, pattern: a}}]',
  'patterns: [{pattern: f($X)}, {metavariable-comparison: {metavariable: $X, comparison: $X > 1}}]',
  'patterns: [{pattern: f("$X")}, {metavariable-analysis: {metavariable: $X, analyzer: entropy}}]',
  'patterns: [{pattern: f("$X")}, {metavariable-analysis: {metavariable: $X, analyzer: redos}}]',
  'patterns: [{pattern: f($X)}, {metavariable-type: {metavariable: $X, type: str}}]',
  'patterns: [{pattern: f($X)}, {metavariable-type: {metavariable: $X, types: [str]}}]',
  `mode: taint, pattern-sources: [{pattern: f()}], pattern-sinks: [{pattern: "g(...)"}],
   pattern-sanitizers: [{pattern: "h(...)"}], pattern-propagators: [{pattern: $A.add($B), from: $B, to: $A}]`,
]
const listed = (formula: string, language = 'python', head = HEAD) =>
  `rules: [{id: a, languages: [${language}], ${head}, ${formula}}]`

test('files of rules in a list', () => {
  const texts = [
    ...FORMULAS.map(it => listed(it)),
    ...valuesOf(KEYS.options).map(it => listed(`pattern: f(), options: {${it}}`)),
    ...namedValues(KEYS.rule, 'languages').map(it => listed('pattern-regex: f', it)),
    ...namedValues(KEYS.rule, 'severity').map(it =>
      listed('pattern: f()', 'python', `severity: ${it}, message: m`),
    ),
  ]
  check(texts, KEYS, it => readRuleFile(parser, it))
})

const RULES = [
  '{pattern: f($X), kind: call, regex: f, nthChild: 1, range: {start: {line: 0, column: 0}, end: {line: 1}}}',
  '{kind: call, inside: {kind: module, stopBy: end}, has: {kind: identifier, field: function, stopBy: neighbor}}',
  '{kind: call, follows: {kind: call, stopBy: end}, precedes: {kind: call, stopBy: {kind: block}}}',
  '{all: [{kind: call}], any: [{kind: call}], not: {regex: a}}',
  '{kind: call, nthChild: {position: 2n+1, reverse: true, ofRule: {kind: call}}}',
  ...namedValues(TREE_KEYS.pattern, 'strictness').map(
    it => `{pattern: {context: 'f($X)', selector: call, strictness: ${it}}, kind: call}`,
  ),
]
const document = (rule: string, more = '') => `id: a\nlanguage: Python\nmessage: m\nrule: ${rule}\n${more}`

test("files in ast-grep's format", () => {
  const found = '{pattern: f($X)}'
  const texts = [
    ...RULES.map(it => document(it)),
    document('{matches: u}', 'utils: {u: {kind: call}}\nnote: n\nurl: u\nmetadata: {a: b}\n'),
    document(
      found,
      "constraints: {X: {regex: a}}\nlabels: {X: {style: primary}}\nfiles: ['*.py']\nignores: [a]\n",
    ),
    document(found, 'fix: {template: g($X), title: t, expandStart: {regex: a}, expandEnd: {regex: a}}\n'),
    document(found, 'transform: {A: {replace: {source: $X, replace: a, by: b}}}\nfix: $A\n'),
    document(found, 'transform: {A: {substring: {source: $X, startChar: 1, endChar: -1}}}\nfix: $A\n'),
    ...namedValues(TREE_KEYS.convert, 'toCase').map(it =>
      document(
        found,
        `transform: {A: {convert: {source: $X, toCase: ${it}, separatedBy: [dash]}}}\nfix: $A\n`,
      ),
    ),
    document(
      found,
      `transform: {A: {rewrite: {source: $X, rewriters: [r], joinBy: ','}}}
rewriters: [{id: r, rule: {kind: call}, fix: g()}]
fix: $A
`,
    ),
    ...namedValues(TREE_KEYS.document, 'severity').map(it => document(found, `severity: ${it}\n`)),
    ...namedValues(TREE_KEYS.document, 'language').map(
      it => `id: a\nlanguage: ${it}\nrule: {regex: a, kind: ${KINDS[it] ?? 'identifier'}}\n`,
    ),
  ]
  check(texts, TREE_KEYS, it => readTreeRules(parser, it))
})

const KINDS: Readonly<Record<string, string>> = { Json: 'object', Yaml: 'stream', Html: 'element' }

function check(
  texts: readonly string[],
  places: Readonly<Record<string, readonly RuleKey[]>>,
  read: (text: string) => RuleFile | undefined,
): void {
  for (const text of texts) assert.deepEqual(read(text)?.refused.map(it => it.refusal) ?? [], [], text)
  const all = texts.join('\n')
  for (const { name } of Object.values(places).flat())
    assert.match(all, new RegExp(`(?<![\\w-])${name}:`), `no rule here has ${name}`)
}

function namedValues(keys: readonly RuleKey[], name: string): readonly string[] {
  return keys.find(it => it.name === name)!.values!
}

function valuesOf(keys: readonly RuleKey[]): readonly string[] {
  return keys.flatMap(({ name, values }) => values!.map(it => `${name}: ${it}`))
}
