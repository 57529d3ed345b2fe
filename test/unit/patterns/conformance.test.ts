// Every case of the suite: the matches of a pattern, or of a rule, are exactly what its marks enclose.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf } from '../../../server/src/patterns/code-of.ts'
import { Pack } from '../../../server/src/patterns/pack.ts'
import { readRuleFile } from '../../../server/src/patterns/rule-file.ts'
import { whyMatched } from '../../../server/src/patterns/why/why-matched.ts'
import { js, py, rs, text, ts, written } from '../../../server/src/rules/example.ts'
import { testParser } from '../../support/engine.ts'
import type { Case, Topic } from './cases.ts'
import { dockerfile } from './dockerfile.cases.ts'
import { genericCases } from './generic.cases.ts'
import { go } from './go.cases.ts'
import { hcl } from './hcl.cases.ts'
import { html } from './html.cases.ts'
import { java } from './java.cases.ts'
import { javascript } from './javascript.cases.ts'
import { json } from './json.cases.ts'
import { python } from './python.cases.ts'
import { ruleCases } from './rules.cases.ts'
import { rust } from './rust.cases.ts'
import { typescript } from './typescript.cases.ts'
import { yaml } from './yaml.cases.ts'

const parser = await testParser()
const TAGS: Partial<Record<Topic['language'], typeof text>> = {
  python: py,
  javascript: js,
  typescript: ts,
  rust: rs,
}
const all: readonly Topic[] = [
  ...python,
  ...javascript,
  ...typescript,
  ...rust,
  ...go,
  ...java,
  ...hcl,
  ...yaml,
  ...genericCases,
  ...dockerfile,
  ...json,
  ...html,
  ...ruleCases,
]

for (const { name, language, rules, cases, written } of all) {
  test(`${written ?? language}: ${name}`, () => {
    const wrong = cases.flatMap(it => {
      const problem = check(language, written ?? (language === 'text' ? 'regex' : language), rules, it)
      return problem ? [problem] : []
    })
    assert.equal(wrong.join('\n\n'), '')
  })
}

test('the suite has at least 400 cases', () => {
  assert.ok(all.reduce((sum, it) => sum + it.cases.length, 0) >= 400)
})

function check(language: Topic['language'], said: string, isRule: boolean, [source, marked]: Case): string {
  const body = isRule ? source : `pattern: |\n${source.replace(/^/gm, '  ')}`
  const file = `rules:\n  - id: case\n    message: it\n    severity: INFO\n    languages: [${said}]\n${body.replace(/^/gm, '    ')}\n`
  const read = readRuleFile(parser, file)
  if (!read || read.refused.length > 0)
    return `${source}\nis refused: ${JSON.stringify(read?.refused[0]?.refusal)}`
  const example = written(TAGS[language] ?? text, marked)
  const code =
    language === 'text' ? undefined : () => codeOf('case', parser.parseOnce(example.text, language)!)
  const found = new Pack(read.rules)
    .check('case', language, example.text, code, parser)
    .map(({ start, end }) => ({ start, end }))
  const shown = (places: readonly { readonly start: number; readonly end: number }[]) =>
    [...places]
      .sort((a, b) => a.start - b.start || b.end - a.end)
      .map(it => `${it.start}-${it.end} ${JSON.stringify(example.text.slice(it.start, it.end))}`)
      .join('\n  ')
  const is = shown(found)
  const expected = shown(example.marks)
  if (is !== expected) return `${source}\nin ${marked}\nfinds\n  ${is}\ninstead of\n  ${expected}`
  // Who is asked why speaks of the very same places.
  const asked = { path: 'case', language, text: example.text, code: code?.() }
  const told = shown(whyMatched(parser, read.rules[0]!, asked).places)
  return told === expected ? '' : `${source}\nin ${marked}\ntells of\n  ${told}\ninstead of\n  ${expected}`
}
