// Every rule, by its own examples: marks are findings, valid code has none, fixes give what they say and hold.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Finding } from '@codeant/shared/finding.ts'
import { LOCALES } from '@codeant/shared/locale.ts'
import type { Engine } from '../server/src/features/analyse-file.ts'
import { fixAll, proposeFixes } from '../server/src/features/fixes.ts'
import { type Example, isFixed } from '../server/src/rules/example.ts'
import { RULES } from '../server/src/rules/registry.generated.ts'
import type { AnyRule, Words } from '../server/src/rules/rule.ts'
import { findingsInExample, fixedExample, pathOfExample } from '../server/tools/example-workspace.ts'
import { testEngine, testParser } from './support/engine.ts'
import { showFindings } from './support/show-findings.ts'

const everything = await testEngine()
const parser = await testParser()
const { RuleSet } = await import('../server/src/rules/rule-set.ts')

const FROM_OUTSIDE = new Set(['style/large-file', 'security/known-advisory'])

for (const rule of RULES) {
  // Suppressions are about comments and dates, large-file is about bytes: tests of their own have them.
  // What a model finds is tested with the model: unit/bug-finder.test.ts.
  // What is known of packages comes from an archive: unit/advisories.test.ts brings one.
  if (rule.id.startsWith('suppressions/') || FROM_OUTSIDE.has(rule.id) || rule.learned) continue
  describe(rule.id, () => {
    const alone: Engine = { parser, rules: new RuleSet([rule]) }

    test('claims no language without an example of both kinds', () => {
      for (const language of rule.languages) {
        const speaks = (it: Example) => it.language === language
        assert.ok(
          rule.examples.invalid.some(it => speaks(isFixed(it) ? it.before : it)),
          `no invalid example in ${language}`,
        )
        assert.ok(rule.examples.valid.some(speaks), `no valid example in ${language}`)
      }
    })

    rule.examples.invalid.forEach((it, i) => {
      const example = isFixed(it) ? it.before : it
      test(`invalid ${i + 1}: ${firstLine(example)}`, () => checkMarks(alone, rule, example))
      if (isFixed(it))
        test(`fix ${i + 1}: ${firstLine(example)}`, () => checkFix(alone, rule, it.before, it.after))
    })
    rule.examples.valid.forEach((it, i) => {
      test(`valid ${i + 1}: ${firstLine(it)}`, () => checkMarks(alone, rule, { ...it, marks: [] }))
    })
    if (
      rule.languages.some(
        it => it === 'python' || it === 'rust' || it === 'javascript' || it === 'typescript',
      )
    ) {
      test('does not fail on its examples cut short', () => checkPrefixes(alone, rule))
    }
  })
}

function checkMarks(engine: Engine, rule: AnyRule, example: Example): void {
  for (const { file, findings } of findingsInExample(engine, example))
    checkFindings(rule, file === example ? example : file, withinLimit(rule, findings))
}

function checkFindings(rule: AnyRule, example: Example, findings: readonly Finding[]): void {
  const expected = example.marks.map(({ start, end }) => ({
    ...findings.find(it => it.start === start && it.end === end),
    rule: rule.id,
    start,
    end,
    data: {} as Finding['data'],
  }))
  const place = (it: { start: number; end: number }) => `${it.start}..${it.end}`
  assert.equal(
    findings.map(place).sort().join(' '),
    expected.map(place).sort().join(' '),
    `in:\n${example.text}\nfound:\n${showFindings(example.text, findings, () => rule)}`,
  )
  for (const finding of findings) checkWords(rule, finding)
}

function checkWords(rule: AnyRule, { data, fix }: Finding): void {
  assert.ok(!Object.values(data).some(Number.isNaN), 'a number that is none among the data')
  for (const locale of LOCALES) {
    // A rule may well speak of somebody's `undefined`; but not because it read a field that is not there.
    let readNothing = false
    const watched = new Proxy(data, {
      get: (fields, name: string) => {
        readNothing ||= fields[name] === undefined
        return fields[name]
      },
    })
    const words: Words = rule.explain[locale](watched)
    const sentences = Object.entries(words).flatMap(([name, it]: [string, string | readonly string[]]) =>
      (typeof it === 'string' ? [it] : it).map(sentence => [name, sentence] as const),
    )
    for (const [name, sentence] of sentences) {
      assert.ok(sentence.trim() === sentence && sentence.length > 3, `${locale} ${name} is empty`)
      assert.doesNotMatch(sentence, readNothing ? /undefined|\[object/ : /\[object/, `${locale} ${name}`)
      if (/^(message|places|fix|otherFix)$/.test(name))
        assert.doesNotMatch(sentence, /\.$/, `${locale} ${name} ends with a full stop`)
      else assert.match(sentence, /[.!?)]$/, `${locale} ${name} has no full stop`)
    }
    if (fix) assert.ok(words.fix, `yields a fix without naming it in ${locale}`)
  }
}

function checkFix(engine: Engine, rule: AnyRule, before: Example, after: Example): void {
  if (rule.relate) return checkWorkspaceFix(engine, before, after)
  const source = { path: pathOfExample(before), language: before.language, text: before.text }
  for (const proposed of proposeFixes(everything, source, it => it.rule === rule.id)) {
    assert.ok(
      proposed.holds,
      `does not hold: ${JSON.stringify({ ...proposed.evidence, added: proposed.evidence.added.map(it => it.rule) })} for ${JSON.stringify(proposed.edits)}`,
    )
  }
  const fixed = fixAll(engine, source, it => it.rule === rule.id)
  assert.equal(fixed.text, after.text)
  const again = fixAll(engine, { ...source, text: fixed.text }, it => it.rule === rule.id)
  assert.equal(again.text, fixed.text, 'fixing twice is not fixing once')
}

/** The first fix of the first finding, in all files. */
function checkWorkspaceFix(engine: Engine, before: Example, after: Example): void {
  const fixed = fixedExample(engine, before)
  const textsOf = (it: Example) =>
    new Map([it, ...(it.others ?? [])].map(file => [pathOfExample(file), file.text]))
  assert.deepEqual(new Map([...textsOf(before), ...fixed]), textsOf(after))
  assert.equal(fixedExample(engine, after).size, 0, 'fixing twice is not fixing once')
}

/** Code is broken most of the time while it is typed: a rule must live with every prefix of its own examples. */
function checkPrefixes(engine: Engine, rule: AnyRule): void {
  for (const it of [...rule.examples.invalid, ...rule.examples.valid]) {
    const example = isFixed(it) ? it.before : it
    for (
      let length = 0;
      length < example.text.length;
      length += Math.max(1, Math.floor(example.text.length / 25))
    ) {
      findingsIn(engine, rule, { ...example, text: example.text.slice(0, length) })
    }
  }
}

function findingsIn(engine: Engine, rule: AnyRule, example: Example): readonly Finding[] {
  return withinLimit(rule, findingsInExample(engine, example)[0]!.findings)
}

function withinLimit(rule: AnyRule, findings: readonly Finding[]): readonly Finding[] {
  const limit = rule.limit?.default ?? Number.NEGATIVE_INFINITY
  return findings.filter(it => it.measure === undefined || it.measure > limit)
}

function firstLine({ text }: Example): string {
  const [line = ''] = text.split('\n').filter(it => it.trim())
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}
