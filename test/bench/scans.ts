// Whole projects, from the start of a process to its end: ours beside the tools that check the same languages.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { corpusIfAny } from './corpora.ts'
import type { BenchLanguage } from './keystroke-files.ts'
import { type Measurement, measureProcess } from './measure-process.ts'
import type { Peers } from './peers.ts'
import { type ScanTool, scanTools } from './scan-tools.ts'
import { copySources, type Tree } from './source-tree.ts'
import { median } from './statistics.ts'

export interface ScanResult extends Tree {
  readonly repository: string
  readonly tool: string
  /** The medians of the runs. */
  readonly seconds: number
  readonly cpuSeconds?: number
  /** In bytes. */
  readonly peakMemory?: number
  readonly runs: number
  readonly findings: number
}

/** A repository, and those of its languages that it is mainly written in. */
const PROJECTS: readonly { readonly repository: string; readonly languages: readonly BenchLanguage[] }[] = [
  { repository: 'sympy', languages: ['python'] },
  { repository: 'typeorm', languages: ['typescript', 'javascript'] },
  { repository: 'eslint', languages: ['typescript', 'javascript'] },
  { repository: 'playwright', languages: ['typescript', 'javascript'] },
  { repository: 'rust-analyzer', languages: ['rust'] },
]

export interface ScanOptions {
  readonly runs: number
  readonly languages: readonly BenchLanguage[]
  /** Names of tools; all of them when it is left out. */
  readonly tools?: readonly string[]
  readonly repositories?: readonly string[]
}

export async function measureScans(peers: Peers, options: ScanOptions): Promise<ScanResult[]> {
  const results: ScanResult[] = []
  for (const { repository, languages } of PROJECTS) {
    if (!languages.some(it => options.languages.includes(it))) continue
    if (options.repositories && !options.repositories.includes(repository)) continue
    const root = corpusIfAny(repository)
    if (!root) continue
    const folder = temporaryFolder()
    try {
      const project = join(folder.path, 'project')
      const scratch = join(folder.path, 'scratch')
      mkdirSync(scratch)
      // Writing the files also brings all of them into the operating system's cache, for everyone.
      const tree = copySources(root, languages, project)
      const tools = scanTools(peers, scratch).filter(
        it =>
          languages.every(language => it.languages.includes(language)) &&
          (!options.tools || options.tools.some(name => it.name.startsWith(name))),
      )
      const measured = await takeTurns(tools, project, scratch, options.runs, repository)
      for (const [tool, runs] of measured) results.push(summary(repository, tool, runs, tree))
    } finally {
      folder.remove()
    }
  }
  return results
}

/** Each tool once, then each again, so that a slow moment of the machine is no single tool's. */
async function takeTurns(
  tools: readonly ScanTool[],
  cwd: string,
  scratch: string,
  runs: number,
  repository: string,
): Promise<Map<ScanTool, Measurement[]>> {
  const measured = new Map<ScanTool, Measurement[]>(tools.map(it => [it, []]))
  const failed = new Set<ScanTool>()
  for (let run = 0; run < runs; run++) {
    for (const tool of tools.filter(it => !failed.has(it))) {
      const { command, env, codes, warmed } = tool
      const options = { cwd, scratch, ...(env && { env }) }
      if (warmed && run === 0) await measureProcess(command, options)
      const measurement = await measureProcess(command, options)
      console.error(`${repository}: ${tool.name} ${measurement.seconds.toFixed(2)} s`)
      if (measurement.code !== null && codes.includes(measurement.code)) measured.get(tool)!.push(measurement)
      else {
        failed.add(tool)
        measured.delete(tool)
        console.error(
          `${tool.name} failed with ${measurement.code} and is left out:\n${measurement.err.slice(0, 500)}`,
        )
      }
    }
  }
  return measured
}

function summary(
  repository: string,
  { name, findings }: ScanTool,
  runs: readonly Measurement[],
  tree: Tree,
): ScanResult {
  const middle = (of: (it: Measurement) => number | undefined) => {
    const known = runs.map(of).filter(it => it !== undefined)
    return known.length > 0 ? median(known) : undefined
  }
  const cpuSeconds = middle(it => it.cpuSeconds)
  const peakMemory = middle(it => it.peakMemory)
  return {
    repository,
    tool: name,
    ...tree,
    seconds: median(runs.map(it => it.seconds)),
    ...(cpuSeconds !== undefined && { cpuSeconds }),
    ...(peakMemory !== undefined && { peakMemory }),
    runs: runs.length,
    findings: findings(`${runs[0]!.out}\n${runs[0]!.err}`),
  }
}
