// While a text is broken: the findings of the last whole version wait, and move with the edits. What a parser makes of
// broken text is guesswork; nobody wants to see it flicker between two keys. The same is said while the parser is still
// guessing.

import type { Finding } from '@codeant/shared/finding.ts'
import { sortFindings } from '../rules/engine.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import type { Edit } from '../text/document.ts'
import type { FileResult } from './analyse-file.ts'
import { meaningOf } from './meaning.ts'
import type { Reported } from './report.ts'

/** A finding that was true before the text was broken. */
export interface Waiting {
  readonly finding: Finding
  readonly meaning: () => string
}

/** Those of `result` that are among `own`. */
export function waitingOf(result: FileResult, own: readonly Finding[]): readonly Waiting[] {
  const wanted = new Set(own)
  return result.findings.flatMap((finding, i) =>
    wanted.has(finding) ? [{ finding, meaning: () => result.meanings[i]! }] : [],
  )
}

/** Findings behind an edit move with the text; those that were edited are gone until the text is whole. */
export function moveWaiting(waiting: readonly Waiting[], edit: Edit): readonly Waiting[] {
  return waiting.flatMap(it => {
    const finding = moved(it.finding, edit)
    return finding ? [{ finding, meaning: it.meaning }] : []
  })
}

/** Findings of an older text, as far as the edit left them alone. */
export function moveFindings(findings: readonly Finding[], edit: Edit): readonly Finding[] {
  return findings.flatMap(it => moved(it, edit) ?? [])
}

/** What was shown before an edit, as far as the edit left it alone. */
export function moveReported(shown: readonly Reported[], edit: Edit): readonly Reported[] {
  return shown.flatMap(it => {
    const finding = moved(it.finding, edit)
    if (!finding) return []
    const { severity } = it
    return [
      {
        finding,
        severity,
        get meaning() {
          return it.meaning
        },
      },
    ]
  })
}

function moved(finding: Finding, { start, oldEnd, newEnd }: Edit): Finding | undefined {
  if (finding.start < oldEnd && finding.end > start) return undefined
  const shift = newEnd - oldEnd
  const at = (offset: number) => (offset < oldEnd ? Math.min(offset, start) : offset + shift)
  if (finding.end <= start && !finding.related) return finding
  const range = (it: { readonly start: number; readonly end: number }) => ({
    start: it.end <= start ? it.start : at(it.start),
    end: it.end <= start ? it.end : at(it.end),
  })
  const related = finding.related && {
    related: finding.related.map(it => (it.path === undefined ? range(it) : it)),
  }
  return { ...finding, ...range(finding), ...related }
}

/** What is said of a broken text: what its bare text shows, and the findings that wait. */
export function waitingResult(
  text: string,
  tree: SyntaxTree,
  plain: readonly Finding[],
  waiting: readonly Waiting[],
  rest: Pick<FileResult, 'suppressions' | 'dismissals'>,
): FileResult {
  const findings = sortFindings([...plain, ...waiting.map(it => it.finding)])
  let meanings: readonly string[] | undefined
  return {
    findings,
    get meanings() {
      const known = new Map(waiting.map(it => [it.finding, it.meaning]))
      meanings ??= findings.map(it => known.get(it)?.() ?? meaningOf(text, tree, it))
      return meanings
    },
    ...rest,
  }
}
