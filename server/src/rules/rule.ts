// The contract of a rule: what it declares, what it yields, and what it says to whom.

import type { FindingData, FixSafety, Severity } from '@codeant/shared/finding.ts'
import type { CodeLanguage, DataLanguage } from '@codeant/shared/language.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import type { Related, Relations } from '../graph/relations.ts'
import type { At } from '../graph/routes.ts'
import type { BugKind } from '../inference/choices.ts'
import type { SourceFile } from '../semantics/source-file.ts'
import type { Kind } from '../syntax/kinds.ts'
import type { SyntaxNode } from '../syntax/node.ts'
import type { TextEdit } from '../text/document.ts'
import type { ConceptId } from './concepts.ts'
import type { Example, FixedExample } from './example.ts'

/**
 * One rule, one file; its path is its id. A check yields matches. It may not do IO, await, throw on broken code, keep
 * state, or read settings: it sees one file through `SyntaxNode` and `SourceFile`, and nothing else.
 */
export interface Rule<Data extends FindingData = FindingData> {
  /** `category/name`, the same as the file's path below `rules/`. */
  readonly id: string
  readonly severity: Severity
  readonly languages: readonly RuleLanguage[]
  /** Numbers of the Common Weakness Enumeration that it finds. */
  readonly cwe?: readonly number[]
  /** The page that teaches the idea behind it. */
  readonly concept: ConceptId
  readonly impact: Impact
  /** On unless said otherwise. A rule is off by default while its measured precision is below 85 %. */
  readonly enabled?: false
  /** For rules that measure: findings carry a `measure`, and the reader's setting decides from where on they count. */
  readonly limit?: Limit
  /**
   * Only calls whose last name is one of these reach the check: `execute` for `db.cursor().execute(…)`.
   * A rule that asks about every call, among thousands of rules, is what makes an analyser slow.
   */
  readonly callees?: readonly string[]
  /**
   * For a `Text` check: it is asked only about files in which one of these occurs. Without them it reads every file whole on
   * every keystroke.
   */
  readonly needles?: readonly string[]
  /** Found by the bug finder instead of a check, which is empty then: the kind of bug that it tells of. */
  readonly learned?: BugKind
  /** By itself it is wrong too often: each finding is shown only when this model agrees. */
  readonly judgedBy?: 'secrets'
  readonly check: Checks<Data>
  /** What these rules find at the same place is a part of what this one says, and is not said again. */
  readonly covers?: readonly string[]
  /** For a rule that compares what files say to each other, whose `check` is empty. */
  readonly relate?: Relating<Data>
  readonly explain: Readonly<Record<Locale, (data: Data) => Words>>
  /** Of a rule that is a table: what each line of it is about, and what it says of it is `explain({ entry })`. Each is a check of its own. */
  readonly entries?: readonly string[]
  readonly examples: {
    readonly invalid: readonly (Example | FixedExample)[]
    readonly valid: readonly Example[]
  }
}

export type RuleLanguage = CodeLanguage | DataLanguage

/** A check for each kind of node it wants to see, or one for the bare text of a file. */
export type Checks<Data extends FindingData> = {
  readonly [K in Kind]?: (node: SyntaxNode, file: SourceFile) => Iterable<Match<Data>> | undefined
} & {
  /** Runs on every file, whatever its language; sees only the text. */
  readonly Text?: (file: TextFile) => Iterable<Match<Data>> | undefined
}

/** What a rule says of the relations of a workspace, one at a time. It never sees the syntax of any file. */
export type Relating<Data extends FindingData> = {
  readonly [K in keyof Related]?: (
    it: Related[K],
    relations: Relations,
  ) => Iterable<RelationMatch<Data>> | undefined
}

export interface RelationMatch<Data extends FindingData> {
  readonly at: At
  readonly data: Data
  /** What the other side says. */
  readonly related?: readonly At[]
  readonly fix?: RelationFix
  /** Where either side may be the one that is wrong: how the other is put right. */
  readonly otherFix?: RelationFix
}

/** A fix in one file or several. All of it is made, or nothing. */
export interface RelationFix {
  readonly safety: FixSafety
  /** Asked only when somebody wants the fix; an empty list means that there is none after all. */
  readonly edits: () => readonly RelationEdit[]
}

/** A replacement of what is written at a place. A rule does not see text: whoever makes the edit looks for it there. */
export interface RelationEdit {
  readonly at: At
  /** Other places where it may stand instead, such as the constants that a call's URL is put together from. */
  readonly orAt?: readonly At[]
  /**
   * `segment`: of a path. `word`: an identifier or what is in quotes, whatever its case, which `put` then takes on. `field`: the
   * same in its own case; where a variable of that name is its value, the variable keeps its name.
   */
  readonly as: 'segment' | 'word' | 'field'
  readonly text: string
  readonly put: string
  /** Where the text is not written exactly once, this edit is left out; otherwise there is no fix at all. */
  readonly isOptional?: true
}

export interface TextFile {
  readonly path: string
  readonly language: CodeLanguage | DataLanguage
  readonly text: string
  /** Whether one of the rule's needles may be there, where that is known. */
  readonly mayHold?: (needle: string) => boolean
}

export interface Match<Data extends FindingData> {
  /** The node, or the range, to underline. */
  readonly at: SyntaxNode | Range
  readonly data: Data
  readonly measure?: number
  readonly fix?: Fix
  /** Other places in the file that the reader needs to see. */
  readonly related?: readonly (SyntaxNode | Range)[]
}

export interface Range {
  readonly start: number
  readonly end: number
}

export interface Fix {
  readonly safety: FixSafety
  /** Asked only when somebody wants the fix; an empty list means that there is none after all. */
  readonly edits: () => readonly TextEdit[]
}

export interface Words {
  /** What is wrong, in one sentence without a full stop, naming the code. */
  readonly message: string
  /** Why it matters. */
  readonly why: string
  /** What to do. */
  readonly remedy: string
  /** What happens at each of the related places, in their order. */
  readonly places?: readonly string[]
  /** What the fix does, as a command: `Delete the statement`. Needed when the rule yields fixes. */
  readonly fix?: string
  /** The same for `otherFix`. */
  readonly otherFix?: string
}

/** What the executive reading is computed from; `impact.ts` has the formula. */
export interface Impact {
  /** How likely it is that this finding is, or becomes, a problem in production. */
  readonly likelihood: 'low' | 'medium' | 'high'
  /** What one such problem costs, in a developer's time until it is found, repaired and shipped. */
  readonly cost: 'minutes' | 'hours' | 'days' | 'weeks'
}

export interface Limit {
  /** Findings with a `measure` above this are shown, unless the settings say otherwise. */
  readonly default: number
  /** The smallest limit that can be set; the rule yields everything above it. */
  readonly floor: number
}

/** Infers the data from what `check` yields, so that words cannot name a field that is not there. */
export function defineRule<const Data extends FindingData>(rule: Rule<Data>): Rule<Data> {
  return rule
}

/** How many things rules look for: a table looks for as many as it has lines. */
export function checksOf(rules: readonly Pick<AnyRule, 'entries'>[]): number {
  return rules.reduce((sum, it) => sum + (it.entries?.length ?? 1), 0)
}

// biome-ignore lint/suspicious/noExplicitAny: a list of rules mixes their data; this is the one place that says so.
export type AnyRule = Rule<any>
