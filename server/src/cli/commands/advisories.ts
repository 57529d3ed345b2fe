// `codeant advisories`: the archive of known holes in packages, which is downloaded by whoever wants it and asked offline.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  type AdvisoryState,
  advisoryState,
  importAdvisories,
  removeAdvisories,
} from '../../host/node/advisory-index.ts'
import { BadZip } from '../../host/node/zip.ts'
import { ECOSYSTEMS } from '../../rules/support/advisories/versions.ts'
import { UsageError } from '../arguments.ts'
import { type Command, EXIT } from '../command.ts'
import type { Terminal } from '../terminal.ts'

/** Where the project OSV publishes all advisories of an ecosystem. */
const ARCHIVE = 'https://osv-vulnerabilities.storage.googleapis.com'

export const advisories: Command = {
  name: 'advisories',
  usage: {
    en: '[status | import <zip|folder>… | update [ecosystem…] | remove]',
    es: '[status | import <zip|carpeta>… | update [ecosistema…] | remove]',
  },
  summary: {
    en: 'Keep the archive of known holes in packages that `analyze` asks offline',
    es: 'Mantiene el archivo de agujeros conocidos en paquetes que `analyze` consulta sin conexión',
  },
  options: {},
  examples: [
    'codeant advisories update npm PyPI',
    'codeant advisories import ~/Downloads/all.zip',
    'codeant advisories status',
  ],

  async run(given, terminal) {
    const [action = 'status', ...rest] = given.positionals
    const say = TEXT[terminal.locale]
    switch (action) {
      case 'status':
        return show(advisoryState(terminal.env), terminal)
      case 'import':
        if (rest.length === 0) throw new UsageError(say.nothing)
        return take(
          rest.map(it => resolve(terminal.cwd, it)),
          terminal,
        )
      case 'update':
        return update(rest, terminal)
      case 'remove':
        removeAdvisories(terminal.env)
        return EXIT.ok
      default:
        throw new UsageError(say.unknown(action))
    }
  },
}

function take(places: readonly string[], terminal: Terminal): number {
  const say = TEXT[terminal.locale]
  try {
    const state = importAdvisories(places, terminal.env, new Date())
    if (Object.keys(state.ecosystems).length === 0) {
      terminal.err.write(`${say.empty}\n`)
      return EXIT.usage
    }
    return show(state, terminal)
  } catch (error) {
    if (!(error instanceof BadZip) && !(error instanceof Error && 'code' in error)) throw error
    terminal.err.write(`${say.unreadable(error.message)}\n`)
    return EXIT.usage
  }
}

/** Asks the network for one file an ecosystem, and says nothing about this computer. */
function update(wanted: readonly string[], terminal: Terminal): number {
  const say = TEXT[terminal.locale]
  const known = Object.keys(advisoryState(terminal.env)?.ecosystems ?? {})
  const chosen = wanted.length > 0 ? wanted : known.length > 0 ? known : ECOSYSTEMS
  for (const it of chosen)
    if (!(ECOSYSTEMS as readonly string[]).includes(it))
      throw new UsageError(say.ecosystem(it, ECOSYSTEMS.join(', ')))
  const folder = mkdtempSync(join(tmpdir(), 'codeant-advisories-'))
  try {
    const files = chosen.map(ecosystem => {
      const address = `${ARCHIVE}/${ecosystem}/all.zip`
      terminal.err.write(`${say.fetching(address)}\n`)
      const file = join(folder, `${ecosystem}.zip`)
      // The system's own program, as for packs of rules: it knows proxies and certificates of this computer.
      const { status, error, stderr } = spawnSync(
        'curl',
        ['--fail', '--silent', '--show-error', '--proto', '=https', '--output', file, address],
        {
          encoding: 'utf8',
        },
      )
      return status === 0 ? file : { failed: error?.message ?? stderr.trim() }
    })
    const failed = files.find(it => typeof it === 'object')
    if (failed) {
      terminal.err.write(`${say.unreadable(failed.failed)}\n`)
      return EXIT.failure
    }
    return take(files as string[], terminal)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function show(state: AdvisoryState | undefined, { out, locale }: Terminal): number {
  const say = TEXT[locale]
  const number = new Intl.NumberFormat(locale)
  if (!state) out.write(`${say.none}\n`)
  for (const [ecosystem, it] of Object.entries(state?.ecosystems ?? {}))
    out.write(
      `${ecosystem.padEnd(10)} ${say.counts(number.format(it.advisories), number.format(it.packages))} · ${it.made.slice(0, 10)}\n`,
    )
  return EXIT.ok
}

const TEXT = {
  en: {
    none: 'There is no archive: `codeant advisories update` fetches one, `import` takes one that you downloaded',
    nothing: 'say which zip file or folder: `codeant advisories import all.zip`',
    empty: 'there is no advisory for npm, PyPI or crates.io in it',
    unknown: (action: string) => `there is no "${action}": status, import, update, remove`,
    ecosystem: (name: string, all: string) => `there is no ecosystem "${name}": ${all}`,
    fetching: (address: string) => `fetching ${address}`,
    unreadable: (reason: string) => `the archive cannot be read: ${reason}`,
    counts: (advisories: string, packages: string) => `${advisories} advisories for ${packages} packages`,
  },
  es: {
    none: 'No hay ningún archivo: `codeant advisories update` descarga uno; `import` toma uno que hayas descargado',
    nothing: 'indica el archivo zip o la carpeta: `codeant advisories import all.zip`',
    empty: 'no contiene ningún aviso de npm, PyPI ni crates.io',
    unknown: (action: string) => `no existe «${action}»: status, import, update, remove`,
    ecosystem: (name: string, all: string) => `no existe el ecosistema «${name}»: ${all}`,
    fetching: (address: string) => `descargando ${address}`,
    unreadable: (reason: string) => `no se puede leer el archivo: ${reason}`,
    counts: (advisories: string, packages: string) => `${advisories} avisos sobre ${packages} paquetes`,
  },
} as const
