// The precision that is published: what was judged by reading fits the rules and repositories there are, and is good enough.
// How the sample is drawn and judged: test/precision/sample.ts.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RULES } from '../../server/src/rules/registry.generated.ts'
import { CORPORA } from '../bench/corpora.ts'
import { rounds } from '../precision/first-contact.ts'
import { REPOSITORIES } from '../precision/repositories.ts'
import { precision, verdicts } from '../precision/sample.ts'

const OVERALL = 0.95
const PER_RULE = 0.85
const ENOUGH = 300

const judged = verdicts()
const rules = new Map(RULES.map(it => [it.id, it]))

test('a verdict is about a rule that exists and a repository at the commit that is measured', () => {
  for (const { rule, repository, commit, path, line, reason } of judged) {
    const place = `${rule} ${repository}:${path}:${line}`
    assert.ok(rules.has(rule), `${place}: there is no such rule`)
    assert.equal(commit, REPOSITORIES[repository]?.commit, `${place}: not the commit that is measured`)
    assert.match(reason, /^\S.*[.?!]$/, `${place}: a whole sentence says why`)
  }
})

test('a finding is judged once, and stands where it is looked for', () => {
  const places = judged.map(it => [it.rule, it.repository, it.path, String(it.line).padStart(7)].join('\0'))
  assert.equal(new Set(places).size, places.length)
  assert.deepEqual(places, [...places].sort())
})

test('enough findings were judged, and nearly all of them are true', () => {
  const right = judged.filter(it => it.verdict).length
  assert.ok(judged.length >= ENOUGH, `only ${judged.length} findings were judged`)
  assert.ok(right / judged.length >= OVERALL, `only ${right} of ${judged.length} findings are true`)
})

test('no rule that is on is often wrong', () => {
  const weak = precision(judged).filter(
    it => rules.get(it.rule)?.enabled !== false && it.right / it.judged < PER_RULE,
  )
  assert.deepEqual(weak, [])
})

test('what was judged at first contact are rules that exist, in repositories that no rule was made with', () => {
  const all = rounds()
  assert.ok(all.length > 0)
  const names = all.flatMap(it => Object.keys(it.repositories))
  assert.equal(new Set(names).size, names.length, 'a repository is new only once')
  for (const name of names) assert.ok(!(name in CORPORA), `${name} is measured elsewhere`)
  for (const { judged, judgedOf, repositories, wrong } of all) {
    assert.ok(wrong.length < judged)
    for (const [rule, count] of Object.entries(judgedOf ?? {}))
      assert.ok(rules.has(rule) && wrong.filter(it => it.rule === rule).length <= count, rule)
    if (judgedOf)
      assert.equal(
        Object.values(judgedOf).reduce((sum, it) => sum + it, 0),
        judged,
      )
    for (const { repository, rule, reason } of wrong) {
      assert.ok(repository in repositories, repository)
      assert.ok(rules.has(rule), rule)
      assert.match(reason, /^\S.*[.?!]$/, reason)
    }
  }
})
