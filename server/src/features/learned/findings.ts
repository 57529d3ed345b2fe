// From the bug finder's answer to a finding: which text, what would stand there instead, and how sure it is.

import type { Finding } from '@codeant/shared/finding.ts'
import { BUG_KINDS, type BugKind, bugKindOf } from '../../inference/choices.ts'
import type { FunctionTokens } from '../../inference/function-tokens/tokens.ts'
import type { FunctionAnswer, Suspect } from '../../inference/tasks/find-bug.ts'
import { childRow } from '../../semantics/targets.ts'
import { KIND_CODE as K } from '../../syntax/kinds.ts'
import type { Grammar } from '../../syntax/language.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { type BugFinder, type LearnedLanguage, learnedLanguage, type Measured } from './bug-finder.ts'
import { type Evidence, evidenceOf } from './evidence.ts'

/** The rule that speaks for each kind. */
export const LEARNED_RULES: Readonly<Record<BugKind, string>> = {
  variable: 'learned/wrong-variable',
  operator: 'learned/wrong-operator',
  literal: 'learned/wrong-literal',
  negation: 'learned/wrong-negation',
  await: 'learned/wrong-await',
}

/** Whether anything would be shown in this language, whatever the model said: if not, nobody need ask it. */
export function mayBeShown(
  model: BugFinder,
  language: LearnedLanguage,
  isWanted: (rule: string) => boolean,
): boolean {
  return BUG_KINDS.some(kind => {
    const gate = model.gate(language, kind)
    return gate && (gate.passed || gate.withEvidence?.passed || isWanted(LEARNED_RULES[kind]))
  })
}

/** At most one finding a function: the model is asked where *the* bug is. `isWanted` says of a rule that it was switched on. */
export function findingIn(
  tree: SyntaxTree,
  tokens: FunctionTokens,
  answer: FunctionAnswer,
  model: BugFinder,
  isWanted: (rule: string) => boolean,
): Finding | undefined {
  const suspicion = suspicionIn(tree, tokens, answer, model)
  if (!suspicion) return undefined
  const { suspect, kind, evidence, gate } = suspicion
  const rule = LEARNED_RULES[kind]
  if (suspect.score < gate.threshold || !(gate.passed || isWanted(rule))) return undefined
  const row = tokens.rows[suspect.token]!
  const put = replacement(tree, row, kind, suspect)
  if (put === undefined) return undefined
  const start = tree.start[row]!
  const end = tree.end[row]!
  const worth = gate.read > 0 ? Math.round((100 * gate.worth) / gate.read) : 0
  return {
    rule,
    start,
    end,
    data: {
      name: short(tree.text.slice(start, end)),
      instead: short(put),
      put,
      times: suspect.score / Math.max(answer.none, 1e-4),
      worth,
      evidence: evidence ?? '',
      opinion: '',
    },
    fix: 'unsafe',
  }
}

export interface Suspicion {
  readonly suspect: Suspect
  readonly kind: BugKind
  readonly evidence: Evidence | undefined
  /** What holds for suspicions of this kind. */
  readonly gate: Measured
}

/** What an answer suspects most, and what it takes for that to be shown. */
export function suspicionIn(
  tree: SyntaxTree,
  tokens: FunctionTokens,
  answer: FunctionAnswer,
  model: BugFinder,
): Suspicion | undefined {
  const suspect = answer.suspects[0]
  if (!suspect) return undefined
  const kind = bugKindOf(tokens.site[suspect.token]!)
  const evidence = kind === 'variable' ? evidenceOf(tree, tokens, suspect.token, suspect.instead) : undefined
  const gates = model.gate(learnedLanguage(tree.grammar), kind)
  const gate = (evidence && gates?.withEvidence) ?? gates
  return gate && { suspect, kind, evidence, gate }
}

/** The text that would stand in the place of `row`. */
export function replacement(
  tree: SyntaxTree,
  row: number,
  kind: BugKind,
  { instead }: Suspect,
): string | undefined {
  const { text, start, end, grammar } = tree
  const now = text.slice(start[row], end[row])
  switch (kind) {
    case 'variable':
      return instead
    case 'operator':
      return operatorIn(grammar, instead, now)
    case 'literal':
      if (instead !== '<true>' && instead !== '<false>') return instead
      return grammar === 'python' ? (instead === '<true>' ? 'True' : 'False') : instead.slice(1, -1)
    case 'negation': {
      if (instead === '<not>') return grammar === 'python' ? `not ${now}` : `!${now}`
      return textOf(tree, tree.kind[row] === K.Not ? childRow(tree, row, 'operand') : -1)
    }
    case 'await': {
      if (instead === '<await>') return grammar === 'rust' ? `${now}.await` : `await ${now}`
      return textOf(tree, tree.kind[row] === K.Await ? childRow(tree, row, 'value') : -1)
    }
  }
}

/** How a language writes an operator; JavaScript's strict ones, unless the loose one stood there. */
function operatorIn(grammar: Grammar, operator: string, now: string): string {
  if (grammar === 'python') return operator
  if (operator === 'and') return '&&'
  if (operator === 'or') return '||'
  const isStrict = grammar !== 'rust' && now !== '==' && now !== '!='
  return isStrict && (operator === '==' || operator === '!=') ? `${operator}=` : operator
}

function textOf(tree: SyntaxTree, row: number): string | undefined {
  return row === -1 ? undefined : tree.text.slice(tree.start[row], tree.end[row])
}

/** Long conditions are cut in the middle, where they say least. */
function short(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length <= 60 ? line : `${line.slice(0, 35)} … ${line.slice(-20)}`
}
