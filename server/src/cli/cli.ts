// The command line: finds the command, reads its arguments, and turns every failure into a sentence and an exit code.

import type { Locale } from '@codeant/shared/locale.ts'
import { VERSION } from '../host/node/folders.ts'
import { readArguments, UsageError } from './arguments.ts'
import { COMMON_OPTIONS, type Command, commandHelp, EXIT, overview } from './command.ts'
import { advisories } from './commands/advisories.ts'
import { analyze } from './commands/analyze.ts'
import { auth } from './commands/auth.ts'
import { baseline } from './commands/baseline.ts'
import { endpointCommand, type LoadGateway } from './commands/endpoint.ts'
import { explain } from './commands/explain.ts'
import { graph } from './commands/graph.ts'
import { init } from './commands/init.ts'
import { keys } from './commands/keys.ts'
import { lspCommand } from './commands/lsp.ts'
import { plan } from './commands/plan.ts'
import { rules } from './commands/rules.ts'
import { search } from './commands/search.ts'
import { shards } from './commands/shards.ts'
import { share } from './commands/share.ts'
import { similar } from './commands/similar.ts'
import { system } from './commands/system.ts'
import { team } from './commands/team.ts'
import { test } from './commands/test.ts'
import { translate } from './commands/translate.ts'
import { paint, type Terminal } from './terminal.ts'

/** Programs that the command line can start without knowing them. */
export interface OtherHosts {
  readonly serve: () => Promise<void>
  readonly gateway: LoadGateway
  /** Resolves when somebody wants the program to end. */
  readonly stopped: () => Promise<unknown>
}

export function commandsOf({ serve, gateway, stopped }: OtherHosts): readonly Command[] {
  return [
    analyze,
    init,
    explain,
    rules,
    advisories,
    similar,
    search,
    share,
    graph,
    plan,
    baseline,
    shards,
    translate,
    test,
    system,
    auth,
    team,
    keys,
    lspCommand(serve),
    endpointCommand(gateway, stopped),
  ]
}

/** Runs a command and returns the exit code. Never throws. */
export async function main(argv: readonly string[], around: Terminal, hosts: OtherHosts): Promise<number> {
  const commands = commandsOf(hosts)
  const terminal = { ...around, locale: localeOption(argv) ?? around.locale }
  const [name, ...rest] = commandFirst(argv)
  try {
    if (name === '--version' || name === '-V' || name === 'version') {
      terminal.out.write(`codeant ${VERSION}\n`)
      return EXIT.ok
    }
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      const about = name === 'help' ? commands.find(it => it.name === rest[0]) : undefined
      terminal.out.write(about ? commandHelp(about, terminal) : overview(commands, terminal, VERSION))
      return EXIT.ok
    }
    const command = commands.find(it => it.name === name)
    if (!command) throw new UsageError(WORDS[terminal.locale].unknown(name, nearest(name, commands)))
    const given = readArguments(rest, { ...command.options, ...COMMON_OPTIONS }, terminal.locale)
    if (given.flag('help')) {
      terminal.out.write(commandHelp(command, terminal))
      return EXIT.ok
    }
    return await command.run(given, terminal)
  } catch (error) {
    const { err, locale } = terminal
    if (error instanceof UsageError) {
      err.write(
        `${paint(err, 'red', 'codeant:')} ${error.message}\n${WORDS[locale].help(commands.some(it => it.name === name) ? name! : '')}\n`,
      )
      return EXIT.usage
    }
    err.write(
      `${paint(err, 'red', 'codeant:')} ${WORDS[locale].broken}\n${(error as Error).stack ?? String(error)}\n`,
    )
    return EXIT.failure
  }
}

/** Looked for before anything else is read, so that even an error about the arguments is in the right language. */
function localeOption(argv: readonly string[]): Locale | undefined {
  const at = argv.findIndex(it => it === '--locale' || it.startsWith('--locale='))
  const value = at === -1 ? undefined : argv[at]!.includes('=') ? argv[at]!.slice(9) : argv[at + 1]
  return value === 'en' || value === 'es' ? value : undefined
}

/** `--locale es analyze` is `analyze --locale es`: whoever wants another language says so first. */
function commandFirst(argv: readonly string[]): readonly string[] {
  const own = argv[0] === '--locale' ? 2 : argv[0]?.startsWith('--locale=') ? 1 : 0
  const [name, ...rest] = argv.slice(own)
  if (own === 0 || name === undefined || name.startsWith('-')) return argv.slice(own)
  return [name, ...argv.slice(0, own), ...rest]
}

function nearest(name: string, commands: readonly Command[]): string | undefined {
  return commands.map(it => it.name).find(it => it.startsWith(name.slice(0, 3)))
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly unknown: (name: string, near: string | undefined) => string
      readonly help: (name: string) => string
      readonly broken: string
    }
  >
> = {
  en: {
    unknown: (name, near) => `there is no command "${name}"${near ? `; did you mean "${near}"?` : ''}`,
    help: name => `\`codeant ${name ? `${name} ` : ''}--help\` tells more.`,
    broken: 'something broke that should not have; please report it',
  },
  es: {
    unknown: (name, near) => `no existe la orden «${name}»${near ? `; ¿querías decir «${near}»?` : ''}`,
    help: name => `\`codeant ${name ? `${name} ` : ''}--help\` cuenta más.`,
    broken: 'ha fallado algo que no debía; por favor, avísanos',
  },
}
