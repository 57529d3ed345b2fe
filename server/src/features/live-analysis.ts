// Open documents: each keystroke pays for what it changed.

import type { Finding } from '@codeant/shared/finding.ts'
import { treeComments } from '../rules/comments.ts'
import { dismissalMarks, dismissalsIn } from '../rules/elsewhere.ts'
import { checkText, sortFindings } from '../rules/engine.ts'
import { type Checked, checkLiveFile } from '../rules/incremental.ts'
import { Needles } from '../rules/needles.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { suppressionsIn } from '../rules/suppression.ts'
import { analyse } from '../semantics/source-file.ts'
import { FLAG_ERROR } from '../syntax/tree.ts'
import type { Document } from '../text/document.ts'
import { analyseFile, type Engine, type FileResult, isCode } from './analyse-file.ts'
import { grammarOf } from './languages.ts'
import { meaningOf } from './meaning.ts'

interface Live {
  readonly revision: number
  readonly needles: Needles
  /** Of what other checkers are told. */
  readonly marks: Needles
  readonly checked: Checked | undefined
  readonly rules: RuleSet
  /** Nothing of an earlier tree was used. */
  readonly isFromScratch: boolean
  readonly result: FileResult
}

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

  /**
   * The same in slices, for documents so large that typing would wait: yields often, and whenever `pause` asks the parser
   * to. Throws `Abandoned` when the document changed meanwhile.
   */
  *steps(
    document: Document,
    path: string,
    optIns: readonly string[],
    pause?: () => boolean,
  ): Generator<undefined, FileResult> {
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
        checked: undefined,
        rules,
        isFromScratch: true,
        result,
      })
      return result
    }
    const { tree, kept } = yield* parser.parseSteps(document, grammar, pause)
    const previous = last?.checked && kept ? { checked: last.checked, kept } : undefined
    const checked = yield* checkLiveFile(
      rules,
      path,
      language,
      analyse(tree, previous && { semantics: previous.checked.semantics, kept: previous.kept }),
      previous,
    )
    const { change } = document
    const edit = change?.from === last?.revision ? change : undefined
    const needles = last && edit ? last.needles.edited(text, edit) : Needles.in(text, rules.needles(language))
    const marks = last && edit ? last.marks.edited(text, edit) : Needles.in(text, dismissalMarks(grammar))
    const plain = checkText(rules, { path, language, text }, needles)
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
      suppressions: suppressionsIn(text, () => treeComments(tree)),
      dismissals: dismissalsIn(tree, marks),
    }
    this.#live.set(uri, { revision, needles, marks, checked, rules, isFromScratch: !kept, result })
    return result
  }

  /**
   * Whether the document should be read from scratch now that typing pauses. While text is broken, tree-sitter may repair
   * it differently when it reuses nodes than when it starts anew; a document at rest must say what any other reader of the
   * file would be told. `release` it, and analyse it again.
   */
  isUnsettled(document: Document): boolean {
    const live = this.#live.get(document.uri)
    if (live?.revision !== document.revision || !live.checked || live.isFromScratch) return false
    return (live.checked.semantics.tree.flags[0]! & FLAG_ERROR) !== 0
  }

  release(uri: string): void {
    this.#live.delete(uri)
    this.#engine.parser.release(uri)
  }
}

const NO_NEEDLES = Needles.in('', [])
