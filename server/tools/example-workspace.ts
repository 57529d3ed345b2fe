// A rule's example as the workspace that it stands for: its file, those beside it, what is found in each, and what fixes make of them.

import type { Finding } from '@codeant/shared/finding.ts'
import { analyseFile, type Engine } from '../src/features/analyse-file.ts'
import { type Sources, workspaceFixes } from '../src/features/workspace-fixes.ts'
import { Graph } from '../src/graph/graph.ts'
import { sortFindings } from '../src/rules/engine.ts'
import type { Example } from '../src/rules/example.ts'
import { checkRelations } from '../src/rules/relate.ts'
import { applyEdits } from '../src/text/document.ts'

/** The findings of each file, the example's own first. */
export function findingsInExample(
  engine: Engine,
  example: Example,
): readonly { readonly file: Example; readonly findings: readonly Finding[] }[] {
  const { files, graph } = readExample(engine, example)
  const related = checkRelations(engine.rules, graph.relations)
  return files.map(({ file, findings }) => {
    const own = related.get(pathOfExample(file)) ?? []
    return { file, findings: sortFindings([...findings, ...own]) }
  })
}

/** What each file becomes when the first fix is made that an example's own file is offered; by path, those that change. */
export function fixedExample(engine: Engine, example: Example): ReadonlyMap<string, string> {
  const { files, graph } = readExample(engine, example)
  const texts = new Map(files.map(({ file }) => [pathOfExample(file), file]))
  const path = pathOfExample(example)
  const sources: Sources = {
    graph,
    source: it => {
      const file = texts.get(it)
      return file && { path: it, language: file.language, text: file.text }
    },
  }
  for (const finding of checkRelations(engine.rules, graph.relations).get(path) ?? []) {
    const [fix] = workspaceFixes(engine, sources, path, finding)
    if (fix) return new Map([...fix.edits].map(([it, edits]) => [it, applyEdits(texts.get(it)!.text, edits)]))
  }
  return new Map()
}

function readExample(engine: Engine, example: Example) {
  const graph = new Graph()
  const files = [example, ...(example.others ?? [])].map(file => {
    const { findings, facts } = analyseFile(engine, pathOfExample(file), file.language, file.text)
    graph.set(pathOfExample(file), facts ?? { rows: {}, places: {} })
    return { file, findings }
  })
  return { files, graph }
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
