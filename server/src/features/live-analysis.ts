// Open documents: each keystroke pays for what it changed.

import type { Finding } from '@codeant/shared/finding.ts'
import { treeComments } from '../rules/comments.ts'
import { dismissalMarks, dismissalsIn } from '../rules/elsewhere.ts'
import { checkText, sortFindings } from '../rules/engine.ts'
import { type Checked, checkLiveFile } from '../rules/incremental.ts'
import { Needles } from '../rules/needles.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { suppressionsIn } from '../rules/suppression.ts'
import { analyse, type Semantics } from '../semantics/source-file.ts'
import { keptBetween } from '../syntax/kept.ts'
import { FLAG_ERROR, type Kept, type SyntaxTree } from '../syntax/tree.ts'
import { type Document, type Edit, editBetween, mergeEdits } from '../text/document.ts'
import { analyseFile, type Engine, type FileResult, isCode } from './analyse-file.ts'
import { grammarOf } from './languages.ts'
import { meaningOf } from './meaning.ts'
import { moveWaiting, type Waiting, waitingOf, waitingResult } from './waiting-findings.ts'

interface Live {
  readonly revision: number
  readonly text: string
  readonly needles: Needles
  /** Of what other checkers are told. */
  readonly marks: Needles
  /** The last version that was checked: this one, or the last whole one as long as the text is broken. */
  readonly checked: Checked | undefined
  /** What happened to the text since `checked`. */
  readonly since: Edit | undefined
  /** While the text is broken: the findings of `checked` that the edits left alone, with what they mean. */
  readonly waiting: readonly Waiting[] | undefined
  readonly rules: RuleSet
  /** Nothing of an earlier tree was used. */
  readonly isFromScratch: boolean
  readonly result: FileResult
}

/** What is under way when an analysis pauses. */
export type Phase = 'parsing' | 'checking'

/** Keeps, for each open document, the last analysis: a hint for the next one, never an answer. */
export class LiveAnalysis {
  readonly #engine: Engine
  readonly #live = new Map<string, Live>()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** The result for this very document; what the last one knows and the edit kept is taken over. */
  analyse(document: Document, path: string, optIns: readonly string[] = []): FileResult {
    const steps = this.steps(document, path, optIns)
    for (;;) {
      const { done, value } = steps.next()
      if (done) return value
    }
  }

  /** The result, if it is known already. */
  known(document: Document): FileResult | undefined {
    const live = this.#live.get(document.uri)
    return live?.revision === document.revision ? live.result : undefined
  }

  /** What was read of this very document, unless it is broken. */
  semantics(document: Document): Semantics | undefined {
    const live = this.#live.get(document.uri)
    return live?.revision === document.revision && !live.waiting ? live.checked?.semantics : undefined
  }

  /**
   * The same in slices, for documents so large that typing would wait: yields often, and whenever `pause` asks the parser
   * to. Throws `Abandoned` when the document changed meanwhile.
   */
  *steps(
    document: Document,
    path: string,
    optIns: readonly string[],
    pause?: () => boolean,
  ): Generator<Phase, FileResult> {
    const { parser } = this.#engine
    const rules = this.#engine.rules.with(optIns)
    const before = this.#live.get(document.uri)
    // Other rules than last time: nothing that is known of the document helps.
    const last = before?.rules === rules ? before : undefined
    if (last?.revision === document.revision) return last.result
    const { uri, revision, language, text } = document
    const grammar = grammarOf(language, path)
    if (!grammar || !isCode(language)) {
      const result = analyseFile({ parser, rules }, path, language, text)
      this.#live.set(uri, {
        revision,
        needles: NO_NEEDLES,
        marks: NO_NEEDLES,
        text,
        checked: undefined,
        since: undefined,
        waiting: undefined,
        rules,
        isFromScratch: true,
        result,
      })
      return result
    }
    const parsing = parser.parseSteps(document, grammar, pause)
    let parsed = parsing.next()
    while (!parsed.done) {
      yield 'parsing'
      // Somebody who could not wait had it analysed meanwhile.
      const live = this.#live.get(uri)
      if (live?.revision === revision && live.rules === rules) return live.result
      parsed = parsing.next()
    }
    const { tree, kept } = parsed.value
    const edit = last && editSince(last, document)
    const needles = last && edit ? last.needles.edited(text, edit) : Needles.in(text, rules.needles(language))
    const marks = last && edit ? last.marks.edited(text, edit) : Needles.in(text, dismissalMarks(grammar))
    const plain = checkText(rules, { path, language, text }, needles)
    const rest = {
      suppressions: suppressionsIn(text, () => treeComments(tree)),
      dismissals: dismissalsIn(tree, marks),
    }

    if (last?.checked && edit && kept && isBroken(tree) && !isBroken(last.checked.semantics.tree)) {
      const waiting = moveWaiting(last.waiting ?? waitingOf(last.result, last.checked.findings), edit)
      const result = waitingResult(text, tree, plain, waiting, rest)
      const since = mergeEdits(last.since, edit)
      const { checked } = last
      this.#live.set(uri, {
        ...{ revision, text, needles, marks, checked, since, waiting, rules, result },
        isFromScratch: false,
      })
      return result
    }

    const previous = last?.checked && edit && kept && previousOf(last, last.checked, tree, kept, edit)
    const semantics = analyse(
      tree,
      previous && { semantics: previous.checked.semantics, kept: previous.kept },
    )
    const checking = checkLiveFile(rules, path, language, semantics, previous)
    let step = checking.next()
    while (!step.done) {
      yield 'checking'
      step = checking.next()
    }
    const checked = step.value
    const findings: readonly Finding[] =
      plain.length > 0 ? sortFindings([...plain, ...checked.findings]) : checked.findings
    let meanings: readonly string[] | undefined
    const result: FileResult = {
      findings,
      // Asked for only where there is a baseline.
      get meanings() {
        meanings ??= findings.map(it => meaningOf(text, tree, it))
        return meanings
      },
      ...rest,
    }
    this.#live.set(uri, {
      ...{ revision, text, needles, marks, checked, rules, result },
      since: undefined,
      waiting: undefined,
      isFromScratch: !kept,
    })
    return result
  }

  /**
   * Whether the document should be read from scratch now that typing pauses: `release` it, and analyse it again. A document
   * at rest must say what any other reader of the file would be told. While text is broken, it does not: what is said are
   * the findings from before; and where it was broken from the beginning, tree-sitter may repair it differently when it
   * reuses nodes than when it starts anew.
   */
  isUnsettled(document: Document): boolean {
    const live = this.#live.get(document.uri)
    if (live?.revision !== document.revision || !live.checked || live.isFromScratch) return false
    return live.waiting !== undefined || isBroken(live.checked.semantics.tree)
  }

  /** What is said of the document is what was true before it was broken. */
  isWaiting(document: Document): boolean {
    return this.#live.get(document.uri)?.waiting !== undefined
  }

  release(uri: string): void {
    this.#live.delete(uri)
    this.#engine.parser.release(uri)
  }
}

const NO_NEEDLES = Needles.in('', [])

function isBroken(tree: SyntaxTree): boolean {
  return (tree.flags[0]! & FLAG_ERROR) !== 0
}

function editSince(last: Live, { change, text }: Document): Edit {
  return change?.from === last.revision ? change : editBetween(last.text, text)
}

/** What the check may take over: from the last version, or from the last whole one when the text was broken since. */
function previousOf(last: Live, checked: Checked, tree: SyntaxTree, kept: Kept, edit: Edit) {
  if (!last.since) return { checked, kept }
  const from = checked.semantics.tree
  return { checked, kept: { from, origin: keptBetween(from, tree, mergeEdits(last.since, edit)) } }
}
