// The tests and snapshots of a collection in ast-grep's format, run on its rules.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { type RuleTest, readRuleTests } from '../../server/src/patterns/ast-grep/test-document.ts'
import { Pack } from '../../server/src/patterns/pack.ts'
import type { PackRule } from '../../server/src/patterns/rule.ts'
import type { SyntaxParser } from '../../server/src/syntax/parser.ts'

/** The first place that is reported in a code, as the authors recorded it: what it says, and where in bytes. */
interface Snapshot {
  readonly source: string
  readonly start: number
}

export class TreeTests {
  readonly #tests = new Map<string, RuleTest[]>()
  readonly #snapshots = new Map<string, Map<string, Snapshot>>()

  constructor(folder: string) {
    for (const file of yamlFiles(folder)) {
      const text = readFileSync(file, 'utf8')
      for (const it of readRuleTests(text)) this.#tests.set(it.id, [...(this.#tests.get(it.id) ?? []), it])
      if (/^snapshots:/m.test(text)) this.#readSnapshots(text)
    }
  }

  /** Empty where all is as it should be; undefined where nothing is tested. */
  run(parser: SyntaxParser, rule: PackRule): string | undefined {
    const tests = this.#tests.get(rule.id)
    if (!tests || rule.search.what !== 'tree') return undefined
    const { search } = rule
    const pack = new Pack([{ ...rule, search: { ...search, files: undefined, ignores: undefined } }])
    const check = (code: string) => {
      const path = search.grammar === 'tsx' ? 'test.tsx' : 'test'
      return pack.check(path, rule.languages[0]!, code, undefined, parser)
    }
    const problems: string[] = []
    for (const { valid, invalid } of tests) {
      valid.forEach((code, i) => {
        const [first] = check(code)
        if (first) problems.push(`valid ${i}: too much`)
      })
      invalid.forEach((code, i) => {
        const [first] = check(code)
        const snapshot = this.#snapshots.get(rule.id)?.get(code)
        if (!first) problems.push(`invalid ${i}: missed`)
        else if (snapshot) {
          const found = code.slice(first.start, first.end)
          const at = Buffer.byteLength(code.slice(0, first.start))
          if (found !== snapshot.source || at !== snapshot.start)
            problems.push(`invalid ${i}: at another place than its snapshot`)
        }
      })
    }
    return problems.join(', ')
  }

  #readSnapshots(text: string): void {
    for (const document of parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false })) {
      const given = document.toJS() as { id?: unknown; snapshots?: unknown } | null
      if (typeof given?.id !== 'string' || typeof given.snapshots !== 'object') continue
      const places = new Map<string, Snapshot>()
      for (const [code, { labels }] of Object.entries(
        given.snapshots as Record<string, { labels?: unknown }>,
      )) {
        const primary = (labels as ({ style: string } & Snapshot)[] | undefined)?.find(
          it => it.style === 'primary',
        )
        if (primary) places.set(code, primary)
      }
      this.#snapshots.set(given.id, places)
    }
  }
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(it => {
    const path = join(folder, it.name)
    if (it.isDirectory()) return it.name.startsWith('.') ? [] : yamlFiles(path)
    return /\.ya?ml$/.test(it.name) ? [path] : []
  })
}
