// A file of rules in the YAML format → rules that run, and those that cannot, with the reason.

import type { Severity } from '@codeant/shared/finding.ts'
import { isMap, isSeq, parseDocument } from 'yaml'
import type { Grammar } from '../syntax/language.ts'
import type { SyntaxParser } from '../syntax/parser.ts'
import type { Formula } from './formula.ts'
import { FormulaReader } from './formula-reader.ts'
import { GENERIC_DEFAULTS, type GenericOptions } from './generic-document.ts'
import { DEFAULT_OPTIONS, type MatchOptions } from './match.ts'
import { needsOf } from './needed-literals.ts'
import { refusalOf, Unsupported } from './refusal.ts'
import { regexOf } from './regex.ts'
import type { Fix, PackLanguage, PackRule, Refused, RuleFile } from './rule.ts'
import type { TaintFormula } from './taint-formula.ts'

const LANGUAGES: Readonly<Record<string, PackLanguage>> = {
  python: 'python',
  py: 'python',
  python2: 'python',
  python3: 'python',
  javascript: 'javascript',
  js: 'javascript',
  typescript: 'typescript',
  ts: 'typescript',
  rust: 'rust',
  rs: 'rust',
  go: 'go',
  golang: 'go',
  java: 'java',
  json: 'json',
  yaml: 'yaml',
  hcl: 'hcl',
  terraform: 'hcl',
  tf: 'hcl',
  html: 'html',
  dockerfile: 'dockerfile',
  docker: 'dockerfile',
  generic: 'text',
  regex: 'text',
  none: 'text',
}

export const GRAMMARS_OF: Readonly<Record<PackLanguage, readonly Grammar[]>> = {
  python: ['python'],
  javascript: ['javascript'],
  typescript: ['typescript', 'tsx'],
  rust: ['rust'],
  go: ['go'],
  java: ['java'],
  json: ['json'],
  yaml: ['yaml'],
  hcl: ['hcl'],
  html: ['html'],
  dockerfile: ['dockerfile'],
  text: [],
}

const SEVERITIES: Readonly<Record<string, Severity>> = {
  CRITICAL: 'error',
  ERROR: 'error',
  HIGH: 'error',
  WARNING: 'warning',
  MEDIUM: 'warning',
  INFO: 'info',
  LOW: 'info',
  EXPERIMENT: 'hint',
  INVENTORY: 'hint',
}

/** Keys of a rule that say nothing about what is found. */
const INERT: ReadonlySet<string> = new Set([
  'id',
  'message',
  'languages',
  'severity',
  'metadata',
  'mode',
  'options',
  'fix',
  'fix-regex',
  'fix_regex',
  'paths',
  'min-version',
  'max-version',
  'author',
  'license',
])
const TAINT_KEYS: ReadonlySet<string> = new Set([
  'pattern-sources',
  'pattern-sinks',
  'pattern-sanitizers',
  'pattern-propagators',
])

/** The grammars that a text of rules asks for, read from its face: they must be loaded before its rules are. */
export function grammarsOf(text: string): Grammar[] {
  const written = text.matchAll(/\blanguages?['"]?\s*:\s*(\[[^\]]*\]|(?:\s*\n\s*-\s*[^\n]+)+|[^\n]+)/g)
  const words = [...written].flatMap(([, it]) => it!.toLowerCase().match(/[a-z]\w*/g) ?? [])
  return [...new Set(words)].flatMap(it => {
    const language = LANGUAGES[it]
    return language === undefined ? [] : GRAMMARS_OF[language]
  })
}

/** Undefined when the text holds no rules at all. */
export function readRuleFile(parser: SyntaxParser, text: string): RuleFile | undefined {
  const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false, prettyErrors: false })
  const list = isMap(document.contents) ? document.get('rules', true) : undefined
  if (!isSeq(list)) return undefined
  const rules: PackRule[] = []
  const written: WrittenRule[] = []
  // What the parser made of broken text may be anything: none of it is run.
  const [broken] = document.errors
  if (broken)
    return {
      rules,
      written,
      refused: [
        { id: '?', refusal: { code: 'broken-yaml', about: [broken.message] }, offset: broken.pos[0] },
      ],
    }
  const refused: Refused[] = []
  for (const item of list.items) {
    if (!isMap(item)) {
      refused.push({ id: '?', refusal: { code: 'no-rule', about: [] }, offset: 0 })
      continue
    }
    const offset = item.range?.[0] ?? 0
    const name = item.get('id')
    const id = typeof name === 'string' ? name : '?'
    try {
      // Throws for aliases that would unfold without end.
      const plain = item.toJS(document) as Record<string, unknown>
      rules.push(readRule(parser, id, plain))
      written.push(plain)
    } catch (error) {
      refused.push({ id, refusal: refusalOf(error), offset })
    }
  }
  return { rules, written, refused }
}

/** What a rule says of itself, without what it looks for: cheap, and what thousands of rules are listed by. */
type Head = Omit<PackRule, 'search' | 'needs'>

/** A rule as it was written; its keys are those of the format. */
export type WrittenRule = Readonly<Record<string, unknown>>

function readRule(parser: SyntaxParser, id: string, written: WrittenRule): PackRule {
  const head = headOf(id, written)
  const search = searchOf(parser, written, head.languages)
  return { ...head, search, needs: needsOf(search) }
}

/** A rule that was read before without being refused: `search` gives what it looks for, and is asked when a file may hold that. */
export function knownRule(
  parser: SyntaxParser,
  written: WrittenRule,
  needs: PackRule['needs'],
  search: () => WrittenRule,
): PackRule {
  const head = headOf(String(written.id), written)
  let made: Formula | TaintFormula | undefined
  return {
    ...head,
    needs,
    get search() {
      made ??= searchOf(parser, search(), head.languages)
      return made
    },
  }
}

/** What is read when a rule is listed, and what when it is run; `mode`, `options` and `languages` are in both. */
export function parted(written: WrittenRule): { readonly head: WrittenRule; readonly search: WrittenRule } {
  const entries = Object.entries(written)
  return {
    head: Object.fromEntries(entries.filter(([key]) => INERT.has(key))),
    search: Object.fromEntries(
      entries.filter(
        ([key]) => !INERT.has(key) || key === 'mode' || key === 'options' || key === 'languages',
      ),
    ),
  }
}

function headOf(id: string, written: WrittenRule): Head {
  const { mode = 'search' } = written
  if (mode !== 'search' && mode !== 'taint') throw new Unsupported('unsupported', `mode: ${String(mode)}`)
  return {
    id,
    message: String(written.message ?? '').trim(),
    severity: SEVERITIES[String(written.severity ?? 'WARNING').toUpperCase()] ?? 'warning',
    languages: languagesOf(written.languages),
    options: optionsOf(written.options),
    paths: pathsOf(written.paths),
    fix: fixOf(written),
    metadata: isRecord(written.metadata) ? written.metadata : {},
  }
}

function languagesOf(given: unknown): readonly PackLanguage[] {
  if (given === undefined) throw new Unsupported('no-languages')
  const written = [given].flat().map(it => String(it).toLowerCase())
  const languages = [...new Set(written.flatMap(it => LANGUAGES[it] ?? []))]
  if (languages.length === 0) throw new Unsupported('languages', written.join(', '))
  return languages
}

/** Its patterns are about bare text. */
function isGeneric(languages: unknown): boolean {
  return [languages].flat().some(it => String(it).toLowerCase() === 'generic')
}

function searchOf(
  parser: SyntaxParser,
  written: WrittenRule,
  languages: readonly PackLanguage[],
): Formula | TaintFormula {
  const reader = isGeneric(written.languages)
    ? new FormulaReader(parser, [], genericOptionsOf(written.options))
    : new FormulaReader(
        parser,
        languages.flatMap(it => GRAMMARS_OF[it]),
      )
  const keys = Object.keys(written).filter(it => !INERT.has(it))
  if (written.mode !== 'taint') return reader.rule(Object.fromEntries(keys.map(it => [it, written[it]])))
  const strange = keys.find(it => !TAINT_KEYS.has(it))
  if (strange !== undefined) throw new Unsupported('unsupported', strange)
  return reader.taint(written)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Options that change nothing here: what they are about is always, or never, done. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'interfile',
  'taint_assume_safe_booleans',
  'taint_assume_safe_numbers',
  'taint_unify_mvars',
  'taint_intrafile',
  'taint_propagation',
  'value',
])

/** Options about bare text. */
const GENERIC_OPTIONS: ReadonlySet<string> = new Set([
  'generic_engine',
  'generic_ellipsis_max_span',
  'generic_multiline',
  'generic_comment_style',
  'generic_caseless',
  'generic_extra_word_characters',
])

function genericOptionsOf(given: unknown): GenericOptions {
  if (!isRecord(given)) return GENERIC_DEFAULTS
  const on = (key: string) => given[key] === true || given[key] === 'true'
  const isAlien = given.generic_engine === 'aliengrep'
  const span = Number(
    given.generic_ellipsis_max_span ?? (isAlien ? Number.MAX_SAFE_INTEGER : GENERIC_DEFAULTS.span),
  )
  const isOneLine = given.generic_multiline === false || given.generic_multiline === 'false'
  const comments = given.generic_comment_style ?? 'none'
  if (comments !== 'none' && comments !== 'c' && comments !== 'cpp' && comments !== 'shell')
    throw new Unsupported('option', `generic_comment_style: ${String(comments)}`)
  if (!Number.isInteger(span) || span < 0)
    throw new Unsupported('option', `generic_ellipsis_max_span: ${String(given.generic_ellipsis_max_span)}`)
  const signs = given.generic_extra_word_characters
  return {
    span: isOneLine ? 0 : span,
    comments,
    isCaseless: on('generic_caseless'),
    wordSigns: Array.isArray(signs) ? signs.map(String).filter(it => it.length === 1) : [],
  }
}

function optionsOf(given: unknown): MatchOptions {
  if (!isRecord(given)) return DEFAULT_OPTIONS
  const options: { -readonly [K in keyof MatchOptions]: MatchOptions[K] } = { ...DEFAULT_OPTIONS }
  for (const [key, value] of Object.entries(given)) {
    const on = value === true || value === 'true'
    switch (key) {
      case 'constant_propagation':
        options.constants = on
        break
      case 'symbolic_propagation':
        options.values = on
        break
      case 'symmetric_eq':
        options.symmetricEquality = on
        break
      case 'commutative_boolop':
        options.commutativeLogic = on
        break
      case 'ac_matching':
        options.associative = on
        break
      case 'implicit_deep_exprstmt':
        options.deepExpressions = on
        break
      case 'vardef_assign':
        options.assignmentsDeclare = on
        break
      default:
        if (!WITHOUT_EFFECT.has(key) && !GENERIC_OPTIONS.has(key)) throw new Unsupported('option', key)
    }
  }
  return options
}

function pathsOf(given: unknown): PackRule['paths'] {
  const list = (value: unknown) => (Array.isArray(value) ? value.filter(it => typeof it === 'string') : [])
  if (!isRecord(given)) return { include: [], exclude: [] }
  return { include: list(given.include), exclude: list(given.exclude) }
}

function fixOf(plain: WrittenRule): Fix | undefined {
  const regex = plain['fix-regex'] ?? plain.fix_regex
  if (isRecord(regex)) {
    const count = typeof regex.count === 'number' ? regex.count : undefined
    return {
      what: 'regex',
      regex: regexOf(String(regex.regex)),
      replacement: String(regex.replacement ?? ''),
      count,
    }
  }
  return typeof plain.fix === 'string' ? { what: 'template', text: plain.fix.replace(/\n$/, '') } : undefined
}
