// Every case of ast-grep's format: the matches of a rule are exactly what its marks enclose, and its fix gives what is written.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTreeRules } from '../../../server/src/patterns/ast-grep/rule-document.ts'
import { Pack } from '../../../server/src/patterns/pack.ts'
import { refusalWords } from '../../../server/src/patterns/refusal.ts'
import { js, py, rs, ts, written } from '../../../server/src/rules/example.ts'
import { applyEdits } from '../../../server/src/text/document.ts'
import { testParser } from '../../support/engine.ts'
import { type TreeCase, treeCases } from './ast-grep.cases.ts'

const parser = await testParser()
const TAGS = { Python: py, JavaScript: js, TypeScript: ts, Tsx: ts, Rust: rs, Go: js, Java: js } as const

for (const { name, language, cases } of treeCases) {
  test(`${language}: ${name}`, () => {
    const wrong = cases.flatMap(it => {
      const problem = check(language, it)
      return problem ? [problem] : []
    })
    assert.equal(wrong.join('\n\n'), '')
  })
}

test('there are at least 120 cases', () => {
  assert.ok(treeCases.reduce((sum, it) => sum + it.cases.length, 0) >= 120)
})

function check(language: keyof typeof TAGS, [source, marked, fixed]: TreeCase): string {
  const body = /^(rule|utils|constraints|transform|fix|rewriters|severity|files)\s*:/m.test(source)
    ? source
    : /^(pattern|kind|regex|nthChild|range|inside|has|follows|precedes|all|any|not|matches)\s*:/m.test(source)
      ? `rule:\n${source.replace(/^/gm, '  ')}`
      : `rule:\n  pattern: |-\n${source.replace(/^/gm, '    ')}`
  const read = readTreeRules(parser, `id: case\nlanguage: ${language}\nmessage: it\n${body}\n`)
  const [refused] = read?.refused ?? []
  if (!read || refused) return `${source}\nis refused: ${refused && refusalWords(refused.refusal, 'en')}`
  const example = written(TAGS[language], marked)
  const [{ languages } = { languages: [] }] = read.rules
  const path = language === 'Tsx' ? 'case.tsx' : 'case'
  const found = new Pack(read.rules).check(path, languages[0]!, example.text, undefined, parser)
  const shown = (places: readonly { readonly start: number; readonly end: number }[]) =>
    [...places]
      .sort((a, b) => a.start - b.start || b.end - a.end)
      .map(it => `${it.start}-${it.end} ${JSON.stringify(example.text.slice(it.start, it.end))}`)
      .join('\n  ')
  const is = shown(found)
  const expected = shown(example.marks)
  if (is !== expected) return `${source}\nin ${marked}\nfinds\n  ${is}\ninstead of\n  ${expected}`
  if (fixed === undefined) return ''
  const made = applyEdits(
    example.text,
    found.flatMap(it => it.edit ?? []),
  )
  return made === fixed ? '' : `${source}\nin ${marked}\nmakes\n${made}\ninstead of\n${fixed}`
}
