// An analysis for a program of ours that is no host of the analysis: a folder in, the same SARIF out as the command line writes.

import { SEVERITIES, type Severity } from '@codeant/shared/finding.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import type { Analysis } from '../cli/analysis.ts'
import { collect, place } from '../cli/collect.ts'
import { sarifOf } from '../cli/commands/analyze.ts'
import { LearnedAnalysis } from '../cli/learned.ts'
import type { Output, Terminal } from '../cli/terminal.ts'
import { announceSettings, openWorkspace, Reporter } from '../cli/workspace.ts'

export interface FolderAnalysisOptions {
  readonly locale: Locale
  /** The address of the folder as whoever asked knows it; undefined leaves it out of the report. */
  readonly root: string | undefined
  /** Of the engine: where its models and its cache are. Nothing else of this computer is looked at. */
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface FolderAnalysis {
  readonly sarif: string
  readonly files: number
  readonly findings: number
  readonly severities: Readonly<Record<Severity, number>>
  /** What was said on the way: settings that cannot be used, models that are missing. In the language of `locale`. */
  readonly notices: string
  /** Of settings files. */
  readonly problems: number
}

/** Nothing is remembered from one analysis to the next: each may be of somebody else's code. */
export async function analyseFolder(
  folder: string,
  { locale, root, env }: FolderAnalysisOptions,
): Promise<FolderAnalysis> {
  let notices = ''
  const terminal: Terminal = {
    cwd: folder,
    env,
    locale,
    out: quiet(() => {}),
    err: quiet(text => {
      notices += text
    }),
    ask: async () => undefined,
    askSecret: async () => undefined,
    untilEnter: async () => false,
    browse: async () => false,
    isInteractive: false,
  }
  const workspace = openWorkspace(terminal, { cache: false, threads: 1 })
  const learned = new LearnedAnalysis(workspace, terminal, false)
  try {
    const reporter = new Reporter(workspace, false)
    const requests = workspace.scanner.requests([folder], () => {})
    const collected = await collect(workspace, reporter, requests, terminal, undefined, it =>
      learned.judge(it),
    )
    const problems = announceSettings(workspace, terminal)
    const { findings } = place(collected, workspace, terminal)
    const analysis: Analysis = { findings, skipped: collected.skipped, summary: collected.summary }
    const sarif = [...sarifOf(analysis, workspace, locale, root)].join('')
    const severities = Object.fromEntries(
      SEVERITIES.map(one => [one, findings.filter(it => it.severity === one).length]),
    ) as Record<Severity, number>
    return {
      ...{ sarif, files: analysis.summary.files, findings: findings.length },
      ...{ severities, notices, problems },
    }
  } finally {
    await learned.close()
    await workspace.scanner.close()
  }
}

function quiet(write: (text: string) => void): Output {
  return { write, hasColour: false, isTerminal: false, width: 100 }
}
