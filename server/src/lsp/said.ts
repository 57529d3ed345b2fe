// What the rules that compare files say of one open document, moved along while somebody types.

import type { Finding } from '@codeant/shared/finding.ts'
import { moveFindings } from '../features/waiting-findings.ts'
import { type Question, questionsTo, told } from '../rules/relate.ts'
import type { AnyRule } from '../rules/rule.ts'
import { editBetween } from '../text/document.ts'

/** The answer to one question. */
interface Answer {
  /** Found by what has an end in this document: known long before all the others were looked at. */
  readonly near: readonly Finding[]
  readonly far: readonly Finding[]
}

const NO_ANSWER: Answer = { near: [], far: [] }

export class Said {
  #text: string
  readonly #byRule = new Map<AnyRule, Map<Question['about'], Answer>>()

  constructor(text: string) {
    this.#text = text
  }

  /** The document says something else now. */
  follow(text: string): void {
    if (text === this.#text) return
    const edit = editBetween(this.#text, text)
    this.#text = text
    for (const answers of this.#byRule.values())
      for (const [about, { near, far }] of answers)
        answers.set(about, { near: moveFindings(near, edit), far: moveFindings(far, edit) })
  }

  get findings(): readonly Finding[] {
    const answers = [...this.#byRule.values()].flatMap(it => [...it.values()])
    return told(answers.flatMap(({ near, far }) => [...near, ...far]))
  }

  /** Takes what was found near; all else may be as it was. True when something else is to be told. */
  hearNear(question: Question, near: readonly Finding[]): boolean {
    const { far } = this.#answer(question)
    return this.#hear(question, { near, far: without(far, near) })
  }

  /** Takes the whole answer. True when something else is to be told. */
  hearAll(question: Question, all: readonly Finding[]): boolean {
    const far = without(all, this.#answer(question).near)
    return this.#hear(question, { near: without(all, far), far })
  }

  /** Drops what rules said that are asked no more; true when there was something. */
  forget(active: ReadonlySet<AnyRule>): boolean {
    const asleep = [...this.#byRule].filter(([rule]) => !active.has(rule))
    for (const [rule] of asleep) this.#byRule.delete(rule)
    return asleep.some(([, answers]) => [...answers.values()].some(it => listOf(it).length > 0))
  }

  #answer({ rule, about }: Question): Answer {
    return this.#byRule.get(rule)?.get(about) ?? NO_ANSWER
  }

  #hear({ rule, about }: Question, now: Answer): boolean {
    let answers = this.#byRule.get(rule)
    if (!answers) {
      // Of two answers that say the same of one place the first counts, whichever is heard first.
      answers = new Map(questionsTo(rule).map(it => [it.about, NO_ANSWER]))
      this.#byRule.set(rule, answers)
    }
    const [before, after] = [listOf(answers.get(about)!), listOf(now)]
    answers.set(about, now)
    return (before.length > 0 || after.length > 0) && textOf(before) !== textOf(after)
  }
}

function listOf({ near, far }: Answer): readonly Finding[] {
  return [...near, ...far]
}

function textOf(findings: readonly Finding[]): string {
  return findings
    .map(it => JSON.stringify(it))
    .sort()
    .join('\n')
}

function without(all: readonly Finding[], some: readonly Finding[]): readonly Finding[] {
  if (all.length === 0 || some.length === 0) return all
  const known = new Set(some.map(it => JSON.stringify(it)))
  return all.filter(it => !known.has(JSON.stringify(it)))
}
