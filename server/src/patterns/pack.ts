// Many rules on one file: which of them can say anything here, and what they say.

import type { LanguageId } from '@codeant/shared/language.ts'
import type { Grammar, WasmGrammar } from '../syntax/language.ts'
import { type SyntaxParser, TooDeep } from '../syntax/parser.ts'
import type { TextEdit } from '../text/document.ts'
import { grammarOfFile } from './ast-grep/languages.ts'
import { silencedIn } from './ast-grep/silenced.ts'
import { TooLong, TreeFile } from './ast-grep/tree-file.ts'
import { looksAt, type TreeSearch, treeMatches } from './ast-grep/tree-search.ts'
import type { Code } from './code.ts'
import { evaluate } from './evaluate.ts'
import type { MatchOptions } from './match.ts'
import { textWith } from './message.ts'
import { NeedFinder } from './need-finder.ts'
import { editOf } from './pack-fix.ts'
import { pathFits } from './paths.ts'
import type { PackLanguage, PackRule } from './rule.ts'
import { evaluateTaint } from './taint-mode.ts'
import { Target } from './target.ts'

export interface PackMatch {
  readonly rule: PackRule
  readonly start: number
  readonly end: number
  readonly message: string
  /** What would repair it, where the rule says so. */
  readonly edit: TextEdit | undefined
  /** Other places of the file that it speaks of. */
  readonly related: readonly { readonly start: number; readonly end: number }[]
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
    const trees = new Trees(text, grammarOfFile(language, path), parser)
    let code: Code | undefined | 'unread' = 'unread'
    const targets = new Map<MatchOptions | string, Target>()
    for (const rule of candidates) {
      if (!pathFits(path, rule.paths)) continue
      const { search } = rule
      if (search.what === 'tree') {
        if (looksAt(search, path)) matches.push(...checkTree(trees, rule, search))
        continue
      }
      if (code === 'unread') code = read?.()
      const key = JSON.stringify(rule.options)
      let target = targets.get(key)
      if (!target) {
        target = new Target(path, text, code, rule.options, parser)
        targets.set(key, target)
      }
      matches.push(...checkRule(target, rule, search))
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

/** The grammar's own tree of a file, made when the first rule asks for it. */
class Trees {
  readonly #text: string
  readonly #grammar: Grammar | undefined
  readonly #parser: SyntaxParser | undefined
  #file: TreeFile | undefined

  constructor(text: string, grammar: Grammar | undefined, parser: SyntaxParser | undefined) {
    this.#text = text
    this.#grammar = grammar
    this.#parser = parser
  }

  /** Undefined when the file is in another language, or deeper than anybody can follow. */
  of(grammar: WasmGrammar): TreeFile | undefined {
    if (grammar !== this.#grammar || !this.#parser?.isLoaded(grammar)) return undefined
    try {
      this.#file ??= new TreeFile(this.#parser.parseConcrete(this.#text, grammar))
    } catch (error) {
      if (!(error instanceof TooDeep)) throw error
    }
    return this.#file
  }
}

function checkTree(trees: Trees, rule: PackRule, search: TreeSearch): PackMatch[] {
  const file = trees.of(search.grammar)
  if (!file) return []
  const isSilenced = silencedIn(file, rule.id)
  try {
    return treeMatches(file, search).flatMap(it => (isSilenced(it.start) ? [] : [{ rule, ...it }]))
  } catch (error) {
    // A rule without end says nothing of this file; the others do. `RangeError`: it asked itself deeper than the stack.
    if (error instanceof TooLong || error instanceof RangeError) return []
    throw error
  }
}

/** One rule on one file; each place once. */
function checkRule(
  target: Target,
  rule: PackRule,
  search: Exclude<PackRule['search'], TreeSearch>,
): PackMatch[] {
  const found = search.what === 'taint' ? evaluateTaint(target, search) : evaluate(target, search)
  const seen = new Set<string>()
  const matches: PackMatch[] = []
  for (const { start, end, bindings } of found) {
    const key = `${start},${end}`
    if (seen.has(key)) continue
    seen.add(key)
    const message = textWith(rule.message, target, bindings)
    const edit = rule.fix && editOf(rule.fix, target, { start, end, bindings })
    matches.push({ rule, start, end, message, edit, related: [] })
  }
  return matches
}

/** Rules by a text that must occur, so that a file is asked once for all texts and not by every rule. */
class Index {
  readonly #always: PackRule[] = []
  readonly #byNeed = new Map<string, PackRule[]>()
  readonly #finder: NeedFinder

  constructor(rules: readonly PackRule[]) {
    for (const rule of rules) {
      const key = rarest(rule.needs)
      if (!key) this.#always.push(rule)
      else
        for (const need of key) {
          const list = this.#byNeed.get(need)
          if (list) list.push(rule)
          else this.#byNeed.set(need, [rule])
        }
    }
    this.#finder = new NeedFinder(rules.flatMap(it => it.needs.flat()))
  }

  candidates(text: string): PackRule[] {
    const there = this.#finder.find(text)
    const found = new Set<PackRule>()
    const take = (rule: PackRule) => {
      if (rule.needs.every(group => group.some(it => there.has(it)))) found.add(rule)
    }
    for (const it of this.#always) take(it)
    for (const need of there) for (const it of this.#byNeed.get(need) ?? []) take(it)
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
