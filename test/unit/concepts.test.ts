// Concept pages: each teaches rules that exist, in both languages, with code that its readers could type.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { LOCALES } from '@codeant/shared/locale.ts'
import { CONCEPTS } from '../../server/src/rules/concepts.generated.ts'
import type { Example as FileOfRule } from '../../server/src/rules/example.ts'
import { RULES } from '../../server/src/rules/registry.generated.ts'
import { RuleSet } from '../../server/src/rules/rule-set.ts'
import type { Grammar } from '../../server/src/syntax/language.ts'
import { FLAG_ERROR } from '../../server/src/syntax/tree.ts'
import { findingsInExample } from '../../server/tools/example-workspace.ts'
import { testParser } from '../support/engine.ts'

const parser = await testParser()

const LANGUAGES = { py: 'python', js: 'javascript', ts: 'typescript', rs: 'rust', rust: 'rust' } as const
/** Files without a syntax tree: those of their rules that say nothing of a path know them by their names. */
const DATA = { yaml: 'yaml', dockerfile: 'text', tf: 'text', sh: 'text' } as const
const NAMES: Readonly<Record<string, string>> = { dockerfile: 'Dockerfile', tf: 'main.tf' }

interface Example {
  readonly fence: string
  readonly code: string
}

function examplesOf(body: string): Example[] {
  return [...body.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, fence, code]) => ({
    fence: fence!,
    code: code!,
  }))
}

test('every concept has a page', () => {
  const source = readFileSync(new URL('../../server/src/rules/concepts.ts', import.meta.url), 'utf8')
  const declared = [...source.matchAll(/^ {2}\| '([\w-]+)'$/gm)].map(it => it[1]!)
  assert.deepEqual(CONCEPTS.map(it => it.id).sort(), declared.sort())
})

test('every page is used by a rule', () => {
  const used = new Set<string>(RULES.map(it => it.concept))
  assert.deepEqual(
    CONCEPTS.filter(it => !used.has(it.id)).map(it => it.id),
    [],
  )
})

for (const concept of CONCEPTS) {
  test(`${concept.id}: both languages teach the same, at the same length`, () => {
    for (const locale of LOCALES) {
      const { title, body } = concept[locale]
      const words = body.replace(/^```\w*$/gm, '').split(/\s+/).length
      assert.ok(words >= 100 && words <= 260, `${locale}: ${words} words`)
      assert.match(title, /^[\p{Lu}¿«]/u)
      // The page stands below a heading of its own wherever it is shown.
      const prose = body.replace(/^```[\s\S]*?^```$/gm, '')
      assert.doesNotMatch(prose, /^#/m)
      assert.doesNotMatch(prose, /^.{111,}$/m, 'a line that is too long')
    }
    assert.notEqual(concept.en.title, concept.es.title)
    const fences = (body: string) => examplesOf(body).map(it => it.fence)
    assert.deepEqual(fences(concept.en.body), fences(concept.es.body))
    assert.equal(new Set(fences(concept.en.body)).size, 2, 'examples in two languages')
  })

  test(`${concept.id}: the examples parse, and a rule of this concept finds one of them`, () => {
    const rules = new RuleSet(RULES.filter(it => it.concept === concept.id))
    for (const locale of LOCALES) {
      // The examples of a page are files of one workspace, so that one may speak of another.
      const files = examplesOf(concept[locale].body).map(({ fence, code }, i): FileOfRule => {
        if (fence in DATA) {
          const path = named(code) ?? NAMES[fence] ?? `a${i}.${fence}`
          return { language: DATA[fence as keyof typeof DATA], jsx: false, text: code, marks: [], path }
        }
        const language = LANGUAGES[fence as keyof typeof LANGUAGES]
        assert.ok(language, `${locale}: no language for \`\`\`${fence}`)
        const tree = parser.parseOnce(code, language satisfies Grammar)!
        assert.equal(tree.flags[0]! & FLAG_ERROR, 0, `${locale}: does not parse:\n${code}`)
        return { language, jsx: false, text: code, marks: [], path: `src/${named(code) ?? `a${i}.${fence}`}` }
      })
      const [first, ...others] = files
      const found = findingsInExample({ parser, rules }, { ...first!, others }).flatMap(it => it.findings)
      if (!NOT_SHOWN.has(concept.id)) assert.ok(found.length > 0, `${locale}: nothing is found`)
    }
  })
}

/** An example that others speak of says its name in its first line: `# orders.py`. */
function named(code: string): string | undefined {
  return /^(?:#|\/\/) ([\w./-]+\.\w+)\n/.exec(code)?.[1]
}

/** A block worth calling a duplicate is long, and a suppression is judged by what it hides. */
const NOT_SHOWN = new Set<string>(['duplication', 'suppressions'])
