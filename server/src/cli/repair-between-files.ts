// Repairs what files disagree about. A fix is made in all the files that it touches, or in none of them.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '@codeant/shared/finding.ts'
import { type Decoded, decode } from '../features/admission.ts'
import type { Source } from '../features/fixes.ts'
import { languageOf } from '../features/languages.ts'
import { optIns } from '../features/report.ts'
import { filesToEdit, type Sources, type WorkspaceFix, workspaceFixes } from '../features/workspace-fixes.ts'
import type { WorkspaceGraphs } from '../features/workspace-graphs.ts'
import type { Graph } from '../graph/graph.ts'
import { applyEdits } from '../text/document.ts'
import type { Outcome } from './collect.ts'
import type { Terminal } from './terminal.ts'
import type { Workspace } from './workspace.ts'
import { writeFiles } from './write-files.ts'

export interface RepairedFiles {
  readonly findings: number
  readonly files: ReadonlySet<string>
}

export async function repairBetweenFiles(
  workspace: Workspace,
  graphs: WorkspaceGraphs,
  outcomes: readonly Outcome[],
  unsafe: boolean,
  terminal: Terminal,
): Promise<RepairedFiles> {
  const files = new Set<string>()
  let findings = 0
  for (const root of graphs.roots) {
    const own = outcomes.filter(it => workspace.projects.of(it.answer.file).root === root)
    const shown = new Set(
      own.flatMap(({ answer, shown }) => shown.map(it => `${it.finding.rule} ${answer.path}`)),
    )
    const isWanted = (path: string, { rule, fix }: Finding) =>
      fix !== undefined && (unsafe || fix === 'safe') && shown.has(`${rule} ${path}`)
    const project = new ProjectOnDisk(workspace, graphs, root)
    // Each fix takes findings away and brings none, and what was refused is not tried again: this ends.
    for (let fix = await project.next(isWanted); fix; fix = await project.next(isWanted)) {
      if (!project.make(fix, terminal)) continue
      findings++
      for (const path of fix.edits.keys()) files.add(join(root, path))
    }
  }
  return { findings, files }
}

class ProjectOnDisk implements Sources {
  readonly #workspace: Workspace
  readonly #graphs: WorkspaceGraphs
  readonly #root: string
  readonly #texts = new Map<string, Decoded | undefined>()
  /** Findings for which no fix holds, and those that could not be written. */
  readonly #left = new Set<string>()

  constructor(workspace: Workspace, graphs: WorkspaceGraphs, root: string) {
    this.#workspace = workspace
    this.#graphs = graphs
    this.#root = root
  }

  get graph(): Graph {
    return this.#graphs.of(this.#root)
  }

  source(path: string): Source | undefined {
    const text = this.#decoded(path)?.text
    const language = languageOf(path)
    return text === undefined || !language ? undefined : { path, language, text }
  }

  async next(isWanted: (path: string, finding: Finding) => boolean): Promise<WorkspaceFix | undefined> {
    const { scanner, rules, projects } = this.#workspace
    const active = rules.with(optIns(rules, projects.at(this.#root).settings))
    for (const [path, findings] of this.#graphs.findings(this.#root, active))
      for (const finding of findings) {
        const key = `${finding.rule} ${path} ${JSON.stringify(finding.data)}`
        if (this.#left.has(key) || !isWanted(path, finding)) continue
        // Either it goes, or it is left.
        this.#left.add(key)
        const sources = [...filesToEdit(rules, this, path, finding)].flatMap(it => this.source(it) ?? [])
        const fix = workspaceFixes(await scanner.engine(sources), this, path, finding).find(
          it => it.name === 'fix',
        )
        if (fix) return fix
      }
    return undefined
  }

  make({ edits, changes }: WorkspaceFix, terminal: Terminal): boolean {
    const changed = [...edits].map(([path, own]) => {
      const { text, encoding } = this.#decoded(path)!
      return { path, file: join(this.#root, path), encoding, text: applyEdits(text, own) }
    })
    if (!writeFiles(changed, terminal)) return false
    for (const { path, text, encoding } of changed) this.#texts.set(path, { text, encoding })
    for (const [path, facts] of changes) this.#graphs.take(this.#root, path, { facts })
    return true
  }

  #decoded(path: string): Decoded | undefined {
    if (!this.#texts.has(path)) this.#texts.set(path, read(join(this.#root, path)))
    return this.#texts.get(path)
  }
}

function read(file: string): Decoded | undefined {
  try {
    return decode(readFileSync(file))
  } catch {
    return undefined // gone since
  }
}
