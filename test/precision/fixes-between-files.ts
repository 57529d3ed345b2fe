// The fixes of what files disagree about: made in memory in every file that they touch, and checked with a graph that is
// built anew from what the files say then.

import type { Finding } from '@codeant/shared/finding.ts'
import { analyseFile, type Engine } from '../../server/src/features/analyse-file.ts'
import type { Source } from '../../server/src/features/fixes.ts'
import { type FileEdits, workspaceFixes } from '../../server/src/features/workspace-fixes.ts'
import type { FileFacts } from '../../server/src/graph/facts.ts'
import { Graph } from '../../server/src/graph/graph.ts'
import { checkRelations, type RelatedFindings } from '../../server/src/rules/relate.ts'
import { applyEdits } from '../../server/src/text/document.ts'

/** A repository: what its files say, and how they are read again. */
export interface Project {
  readonly facts: ReadonlyMap<string, FileFacts>
  source(path: string): Source | undefined
}

export interface FixBetweenFiles {
  readonly finding: Finding
  readonly path: string
  /** Absent where nothing is offered. */
  readonly made?: {
    readonly edits: FileEdits
    /** The edited files, by path. */
    readonly files: ReadonlyMap<string, Source>
    readonly gone: boolean
    readonly nothingNew: boolean
  }
}

/** Every fix that is proposed between the files of a project. */
export function* fixesBetweenFiles(
  engine: Engine,
  project: Project,
  wanted: (finding: Finding) => boolean,
): Generator<FixBetweenFiles> {
  const graph = graphOf(project.facts)
  const before = checkRelations(engine.rules, graph.relations)
  const sources = { graph, source: (path: string) => project.source(path) }
  for (const [path, findings] of before)
    for (const finding of findings.filter(it => it.fix && wanted(it))) {
      const edits = workspaceFixes(engine, sources, path, finding).find(it => it.name === 'fix')?.edits
      yield { finding, path, ...(edits && { made: made(engine, project, before, finding, edits) }) }
    }
}

function made(
  engine: Engine,
  { facts, source }: Project,
  before: RelatedFindings,
  { rule }: Finding,
  edits: FileEdits,
): FixBetweenFiles['made'] {
  const files = new Map<string, Source>()
  for (const [path, own] of edits) {
    const old = source(path)!
    files.set(path, { ...old, text: applyEdits(old.text, own) })
  }
  const said = new Map(facts)
  for (const [path, { language, text }] of files)
    said.set(path, analyseFile(engine, path, language, text).facts ?? NOTHING)
  const [then, now] = [before, checkRelations(engine.rules, graphOf(said).relations)].map(countByRule)
  return {
    edits,
    files,
    gone: (now!.get(rule) ?? 0) < then!.get(rule)!,
    nothingNew: [...now!].every(([it, count]) => count <= (then!.get(it) ?? 0)),
  }
}

const NOTHING: FileFacts = { rows: {}, places: {} }

function graphOf(facts: ReadonlyMap<string, FileFacts>): Graph {
  const graph = new Graph()
  for (const [path, own] of facts) graph.set(path, own)
  return graph
}

function countByRule(found: RelatedFindings): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [, findings] of found)
    for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  return counts
}
