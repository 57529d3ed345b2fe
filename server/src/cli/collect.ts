// Running an analysis and gathering what it says, file by file.

import { join, relative, sep } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { modelSettings } from '@codeant/shared/settings.ts'
import type { Reported } from '../features/report.ts'
import type { ScanAnswer, ScanRequest } from '../features/scan/scan-file.ts'
import type { WorkspaceGraphs } from '../features/workspace-graphs.ts'
import { installedRanker } from '../host/node/finding-ranker.ts'
import { type Analysis, type PlacedFinding, placeFindings, type SkippedFile } from './analysis.ts'
import { Progress } from './progress.ts'
import { RelatedFiles } from './related-files.ts'
import type { Terminal } from './terminal.ts'
import { type Reporter, readText, type Workspace } from './workspace.ts'

/** A file that has something to say. */
export interface Outcome {
  readonly answer: ScanAnswer
  readonly shown: readonly Reported[]
}

export interface Collected {
  readonly outcomes: readonly Outcome[]
  readonly skipped: readonly SkippedFile[]
  readonly summary: Analysis['summary']
  /** What the files say to each other. */
  readonly graphs: WorkspaceGraphs
}

/** `only` may drop findings of a file: those that are not new, for instance. `more` may add some that take longer. */
export function collect(
  workspace: Workspace,
  reporter: Reporter,
  requests: Iterable<ScanRequest>,
  terminal: Terminal,
  only?: (file: string, shown: readonly Reported[]) => readonly Reported[],
  more?: (answer: ScanAnswer) => Promise<ScanAnswer>,
): Promise<Collected> {
  return gather(workspace, reporter, workspace.scanner.scan(requests), terminal, only, more)
}

/** The same of files that were read already, here or elsewhere, in the order in which they would have been. */
export async function gather(
  workspace: Workspace,
  reporter: Reporter,
  scannedFiles: AsyncIterable<ScanAnswer> | Iterable<ScanAnswer>,
  terminal: Terminal,
  only: (file: string, shown: readonly Reported[]) => readonly Reported[] = (_, shown) => shown,
  more: (answer: ScanAnswer) => Promise<ScanAnswer> = async it => it,
): Promise<Collected> {
  const began = performance.now()
  const progress = new Progress(terminal.err, () => performance.now())
  const outcomes: (Outcome | undefined)[] = []
  const skipped: SkippedFile[] = []
  const count = { files: 0, lines: 0, bytes: 0, remembered: 0, suppressed: 0, known: 0 }
  const related = new RelatedFiles(workspace)
  const report = (answer: ScanAnswer): Outcome | undefined => {
    const { shown, suppressed, known } = reporter.report(answer)
    count.suppressed += suppressed
    count.known += known
    const left = only(answer.file, shown)
    return left.length > 0 ? { answer, shown: left } : undefined
  }
  try {
    for await (const scanned of scannedFiles) {
      const answer = await more(scanned)
      count.files++
      count.lines += answer.lines
      count.bytes += answer.bytes
      if (answer.remembered) count.remembered++
      const path = shownPath(answer.file, terminal)
      if (answer.result.skipped) skipped.push({ path, reason: answer.result.skipped })
      // What others have to say of it is known at the end; its place in the order is kept.
      if (related.holds(answer, outcomes.length)) outcomes.push(undefined)
      else outcomes.push(report(answer))
      progress.show(() => PROGRESS[terminal.locale](count.files, count.lines, path))
    }
  } finally {
    progress.clear()
  }
  for await (const { answer, index } of related.complete()) outcomes[index] = report(answer)
  return {
    outcomes: outcomes.filter(it => it !== undefined),
    skipped,
    graphs: related.graphs,
    summary: { ...count, milliseconds: Math.round(performance.now() - began) },
  }
}

/** Findings with places and words, and the lines of each file that has some. */
export function place(
  { outcomes }: Pick<Collected, 'outcomes'>,
  workspace: Workspace,
  terminal: Terminal,
): { findings: PlacedFinding[]; lines: Map<string, string[]> } {
  const findings: PlacedFinding[] = []
  const lines = new Map<string, string[]>()
  const { enabled } = modelSettings(workspace.projects.at(terminal.cwd).settings.models)
  const holdBack = enabled ? installedRanker(terminal.env)?.holdBack : undefined
  for (const { answer, shown } of outcomes) {
    const text = readText(answer.file) ?? ''
    const path = shownPath(answer.file, terminal)
    const known = enabled ? shown : shown.map(({ likelihood: _, ...it }) => it)
    const { root } = workspace.projects.of(answer.file)
    const beside = (other: string) => {
      const file = join(root, other)
      const text = readText(file)
      return text === undefined ? undefined : { path: shownPath(file, terminal), text }
    }
    findings.push(...placeFindings(path, text, known, workspace.rules, terminal.locale, holdBack, beside))
    lines.set(path, text.split(/\r?\n/))
  }
  return { findings, lines }
}

/** As a person in the current folder would write it. */
export function shownPath(file: string, { cwd }: Pick<Terminal, 'cwd'>): string {
  return relative(cwd, file).split(sep).join('/') || file
}

const PROGRESS: Readonly<Record<Locale, (files: number, lines: number, path: string) => string>> = {
  en: (files, lines, path) =>
    `${files.toLocaleString('en')} files, ${lines.toLocaleString('en')} lines … ${path}`,
  es: (files, lines, path) =>
    `${files.toLocaleString('es')} archivos, ${lines.toLocaleString('es')} líneas … ${path}`,
}
