// Suppressions: what a comment silences, and what is said of comments that are due, useless or without a reason.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_SETTINGS, type ProjectSettings } from '@codeant/shared/settings.ts'
import { analyseFile } from '../../server/src/features/analyse-file.ts'
import { fixAll, proposeFixes } from '../../server/src/features/fixes.ts'
import { reportFile } from '../../server/src/features/report.ts'
import { isFixed } from '../../server/src/rules/example.ts'
import { RULES } from '../../server/src/rules/registry.generated.ts'
import { testEngine } from '../support/engine.ts'

const engine = await testEngine()
const TODAY = '2026-11-21'

function rulesIn(
  text: string,
  language: 'python' | 'javascript' = 'python',
  settings: ProjectSettings = DEFAULT_SETTINGS,
): string[] {
  const path = language === 'python' ? 'a.py' : 'a.js'
  const result = analyseFile(engine, path, language, text)
  const wanted = /self-assignment|suppressions/
  return reportFile(path, result, { rules: engine.rules, settings, today: TODAY })
    .shown.map(it => it.finding.rule)
    .filter(it => wanted.test(it))
}

function check(
  what: string,
  text: string,
  expected: readonly string[],
  language?: 'python' | 'javascript',
  settings?: ProjectSettings,
): void {
  test(what, () => assert.deepEqual(rulesIn(text, language, settings), expected))
}

const SELF = 'correctness/self-assignment'
check('nothing is silenced without a comment', 'a = a', [SELF])
check(
  'a comment at the end of a line speaks of that line',
  'a = a  # codeant-ignore correctness/self-assignment: why\nb = b',
  [SELF],
)
check(
  'a comment above speaks of the next line',
  '# codeant-ignore correctness/self-assignment: why\na = a\nb = b',
  [SELF],
)
check(
  'other comments and blank lines in between do no harm',
  '# codeant-ignore correctness/self-assignment: why\n\n# a note\na = a',
  [],
)
check('next-line says so', 'b = b  # codeant-ignore-next-line correctness/self-assignment: why\na = a', [
  SELF,
])
check('a whole file', '# codeant-ignore-file correctness/self-assignment: generated\na = a\n\n\nb = b', [])
check('a category', 'a = a  # codeant-ignore correctness/*: why', [])
check('several rules', 'a = a  # codeant-ignore security/dynamic-code, correctness/self-assignment: why', [])
check('a block comment', 'a = a /* codeant-ignore correctness/self-assignment: why */', [], 'javascript')
check('another rule stays', 'a = a  # codeant-ignore security/dynamic-code: why', [
  SELF,
  'suppressions/useless',
])
check('a string is no comment', 'x = "# codeant-ignore correctness/self-assignment: why"; a = a', [SELF])
check('without a reason it works, and that is said', 'a = a  # codeant-ignore correctness/self-assignment', [
  'suppressions/without-reason',
])
check('the project may allow that', 'a = a  # codeant-ignore correctness/self-assignment', [], 'python', {
  ...DEFAULT_SETTINGS,
  requireReason: false,
})
check(
  'until a day that is to come',
  'a = a  # codeant-ignore correctness/self-assignment: why (@ana, until 2026-11-21)',
  [],
)
check(
  'once that day has passed, the finding is back',
  'a = a  # codeant-ignore correctness/self-assignment: why (until 2026-11-20)',
  [SELF, 'suppressions/expired'],
)
check(
  'a rule that is switched off finds nothing, so its suppression is not useless',
  'a = b  # codeant-ignore correctness/self-assignment: why',
  [],
  'python',
  { ...DEFAULT_SETTINGS, rules: { [SELF]: { enabled: false } } },
)

const JS = 'javascript' as const
check('another checker was told: this line', 'a = a  # noqa\nb = b', [SELF])
check('another checker was told: this problem', 'a = a  # noqa: E501, PLW0127', [])
check('another checker was told: another problem', 'a = a  # noqa: E501', [SELF])
check('another checker was told: the file', '# ruff: noqa\na = a\nb = b', [])
check('pylint was told by name', 'a = a  # pylint: disable=self-assigning-variable\nb = b', [SELF])
check('pylint was told about the next line', '# pylint: disable-next=W0127\na = a\nb = b', [SELF])
check(
  'eslint was told about the next line',
  '// eslint-disable-next-line no-self-assign -- a getter\na = a\nb = b',
  [SELF],
  JS,
)
check('eslint was told about this line', 'a = a // eslint-disable-line\nb = b', [SELF], JS)
check(
  'eslint was told for a while',
  '/* eslint-disable no-self-assign */\na = a\n/* eslint-enable */\nb = b',
  [SELF],
  JS,
)
check('eslint was told for good', '/* eslint-disable */\na = a\nb = b', [], JS)
check('eslint was told something else', '/* eslint-disable no-undef */\na = a', [SELF], JS)
check('biome was told', '// biome-ignore lint/correctness/noSelfAssign: a getter\na = a\nb = b', [SELF], JS)
check('a word that only sounds like it', '// see eslint-disable-notes\na = a', [SELF], JS)

test('rustc and clippy were told by attributes', () => {
  const found = (text: string) => found_(text, 'rust')(SELF).length
  assert.equal(found('fn f() { x = x; }'), 1)
  assert.equal(found('#[allow(clippy::self_assignment)]\n#[inline]\nfn f() { x = x; }\nfn g() { y = y; }'), 1)
  assert.equal(found('#![allow(clippy::self_assignment)]\nfn f() { x = x; }'), 0)
  assert.equal(found('#[allow(dead_code)]\nfn f() { x = x; }'), 1)
})

test('the settings decide about rules, categories, severities and limits', () => {
  const result = analyseFile(
    engine,
    'a.py',
    'python',
    'a = a\ndef f(a, b, c, d, e, g): return a, b, c, d, e, g\n',
  )
  const shown = (rules: ProjectSettings['rules']) =>
    reportFile('a.py', result, {
      rules: engine.rules,
      settings: { ...DEFAULT_SETTINGS, rules },
      today: TODAY,
    })
      .shown.filter(it => /self-assignment|too-many-parameters/.test(it.finding.rule))
      .map(it => `${it.finding.rule.split('/')[1]} ${it.severity}`)
  assert.deepEqual(shown({}), ['self-assignment error'])
  assert.deepEqual(shown({ 'correctness/*': { enabled: false } }), [])
  assert.deepEqual(
    shown({ 'correctness/*': { enabled: false }, [SELF]: { enabled: true, severity: 'hint' } }),
    ['self-assignment hint'],
  )
  assert.deepEqual(shown({ 'design/too-many-parameters': { limit: 5 } }), [
    'self-assignment error',
    'too-many-parameters hint',
  ])
})

for (const rule of RULES.filter(it => it.id.startsWith('suppressions/'))) {
  for (const it of rule.examples.invalid) {
    const example = isFixed(it) ? it.before : it
    test(`${rule.id}: ${example.text.split('\n')[0]}`, () => {
      const found = found_(example.text, example.language)
      assert.deepEqual(found(rule.id), example.marks)
    })
  }
  for (const example of rule.examples.valid)
    test(`not ${rule.id}: ${example.text.split('\n')[0]}`, () =>
      assert.deepEqual(found_(example.text, example.language)(rule.id), []))
}

function found_(text: string, language: string) {
  const path = `a.${{ python: 'py', javascript: 'js', typescript: 'ts', rust: 'rs' }[language]}`
  const result = analyseFile(engine, path, language as 'python', text)
  const { shown } = reportFile(path, result, {
    rules: engine.rules,
    settings: DEFAULT_SETTINGS,
    today: TODAY,
  })
  return (rule: string) =>
    shown.filter(it => it.finding.rule === rule).map(({ finding: { start, end } }) => ({ start, end }))
}

test('what a comment silences is not repaired either, whoever the comment is for', () => {
  const silenced = 'a = a  # codeant-ignore correctness/self-assignment: why\nc = c  # noqa: PLW0127\n'
  const source = { path: 'a.py', language: 'python', text: `${silenced}b = b\n` } as const
  const wanted = (it: { readonly rule: string }) => it.rule === SELF
  assert.deepEqual(
    proposeFixes(engine, source, wanted).map(it => it.finding.start),
    [silenced.length],
  )
  assert.deepEqual(fixAll(engine, source, wanted), { text: silenced, applied: 1 })
})
