// The tables of other people's interfaces: each line is one, tells what it is about, and keeps quiet when a function of the same name
// came from somewhere else.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEPRECATED } from '../../server/src/rules/apis/deprecated.ts'
import { type ApiEntry, idOf } from '../../server/src/rules/apis/entry.ts'
import { REMOVED } from '../../server/src/rules/apis/removed.ts'
import { SLOW } from '../../server/src/rules/apis/slow.ts'
import { TRAPS } from '../../server/src/rules/apis/traps.ts'
import { WEAK } from '../../server/src/rules/apis/weak.ts'
import { type Example, js, py, rs, ts, written } from '../../server/src/rules/example.ts'
import { RULES } from '../../server/src/rules/registry.generated.ts'
import { findingsInExample } from '../../server/tools/example-workspace.ts'
import { testParser } from '../support/engine.ts'

const TABLES: Readonly<Record<string, readonly ApiEntry[]>> = {
  'correctness/removed-api': REMOVED,
  'correctness/deprecated-api': DEPRECATED,
  'correctness/api-misuse': TRAPS,
  'security/api-misuse': WEAK,
  'performance/api-misuse': SLOW,
}
const TAGS = { python: py, javascript: js, typescript: ts, rust: rs } as const

const parser = await testParser()
const { RuleSet } = await import('../../server/src/rules/rule-set.ts')

test('every line of a table is another one', () => {
  for (const [rule, entries] of Object.entries(TABLES)) {
    const ids = entries.map(idOf)
    assert.deepEqual(
      ids.filter((it, i) => ids.indexOf(it) !== i),
      [],
      rule,
    )
  }
})

for (const [id, entries] of Object.entries(TABLES)) {
  const rule = RULES.find(it => it.id === id)!
  const engine = { parser, rules: new RuleSet([rule]) }
  const told = (example: Example) =>
    findingsInExample(engine, example).flatMap(it => it.findings.map(found => found.data.entry))

  test(`${id}: each example is found by its own line`, () => {
    for (const it of entries) {
      const found = told(written(TAGS[it.language], it.invalid))
      assert.ok(found.includes(idOf(it)), `${idOf(it)} in:\n${it.invalid}\nfound: ${found.join()}`)
    }
  })

  test(`${id}: what only has the same name is not told`, () => {
    const wrong = entries.flatMap(it => {
      const foreign = fromElsewhere(it)
      if (foreign === undefined) return []
      return told(written(TAGS[it.language], foreign)).includes(idOf(it))
        ? [`${idOf(it)} in:\n${foreign}`]
        : []
    })
    assert.deepEqual(wrong, [])
  })
}

/** The same, where the name is of the project's own. Undefined where nothing but what is given says whose it is. */
function fromElsewhere({ language, api, as, makers, invalid }: ApiEntry): string | undefined {
  const text = invalid.replaceAll(/[«»]/g, '')
  if (makers?.[0] === '*') return undefined
  if (language === 'rust')
    return as === 'method' || /^[a-z]\d|^usize/.test(api)
      ? undefined
      : text.replaceAll(api.replaceAll('.', '::'), `crate::${api.replaceAll('.', '::')}`)
  if (as === 'module')
    return language === 'python'
      ? text.replace('import ', 'from . import ').replace(/import ([\w]+)\.[\w.]+/, 'import $1')
      : text.replace(/'([^']+)'/, "'./$1'")
  const isBuiltin = language === 'python' && !api.includes('.')
  const foreign = isBuiltin
    ? text
    : language === 'python'
      ? text
          .replaceAll(/^from ([\w.]+) import/gm, 'from mine.$1 import')
          .replaceAll(/^import ([\w.]+?)( as \w+)?$/gm, (_, module: string, alias = '') =>
            alias ? `from mine import ${module}${alias}` : `from mine import ${module.split('.')[0]}`,
          )
      : text
          .replaceAll(/from '([^']+)'/g, "from './$1'")
          .replaceAll(/require\('([^']+)'\)/g, "require('./$1')")
  if (foreign !== text) return foreign
  const [head] = api.split('.') as [string]
  // What a function of this file gives is known to be none of the language's.
  return language === 'python' ? `def ${head}(*all): pass\n${text}` : `function ${head}() {}\n${text}`
}
