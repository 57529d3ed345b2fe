// Whole repositories as they are, through the command line: nothing may crash, and nothing may be skipped without a reason.

import { temporaryFolder } from '../support/temporary-folder.ts'
import { CORPORA, corpusIfAny } from './corpora.ts'
import { BENCH_LANGUAGES } from './keystroke-files.ts'
import { measureProcess } from './measure-process.ts'
import { sourceFiles } from './source-tree.ts'

export interface RepositoryResult {
  readonly repository: string
  /** Of all kinds that are looked at, text and data included. */
  readonly files: number
  readonly lines: number
  /** Lines in Python, TypeScript, JavaScript and Rust. */
  readonly codeLines: number
  readonly seconds: number
  readonly peakMemory?: number
  readonly findings: number
  /** How many files by reason. */
  readonly skipped: Readonly<Record<string, number>>
  /** What was said on standard error: a crash, an unhandled rejection, a file that could not be read. */
  readonly troubles: readonly string[]
}

export interface RepositoriesResult {
  readonly repositories: readonly RepositoryResult[]
  readonly rules: readonly {
    readonly rule: string
    readonly findings: number
    /** In how many repositories. */
    readonly repositories: number
  }[]
}

interface Report {
  readonly findings: readonly { readonly rule: string }[]
  readonly skipped: readonly { readonly reason: string }[]
  readonly summary: { readonly files: number; readonly lines: number }
}

export async function measureRepositories(
  main: string,
  names: readonly string[] = Object.keys(CORPORA),
): Promise<RepositoriesResult> {
  const repositories: RepositoryResult[] = []
  const rules = new Map<string, { findings: number; repositories: number }>()
  for (const name of names) {
    const root = corpusIfAny(name)
    if (!root) continue
    const { result, report } = await measureRepository(main, name, root)
    repositories.push(result)
    for (const [rule, count] of tally(report.findings.map(it => it.rule))) {
      const { findings, repositories } = rules.get(rule) ?? { findings: 0, repositories: 0 }
      rules.set(rule, { findings: findings + count, repositories: repositories + 1 })
    }
    console.error(`${name}: ${result.seconds.toFixed(1)} s`)
    for (const it of result.troubles) console.error(`${name}: ${it}`)
  }
  return {
    repositories,
    rules: [...rules].map(([rule, it]) => ({ rule, ...it })).sort((a, b) => b.findings - a.findings),
  }
}

async function measureRepository(
  main: string,
  repository: string,
  root: string,
): Promise<{ readonly result: RepositoryResult; readonly report: Report }> {
  const folder = temporaryFolder()
  try {
    const command = [
      process.execPath,
      main,
      'analyze',
      '.',
      '--format',
      'json',
      '--fail-on',
      'never',
      '--no-cache',
    ]
    const { seconds, peakMemory, code, out, err } = await measureProcess(command, {
      cwd: root,
      scratch: folder.path,
    })
    const troubles = err.split('\n').filter(it => it.trim() !== '')
    if (code !== 0) troubles.push(`ended with ${code}`)
    const report = read(out)
    if (!report) troubles.push('the report cannot be read')
    const { findings, skipped, summary } = report ?? NOTHING
    let codeLines = 0
    for (const it of sourceFiles(root, BENCH_LANGUAGES)) codeLines += it.lines
    return {
      result: {
        repository,
        files: summary.files,
        lines: summary.lines,
        codeLines,
        seconds,
        ...(peakMemory !== undefined && { peakMemory }),
        findings: findings.length,
        skipped: Object.fromEntries(tally(skipped.map(it => it.reason))),
        troubles,
      },
      report: report ?? NOTHING,
    }
  } finally {
    folder.remove()
  }
}

const NOTHING: Report = { findings: [], skipped: [], summary: { files: 0, lines: 0 } }

function read(out: string): Report | undefined {
  try {
    return JSON.parse(out) as Report
  } catch {
    return undefined
  }
}

function tally(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const it of names) counts.set(it, (counts.get(it) ?? 0) + 1)
  return counts
}
