// Rules that people brought, as rules like our own: with an id, words and findings.

import type { Finding, FixSafety } from '@codeant/shared/finding.ts'
import type { LanguageId } from '@codeant/shared/language.ts'
import { Code } from '../patterns/code.ts'
import { codeOf } from '../patterns/code-of.ts'
import type { FileLanguage, Pack, PackMatch } from '../patterns/pack.ts'
import { refusalWords } from '../patterns/refusal.ts'
import type { PackLanguage, PackRule, Refused } from '../patterns/rule.ts'
import type { ConceptId } from '../rules/concepts.ts'
import type { AnyRule, RuleLanguage } from '../rules/rule.ts'
import { FileReader, type Semantics, SourceFile } from '../semantics/source-file.ts'
import { type SyntaxParser, TooDeep } from '../syntax/parser.ts'
import type { TextEdit } from '../text/document.ts'
import type { Engine } from './analyse-file.ts'
import { patternLanguageOf } from './languages.ts'

/** The category of all of them: `own/*` in settings and in comments that silence. */
export const OWN = 'own'

/** What of a rule is told of its findings: plain data, which crosses between threads. */
export interface PackRuleSummary extends Pick<PackRule, 'id' | 'severity' | 'languages' | 'note'> {
  /** The first address under which more can be read. */
  readonly reference?: string
}

export function summaryOf({ id, severity, languages, metadata, note }: PackRule): PackRuleSummary {
  const reference = [metadata.references ?? []].flat().find(it => typeof it === 'string')
  return {
    ...{ id, severity, languages },
    ...(note !== undefined && { note }),
    ...(reference !== undefined && { reference }),
  }
}

/** For words, severities and settings; what it finds, the pack finds. */
export function packRuleAsRule(rule: PackRuleSummary): AnyRule {
  const more = rule.reference === undefined ? '' : `: ${rule.reference}`
  const note = rule.note === undefined ? '' : `\n\n${rule.note}`
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
        why: `The rule \`${rule.id}\` says so, one of those that this project brought along.${note}`,
        remedy: `Do what the rule asks for${more}`,
        fix: `Make the change of \`${rule.id}\``,
      }),
      es: ({ message }) => ({
        message,
        why: `Lo dice la regla \`${rule.id}\`, una de las que aporta este proyecto.${note}`,
        remedy: `Haz lo que pide la regla${more}`,
        fix: `Haz el cambio de \`${rule.id}\``,
      }),
    },
    examples: { invalid: [], valid: [] },
  }
}

/** Of a file of rules, as it is being written. */
export const REFUSED_RULE: AnyRule = {
  id: `${OWN}/refused-rule`,
  severity: 'warning',
  languages: ['yaml'],
  concept: 'own' as ConceptId,
  impact: { likelihood: 'medium', cost: 'minutes' },
  check: {},
  explain: {
    en: ({ id, en }) => ({
      message: `The rule \`${id}\` is not run: ${en}`,
      why: 'A rule that asks for something else than is done here would find too much or too little, so that it does not run at all.',
      remedy: 'Say it with the keys that completion offers here',
    }),
    es: ({ id, es }) => ({
      message: `La regla \`${id}\` no se ejecuta: ${es}`,
      why: 'Una regla que pide otra cosa que lo que aquí se hace encontraría de más o de menos, así que no se ejecuta en absoluto.',
      remedy: 'Dilo con las claves que aquí ofrece el autocompletado',
    }),
  },
  examples: { invalid: [], valid: [] },
}

export function refusedFindings(text: string, refused: readonly Refused[]): Finding[] {
  return refused.map(({ id, offset, refusal }) => {
    const end = text.indexOf('\n', offset)
    return {
      rule: REFUSED_RULE.id,
      start: offset,
      end: end === -1 ? text.length : end,
      data: { id, en: refusalWords(refusal, 'en'), es: refusalWords(refusal, 'es') },
    }
  })
}

/** Of a file that is code to our own rules, too. */
export function packFindings(
  pack: Pack,
  path: string,
  language: FileLanguage,
  file: SourceFile,
  parser: SyntaxParser,
): Finding[] {
  return findingsOf(matchesInCode(pack, path, language, file, parser))
}

/** The same of a file that is read as code only where one of the rules may speak. */
export function packFindingsIn(
  pack: Pack,
  path: string,
  language: FileLanguage,
  text: string,
  read: () => Code | undefined,
  parser: SyntaxParser,
): Finding[] {
  return findingsOf(pack.check(path, language, text, read, parser))
}

/** What a rule that was brought would change for a finding of its own. */
export function packEdits(
  { pack, parser }: Engine,
  { path, language, text }: { readonly path: string; readonly language: LanguageId; readonly text: string },
  semantics: Semantics | undefined,
  { rule, start, end }: Finding,
): readonly TextEdit[] {
  if (!pack) return []
  const matches =
    semantics && !patternLanguageOf(path)
      ? matchesInCode(pack, path, language, sourceOf(path, language, semantics), parser)
      : matchesInText(pack, path, language, text, parser)
  const match = matches.find(it => ownId(it.rule) === rule && it.start === start && it.end === end)
  return match?.edit ? [match.edit] : []
}

/** A file whose semantics are known, as rules that were brought see it. */
export function sourceOf(path: string, language: LanguageId, semantics: Semantics): SourceFile {
  return new SourceFile(path, language as SourceFile['language'], semantics, new FileReader(semantics.tree))
}

function matchesInCode(
  pack: Pack,
  path: string,
  language: FileLanguage,
  file: SourceFile,
  parser: SyntaxParser,
): PackMatch[] {
  return pack.check(path, language, file.tree.text, () => new Code(file), parser)
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
  return findingsOf(matchesInText(pack, path, language, text, parser, stop))
}

function matchesInText(
  pack: Pack,
  path: string,
  language: LanguageId,
  text: string,
  parser: SyntaxParser,
  stop?: () => boolean,
): PackMatch[] {
  const its = patternLanguageOf(path)
  if (!its) return pack.check(path, language, text, undefined, parser)
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
  return pack.check(path, its, text, read, parser)
}

function findingsOf(matches: readonly PackMatch[]): Finding[] {
  return matches.map(({ rule, start, end, message, edit, related }) => ({
    rule: ownId(rule),
    start,
    end,
    data: { message: message.replace(/\s+/g, ' ').trim().replace(/\.$/, '') },
    ...(edit && { fix: safetyOf(rule) }),
    ...(related.length > 0 && { related }),
  }))
}

/** What somebody else wrote needs a look, unless they vouch for it: `metadata: {fix-safety: safe}`. */
function safetyOf({ metadata }: PackRule): FixSafety {
  return metadata['fix-safety'] === 'safe' ? 'safe' : 'unsafe'
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
  dockerfile: ['text'],
  text: ['text'],
}
