// Many rules on one file: which of them can say anything here, and what they say.

import type { LanguageId } from '@codeant/shared/language.ts'
import type { SyntaxParser } from '../syntax/parser.ts'
import type { Code } from './code.ts'
import { evaluate } from './evaluate.ts'
import type { Found } from './found.ts'
import type { MatchOptions } from './match.ts'
import { messageOf } from './message.ts'
import { isWord, occurs } from './needed-literals.ts'
import { pathFits } from './paths.ts'
import type { PackLanguage, PackRule } from './rule.ts'
import { evaluateTaint } from './taint-mode.ts'
import { Target } from './target.ts'

export interface PackMatch {
  readonly rule: PackRule
  readonly start: number
  readonly end: number
  readonly message: string
  readonly bindings: Found['bindings']
}

/** What a file is in: a language of our own, or one that only people's rules speak. */
export type FileLanguage = LanguageId | PackLanguage

export class Pack {
  readonly rules: readonly PackRule[]
  readonly #byLanguage = new Map<FileLanguage, Index>()

  constructor(rules: readonly PackRule[]) {
    this.rules = rules
  }

  /** What the rules say of a file; `read` gives its code, where it is code, and is asked only when a rule may speak. */
  check(
    path: string,
    language: FileLanguage,
    text: string,
    read: (() => Code | undefined) | undefined,
    parser?: SyntaxParser,
  ): PackMatch[] {
    const matches: PackMatch[] = []
    const candidates = this.#index(language).candidates(text)
    if (candidates.length === 0) return matches
    const code = read?.()
    const targets = new Map<MatchOptions | string, Target>()
    for (const rule of candidates) {
      if (!pathFits(path, rule.paths)) continue
      const key = JSON.stringify(rule.options)
      let target = targets.get(key)
      if (!target) {
        target = new Target(path, text, code, rule.options, parser)
        targets.set(key, target)
      }
      matches.push(...checkRule(target, rule))
    }
    return matches
  }

  #index(language: FileLanguage): Index {
    let index = this.#byLanguage.get(language)
    if (!index) {
      index = new Index(this.rules.filter(it => speaks(it, language)))
      this.#byLanguage.set(language, index)
    }
    return index
  }
}

function speaks({ languages }: PackRule, language: FileLanguage): boolean {
  return languages.includes('text') || (languages as readonly FileLanguage[]).includes(language)
}

/** One rule on one file; each place once. */
export function checkRule(target: Target, rule: PackRule): PackMatch[] {
  const { search } = rule
  const found = search.what === 'taint' ? evaluateTaint(target, search) : evaluate(target, search)
  const seen = new Set<string>()
  const matches: PackMatch[] = []
  for (const { start, end, bindings } of found) {
    const key = `${start},${end}`
    if (seen.has(key)) continue
    seen.add(key)
    matches.push({ rule, start, end, bindings, message: messageOf(rule.message, target, bindings) })
  }
  return matches
}

/** Rules by a text that must occur, so that a file is asked once for all texts and not by every rule. */
class Index {
  readonly #always: PackRule[] = []
  readonly #byText = new Map<string, PackRule[]>()

  constructor(rules: readonly PackRule[]) {
    for (const rule of rules) {
      const key = rarest(rule.needs)
      if (!key) this.#always.push(rule)
      else
        for (const text of key) {
          const list = this.#byText.get(text)
          if (list) list.push(rule)
          else this.#byText.set(text, [rule])
        }
    }
  }

  candidates(text: string): PackRule[] {
    const found = new Set<PackRule>(this.#always)
    if (this.#byText.size > 0) {
      const words = new Set(text.match(/\w+/g))
      for (const word of words) {
        const rules = this.#byText.get(word)
        if (rules) for (const rule of rules) found.add(rule)
      }
      for (const [need, rules] of this.#byText)
        if (!isWord(need) && occurs(need, text, words)) for (const rule of rules) found.add(rule)
      for (const rule of found)
        if (rule.needs.some(group => !group.some(it => occurs(it, text, words)))) found.delete(rule)
    }
    return [...found]
  }
}

function rarest(needs: PackRule['needs']): readonly string[] | undefined {
  let best: readonly string[] | undefined
  let least = Number.POSITIVE_INFINITY
  for (const group of needs) {
    const cost = group.reduce((sum, it) => sum + 1 / it.length, 0)
    if (cost < least) {
      least = cost
      best = group
    }
  }
  return best
}
