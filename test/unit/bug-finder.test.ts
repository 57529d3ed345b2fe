// The shipped bug finder: golden answers, and what its rules show as examples.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { functionsOf } from '../../server/src/inference/function-tokens/functions.ts'
import { type FunctionAnswer, findBug, questionOf } from '../../server/src/inference/tasks/find-bug.ts'
import { isFixed } from '../../server/src/rules/example.ts'
import { RULES } from '../../server/src/rules/registry.generated.ts'
import { resolveNames } from '../../server/src/semantics/resolve-names.ts'
import type { Grammar } from '../../server/src/syntax/language.ts'
import { applyEdits } from '../../server/src/text/document.ts'
import { testBugFinder } from '../support/bug-finder.ts'
import { testParser } from '../support/engine.ts'

const MODEL = new URL('../../models/bug-finder/', import.meta.url)
const bugFinder = await testBugFinder()
const parser = await testParser()
const signal = new AbortController().signal

test('the weights are those that the description names', () => {
  const { sha256 } = JSON.parse(readFileSync(new URL('model.json', MODEL), 'utf8'))
  const weights = readFileSync(new URL('bug-finder.onnx', MODEL))
  assert.equal(createHash('sha256').update(weights).digest('hex'), sha256)
})

test('golden answers hold', async () => {
  const lines = readFileSync(new URL('golden.jsonl', MODEL), 'utf8').trim().split('\n')
  assert.ok(lines.length >= 40, `only ${lines.length} golden answers`)
  for (const line of lines) {
    const { grammar, text, answer } = JSON.parse(line) as {
      grammar: Grammar
      text: string
      answer: FunctionAnswer
    }
    const tree = parser.parseOnce(text, grammar)!
    const [tokens] = functionsOf(tree, resolveNames(tree))
    const now = await bugFinder.backend.run(
      findBug,
      questionOf(tokens!, bugFinder.model.vocabulary),
      'idle',
      signal,
    )
    near(now.none, answer.none, text)
    assert.equal(now.suspects[0]?.token, answer.suspects[0]?.token, text)
    assert.equal(now.suspects[0]?.instead, answer.suspects[0]?.instead, text)
    near(now.suspects[0]?.score ?? 0, answer.suspects[0]?.score ?? 0, text)
  }
})

for (const rule of RULES) {
  if (!rule.learned) continue
  describe(rule.id, () => {
    rule.examples.invalid.forEach((it, i) => {
      const example = isFixed(it) ? it.before : it
      test(`invalid ${i + 1}`, async () => {
        const findings = await bugFinder.findings(example.text, grammarFor(example))
        const own = findings.filter(it => it.rule === rule.id)
        assert.deepEqual(
          own.map(({ start, end }) => ({ start, end })),
          example.marks,
          JSON.stringify(findings),
        )
        if (isFixed(it)) {
          const [{ start, end, data }] = own as [(typeof own)[0]]
          assert.equal(applyEdits(example.text, [{ start, end, newText: String(data.put) }]), it.after.text)
        }
      })
    })
    rule.examples.valid.forEach((it, i) => {
      test(`valid ${i + 1}`, async () => {
        const findings = await bugFinder.findings(it.text, grammarFor(it))
        assert.deepEqual(
          findings.filter(it => it.rule === rule.id),
          [],
        )
      })
    })
  })
}

function grammarFor({ language, jsx }: { readonly language: string; readonly jsx: boolean }): Grammar {
  return language === 'typescript' && jsx ? 'tsx' : (language as Grammar)
}

/** The same to what floating point may differ by between engines. */
function near(one: number, other: number, text: string): void {
  assert.ok(Math.abs(one - other) <= 0.02, `${one} instead of ${other} in:\n${text}`)
}
