// `codeant endpoint`: the team's inference endpoint, started on this computer with embedded storage and the on-device models.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { stateFolder } from '../../host/node/folders.ts'
import { UsageError } from '../arguments.ts'
import { type Command, EXIT } from '../command.ts'
import type { Terminal } from '../terminal.ts'

/** What the gateway wants to know of whoever uses it. It reads all else from the environment. */
export interface EndpointWorld {
  readonly env: Terminal['env']
  readonly options: Readonly<Record<string, string>>
  /** Where nothing else was said. */
  readonly defaults: Readonly<Record<string, string>>
  readonly readText: (path: string) => string
  readonly locale: Locale
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

export interface EndpointRun extends EndpointWorld {
  /** Whether to make another admin key. */
  readonly wantsKey: boolean
  readonly stopped: Promise<unknown>
}

export const TENANT_ACTIONS = ['add', 'list', 'new-key', 'export', 'erase'] as const

export interface TenantRun extends EndpointWorld {
  readonly action: (typeof TENANT_ACTIONS)[number]
  readonly name?: string
  readonly to?: string
  readonly isMeant?: boolean
}

export interface Gateway {
  readonly runGateway: (run: EndpointRun) => Promise<number>
  readonly runTenants: (run: TenantRun) => Promise<number>
}

/** Undefined where the gateway is not installed. */
export type LoadGateway = () => Promise<Gateway | undefined>

/** `load` and `stopped` come from whoever composes the program: the command line knows nothing of the gateway. */
export function endpointCommand(load: LoadGateway, stopped: () => Promise<unknown>): Command {
  return {
    name: 'endpoint',
    usage: {
      en: '[tenant add|list|new-key|export|erase name]',
      es: '[tenant add|list|new-key|export|erase nombre]',
    },
    summary: {
      en: 'Start the team’s inference endpoint on this computer, or make a team in its database',
      es: 'Arranca en este ordenador el servidor de inferencia, o crea un equipo en su base de datos',
    },
    options: {
      port: {
        type: 'string',
        value: 'PORT',
        help: {
          en: 'where it listens; 0 is any free one (default: 8520)',
          es: 'dónde escucha; 0 es cualquiera libre (por defecto, 8520)',
        },
      },
      host: {
        type: 'string',
        value: 'ADDRESS',
        help: {
          en: 'who can reach it: 127.0.0.1 is this computer only (the default)',
          es: 'quién puede alcanzarlo: 127.0.0.1 es solo este ordenador (por defecto)',
        },
      },
      data: {
        type: 'string',
        value: 'FOLDER',
        help: {
          en: 'where its database lies (default: the private folder of your account)',
          es: 'dónde está su base de datos (por defecto, la carpeta privada de tu cuenta)',
        },
      },
      to: {
        type: 'string',
        value: 'FOLDER',
        help: {
          en: 'of `tenant export`: where all that is kept of the team is written',
          es: 'de `tenant export`: dónde se escribe todo lo que se guarda del equipo',
        },
      },
      execute: {
        type: 'boolean',
        help: {
          en: 'of `tenant erase`: do it; without it, only what would go is told',
          es: 'de `tenant erase`: hazlo; sin ella, solo se dice qué desaparecería',
        },
      },
      'new-key': {
        type: 'boolean',
        help: {
          en: 'make another admin key, when the first one was lost',
          es: 'crea otra clave de administración, si se ha perdido la primera',
        },
      },
    },
    examples: [
      'codeant endpoint',
      'codeant endpoint --port 9000 --data ./endpoint-data',
      'codeant endpoint tenant add "Platform team"',
      'codeant endpoint tenant export "Platform team" --to ./platform-team',
      'codeant endpoint tenant erase "Platform team"',
    ],

    async run(given, { env, locale, out, err }) {
      const [what, wanted, name] = given.positionals
      const action = TENANT_ACTIONS.find(it => it === wanted)
      if (what !== undefined && (what !== 'tenant' || !action)) throw new UsageError(WHICH[locale])
      const gateway = await load()
      if (!gateway) {
        err.write(`${MISSING[locale]}\n`)
        return EXIT.failure
      }
      const options = {
        'http.port': given.value('port'),
        'http.host': given.value('host'),
        'data.folder': given.value('data'),
      }
      const world: EndpointWorld = {
        env,
        options: Object.fromEntries(
          Object.entries(options).filter((it): it is [string, string] => it[1] !== undefined),
        ),
        // A terminal is for its owner's eyes: a line for each request would hide what matters.
        defaults: {
          'data.folder': join(stateFolder(env), 'endpoint'),
          'log.level': 'warn',
          'graphql.introspection': 'true',
        },
        readText: path => readFileSync(path, 'utf8'),
        locale,
        out: text => out.write(text),
        err: text => err.write(text),
      }
      if (action) {
        const to = given.value('to')
        const wishes = { ...(name !== undefined && { name }), ...(to !== undefined && { to }) }
        return gateway.runTenants({ ...world, action, ...wishes, isMeant: given.flag('execute') })
      }
      return gateway.runGateway({ ...world, wantsKey: given.flag('new-key'), stopped: stopped() })
    },
  }
}

const WHICH: Readonly<Record<Locale, string>> = {
  en: 'Usage: codeant endpoint, or codeant endpoint tenant add NAME | list | new-key NAME | export NAME --to FOLDER | erase NAME [--execute]',
  es: 'Uso: codeant endpoint, o codeant endpoint tenant add NOMBRE | list | new-key NOMBRE | export NOMBRE --to CARPETA | erase NOMBRE [--execute]',
}

const MISSING: Readonly<Record<Locale, string>> = {
  en: 'codeant: the endpoint is not part of this installation; run `npm run endpoint` in a clone of the repository',
  es: 'codeant: esta instalación no incluye el servidor de inferencia; ejecuta `npm run endpoint` en un clon del repositorio',
}
