// Reading a command's arguments: what it knows, what it was given, and a clear word about the rest.

import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { Locale } from '@codeant/shared/locale.ts'

/** The arguments cannot be used as they are. The message is for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export interface Option {
  readonly type: 'boolean' | 'string'
  readonly short?: string
  /** What stands for the value in the help: `LEVEL`. */
  readonly value?: string
  /** The only values there are. */
  readonly choices?: readonly string[]
  readonly help: Readonly<Record<Locale, string>>
}

export type Options = Readonly<Record<string, Option>>

export interface Arguments {
  readonly positionals: readonly string[]
  flag(name: string): boolean
  value(name: string): string | undefined
}

export function readArguments(argv: readonly string[], options: Options, locale: Locale): Arguments {
  const config: NonNullable<ParseArgsConfig['options']> = {}
  for (const [name, { type, short }] of Object.entries(options))
    config[name] = short ? { type, short } : { type }
  let parsed: { values: Record<string, unknown>; positionals: string[] }
  try {
    parsed = parseArgs({ args: [...argv], options: config, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(explain(error as NodeJS.ErrnoException, argv, locale))
  }
  for (const [name, value] of Object.entries(parsed.values)) {
    const { choices } = options[name]!
    if (choices && !choices.includes(String(value)))
      throw new UsageError(TEXT[locale].choice(name, String(value), choices))
  }
  return {
    positionals: parsed.positionals,
    flag: name => parsed.values[name] === true,
    value: name => parsed.values[name] as string | undefined,
  }
}

function explain(error: NodeJS.ErrnoException, argv: readonly string[], locale: Locale): string {
  const option = /'(-[^' ]*)/.exec(error.message)?.[1] ?? argv.find(it => it.startsWith('-')) ?? ''
  return error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE'
    ? TEXT[locale].value(option)
    : TEXT[locale].unknown(option)
}

const TEXT: Readonly<
  Record<
    Locale,
    {
      readonly unknown: (option: string) => string
      readonly value: (option: string) => string
      readonly choice: (option: string, value: string, choices: readonly string[]) => string
    }
  >
> = {
  en: {
    unknown: option => `Unknown option ${option}`,
    value: option => `Option ${option} needs a value, or has one that it does not take`,
    choice: (option, value, choices) =>
      `--${option} cannot be "${value}"; it is one of: ${choices.join(', ')}`,
  },
  es: {
    unknown: option => `Opción desconocida: ${option}`,
    value: option => `A la opción ${option} le falta un valor, o tiene uno que no admite`,
    choice: (option, value, choices) =>
      `--${option} no puede ser «${value}»; puede ser: ${choices.join(', ')}`,
  },
}
