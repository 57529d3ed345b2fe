// Rules that people brought, as rules like our own: with an id, words and findings.

import type { Finding } from '@codeant/shared/finding.ts'
import type { LanguageId } from '@codeant/shared/language.ts'
import type { Pack } from '../patterns/pack.ts'
import type { PackLanguage, PackRule } from '../patterns/rule.ts'
import type { ConceptId } from '../rules/concepts.ts'
import type { AnyRule, RuleLanguage } from '../rules/rule.ts'
import type { SourceFile } from '../semantics/source-file.ts'
import type { SyntaxParser } from '../syntax/parser.ts'

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
        why: `The rule \`${rule.id}\` says so, one of those that were brought with \`--rules\`.`,
        remedy: `Do what the rule asks for${more}`,
      }),
      es: ({ message }) => ({
        message,
        why: `Lo dice la regla \`${rule.id}\`, una de las aportadas con \`--rules\`.`,
        remedy: `Haz lo que pide la regla${more}`,
      }),
    },
    examples: { invalid: [], valid: [] },
  }
}

export function packFindings(
  pack: Pack,
  path: string,
  language: LanguageId,
  text: string,
  file?: SourceFile,
  parser?: SyntaxParser,
): Finding[] {
  return pack.check(path, language, text, file, parser).map(({ rule, start, end, message }) => ({
    rule: ownId(rule),
    start,
    end,
    data: { message: message.replace(/\s+/g, ' ').trim().replace(/\.$/, '') },
  }))
}

export function isOwn({ rule }: Pick<Finding, 'rule'>): boolean {
  return rule.startsWith(`${OWN}/`)
}

function ownId(rule: PackRule): string {
  return `${OWN}/${rule.id}`
}

const RULE_LANGUAGES: Readonly<Record<PackLanguage, readonly RuleLanguage[]>> = {
  python: ['python'],
  javascript: ['javascript'],
  typescript: ['typescript'],
  rust: ['rust'],
  text: ['text'],
}
