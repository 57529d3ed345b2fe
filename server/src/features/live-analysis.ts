// Open documents: each keystroke pays for what it changed.

import type { Finding } from '@codeant/shared/finding.ts'
import { treeComments } from '../rules/comments.ts'
import { type Checked, checkLiveFile, checkText, sortFindings } from '../rules/engine.ts'
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
  readonly checked: Checked | undefined
  readonly rules: RuleSet
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
    const { parser } = this.#engine
    const rules = this.#engine.rules.with(optIns)
    const engine = { parser, rules }
    const known = this.#live.get(document.uri)
    // Other rules than last time: nothing that is known of the document helps.
    const last = known?.rules === rules ? known : undefined
    if (last?.revision === document.revision) return last.result
    const grammar = grammarOf(document.language, path)
    if (!grammar || !isCode(document.language)) {
      const result = analyseFile(engine, path, document.language, document.text)
      this.#live.set(document.uri, {
        revision: document.revision,
        needles: NO_NEEDLES,
        checked: undefined,
        rules,
        result,
      })
      return result
    }
    const { tree, kept } = parser.parse(document, grammar)
    const previous = last?.checked && kept ? { checked: last.checked, kept } : undefined
    const needles = this.#needles(document, last, rules)
    const checked = checkLiveFile(rules, path, document.language, analyse(tree), previous)
    const plain = checkText(rules, { path, language: document.language, text: document.text }, needles)
    const findings: readonly Finding[] =
      plain.length > 0 ? sortFindings([...plain, ...checked.findings]) : checked.findings
    const result: FileResult = {
      findings,
      // Asked for only where there is a baseline.
      get meanings() {
        return findings.map(it => meaningOf(document.text, tree, it))
      },
      suppressions: suppressionsIn(document.text, () => treeComments(tree)),
    }
    this.#live.set(document.uri, { revision: document.revision, needles, checked, rules, result })
    return result
  }

  /**
   * Parses a broken document from scratch. While text is broken, tree-sitter may repair it differently when it reuses
   * nodes than when it starts anew; a document at rest must say what any other reader of the file would be told.
   * Returns whether the findings changed.
   */
  settle(document: Document, path: string, optIns: readonly string[] = []): boolean {
    const last = this.#live.get(document.uri)
    if (
      last?.revision !== document.revision ||
      !last.checked ||
      !(last.checked.semantics.tree.flags[0]! & FLAG_ERROR)
    )
      return false
    this.release(document.uri)
    const fresh = this.analyse(document, path, optIns)
    return JSON.stringify(fresh.findings) !== JSON.stringify(last.result.findings)
  }

  #needles(document: Document, last: Live | undefined, rules: RuleSet): Needles {
    const { change, text, language } = document
    return last && change?.from === last.revision
      ? last.needles.edited(text, change)
      : Needles.in(text, rules.needles(language))
  }

  release(uri: string): void {
    this.#live.delete(uri)
    this.#engine.parser.release(uri)
  }
}

const NO_NEEDLES = Needles.in('', [])
