// The result of a part: SARIF like any other, with the rules that spoke, and what it was made of.

import { VERSION } from '../../host/node/folders.ts'
import type { Analysis } from '../analysis.ts'
import {
  emptyLog,
  notification,
  ruleIndex,
  type SarifNotification,
  type SarifResult,
  sarifResults,
} from '../output/sarif.ts'
import type { Terminal } from '../terminal.ts'
import type { Workspace } from '../workspace.ts'

export interface PartResult {
  readonly digest: string
  readonly files: number
  readonly rules: readonly string[]
  readonly notifications: readonly SarifNotification[]
  readonly results: readonly SarifResult[]
}

/** Without white space: there may be ten thousand of them. */
export function partText(
  digest: string,
  { findings, skipped }: Pick<Analysis, 'findings' | 'skipped'>,
  files: number,
  { rules }: Workspace,
  { locale }: Terminal,
): string {
  const spoke = new Set(findings.map(it => it.rule))
  const own = rules.rules.filter(it => spoke.has(it.id))
  const properties = { codeantPart: { digest, files } }
  const log = emptyLog(
    skipped.map(it => notification(it, locale)),
    { version: VERSION, root: undefined, locale, rules: own, properties },
  )
  const [run] = log.runs
  const results = sarifResults(findings, ruleIndex(own))
  return JSON.stringify({ ...log, runs: [{ ...run, results }] })
}

/** Undefined when this is not the whole result of that part. */
export function readPartText(text: string, digest: string): PartResult | undefined {
  try {
    const log = JSON.parse(text) as Omit<ReturnType<typeof emptyLog>, 'runs'> & {
      readonly runs: readonly {
        readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
        readonly invocations: readonly { readonly toolExecutionNotifications: readonly SarifNotification[] }[]
        readonly properties: { readonly codeantPart: { readonly digest: string; readonly files: number } }
        readonly results: readonly SarifResult[]
      }[]
    }
    const { tool, invocations, properties, results } = log.runs[0]!
    if (properties.codeantPart.digest !== digest || !Array.isArray(results)) return undefined
    return {
      digest,
      files: properties.codeantPart.files,
      rules: tool.driver.rules.map(it => it.id),
      notifications: invocations[0]!.toolExecutionNotifications,
      results,
    }
  } catch {
    return undefined
  }
}
