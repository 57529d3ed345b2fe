// ast-grep's own tests of rules: code in which one must find something (`invalid`), and code in which it must not (`valid`).

import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AstGrepProjects } from '../../host/node/ast-grep-project.ts'
import { type RuleTest, readRuleTests } from '../../patterns/ast-grep/test-document.ts'
import { Pack } from '../../patterns/pack.ts'
import type { PackRule } from '../../patterns/rule.ts'
import type { SyntaxParser } from '../../syntax/parser.ts'
import { readText } from '../workspace.ts'

/** What a rule did other than its test asks: which code of which file, from 1 on. */
export interface TestProblem {
  readonly what: 'missed' | 'too-much'
  readonly file: string
  readonly code: number
}

interface PlacedTest extends RuleTest {
  readonly file: string
}

export class TreeTests {
  readonly #byRule = new Map<string, PlacedTest[]>()

  /** The tests of the projects that these places are in, and those that lie among the rules. */
  constructor(places: readonly string[]) {
    const projects = new AstGrepProjects()
    const folders = new Set<string>()
    for (const place of places) {
      const project = projects.around(place)
      const named = project?.tests.filter(it => existsSync(it)) ?? []
      if (named.length > 0) for (const it of named) folders.add(it)
      else folders.add(project?.root ?? (isFolder(place) ? place : dirname(place)))
    }
    const seen = new Set<string>()
    for (const file of [...folders].flatMap(yamlFiles)) {
      if (seen.has(file)) continue
      seen.add(file)
      const text = readText(file)
      if (text === undefined || !/^(valid|invalid)\s*:/m.test(text)) continue
      for (const it of readRuleTests(text)) {
        const known = this.#byRule.get(it.id) ?? []
        this.#byRule.set(it.id, [...known, { ...it, file: basename(file) }])
      }
    }
  }

  /** Undefined where nothing tests the rule. */
  problemsOf(parser: SyntaxParser, rule: PackRule): TestProblem[] | undefined {
    const tests = this.#byRule.get(rule.id)
    const { search } = rule
    if (!tests || search.what !== 'tree') return undefined
    // A test has no path: what the rule says of paths is no matter here.
    const pack = new Pack([{ ...rule, search: { ...search, files: undefined, ignores: undefined } }])
    const path = search.grammar === 'tsx' ? 'test.tsx' : 'test'
    const finds = (code: string) => pack.check(path, rule.languages[0]!, code, undefined, parser).length > 0
    return tests.flatMap(({ file, valid, invalid }) => [
      ...valid.flatMap((code, i) => (finds(code) ? [{ what: 'too-much' as const, file, code: i + 1 }] : [])),
      ...invalid.flatMap((code, i) => (finds(code) ? [] : [{ what: 'missed' as const, file, code: i + 1 }])),
    ])
  }
}

function isFolder(place: string): boolean {
  try {
    return statSync(place).isDirectory()
  } catch {
    return false
  }
}

function yamlFiles(folder: string): string[] {
  if (!isFolder(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(it => {
      if (it.name.startsWith('.') || it.name === 'node_modules') return []
      const path = join(folder, it.name)
      return it.isDirectory() ? yamlFiles(path) : /\.ya?ml$/.test(it.name) ? [path] : []
    })
}
