// A file of rules in ast-grep's YAML, one or several documents in it → rules that run, and those that cannot, with the reason.

import type { Severity } from '@codeant/shared/finding.ts'
import { type Document, isMap, parseAllDocuments } from 'yaml'
import type { SyntaxParser } from '../../syntax/parser.ts'
import { DEFAULT_OPTIONS } from '../match.ts'
import { simplified } from '../needed-literals.ts'
import { refusalOf, Unsupported } from '../refusal.ts'
import type { PackRule, Refused, RuleFile } from '../rule.ts'
import { entriesIn, isRecord, optionalText, type Plain, textIn } from './form.ts'
import { type TreeLanguage, treeLanguage } from './languages.ts'
import { treeNeeds } from './needs.ts'
import { readGlobs } from './paths.ts'
import { type ReadCore, readCore, readFix, readRewriters, rewritersOf } from './read-core.ts'
import { parseTemplate } from './template.ts'
import { kindsOf } from './tree-rule.ts'
import type { TreeSearch } from './tree-search.ts'
import { NO_UTILITIES, type ProjectUtilities } from './utilities.ts'

const SEVERITIES: Readonly<Record<string, Severity>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  hint: 'hint',
}

/** Undefined when the text holds no rules of this format. */
export function readTreeRules(
  parser: SyntaxParser,
  text: string,
  utilities: ProjectUtilities = NO_UTILITIES,
): RuleFile | undefined {
  const documents = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false })
  if (!Array.isArray(documents)) return undefined
  const rules: PackRule[] = []
  const written: Plain[] = []
  const refused: Refused[] = []
  for (const document of documents as Document[]) {
    if (!isMap(document.contents) || !document.has('rule') || !document.has('language')) continue
    const offset = document.contents.range?.[0] ?? 0
    const [broken] = document.errors
    const id = String(document.get('id') ?? '?')
    try {
      if (broken) throw new Unsupported('broken-yaml', broken.message)
      const plain = document.toJS() as Plain
      const rule = readRule(parser, id, plain, utilities)
      if (!rule) continue
      rules.push(rule)
      written.push(plain)
    } catch (error) {
      refused.push({ id, refusal: refusalOf(error), offset })
    }
  }
  return rules.length + refused.length > 0 ? { rules, written, refused } : undefined
}

/** The language of a document; throws `Unsupported` for one that we cannot read. */
export function languageIn(parser: SyntaxParser, given: Plain): TreeLanguage {
  const name = textIn(given, 'language')
  const language = treeLanguage(name)
  if (!language || !parser.isLoaded(language.grammar)) throw new Unsupported('languages', name)
  return language
}

/** Undefined for one that is switched off. */
function readRule(
  parser: SyntaxParser,
  id: string,
  given: Plain,
  utilities: ProjectUtilities,
): PackRule | undefined {
  const language = languageIn(parser, given)
  const search = searchOf(parser, language, given, utilities)
  const head = headOf(id, given, language)
  return head && { ...head, search, needs: simplified(treeNeeds(search.core.rule)) }
}

/** A rule that was read before without being refused: `given` is the whole of it, and asked for when a file may hold that. */
export function knownTreeRule(
  parser: SyntaxParser,
  head: Plain,
  needs: PackRule['needs'],
  given: () => Plain,
  utilities: ProjectUtilities = NO_UTILITIES,
): PackRule {
  const language = treeLanguage(textIn(head, 'language'))!
  let made: TreeSearch | undefined
  return {
    ...headOf(String(head.id), head, language)!,
    needs,
    get search() {
      made ??= searchOf(parser, language, given(), utilities)
      return made
    },
  }
}

/** What is told of a rule that is listed; the rest says what it looks for. */
export const TREE_HEAD: ReadonlySet<string> = new Set([
  'id',
  'language',
  'message',
  'severity',
  'note',
  'url',
  'metadata',
])

/** Undefined for a rule that is switched off. */
function headOf(
  id: string,
  given: Plain,
  { language }: TreeLanguage,
): Omit<PackRule, 'search' | 'needs'> | undefined {
  const severity = optionalText(given, 'severity') ?? 'hint'
  if (severity === 'off') return undefined
  if (!SEVERITIES[severity]) throw new Unsupported('form', 'severity', severity)
  const url = optionalText(given, 'url')
  return {
    id,
    message: optionalText(given, 'message')?.trim() ?? '',
    severity: SEVERITIES[severity],
    languages: [language],
    options: DEFAULT_OPTIONS,
    paths: { include: [], exclude: [] },
    fix: undefined,
    metadata: {
      ...(isRecord(given.metadata) ? given.metadata : {}),
      ...(url !== undefined && { references: [url] }),
    },
    note: optionalText(given, 'note')?.trim(),
  }
}

function searchOf(
  parser: SyntaxParser,
  language: TreeLanguage,
  given: Plain,
  utilities: ProjectUtilities,
): TreeSearch {
  const reading = { parser, language, utilities: utilities.of(language.grammar) }
  const rewriters = rewritersOf(given)
  const read = readCore(reading, given, rewriters)
  readRewriters(reading, given, rewriters, read)
  if (!kindsOf(read.core.rule)) throw new Unsupported('no-kinds')
  const { core, madeNames } = read
  return {
    what: 'tree',
    grammar: language.grammar,
    core,
    message: parseTemplate(optionalText(given, 'message')?.trim() ?? '', madeNames),
    fix: given.fix === undefined || given.fix === null ? undefined : readFix(given.fix, read),
    labels: labelsOf(given, read),
    files: readGlobs(given.files),
    ignores: readGlobs(given.ignores),
  }
}

function labelsOf(given: Plain, { nodeNames }: ReadCore): string[] {
  return entriesIn(given, 'labels').map(([name, label]) => {
    if (!nodeNames.has(name)) throw new Unsupported('unbound', name)
    if (!isRecord(label)) throw new Unsupported('form', 'labels', name)
    return name
  })
}
