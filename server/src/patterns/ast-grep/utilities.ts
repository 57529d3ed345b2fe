// The utilities of a project: rules with a name that all its rules of the same language may use.

import { type Document, isMap, parseAllDocuments } from 'yaml'
import type { Grammar } from '../../syntax/language.ts'
import type { SyntaxParser } from '../../syntax/parser.ts'
import { refusalOf, Unsupported } from '../refusal.ts'
import type { Refused } from '../rule.ts'
import type { Plain } from './form.ts'
import { treeLanguage } from './languages.ts'
import { readCore, refuseCycle } from './read-core.ts'
import type { Utilities } from './read-rule.ts'
import type { Utility } from './tree-rule.ts'

export class ProjectUtilities {
  readonly #byGrammar: ReadonlyMap<Grammar, Utilities>

  constructor(byGrammar: ReadonlyMap<Grammar, Utilities>) {
    this.#byGrammar = byGrammar
  }

  of(grammar: Grammar): Utilities {
    return this.#byGrammar.get(grammar) ?? new Map()
  }
}

export const NO_UTILITIES = new ProjectUtilities(new Map())

export interface ReadUtilities {
  readonly utilities: ProjectUtilities
  readonly refused: readonly Refused[]
}

/** Those that these files declare. One that cannot be read is refused, and so is what needs it. */
export function readUtilities(parser: SyntaxParser, texts: readonly string[]): ReadUtilities {
  const refused: Refused[] = []
  let declared = texts.flatMap(text => declarations(text))
  for (;;) {
    const byGrammar = new Map<Grammar, Map<string, Utility>>()
    for (const { id, given } of declared) {
      const grammar = treeLanguage(String(given.language))?.grammar
      if (!grammar) continue
      const known = byGrammar.get(grammar) ?? new Map<string, Utility>()
      byGrammar.set(grammar, known.set(id, { id, isGlobal: true, core: undefined }))
    }
    const failed = new Set<Declaration>()
    for (const it of declared) {
      try {
        readInto(parser, byGrammar, it)
      } catch (error) {
        failed.add(it)
        refused.push({ id: it.id, refusal: refusalOf(error), offset: it.offset })
      }
    }
    if (failed.size === 0) return { utilities: new ProjectUtilities(byGrammar), refused }
    declared = declared.filter(it => !failed.has(it))
  }
}

interface Declaration {
  readonly id: string
  readonly given: Plain
  readonly offset: number
}

function declarations(text: string): Declaration[] {
  const documents = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false })
  if (!Array.isArray(documents)) return []
  return (documents as Document[]).flatMap(it => {
    if (!isMap(it.contents) || !it.has('rule') || it.errors.length > 0) return []
    const given = it.toJS() as Plain
    return [{ id: String(given.id ?? '?'), given, offset: it.contents.range?.[0] ?? 0 }]
  })
}

function readInto(
  parser: SyntaxParser,
  byGrammar: ReadonlyMap<Grammar, ReadonlyMap<string, Utility>>,
  { id, given }: Declaration,
): void {
  const language = treeLanguage(String(given.language))
  if (!language || !parser.isLoaded(language.grammar))
    throw new Unsupported('languages', String(given.language))
  if (given.arguments !== undefined) throw new Unsupported('unsupported', 'arguments')
  const utilities = byGrammar.get(language.grammar)!
  const utility = utilities.get(id)!
  utility.core = readCore({ parser, language, utilities }, given).core
  refuseCycle(utility)
}
