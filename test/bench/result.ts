// What a run of the benchmark leaves behind: one JSON file, from which the tables and the published pages are made.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { ComparisonResult } from './compared-findings.ts'
import type { GraphResult } from './graph.ts'
import type { IdleResult } from './idle.ts'
import type { KeystrokeResult } from './keystroke.ts'
import type { Machine } from './machine.ts'
import type { PatternScanResult } from './pattern-scans.ts'
import type { RepositoriesResult } from './repositories.ts'
import type { ScanResult } from './scans.ts'
import type { SecurityResult } from './security-recall.ts'
import type { TortureResult } from './torture.ts'

export interface Parts {
  readonly keystrokes: readonly KeystrokeResult[]
  readonly scans: readonly ScanResult[]
  readonly 'pattern-scans': readonly PatternScanResult[]
  readonly idle: readonly IdleResult[]
  readonly graph: readonly GraphResult[]
  readonly torture: readonly TortureResult[]
  readonly repositories: RepositoriesResult
  readonly security: readonly SecurityResult[]
  readonly comparison: ComparisonResult
}

export const PARTS = [
  'keystrokes',
  'scans',
  'pattern-scans',
  'idle',
  'graph',
  'torture',
  'repositories',
  'security',
  'comparison',
] as const
export type PartName = (typeof PARTS)[number]

/** Parts that only count: what else the machine does changes nothing about them. */
export const COUNTING: readonly PartName[] = ['security', 'comparison']

/** How a part came about: parts may be measured one by one. */
export interface Measured<T> {
  readonly on: string
  /** The load average of the last minute when the part began: above zero, somebody else was at work. */
  readonly load: number
  /** Too short to publish. */
  readonly quick: boolean
  readonly figures: T
}

export interface Result {
  readonly machine: Machine
  readonly versions: Readonly<Record<string, string>>
  readonly parts: { readonly [Name in PartName]?: Measured<Parts[Name]> }
}

export function readResult(file: string): Result | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Result
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Writes a run down. What an earlier one measured of other parts stays, if it was of the same programs on the same machine. */
export function keepResult(file: string, result: Result): void {
  const before = readResult(file)
  const same =
    before &&
    JSON.stringify([before.machine, before.versions]) === JSON.stringify([result.machine, result.versions])
  const kept = same ? { ...result, parts: { ...before.parts, ...result.parts } } : result
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`)
}
