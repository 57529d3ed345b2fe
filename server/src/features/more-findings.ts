// Findings from elsewhere among those of a result.

import type { Finding } from '@codeant/shared/finding.ts'
import { sortFindings } from '../rules/engine.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import type { FileResult } from './analyse-file.ts'
import { meaningOf } from './meaning.ts'

/** What they mean is found out only where somebody asks for it. */
export function withMore(
  result: FileResult,
  more: readonly Finding[],
  text: string,
  tree: SyntaxTree | undefined,
): FileResult {
  if (more.length === 0) return result
  const findings = sortFindings([...result.findings, ...more])
  const known = new Map(result.findings.map((it, i) => [it, i]))
  const { likelihoods } = result
  let meanings: readonly string[] | undefined
  return {
    ...result,
    findings,
    ...(likelihoods && { likelihoods: findings.map(it => likelihoods[known.get(it) ?? -1]) }),
    get meanings() {
      meanings ??= findings.map(it => {
        const index = known.get(it)
        return index === undefined ? meaningOf(text, tree, it) : result.meanings[index]!
      })
      return meanings
    },
  }
}
