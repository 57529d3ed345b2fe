// What a command is, and how its help is written.

import type { Locale } from '@codeant/shared/locale.ts'
import type { Arguments, Options } from './arguments.ts'
import { paint, type Terminal } from './terminal.ts'

/** The process ends with one of these; they are documented and do not change. */
export const EXIT = {
  ok: 0,
  /** There are findings at or above `--fail-on`. */
  findings: 1,
  /** The arguments or the settings cannot be used. */
  usage: 2,
  /** Something broke that should not have. */
  failure: 3,
} as const

export interface Command {
  readonly name: string
  /** What stands behind the name: `[paths…]`. */
  readonly usage: Readonly<Record<Locale, string>>
  readonly summary: Readonly<Record<Locale, string>>
  readonly options: Options
  readonly examples?: readonly string[]
  readonly run: (given: Arguments, terminal: Terminal) => Promise<number>
}

/** The width of the column in which options and commands stand. */
const LEFT = 34

/** Every command takes these. */
export const COMMON_OPTIONS: Options = {
  locale: {
    type: 'string',
    value: 'en|es',
    choices: ['en', 'es'],
    help: {
      en: 'the language of every sentence (default: the system’s)',
      es: 'el idioma de cada frase (por defecto, el del sistema)',
    },
  },
  help: { type: 'boolean', short: 'h', help: { en: 'show this help', es: 'muestra esta ayuda' } },
}

export function commandHelp(command: Command, terminal: Terminal): string {
  const { out, locale } = terminal
  const title = (text: string) => paint(out, 'bold', text)
  const lines = [
    command.summary[locale],
    '',
    `${title(HEADINGS[locale].usage)}  codeant ${command.name} ${command.usage[locale]}`.trimEnd(),
    '',
    title(HEADINGS[locale].options),
  ]
  for (const [name, { short, value, choices, help }] of Object.entries({
    ...command.options,
    ...COMMON_OPTIONS,
  })) {
    const left = `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : choices ? ` ${choices.join('|')}` : ''}`
    // What is too wide for its column gets a line of its own.
    if (left.length > LEFT) lines.push(`  ${left}`, `  ${' '.repeat(LEFT)} ${help[locale]}`)
    else lines.push(`  ${left.padEnd(LEFT)} ${help[locale]}`)
    if (value && choices && !value.includes('|'))
      lines.push(`  ${' '.repeat(LEFT)} ${value}: ${choices.join(', ')}`)
  }
  if (command.examples)
    lines.push('', title(HEADINGS[locale].examples), ...command.examples.map(it => `  ${it}`))
  return lines.join('\n') + '\n'
}

export function overview(commands: readonly Command[], terminal: Terminal, version: string): string {
  const { out, locale } = terminal
  const say = HEADINGS[locale]
  const lines = [
    `${paint(out, 'bold', `CodeAnt ${version}`)} — ${say.tagline}`,
    '',
    `${paint(out, 'bold', say.usage)}  codeant <${say.command}> […]`,
    '',
    paint(out, 'bold', say.commands),
    ...commands.map(it => `  ${`${it.name} ${it.usage[locale]}`.padEnd(LEFT)} ${it.summary[locale]}`),
    '',
    say.more,
    say.exit,
  ]
  return lines.join('\n') + '\n'
}

const HEADINGS = {
  en: {
    tagline: 'finds real problems in projects of Python, TypeScript, JavaScript and Rust',
    usage: 'Usage',
    options: 'Options',
    examples: 'Examples',
    commands: 'Commands',
    command: 'command',
    more: 'codeant <command> --help tells more about a command.',
    exit: 'Exit codes: 0 nothing to report, 1 findings at or above --fail-on, 2 wrong arguments or settings, 3 internal failure.',
  },
  es: {
    tagline: 'encuentra problemas reales en proyectos de Python, TypeScript, JavaScript y Rust',
    usage: 'Uso',
    options: 'Opciones',
    examples: 'Ejemplos',
    commands: 'Órdenes',
    command: 'orden',
    more: 'codeant <orden> --help cuenta más sobre una orden.',
    exit: 'Códigos de salida: 0 nada que señalar, 1 hallazgos en --fail-on o por encima, 2 argumentos o ajustes incorrectos, 3 fallo interno.',
  },
} as const
