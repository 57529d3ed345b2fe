// What the command line says about a file: the measure that every editor is held to.

import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const MAIN = fileURLToPath(new URL('../../../dist/server/main.mjs', import.meta.url))

/** A finding as every editor can show it. Lines and columns count from one. */
export interface Shown {
  readonly line: number
  readonly column: number
  readonly severity: string
  readonly rule: string
  readonly message: string
}

export interface JsonFinding {
  readonly rule: string
  readonly severity: string
  readonly path: string
  readonly start: { readonly line: number; readonly column: number }
  readonly end: { readonly line: number; readonly column: number }
  readonly message: string
}

/** The report on this folder, or on a part of it, as it was written. */
export function analyse(folder: string, env: NodeJS.ProcessEnv, part = '.'): string {
  const args = [MAIN, 'analyze', part, '--format', 'json', '--fail-on', 'never']
  return execFileSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8', timeout: 60_000 })
}

export function findingsOf(report: string): readonly JsonFinding[] {
  return (JSON.parse(report) as { readonly findings: readonly JsonFinding[] }).findings
}

export function shownOf(report: string): Shown[] {
  return findingsOf(report)
    .map(({ start, severity, rule, message }) => ({ ...pick(start), severity, rule, message }))
    .sort(inOrder)
}

export function inOrder(a: Shown, b: Shown): number {
  return a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : 1)
}

/** English everywhere, and nothing remembered from another run. */
export function environment(home: string): NodeJS.ProcessEnv {
  const { NODE_OPTIONS, NODE_TEST_CONTEXT, ...env } = process.env
  return { ...env, LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8', HOME: home, XDG_CACHE_HOME: `${home}/.cache` }
}

function pick({ line, column }: JsonFinding['start']) {
  return { line, column }
}
