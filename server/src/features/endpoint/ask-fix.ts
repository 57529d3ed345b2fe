// A fix that a model wrote: asked for without secrets, put back together, and held to what every fix is held to.

import type { Finding } from '@codeant/shared/finding.ts'
import { LOCALES } from '@codeant/shared/locale.ts'
import type { FixAnswer, FixQuestion } from '../../inference/tasks/propose-fix.ts'
import { childRow } from '../../semantics/targets.ts'
import { KIND_CODE } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { applyEdits, type TextEdit } from '../../text/document.ts'
import type { Engine } from '../analyse-file.ts'
import { wordsOf } from '../explain.ts'
import { type Evidence, holds, type Source, verifyRepair } from '../fixes.ts'
import { grammarOf } from '../languages.ts'
import { type Excerpt, excerptAround } from './excerpt.ts'
import { type Redacted, redact, restored } from './redaction.ts'

/** What is sent of a finding, and what it takes to make an edit of the answer. */
export interface PreparedQuestion {
  readonly question: FixQuestion
  readonly excerpt: Excerpt
  readonly redacted: Redacted
}

/** Why a generated fix is not made. `message` is what the model itself said, where it said something. */
export type Refusal =
  | { readonly kind: 'declined'; readonly message: string }
  /** It is the same code. */
  | { readonly kind: 'unchanged' }
  /** It names a secret that never was, or has code that is not there any more. */
  | { readonly kind: 'damaged' }
  | { readonly kind: 'syntax' }
  | { readonly kind: 'stays' }
  /** It tells this checker or another one to be silent. */
  | { readonly kind: 'silenced' }
  | { readonly kind: 'adds'; readonly rules: readonly string[] }
  /** The model on this machine that found it still suspects it. */
  | { readonly kind: 'suspected' }
  /** Rules in words that the grammar does not read either. */
  | { readonly kind: 'unread'; readonly sentences: readonly string[] }
  /** Functions or classes are gone. */
  | { readonly kind: 'lost'; readonly names: readonly string[] }

export type JudgedFix =
  | { readonly kind: 'holds'; readonly edits: readonly TextEdit[]; readonly text: string }
  | { readonly kind: 'refused'; readonly why: Refusal }

/** The question about a finding of a rule; English, which every model reads best. */
export function questionAbout(
  engine: Engine,
  source: Source,
  finding: Finding,
): PreparedQuestion | undefined {
  const rule = engine.rules.get(finding.rule)
  if (!rule) return undefined
  const { text, language } = source
  const excerpt = excerptAround(text, parsed(engine, source), finding)
  const redacted = redact(text.slice(excerpt.start, excerpt.end), language, engine.parser)
  const { message, why, remedy } = wordsOf(rule, finding, LOCALES[0])
  const underlined = text.slice(finding.start, Math.min(finding.end, finding.start + 200)).split('\n', 1)[0]!
  const question = {
    language,
    code: redacted.text,
    line: text.slice(excerpt.start, Math.max(excerpt.start, finding.start)).split('\n').length,
    underlined: withoutSecrets(underlined, redacted),
    ...{ message: withoutSecrets(message, redacted), why, remedy },
  }
  return { question, excerpt, redacted }
}

/** Whether an answer is a fix: it parses, the finding is gone, nothing new came, and nothing was lost. */
export function judgeFix(
  engine: Engine,
  source: Source,
  finding: Finding,
  { excerpt, redacted }: PreparedQuestion,
  answer: FixAnswer,
): JudgedFix {
  if (answer.code === undefined) return refused({ kind: 'declined', message: answer.summary })
  const whole = restored(answer.code, redacted.secrets)
  if (whole === undefined) return refused({ kind: 'damaged' })
  const before = source.text.slice(excerpt.start, excerpt.end)
  const edits = lineEdits(before, likeBefore(before, whole), excerpt.start)
  if (edits.length === 0) return refused({ kind: 'unchanged' })
  const text = applyEdits(source.text, edits)
  if (silencers(text) > silencers(source.text)) return refused({ kind: 'silenced' })
  const evidence = verifyRepair(engine, source, finding, edits)
  if (!holds(evidence)) return refused(reasonOf(evidence))
  const names = lostNames(parsed(engine, source), parsed(engine, { ...source, text }))
  return names.length > 0 ? refused({ kind: 'lost', names }) : { kind: 'holds', edits, text }
}

/** Comments that make findings go away while the code stays as it is. */
function silencers(text: string): number {
  return (
    text.match(
      /codeant-ignore|\bnoqa\b|\bnosec\b|eslint-disable|biome-ignore|@ts-(?:ignore|nocheck|expect-error)|type:\s*ignore|pylint:\s*disable|#!?\[(?:allow|expect)\(/g,
    )?.length ?? 0
  )
}

function reasonOf({ parses, added }: Evidence): Refusal {
  if (!parses) return { kind: 'syntax' }
  return added.length > 0
    ? { kind: 'adds', rules: [...new Set(added.map(it => it.rule))] }
    : { kind: 'stays' }
}

function refused(why: Refusal): JudgedFix {
  return { kind: 'refused', why }
}

function parsed({ parser }: Engine, { language, path, text }: Source): SyntaxTree | undefined {
  const grammar = grammarOf(language, path)
  return grammar && parser.isLoaded(grammar) ? parser.parseOnce(text, grammar) : undefined
}

function withoutSecrets(text: string, { secrets }: Redacted): string {
  return secrets.reduce((clean, it, i) => clean.replaceAll(it, `REDACTED_SECRET_${i + 1}`), text)
}

/** With the line ends, the indentation and the last line end of what it replaces: models are careless with those. */
function likeBefore(before: string, after: string): string {
  const isWindows = before.includes('\r\n')
  let text = after.replace(/\r\n/g, '\n').replace(/^\n+|\s+$/g, '')
  const indent = /^[ \t]*/.exec(before)![0]
  const own = /^[ \t]*/.exec(text)![0]
  if (indent !== own && indent.startsWith(own)) {
    const missing = indent.slice(own.length)
    text = text
      .split('\n')
      .map(it => (it === '' ? it : missing + it))
      .join('\n')
  }
  if (before.endsWith('\n')) text += '\n'
  return isWindows ? text.replace(/\n/g, '\r\n') : text
}

/** One edit from the first line that is different to the last one. */
function lineEdits(before: string, after: string, offset: number): TextEdit[] {
  if (before === after) return []
  const old = before.split(/(?<=\n)/)
  const now = after.split(/(?<=\n)/)
  let head = 0
  while (head < old.length && head < now.length && old[head] === now[head]) head++
  let tail = 0
  while (
    tail < old.length - head &&
    tail < now.length - head &&
    old[old.length - 1 - tail] === now[now.length - 1 - tail]
  )
    tail++
  const start = offset + old.slice(0, head).join('').length
  const end = start + old.slice(head, old.length - tail).join('').length
  return [{ start, end, newText: now.slice(head, now.length - tail).join('') }]
}

/** Functions and classes that had a name before and are not there any more. */
function lostNames(before: SyntaxTree | undefined, after: SyntaxTree | undefined): string[] {
  if (!before || !after) return []
  const left = namesIn(after)
  return [...namesIn(before)].filter(it => !left.has(it))
}

function namesIn(tree: SyntaxTree): Set<string> {
  const names = new Set<string>()
  for (let row = 1; row < tree.rows; row++) {
    if (tree.kind[row] !== KIND_CODE.Function && tree.kind[row] !== KIND_CODE.Class) continue
    const name = childRow(tree, row, 'name')
    if (name !== -1) names.add(tree.text.slice(tree.start[name]!, tree.end[name]!))
  }
  return names
}
