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
  assert.deepEqual(offered('|'), ['rules'])
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

test('which files are meant', () => {
  assert.ok(isPatternFile('.codeant/rules/a.yaml', ''))
  assert.ok(isPatternFile('rules/a.yml', 'rules:\n  - id: a\n    languages: [python]\n'))
  assert.ok(!isPatternFile('a.yml', 'rules:\n  - apiGroups: [""]\n'))
  assert.ok(!isPatternFile('.codeant/rules/a.json', ''))
})
