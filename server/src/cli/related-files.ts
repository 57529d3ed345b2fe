// Files of which something may be said that only their whole project tells: they wait until all of it was read.

import { optIns } from '../features/report.ts'
import type { ScanAnswer } from '../features/scan/scan-file.ts'
import { mayRelate, WorkspaceGraphs, withRelated } from '../features/workspace-graphs.ts'
import { readText, type Workspace } from './workspace.ts'

interface Held {
  readonly answer: ScanAnswer
  readonly root: string
  /** Its place among all that was read. */
  readonly index: number
}

export class RelatedFiles {
  readonly #workspace: Workspace
  readonly graphs = new WorkspaceGraphs()
  readonly #read = new Set<string>()
  readonly #held: Held[] = []

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** Takes what a file says; true when it has to wait for what others say. */
  holds(answer: ScanAnswer, index: number): boolean {
    const { root } = this.#workspace.projects.of(answer.file)
    this.#read.add(answer.file)
    this.graphs.take(root, answer.path, answer.result)
    if (!mayRelate(answer.result)) return false
    this.#held.push({ answer, root, index })
    return true
  }

  /** Reads what is left of the projects of those that wait, and gives each back with all that is found of it. */
  async *complete(): AsyncGenerator<Pick<Held, 'answer' | 'index'>> {
    const { scanner, projects, rules } = this.#workspace
    for (const root of new Set(this.#held.map(it => it.root))) {
      const others = [...scanner.requests([root], () => {})].filter(it => !this.#read.has(it.file))
      for await (const it of scanner.scan(others))
        this.graphs.take(projects.of(it.file).root, it.path, it.result)
    }
    for (const { answer, root, index } of this.#held) {
      const active = rules.with(optIns(rules, projects.of(answer.file).settings))
      const related = this.graphs.findings(root, active).get(answer.path) ?? []
      const text = related.length > 0 ? (readText(answer.file) ?? '') : ''
      yield { answer: { ...answer, result: withRelated(answer.result, text, related) }, index }
    }
  }
}
