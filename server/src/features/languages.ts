// Which language a file is in, from its name.

import type { LanguageId } from '@codeant/shared/language.ts'
import type { OwnGrammar, PatternLanguage } from '../syntax/language.ts'

const BY_EXTENSION: Readonly<Record<string, LanguageId>> = {
  py: 'python',
  pyi: 'python',
  pyw: 'python',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'typescript',
  rs: 'rust',
  json: 'json',
  jsonc: 'jsonc',
  'code-workspace': 'jsonc',
  json5: 'text',
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'toml',
}

/** Files that editors and compilers read as JSON with comments, whatever their extension says. */
const WITH_COMMENTS =
  /(^|\/)(tsconfig[^/]*|appsettings[^/]*|jsconfig[^/]*|\.eslintrc|\.babelrc|\.swcrc|\.ox(lint|fmt)rc|\.?dprint|pyrightconfig|\.luarc|\.?devcontainer|api-extractor|\.jshintrc|\.jscsrc|nx|project|language-configuration|turbo|biome|renovate|deno)\.jsonc?$|(^|\/)\.vscode\/[^/]+\.json$/

/** Text files without a language of their own that may still hold a private key or a merge marker. */
const TEXT = new Set([
  'md',
  'txt',
  'rst',
  'html',
  'htm',
  'css',
  'scss',
  'less',
  'sh',
  'bash',
  'sql',
  'xml',
  'ini',
  'cfg',
  'conf',
  'env',
  'pem',
  'key',
  'java',
  'go',
  'c',
  'h',
  'cpp',
  'hpp',
  'cs',
  'rb',
  'php',
  'vue',
  'svelte',
  'graphql',
  'graphqls',
  'gql',
  'proto',
  'codeant',
  'prisma',
  'tf',
  'tfvars',
  'hcl',
  'properties',
  'dockerfile',
])

const NAMES =
  /^((yarn|poetry|uv|Cargo)\.lock|(Docker|Container)file(\.[\w-]+)?|[\w-]+\.(Docker|Container)file|Makefile|Procfile|justfile|\.env(\..*)?|env\.(example|sample|template|dist)|\.envrc|\.flaskenv|id_rsa|id_ed25519)$/

/** Undefined for a file that we do not look at. */
export function languageOf(path: string): LanguageId | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  const extension = dot >= 0 ? name.slice(dot + 1).toLowerCase() : ''
  const language = BY_EXTENSION[extension]
  if (language === 'json') return WITH_COMMENTS.test(path) ? 'jsonc' : 'json'
  if (language) return language
  // `full.sql.postgres` is one of several that say the same to different databases.
  if (TEXT.has(extension) || /\.sql\.\w+$/i.test(name) || NAMES.test(name)) return 'text'
  return undefined
}

/** Files that are code only to rules which people bring; to everything else they are text. */
const BY_PATTERN_EXTENSION: Readonly<Record<string, PatternLanguage>> = {
  go: 'go',
  java: 'java',
  json: 'json',
  jsonc: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  tf: 'hcl',
  tfvars: 'hcl',
  hcl: 'hcl',
  html: 'html',
  htm: 'html',
  dockerfile: 'dockerfile',
  containerfile: 'dockerfile',
}

export function patternLanguageOf(path: string): PatternLanguage | undefined {
  if (/(^|\/)(Docker|Container)file(\.[\w-]+)?$/i.test(path)) return 'dockerfile'
  return BY_PATTERN_EXTENSION[path.slice(path.lastIndexOf('.') + 1).toLowerCase()]
}

/** JSX is part of every `.js` file's grammar, but of TypeScript's only in `.tsx`. */
export function grammarOf(language: LanguageId, path: string): OwnGrammar | undefined {
  switch (language) {
    case 'typescript':
      return /\.tsx$/i.test(path) ? 'tsx' : 'typescript'
    case 'python':
    case 'javascript':
    case 'rust':
      return language
    default:
      return undefined
  }
}
