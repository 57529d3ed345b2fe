// The graphs of the projects that are being analysed, and what the rules that compare files say of each file.

import type { Finding } from '@codeant/shared/finding.ts'
import type { FactKind } from '../graph/facts.ts'
import { Graph } from '../graph/graph.ts'
import { sortFindings } from '../rules/engine.ts'
import { checkRelations, isCovered, type RelatedFindings } from '../rules/relate.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import type { FileResult } from './analyse-file.ts'
import { meaningOf } from './meaning.ts'

/** Rows that only help others to be understood: no rule has anything to say of them. */
const SILENT: ReadonlySet<string> = new Set<FactKind>([
  'constant',
  'alias',
  'class',
  'package',
  'layer',
  'crate',
  'foreignExport',
  'foreignModule',
  'foreignOpening',
  'loader',
  'nativePackage',
  'registration',
  'commandWrapper',
  'tableChange',
  'migration',
  'appLabel',
  'tableModel',
  'bundler',
  'environmentMention',
  'environmentReader',
  'environmentSweep',
  'flow',
  'flowStart',
  'flowEnd',
  'flowCall',
  'graphqlType',
  'graphqlField',
  'graphqlRoot',
  'protoFile',
  'protoType',
  'protoMember',
])

const NOTHING = { rows: {}, places: {} } as const

/** By the roots of projects. */
export class WorkspaceGraphs {
  readonly #graphs = new Map<string, Graph>()
  readonly #findings = new Map<string, RelatedFindings>()

  /** What a file says now; a path is from the project's root. True when others may see it differently than before. */
  take(root: string, path: string, { facts }: Pick<FileResult, 'facts'>): boolean {
    const isNews = this.of(root).set(path, facts ?? NOTHING)
    this.#findings.delete(root)
    return isNews
  }

  gone(root: string, path: string): void {
    if (this.of(root).set(path, undefined)) this.#findings.delete(root)
  }

  of(root: string): Graph {
    let graph = this.#graphs.get(root)
    if (!graph) {
      graph = new Graph()
      this.#graphs.set(root, graph)
    }
    return graph
  }

  get roots(): Iterable<string> {
    return this.#graphs.keys()
  }

  /** What all rules find in each file. */
  findings(root: string, rules: RuleSet): RelatedFindings {
    let found = this.#findings.get(root)
    if (!found) {
      found = checkRelations(rules, this.of(root).relations)
      this.#findings.set(root, found)
    }
    return found
  }
}

/** Something may be said of this file that only the whole workspace tells. */
export function mayRelate({ facts }: Pick<FileResult, 'facts'>): boolean {
  return facts !== undefined && Object.keys(facts.rows).some(it => !SILENT.has(it))
}

/** A file's result, and what was found by comparing it with others. */
export function withRelated(result: FileResult, text: string, related: readonly Finding[]): FileResult {
  if (related.length === 0) return result
  const own = result.findings.map((finding, i) => ({
    finding,
    meaning: result.meanings[i]!,
    likelihood: result.likelihoods?.[i],
  }))
  const all = [
    ...own.filter(it => !related.some(other => isCovered(it.finding, other))),
    ...related.map(finding => ({
      finding,
      meaning: meaningOf(text, undefined, finding),
      likelihood: undefined,
    })),
  ]
  const order = new Map(sortFindings(all.map(it => it.finding)).map((it, i) => [it, i]))
  all.sort((a, b) => order.get(a.finding)! - order.get(b.finding)!)
  return {
    ...result,
    findings: all.map(it => it.finding),
    meanings: all.map(it => it.meaning),
    ...(result.likelihoods && { likelihoods: all.map(it => it.likelihood) }),
  }
}
