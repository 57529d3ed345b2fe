// A rule's example as the workspace that it stands for: its file, those beside it, and what is found in each.

import type { Finding } from '@codeant/shared/finding.ts'
import { analyseFile, type Engine } from '../src/features/analyse-file.ts'
import { Graph } from '../src/graph/graph.ts'
import { sortFindings } from '../src/rules/engine.ts'
import type { Example } from '../src/rules/example.ts'
import { checkRelations } from '../src/rules/relate.ts'

/** The findings of each file, the example's own first. */
export function findingsInExample(
  engine: Engine,
  example: Example,
): readonly { readonly file: Example; readonly findings: readonly Finding[] }[] {
  const files = [example, ...(example.others ?? [])]
  const graph = new Graph()
  const results = files.map(it => {
    const result = analyseFile(engine, pathOfExample(it), it.language, it.text)
    graph.set(pathOfExample(it), result.facts ?? { rows: {}, places: {} })
    return result
  })
  const related = checkRelations(engine.rules, graph.relations)
  return files.map((file, i) => {
    const own = related.get(pathOfExample(file)) ?? []
    return { file, findings: sortFindings([...results[i]!.findings, ...own]) }
  })
}

const EXTENSION: Readonly<Record<string, string>> = {
  python: 'py',
  javascript: 'js',
  typescript: 'ts',
  rust: 'rs',
  json: 'json',
  jsonc: 'jsonc',
  yaml: 'yaml',
  toml: 'toml',
  text: 'txt',
}

/** Where an example lies when it does not say so. */
export function pathOfExample({ path, language, jsx }: Example): string {
  return path ?? `src/example.${EXTENSION[language]}${jsx && language === 'typescript' ? 'x' : ''}`
}
