// Reading data files: where JSON, YAML and TOML break, and which keys they hold twice. The parsers stay behind this file.

import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser'
import { parse as parseToml, TomlError } from 'smol-toml'
import type { YAMLError } from 'yaml'
import type { TextFile } from '../rule.ts'
import { isExamplePath, isTestPath } from './test-code.ts'
import { yamlErrors } from './yaml-view.ts'

/** The first place at which a file cannot be read any further. */
export interface DataProblem<Code extends string> {
  readonly code: Code
  readonly start: number
  readonly end: number
}

export type JsonProblem =
  | 'trailing-comma'
  | 'comment'
  | 'key'
  | 'colon'
  | 'comma'
  | 'value'
  | 'symbol'
  | 'string'
  | 'escape'
  | 'unclosed'
  | 'rest'

/** Programs parse these with the plain parser of their language, so not even a comment is allowed. */
const STRICT_JSON =
  /(^|\/)(package|package-lock|composer|bower|manifest|angular|vercel)\.json$|\.(geojson|ipynb)$/

/**
 * Files that are not broken by mistake: templates, which are data only after they are filled in, and what lies in a
 * folder of deliberately odd files or of documentation.
 */
export function isMeantToBeOdd({ path, text }: TextFile): boolean {
  return (
    isTestPath(path) || isExamplePath(path) || FIXTURE.test(path) || VALUES.test(text) || isTemplate(text)
  )
}

/** Something decides which of its lines stay: Jinja, ERB, Helm, or Terraform with `%{ if … }`. */
export function isTemplate(text: string): boolean {
  return DIRECTIVES.test(text)
}

const VALUES = /(?<![$"'\w])\{\{[^}]*\}\}|^\s*\{\{/m
const DIRECTIVES =
  /\{%|<%|\{\{-?\s*(?:if|else|end|range|with|#if|#each)\b|(?<!%)%\{~?\s*(?:(?:if|for)\s[^}]|(?:else|endif|endfor)\s*~?\})/
const FIXTURE =
  /(^|\/)(fixtures?|__fixtures__|test-?data|test_data|snapshots?|__snapshots__|corpus|templates?)\/|(^|[/._-])(invalid|malform(at)?ed|broken|bad|corrupt(ed)?)([/._-]|$)/i

export function jsonProblem({ path, language, text }: TextFile): DataProblem<JsonProblem> | undefined {
  if (text.trim() === '') return undefined
  if (language === 'jsonc' || LENIENT_NAME.test(path) || isReadLeniently(text))
    return firstJsonError(text, true)
  const problem = firstJsonError(text, false)
  if (!problem) return undefined
  // Whoever wrote a comment into JSON has a program that reads it.
  if (!STRICT_JSON.test(path) && hasJsonComment(text)) return firstJsonError(text, true)
  // JSON lines: one document on each.
  if (problem.code === 'rest' && text.split('\n').every(line => line.trim() === '' || isJson(line)))
    return undefined
  return problem
}

/** It says who reads it, and that program allows comments and a last comma, whatever the file is called. */
function isReadLeniently(text: string): boolean {
  return LENIENT_READER.test(text)
}

const LENIENT_NAME = /(^|\/)\.markdownlint[\w-]*\.json$/

const LENIENT_READER =
  /^\s*\{[^{}[\]]*"\$schema"\s*:\s*"[^"]*\b(?:tsconfig|jsconfig|eslintrc|babelrc|swcrc|biome|turbo|renovate|wrangler|oxlint)\b|^\s*\{[^{}[\]]*"compilerOptions"\s*:\s*\{/

function firstJsonError(text: string, lenient: boolean): DataProblem<JsonProblem> | undefined {
  let first: DataProblem<JsonProblem> | undefined
  visit(
    text,
    {
      onError: (code, offset, length) => {
        first ??= jsonError(text, code, offset, length)
      },
    },
    { disallowComments: !lenient, allowTrailingComma: lenient },
  )
  return first
}

function jsonError(
  text: string,
  error: ParseErrorCode,
  offset: number,
  length: number,
): DataProblem<JsonProblem> {
  const before = text.slice(0, offset).trimEnd()
  const place = visible(text, offset, length)
  switch (printParseErrorCode(error)) {
    case 'InvalidCommentToken':
      return { code: 'comment', ...place }
    case 'UnexpectedEndOfString':
    case 'InvalidCharacter':
      return { code: 'string', ...place }
    case 'InvalidEscapeCharacter':
    case 'InvalidUnicode':
      return { code: 'escape', ...place }
    case 'CloseBraceExpected':
    case 'CloseBracketExpected':
    case 'UnexpectedEndOfComment':
      return { code: 'unclosed', ...place }
    case 'EndOfFileExpected':
      return { code: 'rest', ...place }
    case 'ColonExpected':
      return { code: 'colon', ...place }
    case 'CommaExpected':
      return { code: 'comma', ...place }
    case 'PropertyNameExpected':
    case 'ValueExpected':
      if (before.endsWith(',') && (text[offset] === '}' || text[offset] === ']'))
        return { code: 'trailing-comma', start: before.length - 1, end: before.length }
      return { code: printParseErrorCode(error) === 'PropertyNameExpected' ? 'key' : 'value', ...place }
    default:
      return { code: 'symbol', ...place }
  }
}

function hasJsonComment(text: string): boolean {
  let found = false
  visit(text, { onComment: () => (found = true) })
  return found
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

export interface TwiceDefined {
  readonly name: string
  readonly start: number
  readonly end: number
  /** Where the key stood first, if the parser says so. */
  readonly first?: { readonly start: number; readonly end: number }
}

/** Keys that an object of a JSON file holds more than once. */
export function duplicateJsonKeys(text: string): TwiceDefined[] {
  const found: TwiceDefined[] = []
  const open: Map<string, { start: number; end: number }>[] = []
  visit(text, {
    onObjectBegin: () => {
      open.push(new Map())
    },
    onObjectEnd: () => {
      open.pop()
    },
    onObjectProperty: (name, offset, length) => {
      const place = { start: offset, end: offset + length }
      const first = open.at(-1)?.get(name)
      if (first) found.push({ name, ...place, first })
      else open.at(-1)?.set(name, place)
    },
  })
  return found
}

export type YamlProblem = 'tab' | 'indent' | 'missing' | 'nested' | 'reserved' | 'syntax'

const YAML_PROBLEMS: Readonly<Record<string, YamlProblem>> = {
  TAB_AS_INDENT: 'tab',
  BAD_INDENT: 'indent',
  MULTILINE_IMPLICIT_KEY: 'indent',
  MISSING_CHAR: 'missing',
  BLOCK_AS_IMPLICIT_KEY: 'nested',
  BAD_SCALAR_START: 'reserved',
}

export function yamlProblem(text: string): DataProblem<YamlProblem> | undefined {
  const error = yamlErrors(text).find(it => it.code !== 'DUPLICATE_KEY')
  if (!error || isAcceptedAnyway(error, text)) return undefined
  const [start, end] = error.pos
  return { code: YAML_PROBLEMS[error.code] ?? 'syntax', ...visible(text, start, end - start) }
}

/** Quoted texts and brackets may not go on to the left of their key; but most parsers do not mind. */
function isAcceptedAnyway({ message, pos }: YAMLError, text: string): boolean {
  const rest = text.slice(pos[0])
  if (/^Missing closing/.test(message)) return /["']/.test(rest.slice(1))
  return /^Flow .* indented/.test(message) && /^\s*[\]}]/m.test(rest)
}

/** Keys that a mapping of a YAML file holds more than once. */
export function duplicateYamlKeys(text: string): TwiceDefined[] {
  return yamlErrors(text).flatMap(it => {
    if (it.code !== 'DUPLICATE_KEY') return []
    const [start] = it.pos
    const name = /^("[^"\n]*"|'[^'\n]*'|[^\n:]*)/.exec(text.slice(start, start + 200))![0].trimEnd()
    return name === ''
      ? []
      : [{ name: name.replace(/^(["'])(.*)\1$/, '$2'), start, end: start + name.length }]
  })
}

export type TomlProblem = 'duplicate' | 'string' | 'key' | 'value' | 'syntax'

export function tomlProblem(text: string): DataProblem<TomlProblem> | undefined {
  try {
    parseToml(text)
    return undefined
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const lines = text.split('\n')
    const start = lines.slice(0, error.line - 1).join('\n').length + (error.line > 1 ? 1 : 0)
    const rest = (lines[error.line - 1] ?? '').length - (error.column - 1)
    return {
      code: tomlCode(error.message.split('\n')[0]!),
      ...visible(text, start + error.column - 1, Math.max(0, rest)),
    }
  }
}

function tomlCode(message: string): TomlProblem {
  if (/redefine|already/.test(message)) return 'duplicate'
  if (/string/.test(message)) return 'string'
  if (/\bkey\b/.test(message)) return 'key'
  return /value/.test(message) ? 'value' : 'syntax'
}

/** A range that can be seen: not empty, on one line, and not behind the end of the text. */
function visible(text: string, offset: number, length: number): { start: number; end: number } {
  const last = text.trimEnd().length
  const start = Math.max(0, Math.min(offset, last - 1))
  const line = text.indexOf('\n', start)
  const lineEnd = text.slice(0, line === -1 ? text.length : line).trimEnd().length
  return { start, end: Math.max(start + 1, Math.min(start + length, lineEnd, last)) }
}
