// Rules that people brought, as rules like our own: with an id, words and findings.

import type { Finding } from '@codeant/shared/finding.ts'
import type { LanguageId } from '@codeant/shared/language.ts'
import { Code } from '../patterns/code.ts'
import { codeOf } from '../patterns/code-of.ts'
import type { FileLanguage, Pack, PackMatch } from '../patterns/pack.ts'
import type { PackLanguage, PackRule } from '../patterns/rule.ts'
import type { ConceptId } from '../rules/concepts.ts'
import type { AnyRule, RuleLanguage } from '../rules/rule.ts'
import type { SourceFile } from '../semantics/source-file.ts'
import { type SyntaxParser, TooDeep } from '../syntax/parser.ts'
import { patternLanguageOf } from './languages.ts'

/** The category of all of them: `own/*` in settings and in comments that silence. */
export const OWN = 'own'

/** For words, severities and settings; what it finds, the pack finds. */
export function packRuleAsRule(rule: PackRule): AnyRule {
  const references = [rule.metadata.references ?? []].flat().filter(it => typeof it === 'string')
  const more = references.length > 0 ? `: ${references[0]}` : ''
  return {
    id: ownId(rule),
    severity: rule.severity,
    languages: rule.languages.flatMap(it => RULE_LANGUAGES[it]),
    // No page teaches what somebody else's rule is about; who looks for one finds none.
    concept: 'own' as ConceptId,
    impact: { likelihood: rule.severity === 'error' ? 'medium' : 'low', cost: 'hours' },
    check: {},
    explain: {
      en: ({ message }) => ({
        message,
        why: `The rule \`${rule.id}\` says so, one of those that this project brought along.`,
        remedy: `Do what the rule asks for${more}`,
      }),
      es: ({ message }) => ({
        message,
        why: `Lo dice la regla \`${rule.id}\`, una de las que aporta este proyecto.`,
        remedy: `Haz lo que pide la regla${more}`,
      }),
    },
    examples: { invalid: [], valid: [] },
  }
}

/** Of a file that is code to our own rules, too. */
export function packFindings(
  pack: Pack,
  path: string,
  language: FileLanguage,
  file: SourceFile,
  parser: SyntaxParser,
): Finding[] {
  return findingsOf(pack.check(path, language, file.tree.text, () => new Code(file), parser))
}

/** Of a file that is text to us: to people's rules it may be code. It is parsed when one of them may speak. */
export function packFindingsInText(
  pack: Pack,
  path: string,
  language: LanguageId,
  text: string,
  parser: SyntaxParser,
  stop?: () => boolean,
): Finding[] {
  const its = patternLanguageOf(path)
  if (!its) return findingsOf(pack.check(path, language, text, undefined, parser))
  const read = () => {
    if (!parser.isLoaded(its)) return undefined
    try {
      const tree = parser.parseOnce(text, its, stop)
      return tree && codeOf(path, tree)
    } catch (error) {
      if (error instanceof TooDeep) return undefined
      throw error
    }
  }
  return findingsOf(pack.check(path, its, text, read, parser))
}

function findingsOf(matches: readonly PackMatch[]): Finding[] {
  return matches.map(({ rule, start, end, message }) => ({
    rule: ownId(rule),
    start,
    end,
    data: { message: message.replace(/\s+/g, ' ').trim().replace(/\.$/, '') },
  }))
}

export function isOwn({ rule }: Pick<Finding, 'rule'>): boolean {
  return rule.startsWith(`${OWN}/`)
}

export function ownId(rule: Pick<PackRule, 'id'>): string {
  return `${OWN}/${rule.id}`
}

const RULE_LANGUAGES: Readonly<Record<PackLanguage, readonly RuleLanguage[]>> = {
  python: ['python'],
  javascript: ['javascript'],
  typescript: ['typescript'],
  rust: ['rust'],
  // To our own rules these are text.
  go: ['text'],
  java: ['text'],
  json: ['json'],
  yaml: ['yaml'],
  hcl: ['text'],
  html: ['text'],
  text: ['text'],
}
