// Rules sorted for running: by language, then by the kind of node they want, then by the names they wait for.

import type { FindingData } from '@codeant/shared/finding.ts'
import type { LanguageId } from '@codeant/shared/language.ts'
import type { SourceFile } from '../semantics/source-file.ts'
import { KIND_CODE, type Kind } from '../syntax/kinds.ts'
import type { SyntaxNode } from '../syntax/node.ts'
import { teamRule } from './natural/team-rule.ts'
import type { AnyRule, Match, TextFile } from './rule.ts'

export interface Handler {
  readonly rule: AnyRule
  readonly check: (node: SyntaxNode, file: SourceFile) => Iterable<Match<FindingData>> | undefined
}

export interface TextHandler {
  readonly rule: AnyRule
  /** Undefined: it wants to see every file. */
  readonly needles: readonly string[] | undefined
  readonly check: (file: TextFile) => Iterable<Match<FindingData>> | undefined
}

/** What runs on the nodes of one language. */
export interface Dispatch {
  /** By kind code: handlers that see every node of that kind. */
  readonly byKind: readonly (readonly Handler[] | undefined)[]
  /** By kind code, then by the last name of the callee. */
  readonly byCallee: readonly (ReadonlyMap<string, readonly Handler[]> | undefined)[]
}

/** The rules that are known, and among them those that run. */
export class RuleSet {
  readonly rules: readonly AnyRule[]
  readonly #active: readonly AnyRule[]
  readonly #byId: Map<string, AnyRule>
  /** Rules that teams gave themselves, by their sentences; undefined: nobody can say what it means. */
  readonly #sentences = new Map<string, AnyRule | undefined>()
  readonly #variants = new Map<string, RuleSet>()
  readonly #dispatch = new Map<string, Dispatch>()
  readonly #text = new Map<LanguageId, readonly TextHandler[]>()
  readonly #needles = new Map<LanguageId, readonly string[]>()

  constructor(rules: readonly AnyRule[], active: readonly AnyRule[] = rules) {
    this.rules = rules
    this.#active = active
    this.#byId = new Map(rules.map(rule => [rule.id, rule]))
  }

  /** Knows the rules of these sentences from now on. What they ask for `with`, so that they run; what cannot be read is left out. */
  adopt(sentences: readonly string[]): readonly string[] {
    return sentences.filter(it => this.#adopted(it) !== undefined).map(it => `${SENTENCE}${it}`)
  }

  /** Rules that something else than this engine runs: their findings are told like all others. */
  know(rules: readonly AnyRule[]): void {
    for (const it of rules) this.#byId.set(it.id, it)
  }

  /** With those that something else runs. */
  get all(): readonly AnyRule[] {
    return [...this.#byId.values()]
  }

  get(id: string): AnyRule | undefined {
    return this.#byId.get(id)
  }

  /** All rules known, those that are off by default asleep: what they find in quantity would only be thrown away. */
  static standard(rules: readonly AnyRule[]): RuleSet {
    return new RuleSet(
      rules,
      rules.filter(it => it.enabled !== false),
    )
  }

  /** Those that compare what files say to each other. */
  get relating(): readonly AnyRule[] {
    return this.#active.filter(it => it.relate)
  }

  isActive(id: string): boolean {
    return this.#active.some(it => it.id === id)
  }

  /** The same set with some of the sleeping rules awake, and with those that were adopted. */
  with(optIns: readonly string[]): RuleSet {
    if (optIns.length === 0) return this
    const key = [...optIns].sort().join()
    let variant = this.#variants.get(key)
    if (!variant) {
      const sentences = optIns.filter(it => it.startsWith(SENTENCE)).map(it => it.slice(SENTENCE.length))
      const own = sentences.flatMap(it => this.#adopted(it) ?? [])
      variant = new RuleSet(own.length > 0 ? [...this.rules, ...own] : this.rules, [
        ...this.rules.filter(it => this.#active.includes(it) || optIns.includes(it.id)),
        ...own,
      ])
      // Who edits rules makes a new set with every change; the old ones are of no use.
      if (this.#variants.size >= MOST_VARIANTS) this.#variants.clear()
      this.#variants.set(key, variant)
    }
    return variant
  }

  #adopted(sentence: string): AnyRule | undefined {
    if (this.#sentences.has(sentence)) return this.#sentences.get(sentence)
    const rule = teamRule(sentence)
    this.#sentences.set(sentence, rule)
    if (rule) this.#byId.set(rule.id, rule)
    return rule
  }

  /** What runs on a file. Where nobody works on the code, nobody would repair it either. */
  dispatch({ language, isUntended }: Pick<SourceFile, 'language' | 'isUntended'>): Dispatch {
    const key = isUntended ? `${language}, untended` : language
    let dispatch = this.#dispatch.get(key)
    if (!dispatch) {
      dispatch = compile(
        // Of code that nobody works on, only that is said which no text must hold: keys, conflict markers.
        isUntended ? [] : this.#active.filter(rule => rule.languages.includes(language)),
      )
      this.#dispatch.set(key, dispatch)
    }
    return dispatch
  }

  /** What the text handlers of a language wait for, each once. */
  needles(language: LanguageId): readonly string[] {
    let needles = this.#needles.get(language)
    if (!needles) {
      needles = [...new Set(this.textHandlers(language).flatMap(it => it.needles ?? []))]
      this.#needles.set(language, needles)
    }
    return needles
  }

  textHandlers(language: LanguageId): readonly TextHandler[] {
    let handlers = this.#text.get(language)
    if (!handlers) {
      handlers = this.#active.flatMap(rule => {
        const check = rule.check.Text
        return check && rule.languages.includes(language) ? [{ rule, needles: rule.needles, check }] : []
      })
      this.#text.set(language, handlers)
    }
    return handlers
  }
}

/** Projects that are open at once, each with its own settings. */
const MOST_VARIANTS = 32

/** Before a sentence among what is switched on. No rule's id begins so. */
const SENTENCE = '= '

/** Kinds whose head is the name of something that is called. */
export const CALLED_KINDS: ReadonlySet<Kind> = new Set(['Call', 'New', 'MacroCall', 'TaggedTemplate'])

function compile(rules: readonly AnyRule[]): Dispatch {
  const byKind: (Handler[] | undefined)[] = []
  const byCallee: (Map<string, Handler[]> | undefined)[] = []
  for (const rule of rules) {
    for (const [kind, check] of Object.entries(rule.check) as [Kind | 'Text', Handler['check']][]) {
      if (kind === 'Text') continue
      const code = KIND_CODE[kind]
      if (rule.callees && CALLED_KINDS.has(kind)) {
        byCallee[code] ??= new Map()
        const names = byCallee[code]
        for (const name of rule.callees) names.set(name, [...(names.get(name) ?? []), { rule, check }])
      } else {
        byKind[code] ??= []
        byKind[code].push({ rule, check })
      }
    }
  }
  return { byKind, byCallee }
}
