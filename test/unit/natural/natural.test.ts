// Sentences of teams: each means what its reader meant, what cannot be meant is refused, and what is shown of it is true.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { CodeLanguage } from '@codeant/shared/language.ts'
import { grammarOf } from '../../../server/src/features/languages.ts'
import { checkFile } from '../../../server/src/rules/engine.ts'
import { describe } from '../../../server/src/rules/natural/describe.ts'
import { exampleOf } from '../../../server/src/rules/natural/generated-examples.ts'
import { nearestSentences, SAYABLE } from '../../../server/src/rules/natural/nearest.ts'
import type { Requirement } from '../../../server/src/rules/natural/requirement.ts'
import { sentencesIn } from '../../../server/src/rules/natural/rule-file.ts'
import { compileSentence } from '../../../server/src/rules/natural/sentence.ts'
import { slugOf, teamRule } from '../../../server/src/rules/natural/team-rule.ts'
import { RuleSet } from '../../../server/src/rules/rule-set.ts'
import { analyse } from '../../../server/src/semantics/source-file.ts'
import type { SyntaxParser } from '../../../server/src/syntax/parser.ts'
import { testParser } from '../../support/engine.ts'
import { ENGLISH, MORE_ENGLISH } from './sentences-en.ts'
import { MORE_SPANISH, SPANISH } from './sentences-es.ts'
import { REFUSED } from './sentences-refused.ts'

let parser: SyntaxParser

before(async () => {
  parser = await testParser()
})

test('there are as many sentences as were promised', () => {
  assert.deepEqual([ENGLISH.length, SPANISH.length, REFUSED.length], [100, 100, 60])
})

for (const [sentence, breaks, keeps] of [...ENGLISH, ...SPANISH, ...MORE_ENGLISH, ...MORE_SPANISH])
  test(`means what its reader meant: ${sentence}`, () => {
    assert.notEqual(
      found(sentence, breaks.language, breaks.path, breaks.text),
      0,
      'what breaks it is not found',
    )
    assert.equal(found(sentence, keeps.language, keeps.path, keeps.text), 0, 'what keeps it is found')
  })

for (const sentence of REFUSED)
  test(`is refused: ${sentence}`, () => {
    const compiled = compileSentence(sentence)
    assert.equal(compiled.kind, 'refused', JSON.stringify(compiled))
  })

test('what is shown beside a sentence breaks it and keeps it', () => {
  const wrong: string[] = []
  let shown = 0
  for (const sentence of sayable()) {
    const example = exampleOf(meaning(sentence))
    if (!example) continue
    shown++
    const { language, breaks, keeps } = example
    if (found(sentence, language, breaks.path, breaks.text) === 0) wrong.push(`${sentence}: ${breaks.text}`)
    if (found(sentence, language, keeps.path, keeps.text) > 0) wrong.push(`${sentence}: ${keeps.text}`)
  }
  assert.deepEqual(wrong, [])
  assert.ok(shown > 220, String(shown))
})

test('what was understood is said in both languages, and otherwise where it is something else', () => {
  const said = new Map<string, string>()
  for (const sentence of sayable()) {
    const requirement = meaning(sentence)
    for (const locale of ['en', 'es'] as const) {
      const text = describe(requirement, locale)
      assert.doesNotMatch(text, /undefined|NaN|\[object/, sentence)
      const known = said.get(text)
      const own = JSON.stringify(requirement)
      assert.ok(known === undefined || known === own, `${text}: ${known} and ${own}`)
      said.set(text, own)
    }
    assert.notEqual(describe(requirement, 'en'), describe(requirement, 'es'), sentence)
  }
})

test('the same thing said in either language is the same rule', () => {
  for (const [en, es] of [
    ['Functions must not have more than 50 lines', 'Las funciones no deben tener más de 50 líneas'],
    ['No function may take more than 3 parameters', 'Ninguna función puede recibir más de tres parámetros'],
    ['No `console.log` outside tests', 'No se permite `console.log` fuera de las pruebas'],
    ['No magic numbers', 'No se permiten números mágicos'],
    ['Use `logger.info` instead of `print`', 'Usa `logger.info` en vez de `print`'],
    ['Every `switch` must have a default case', 'Todo `switch` debe tener un caso por defecto'],
    ['Do not call `fetch` inside loops', 'No llames a `fetch` dentro de un bucle'],
  ] as const)
    assert.deepEqual(meaning(en), meaning(es), en)
})

test('accents, capitals and a full stop change nothing', () => {
  const wanted = meaning('Las funciones no deben tener más de 50 líneas')
  for (const it of [
    'las funciones no deben tener mas de 50 lineas.',
    'LAS FUNCIONES NO DEBEN TENER MÁS DE 50 LÍNEAS',
    'Las funciones no deben tener más de cincuenta líneas',
  ])
    assert.deepEqual(meaning(it), wanted, it)
})

test('no beginning of a sentence, and no mixture of two, ends the reading', () => {
  const all = sayable()
  for (const [i, sentence] of all.entries()) {
    const words = sentence.split(' ')
    for (let length = 0; length < words.length; length += 3) compileSentence(words.slice(0, length).join(' '))
    compileSentence([...words.slice(0, 3), ...(all[i + 1] ?? '').split(' ').slice(3)].join(' '))
  }
})

test('what is refused says why, and names sentences that can be read', () => {
  const unknown = compileSentence('Functions should be short')
  assert.ok(unknown.kind === 'refused')
  assert.deepEqual(unknown.refusal, { why: 'unknown', words: ['short'] })
  const unfinished = compileSentence('Las funciones no deben tener más de 50')
  assert.ok(unfinished.kind === 'refused')
  assert.deepEqual(unfinished.refusal, { why: 'unclear', from: '' })
  assert.equal(unfinished.locale, 'es')
  for (const [locale, sentences] of Object.entries(SAYABLE) as ['en' | 'es', readonly string[]][])
    for (const it of sentences) {
      meaning(it)
      assert.equal(nearestSentences(it, locale)[0], it)
    }
})

test('a pattern that a stranger could stop the editor with is not taken', () => {
  for (const it of ['^(a+)+$', '(x|x)*y', '^([a-z]+_?)+$'])
    assert.equal(compileSentence(`Type names must match \`${it}\``).kind, 'refused', it)
  meaning('Type names must match `^[A-Z][a-zA-Z0-9]*$`')
})

test('a long sentence takes no longer than a short one', () => {
  for (const it of [
    'in tests ',
    'functions in tests ',
    'no use of `a`, ',
    'public private async exported ',
    'must not have more than ',
  ]) {
    const compiled = compileSentence(`No \`a\` ${it.repeat(2000)}`)
    assert.equal(compiled.kind, 'refused')
    compileSentence(`No \`a\` ${it.repeat(Math.floor(36 / it.trim().split(' ').length))}`)
  }
})

test('a file of sentences has one a line, and comments', () => {
  const text = '# Ours\n\n- No magic numbers\r\n  2. Nada de ternarios anidados.\n'
  assert.deepEqual(
    sentencesIn(text).map(it => [it.text, text.slice(it.start, it.end)]),
    [
      ['No magic numbers', 'No magic numbers'],
      ['Nada de ternarios anidados.', 'Nada de ternarios anidados.'],
    ],
  )
})

test('another sentence is another rule, whose name can stand in a comment', () => {
  const slugs = sayable().map(slugOf)
  assert.equal(new Set(slugs).size, new Set(sayable()).size)
  for (const it of slugs) assert.match(it, /^[\p{L}\p{N}_-]{3,90}$/u)
})

function sayable(): readonly string[] {
  const meant = [...ENGLISH, ...SPANISH, ...MORE_ENGLISH, ...MORE_SPANISH].map(([it]) => it)
  const all = [...meant, ...SAYABLE.en, ...SAYABLE.es]
  return [...new Set(all)]
}

function meaning(sentence: string): Requirement {
  const compiled = compileSentence(sentence)
  assert.ok(compiled.kind === 'understood', `${sentence}: ${JSON.stringify(compiled)}`)
  return compiled.requirement
}

function found(sentence: string, language: CodeLanguage, path: string, text: string): number {
  const rule = teamRule(sentence)
  assert.ok(rule, `${sentence} is not understood`)
  const tree = parser.parseOnce(text, grammarOf(language, path)!)
  return checkFile(new RuleSet([rule]), path, language, analyse(tree!)).length
}
