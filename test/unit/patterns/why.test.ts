// Why a rule does not match: the sentence of the operator that says no, and the part of the code that it speaks of.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedFile } from '../../../server/src/features/rule-playground.ts'
import { readTreeRules } from '../../../server/src/patterns/ast-grep/rule-document.ts'
import type { PackRule, RuleFile } from '../../../server/src/patterns/rule.ts'
import { readRuleFile } from '../../../server/src/patterns/rule-file.ts'
import { reasonWords } from '../../../server/src/patterns/why/reasons.ts'
import type { Span, Why } from '../../../server/src/patterns/why/why.ts'
import { whyMatched } from '../../../server/src/patterns/why/why-matched.ts'
import { py, written } from '../../../server/src/rules/example.ts'
import { testParser } from '../../support/engine.ts'
import { python, trees, type WhyCase } from './why.cases.ts'

const parser = await testParser()

test('the sentence names what pattern and code part in', () => {
  for (const it of python) check(semgrep(it[0]), it)
})

test('rules of ast-grep are told of at the node that comes closest', () => {
  for (const it of trees) check(astGrep(it[0]), it)
})

test('each operator says what it matched, and what its metavariables stand for', () => {
  const rule = semgrep(
    'patterns:\n  - pattern: f($X)\n  - pattern-inside: |\n      def $G(...):\n        ...\n  - pattern-not: f(1)\n  - metavariable-regex:\n      metavariable: $X\n      regex: a',
  )
  assert.equal(
    printed(rule, 'def g():\n  f(1)\n  f(a)\nf(b)'),
    `holds patterns f(a) [G=g X=a]
  holds pattern f(1) [X=1], f(a) [X=a], f(b) [X=b]
  holds pattern-inside def g(): [G=g]
  holds pattern-not f(1) []
  holds metavariable-regex f(a) [G=g X=a]
`,
  )
  // At one place: who comes after the one that says no is not asked.
  assert.equal(
    printed(rule, 'def g():\n  f(1)\n  f(a)\n«f(b)»'),
    `fails patterns
  holds pattern f(b) [X=b]
  fails pattern-inside
  unasked pattern-not
  unasked metavariable-regex
`,
  )
})

test('what tells why finds what the scan finds', () => {
  const rule = semgrep('patterns:\n  - pattern: f($X)\n  - pattern-not: f("...")\n  - focus-metavariable: $X')
  const [first] = whyMatched(parser, rule, askedFile(parser, 'a.py', 'f("a")\nf(b)')).places
  assert.deepEqual([first?.start, first?.end], [9, 10])
})

test('both languages say it', () => {
  const why = whyMatched(parser, semgrep('pattern: f($A)'), askedFile(parser, 'a.py', 'f(a, b)'))
  assert.equal(reasonWords(why.reason!, 'es'), 'la llamada tiene 2 argumentos y el patrón admite 1')
})

function check(rule: PackRule, [search, code, sentence]: WhyCase): void {
  const { text, marks } = written(py, code)
  const why = whyMatched(parser, rule, askedFile(parser, 'a.py', text))
  assert.equal(why.outcome, 'fails', search)
  const told = tellers(why).map(it => ({ sentence: reasonWords(it.reason!, 'en'), at: it.at }))
  const one = told.find(it => it.sentence === sentence)
  assert.ok(one, `${search}\n${text}\nsays: ${told.map(it => it.sentence).join('; ')}`)
  const [mark] = marks
  if (mark) assert.equal(textAt(text, one.at), textAt(text, mark), search)
}

function tellers(why: Why): Why[] {
  return [...(why.reason ? [why] : []), ...why.parts.flatMap(tellers)]
}

function textAt(text: string, at: Span | undefined): string | undefined {
  return at && text.slice(at.start, at.end)
}

function printed(rule: PackRule, code: string): string {
  const { text, marks } = written(py, code)
  const line = (it: Why, indent: string): string => {
    const places = it.places.map(place => {
      const bound = place.bindings.map(({ name, text }) => `${name}=${text}`)
      return ` ${textAt(text, place)!.split('\n')[0]} [${bound.join(' ')}]`
    })
    const own = `${indent}${it.outcome} ${it.operator}${places.join(',')}\n`
    return own + it.parts.map(part => line(part, `${indent}  `)).join('')
  }
  return line(whyMatched(parser, rule, askedFile(parser, 'a.py', text), marks[0]), '')
}

function semgrep(search: string): PackRule {
  const keys = search.replace(/^/gm, '    ')
  const head = 'rules:\n  - id: it\n    languages: [python]\n    severity: ERROR\n    message: it\n'
  return only(readRuleFile(parser, head + keys))
}

function astGrep(search: string): PackRule {
  return only(readTreeRules(parser, `id: it\nlanguage: Python\nrule:\n${search.replace(/^/gm, '  ')}\n`))
}

function only(file: RuleFile | undefined): PackRule {
  assert.deepEqual(file?.refused, [])
  return file!.rules[0]!
}
