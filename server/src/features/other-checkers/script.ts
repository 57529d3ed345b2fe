// Settings of ESLint, oxlint and Biome: rules that are off, on, or have a limit, for all files or for some.

import { type ParseError, parse as parseJson } from 'jsonc-parser'
import { parse as parseYaml } from 'yaml'
import { entriesOf, isTable, type Table, tableIn, textsIn } from './data.ts'
import type { CheckerSettings, Decision, Saying } from './decisions.ts'
import type { Globs } from './globs.ts'
import { objectsIn } from './literals.ts'

/** `.eslintrc`, `.eslintrc.json`, `.eslintrc.yaml` */
export function readEslintrc(text: string): readonly CheckerSettings[] {
  const data = /^\s*(\/\*|\/\/|\{)/.test(text) ? json(text) : yaml(text)
  return data ? [eslintSettings('eslint', data, data.root === true)] : []
}

/** `eslintConfig` of `package.json` */
export function readPackage(text: string): readonly CheckerSettings[] {
  if (!text.includes('"eslintConfig"')) return []
  const data = tableIn(json(text), 'eslintConfig')
  return data ? [eslintSettings('eslint', data, data.root === true)] : []
}

export function readOxlint(text: string): readonly CheckerSettings[] {
  const data = json(text)
  return data ? [eslintSettings('oxlint', data, true)] : []
}

/** `eslint.config.js` and `.eslintrc.js`: what is written out. */
export function readEslintScript(text: string): readonly CheckerSettings[] {
  if (!text.includes('rules')) return []
  const blocks = objectsIn(text)
  const isLast = !blocks.some(it => it.root === false) && !/\bmodule\.exports\s*=\s*\{/.test(text)
  return [
    {
      ...{ checker: 'eslint', family: 'script' },
      isLast: isLast || blocks.some(it => it.root === true),
      decisions: blocks.flatMap(it => blockOf(it)),
    },
  ]
}

export function readBiome(text: string): readonly CheckerSettings[] {
  const data = json(text)
  if (!data) return []
  const decisions: Decision[] = []
  for (const block of [data, ...tablesIn(data, 'overrides')]) {
    const says = new Map<string, Saying>()
    for (const [, group] of entriesOf(tableIn(tableIn(block, 'linter'), 'rules')))
      if (isTable(group)) for (const [name, value] of Object.entries(group)) say(says, name, value)
    const files = block === data ? undefined : globsIn(block, 'includes', 'include')
    const except = globsIn(block, 'ignore')
    if (says.size > 0) decisions.push({ says, ...(files && { files }), ...(except && { except }) })
  }
  return [{ checker: 'biome', family: 'script', isLast: data.root !== false, decisions }]
}

function eslintSettings(checker: string, data: Table, isLast: boolean): CheckerSettings {
  const decisions = [data, ...tablesIn(data, 'overrides')].flatMap(blockOf)
  return { checker, family: 'script', isLast, decisions }
}

/** Nothing of a block of which it cannot be told which files it is about. */
function blockOf(block: Table): readonly Decision[] {
  const rules = tableIn(block, 'rules')
  if (!rules) return []
  const files = globsIn(block, 'files')
  if (!files && 'files' in block) return []
  const except = globsIn(block, 'excludedFiles', 'ignores')
  const says = new Map<string, Saying>()
  for (const [name, value] of Object.entries(rules)) say(says, name, value)
  return says.size > 0 ? [{ says, ...(files && { files }), ...(except && { except }) }] : []
}

/** `"off"`, `2`, `["error", 10]`, `["error", { "max": 10 }]`, `{ "level": "error", "options": { … } }` */
function say(says: Map<string, Saying>, name: string, value: unknown): void {
  const [level, options] = Array.isArray(value)
    ? value
    : isTable(value)
      ? [value.level, value.options]
      : [value]
  if (typeof level !== 'string' && typeof level !== 'number') return
  const isOn = typeof level === 'string' ? level !== 'off' && level !== 'allow' : Number(level) > 0
  // An empty `catch` is what this check is about, for us.
  if (name === 'no-empty' && isTable(options) && options.allowEmptyCatch === true) {
    says.set(name, { isOn: false })
    return
  }
  const limit = isOn ? limitIn(options) : undefined
  says.set(name, { isOn, ...(limit !== undefined && { limit }) })
}

const LIMIT_KEYS = ['max', 'maximum', 'maxAllowedComplexity', 'maxLines']

function limitIn(options: unknown): number | undefined {
  if (typeof options === 'number') return options
  const found = isTable(options) ? LIMIT_KEYS.map(key => options[key]) : []
  return found.find(it => typeof it === 'number')
}

function globsIn(block: Table, ...keys: readonly string[]): Globs | undefined {
  const patterns = keys.flatMap(it => textsOrNone(block, it))
  return patterns.length > 0 ? { patterns, isStarDeep: false } : undefined
}

/** A pattern may hold a comma: one text is one pattern. */
function textsOrNone(block: Table, key: string): readonly string[] {
  const value = block[key]
  if (typeof value === 'string') return [value]
  // In a list within the list, all patterns must fit: rare, and not worth a wrong guess.
  return Array.isArray(value) && value.every(it => typeof it === 'string') ? textsIn(block, key) : []
}

function tablesIn(table: Table, key: string): readonly Table[] {
  const value = table[key]
  return Array.isArray(value) ? value.filter(isTable) : []
}

function json(text: string): Table | undefined {
  const errors: ParseError[] = []
  const value: unknown = parseJson(text, errors, { allowTrailingComma: true })
  return isTable(value) ? value : undefined
}

function yaml(text: string): Table | undefined {
  try {
    const value: unknown = parseYaml(text, { maxAliasCount: 100, logLevel: 'silent' })
    return isTable(value) ? value : undefined
  } catch {
    // Whoever runs the checker hears of it from the checker.
    return undefined
  }
}
