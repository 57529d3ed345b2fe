// While a text is broken: the findings of the last whole version wait, and move with the edits. What a parser makes of
// broken text is guesswork; nobody wants to see it flicker between two keys.

import type { Finding } from '@codeant/shared/finding.ts'
import { sortFindings } from '../rules/engine.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import type { Edit } from '../text/document.ts'
import type { FileResult } from './analyse-file.ts'
import { meaningOf } from './meaning.ts'

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
  return waiting.flatMap(it => moved(it, edit))
}

function moved({ finding, meaning }: Waiting, { start, oldEnd, newEnd }: Edit): Waiting[] {
  if (finding.start < oldEnd && finding.end > start) return []
  const shift = newEnd - oldEnd
  const at = (offset: number) => (offset < oldEnd ? Math.min(offset, start) : offset + shift)
  if (finding.end <= start && !finding.related) return [{ finding, meaning }]
  const range = (it: { readonly start: number; readonly end: number }) => ({
    start: it.end <= start ? it.start : at(it.start),
    end: it.end <= start ? it.end : at(it.end),
  })
  const related = finding.related && { related: finding.related.map(range) }
  return [{ finding: { ...finding, ...range(finding), ...related }, meaning }]
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
