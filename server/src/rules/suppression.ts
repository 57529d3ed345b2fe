// Comments that silence a rule: what they say, and where they count.
//
//   x = x  # codeant-ignore correctness/self-assignment: keeps the debugger's watch alive (@ana, until 2027-01-31)

import type { Comment, Dialect } from './comments.ts'

export interface Suppression {
  /** The rule's id, a category with `/*` behind it, or `*`. */
  readonly rules: readonly string[]
  /** Empty when none was given. */
  readonly reason: string
  readonly owner?: string
  /** The last day on which it counts, as YYYY-MM-DD. */
  readonly until?: string
  /** The offsets whose findings it silences: a finding counts by its start. */
  readonly from: number
  readonly to: number
  /** The comment itself. */
  readonly start: number
  readonly end: number
}

const MARK = 'codeant-ignore'
const PATTERN =
  /codeant-ignore(-file|-next-line)?\s+((?:[a-z-]+\/[a-z0-9-]+|[a-z-]+\/\*|\*)(?:\s*,\s*(?:[a-z-]+\/[a-z0-9-]+|[a-z-]+\/\*|\*))*)\s*(?::\s*([\s\S]*))?/

/** Every suppression of a text, given its comments. Costs one search when there is none. */
export function suppressionsIn(text: string, comments: () => Iterable<Comment>): readonly Suppression[] {
  if (!text.includes(MARK)) return []
  const found: Suppression[] = []
  for (const comment of comments()) {
    const body = text.slice(comment.start, comment.end)
    if (!body.includes(MARK)) continue
    const match = PATTERN.exec(body)
    if (!match) continue
    const [, scope, ids, tail = ''] = match
    const { reason, owner, until } = readTail(tail)
    found.push({
      rules: ids!.split(',').map(it => it.trim()),
      reason,
      ...(owner && { owner }),
      ...(until && { until }),
      ...reach(text, comment.start, comment.end, scope),
      start: comment.start,
      end: comment.end,
    })
  }
  return found
}

/** Whether it speaks of this rule. */
export function silences({ rules }: Pick<Suppression, 'rules'>, rule: string): boolean {
  return rules.some(
    it => it === '*' || it === rule || (it.endsWith('/*') && rule.startsWith(it.slice(0, -1))),
  )
}

/** A comment with a line to itself speaks of the next line that is not one; any other of its own line. */
function reach(text: string, start: number, end: number, scope: string | undefined) {
  if (scope === '-file') return { from: 0, to: text.length + 1 }
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const alone = text.slice(lineStart, start).trim() === '' && restOfLine(text, end).trim() === ''
  if (!alone && scope === undefined) return { from: lineStart, to: lineEnd(text, end) + 1 }
  let from = lineEnd(text, end) + 1
  while (from < text.length && /^\s*(#|\/\/|$)/.test(text.slice(from, lineEnd(text, from))))
    from = lineEnd(text, from) + 1
  return { from, to: lineEnd(text, from) + 1 }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

function restOfLine(text: string, from: number): string {
  return text.slice(from, lineEnd(text, from))
}

/** `reason (@owner, until 2027-01-31)`; the parenthesis and each thing in it may be missing. */
function readTail(tail: string): { reason: string; owner?: string; until?: string } {
  const text = tail.replace(/\s*(\*\/|-->)?\s*$/, '')
  const owner = /\(\s*(?:[^()]*,\s*)?@([\w.-]+)/.exec(text)?.[1]
  const until = /\(\s*(?:[^()]*,\s*)?until\s+(\d{4}-\d{2}-\d{2})/.exec(text)?.[1]
  const reason = (owner || until ? text.replace(/\s*\([^()]*\)\s*$/, '') : text).trim()
  return { reason, ...(owner && { owner }), ...(until && { until }) }
}

/** The comment that silences one rule for one line, in a language's own words. */
export function suppressionComment(rule: string, reason: string, dialect: Dialect): string {
  const body = `${MARK} ${rule}: ${reason}`
  return dialect === 'hash' ? `# ${body}` : `// ${body}`
}
