// A finding as a terminal would show it: what snapshots and failing tests are made of.

import type { Finding } from '@codeant/shared/finding.ts'
import type { AnyRule } from '../../server/src/rules/rule.ts'

/** `line:col severity rule — message`, the source line, and the underline. */
export function showFindings(
  text: string,
  findings: readonly Finding[],
  rules: (id: string) => AnyRule | undefined,
): string {
  return findings.map(it => showFinding(text, it, rules(it.rule))).join('\n')
}

function showFinding(text: string, { rule, start, end, data }: Finding, known: AnyRule | undefined): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const nextLine = text.indexOf('\n', start)
  const line = text.slice(lineStart, nextLine === -1 ? text.length : nextLine)
  const lineNumber = text.slice(0, start).split('\n').length
  const column = start - lineStart
  const width = Math.max(1, Math.min(end, lineStart + line.length) - start)
  const message = known?.explain.en(data).message ?? '?'
  return [
    `${lineNumber}:${column + 1} ${known?.severity ?? '?'} ${rule} — ${message}`,
    `  | ${line}`,
    `  | ${' '.repeat(column)}${'^'.repeat(width)}`,
  ].join('\n')
}
