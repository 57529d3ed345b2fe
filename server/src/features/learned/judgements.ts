// Findings that only count when a model agrees: asked once a text, remembered by what was asked, and kept back until then.

import type { Finding } from '@codeant/shared/finding.ts'
import { type InferenceBackend, InferenceError, type Urgency } from '../../inference/backend.ts'
import { isSecret, secretInput } from '../../inference/tasks/is-secret.ts'
import type { RuleSet } from '../../rules/rule-set.ts'
import type { FileResult } from '../analyse-file.ts'

export interface JudgementsOptions {
  readonly backend: InferenceBackend
  readonly rules: Pick<RuleSet, 'get'>
  /** From which probability on a text is shown as a credential; undefined when the model is not there. */
  readonly threshold: () => number | undefined
}

/** As many as a large project has; beyond it is asked again, which the cache answers. */
const MOST = 20_000

export class Judgements {
  readonly #options: JudgementsOptions
  readonly #known = new Map<string, boolean>()

  constructor(options: JudgementsOptions) {
    this.#options = options
  }

  /** True for every finding that no model has a say in. */
  isAccepted(text: string, finding: Finding): boolean {
    return !this.#isJudged(finding) || this.#known.get(keyOf(text, finding)) === true
  }

  /** Asks about those that were not asked about yet. True when one of them counts now. Rejects only with the signal's reason. */
  async ask(
    text: string,
    findings: readonly Finding[],
    urgency: Urgency,
    signal: AbortSignal,
  ): Promise<boolean> {
    const threshold = this.#options.threshold()
    if (threshold === undefined) return false
    const open = findings.filter(it => this.#isJudged(it) && !this.#known.has(keyOf(text, it)))
    const answers = await Promise.all(open.map(it => this.#askOne(text, it, threshold, urgency, signal)))
    return answers.includes(true)
  }

  async #askOne(
    text: string,
    finding: Finding,
    threshold: number,
    urgency: Urgency,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      const { backend } = this.#options
      const { probability } = await backend.run(isSecret, inputOf(text, finding), urgency, signal)
      if (this.#known.size >= MOST) this.#known.clear()
      this.#known.set(keyOf(text, finding), probability >= threshold)
      return probability >= threshold
    } catch (error) {
      // Nobody can be asked: it stays kept back.
      if (error instanceof InferenceError) return false
      throw error
    }
  }

  #isJudged({ rule }: Finding): boolean {
    return this.#options.rules.get(rule)?.judgedBy !== undefined
  }
}

/** Without the findings that were not accepted. */
export function acceptedOnly(result: FileResult, isAccepted: (finding: Finding) => boolean): FileResult {
  if (result.findings.every(isAccepted)) return result
  const kept = result.findings.map((_, i) => i).filter(i => isAccepted(result.findings[i]!))
  return {
    ...result,
    findings: kept.map(i => result.findings[i]!),
    get meanings() {
      return kept.map(i => result.meanings[i]!)
    },
    ...(result.likelihoods && { likelihoods: kept.map(i => result.likelihoods![i]) }),
  }
}

function inputOf(text: string, { start, end, data }: Finding) {
  return secretInput(text, start, end, String(data.name ?? ''))
}

function keyOf(text: string, finding: Finding): string {
  return isSecret.key(inputOf(text, finding))
}
