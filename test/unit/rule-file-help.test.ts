import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPatternFile, keyHover, suggestions } from '../../server/src/features/rule-file-help.ts'

/** `|` is where somebody writes. */
function at(text: string): readonly [string, number] {
  return [text.replace('|', ''), text.indexOf('|')]
}

function offered(text: string): readonly string[] {
  return suggestions(...at(text), 'en').map(it => it.text.replace(/: $/, ''))
}

test('keys of a rule, without those that it has', () => {
  const rule = offered('rules:\n  - id: a\n    |\n    message: b\n')
  assert.ok(rule.includes('severity') && rule.includes('pattern-either') && rule.includes('mode'))
  assert.ok(!rule.includes('id') && !rule.includes('message') && !rule.includes('metavariable-regex'))
  // Which of the two formats it will be is not said yet.
  assert.ok(offered('|').includes('rules') && offered('|').includes('language'))
  assert.ok(!offered('rules: []\n|').includes('language'))
  // Those of the next rule are no reason.
  assert.ok(offered('rules:\n  - id: a\n    |\n  - id: b\n    message: c\n').includes('message'))
  assert.ok(offered('rules:\n  - |\n').includes('id'))
})

test('keys of a formula and of its conditions', () => {
  const list = offered('rules:\n  - id: a\n    patterns:\n      - pattern: f($X)\n      - |\n')
  assert.ok(list.includes('metavariable-regex') && list.includes('pattern-not'))
  assert.ok(!list.includes('severity'))
  const condition = offered(
    'rules:\n  - id: a\n    patterns:\n      - metavariable-regex:\n          metavariable: $X\n          |\n',
  )
  assert.ok(condition.includes('regex') && !condition.includes('metavariable') && !condition.includes('id'))
  assert.deepEqual(offered('rules:\n  - id: a\n    paths:\n      include: [x]\n      |\n'), ['exclude'])
  assert.ok(
    offered('rules:\n  - id: a\n    mode: taint\n    pattern-sinks:\n      - |\n').includes('pattern-inside'),
  )
  // After a list, the rule goes on.
  assert.ok(offered('rules:\n  - id: a\n    patterns:\n      - pattern: f($X)\n    |\n').includes('severity'))
})

test('values, where there are few', () => {
  assert.deepEqual(offered('rules:\n  - id: a\n    severity: |\n'), ['ERROR', 'WARNING', 'INFO'])
  assert.deepEqual(offered('rules:\n  - id: a\n    mode: t|\n'), ['search', 'taint'])
  assert.ok(offered('rules:\n  - id: a\n    languages:\n      - |\n').includes('python'))
  assert.ok(offered('rules:\n  - id: a\n    languages: [|\n').includes('rust'))
  assert.deepEqual(offered('rules:\n  - id: a\n    message: |\n'), [])
  assert.deepEqual(offered('rules:\n  - id: a\n    pattern: f(|\n'), [])
})

test('a key says what it means, in both languages', () => {
  const text = 'rules:\n  - id: a\n    patterns:\n      - pattern-ins|ide: f()\n'
  assert.deepEqual(keyHover(...at(text), 'en'), {
    at: { start: 39, end: 53 },
    markdown: '**pattern-inside**: What must surround the place',
  })
  assert.match(keyHover(...at(text), 'es')!.markdown, /Lo que tiene que rodear el sitio/)
  assert.equal(keyHover(...at('rules:\n  - id: a\n    message: what| is: it\n'), 'en'), undefined)
  assert.equal(keyHover(...at('rules:\n  - id: a\n    metadata:\n      pattern|: x\n'), 'en'), undefined)
})

test("the keys of ast-grep's format", () => {
  const RULE = 'id: a\nlanguage: Python\n'
  assert.ok(offered(`${RULE}|`).includes('rule') && !offered(`${RULE}|`).includes('id'))
  assert.ok(!offered(`${RULE}|`).includes('rules'))
  const rule = offered(`${RULE}rule:\n  pattern: f($X)\n  |\n`)
  assert.ok(rule.includes('has') && !rule.includes('pattern') && !rule.includes('stopBy'))
  assert.ok(offered(`${RULE}rule:\n  has:\n    |\n`).includes('field'))
  assert.ok(!offered(`${RULE}rule:\n  follows:\n    |\n`).includes('field'))
  assert.deepEqual(offered(`${RULE}rule:\n  has:\n    stopBy: |\n`), ['neighbor', 'end'])
  assert.ok(offered(`${RULE}rule:\n  any:\n    - kind: call\n    - |\n`).includes('regex'))
  // The names of metavariables and utilities are one's own.
  assert.deepEqual(offered(`${RULE}constraints:\n  |\n`), [])
  assert.ok(offered(`${RULE}constraints:\n  X:\n    |\n`).includes('regex'))
  assert.ok(offered(`${RULE}utils:\n  is-call:\n    |\n`).includes('kind'))
  assert.deepEqual(offered(`${RULE}transform:\n  NEW:\n    |\n`), [
    'replace',
    'substring',
    'convert',
    'rewrite',
  ])
  assert.ok(offered(`${RULE}transform:\n  NEW:\n    convert:\n      |\n`).includes('toCase'))
  assert.ok(offered(`${RULE}transform:\n  NEW:\n    convert:\n      toCase: |\n`).includes('snakeCase'))
  assert.ok(offered('id: a\nlanguage: |\n').includes('Rust'))
  // Each document is a rule by itself.
  assert.ok(offered(`${RULE}---\n|\nrule: {kind: call}\n`).includes('id'))
  assert.match(keyHover(...at(`${RULE}rule:\n  ha|s:\n    kind: x\n`), 'es')!.markdown, /contener/)
})

test('which files are meant', () => {
  assert.ok(isPatternFile('.codeant/rules/a.yaml', ''))
  assert.ok(isPatternFile('rules/a.yml', 'rules:\n  - id: a\n    languages: [python]\n'))
  assert.ok(!isPatternFile('a.yml', 'rules:\n  - apiGroups: [""]\n'))
  assert.ok(isPatternFile('rules/a.yml', 'id: a\nlanguage: go\nrule:\n  kind: x\n'))
  assert.ok(!isPatternFile('.github/a.yml', 'language: go\n'))
  assert.ok(!isPatternFile('.codeant/rules/a.json', ''))
})
