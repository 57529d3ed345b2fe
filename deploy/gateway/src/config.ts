// What the operator may decide (sections.ts), read from options, the environment and a file, and checked before anything starts.
//
// `http.bodyLimit` is `bodyLimit` under `[http]` in the file and CODEANT_GATEWAY_HTTP_BODY_LIMIT in the environment, which wins.

import { parse, TomlError } from 'smol-toml'
import { contradictionsOf } from './contradictions.ts'
import { SECTIONS } from './sections.ts'
import type { Section, ValuesOf } from './settings.ts'

export type Config = ValuesOf<typeof SECTIONS>

/** What is wrong with one setting. Never holds a secret's value. */
export interface ConfigProblem {
  readonly code: 'unknown' | 'invalid' | 'unreadable' | 'needed'
  /** As the file has it: `http.port`. */
  readonly key: string
  /** Where the value came from: a variable of the environment, an option or a file. */
  readonly from: string
  readonly expects?: string
  /** What was given, unless it is a secret. */
  readonly given?: string
}

export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    super(
      problems
        .map(it => `${it.from}: ${it.code} ${it.key}${it.expects ? `, expects ${it.expects}` : ''}`)
        .join('\n'),
    )
    this.name = 'ConfigError'
    this.problems = problems
  }
}

export interface ConfigSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Of options of the command line, by key: they win over everything. */
  readonly options?: Readonly<Record<string, string>>
  /** Where nobody said anything: what the one who starts it thinks best. */
  readonly defaults?: Readonly<Record<string, string>>
  readonly readText: (path: string) => string
}

export const ENV_PREFIX = 'CODEANT_GATEWAY_'

/** Kubernetes tells every container of a service called `codeant-gateway` where that is, under names like ours. */
const OF_KUBERNETES = /^CODEANT_GATEWAY_(SERVICE|PORT)(_|$)/

/** Throws `ConfigError` with all that is wrong, not only the first. */
export function readConfig({ env, options = {}, defaults = {}, readText }: ConfigSources): Config {
  const problems: ConfigProblem[] = []
  const file = env[`${ENV_PREFIX}CONFIG`]
  const table = file === undefined ? {} : readFile(file, readText, problems)
  const known = new Set([`${ENV_PREFIX}CONFIG`])
  const values: Record<string, Record<string, unknown>> = {}
  for (const [section, settings] of Object.entries<Section>(SECTIONS)) {
    const own: Record<string, unknown> = (values[section] = {})
    for (const [name, setting] of Object.entries(settings)) {
      const key = `${section}.${name}`
      const variable = variableOf(key)
      known.add(variable).add(`${variable}_FILE`)
      const given =
        fromOption(options, key) ??
        fromEnvironment(env, variable, key, readText, problems) ??
        fromFile(table, section, name, file) ??
        fromOption(defaults, key)
      own[name] = setting.fallback
      if (given === undefined) continue
      const value = setting.read(given.value)
      if (value !== undefined) own[name] = value
      else
        problems.push({
          code: 'invalid',
          key,
          from: given.from,
          expects: setting.expects,
          ...(!setting.isSecret && { given: String(given.value) }),
        })
    }
  }
  problems.push(...unknownIn(table, file ?? ''), ...unknownVariables(env, known))
  const config = values as unknown as Config
  if (problems.length === 0) problems.push(...contradictionsOf(config))
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

export interface DescribedSetting {
  readonly key: string
  readonly variable: string
  readonly fallback: unknown
  readonly isSecret: boolean
}

/** Every setting there is, for who describes them. */
export function describedSettings(): readonly DescribedSetting[] {
  return Object.entries<Section>(SECTIONS).flatMap(([section, settings]) =>
    Object.entries(settings).map(([name, { fallback, isSecret }]) => {
      const key = `${section}.${name}`
      return { key, variable: variableOf(key), fallback, isSecret }
    }),
  )
}

/** `http.bodyLimit` → `CODEANT_GATEWAY_HTTP_BODY_LIMIT` */
export function variableOf(key: string): string {
  return ENV_PREFIX + key.replace('.', '_').replace(/[A-Z]/g, '_$&').toUpperCase()
}

interface Given {
  readonly value: unknown
  readonly from: string
}

type Table = Readonly<Record<string, unknown>>

function fromOption(options: Readonly<Record<string, string>>, key: string): Given | undefined {
  const value = options[key]
  return value === undefined ? undefined : { value, from: `--${key.slice(key.indexOf('.') + 1)}` }
}

function fromEnvironment(
  env: ConfigSources['env'],
  variable: string,
  key: string,
  readText: ConfigSources['readText'],
  problems: ConfigProblem[],
): Given | undefined {
  const value = env[variable]
  if (value !== undefined && value !== '') return { value, from: variable }
  const path = env[`${variable}_FILE`]
  if (!path) return undefined
  try {
    return { value: readText(path).trim(), from: `${variable}_FILE` }
  } catch {
    problems.push({ code: 'unreadable', key, from: `${variable}_FILE`, given: path })
    return undefined
  }
}

function fromFile(table: Table, section: string, name: string, file = ''): Given | undefined {
  const own = table[section]
  const value = isTable(own) ? own[name] : undefined
  return value === undefined ? undefined : { value, from: file }
}

function readFile(file: string, readText: ConfigSources['readText'], problems: ConfigProblem[]): Table {
  try {
    return parse(readText(file))
  } catch (error) {
    const place = error instanceof TomlError ? { expects: `TOML ${error.line}:${error.column}` } : {}
    const code = error instanceof TomlError ? 'invalid' : 'unreadable'
    problems.push({ code, key: '', from: file, ...place })
    return {}
  }
}

/** A misspelt key would otherwise be a setting that silently does nothing. */
function unknownIn(table: Table, file: string): ConfigProblem[] {
  const sections: Readonly<Record<string, Section>> = SECTIONS
  return Object.entries(table).flatMap(([section, own]): ConfigProblem[] => {
    const settings = Object.hasOwn(sections, section) ? sections[section] : undefined
    if (!settings || !isTable(own)) return [{ code: 'unknown', key: section, from: file }]
    return Object.keys(own)
      .filter(it => !Object.hasOwn(settings, it))
      .map(it => ({ code: 'unknown', key: `${section}.${it}`, from: file }))
  })
}

function unknownVariables(env: ConfigSources['env'], known: ReadonlySet<string>): ConfigProblem[] {
  return Object.keys(env)
    .filter(it => it.startsWith(ENV_PREFIX) && !known.has(it) && !OF_KUBERNETES.test(it))
    .map(it => ({ code: 'unknown', key: it, from: it }))
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
