// `codeant keys`: keys of your team at the endpoint, for programs and for who cannot log in.

import { ENDPOINT_SCOPES, type EndpointKey, type EndpointScope } from '@codeant/shared/endpoint-people.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import { type Arguments, UsageError } from '../arguments.ts'
import { type Command, EXIT } from '../command.ts'
import { ACCOUNT_OPTIONS, openAccount, tellingRefusals } from '../endpoint-account.ts'
import { table } from '../output/table.ts'
import { paint, type Terminal } from '../terminal.ts'

export const keys: Command = {
  name: 'keys',
  usage: { en: 'list|create|revoke [name]', es: 'list|create|revoke [nombre]' },
  summary: {
    en: 'Make, list and revoke keys of your team at the endpoint',
    es: 'Crea, enumera y revoca claves de tu equipo en el servidor',
  },
  options: {
    scopes: {
      type: 'string',
      value: 'SCOPES',
      help: {
        en: `create: what it allows, separated by commas: ${ENDPOINT_SCOPES.join(', ')} (default: infer,chat)`,
        es: `create: qué permite, separado por comas: ${ENDPOINT_SCOPES.join(', ')} (por defecto, infer,chat)`,
      },
    },
    days: {
      type: 'string',
      value: 'N',
      help: {
        en: 'create: how long it counts, 1 to 3660 days (default: 90)',
        es: 'create: cuánto vale, de 1 a 3660 días (por defecto, 90)',
      },
    },
    from: {
      type: 'string',
      value: 'NETWORKS',
      help: {
        en: 'create: from where it may be used, separated by commas: 10.0.0.0/8 (default: anywhere)',
        es: 'create: desde dónde se puede usar, separado por comas: 10.0.0.0/8 (por defecto, cualquier sitio)',
      },
    },
    ...ACCOUNT_OPTIONS,
  },
  examples: [
    'codeant keys create "build server" --scopes analyze --days 365 --from 10.0.0.0/8',
    'codeant keys list',
    'codeant keys revoke "build server"',
  ],

  async run(given, terminal) {
    const say = WORDS[terminal.locale]
    const [action, name] = given.positionals
    const isKnown = action === 'list' || ((action === 'create' || action === 'revoke') && name)
    if (!isKnown) throw new UsageError(say.which)
    return tellingRefusals(terminal, async () => {
      if (action === 'list') return list(given, terminal)
      return action === 'create' ? create(name!, given, terminal) : revoke(name!, given, terminal)
    })
  },
}

async function list(given: Arguments, terminal: Terminal): Promise<number> {
  const { out, locale } = terminal
  const say = WORDS[locale]
  const { client } = await openAccount(given, terminal)
  const counting = (await client.keys()).keys.filter(isCounting)
  const day = (time: string | null, otherwise: string) =>
    time === null ? otherwise : new Date(time).toLocaleDateString(locale)
  const rows = counting.map(it => [
    it.name,
    `ca_${it.prefix}_…`,
    it.scopes.join(',') + (it.addresses ? ` (${say.from(it.addresses.join(', '))})` : ''),
    day(it.expiresAt, say.endless),
    day(it.lastUsedAt, say.never),
  ])
  out.write(rows.length === 0 ? `${say.none}\n` : table(out, say.head, rows))
  return EXIT.ok
}

async function create(name: string, given: Arguments, terminal: Terminal): Promise<number> {
  const { out, locale } = terminal
  const say = WORDS[locale]
  const scopes = scopesOf(given.value('scopes') ?? 'infer,chat', locale)
  const expiresInDays = daysOf(given.value('days') ?? '90', locale)
  const addresses = given
    .value('from')
    ?.split(',')
    .map(it => it.trim())
  const { client } = await openAccount(given, terminal)
  const { key } = await client.createKey({ name, scopes, expiresInDays, ...(addresses && { addresses }) })
  out.write(`${paint(out, 'green', '✓')} ${say.made(name, expiresInDays)}\n\n  ${key}\n\n${say.once}\n`)
  return EXIT.ok
}

/** By its name, or by the beginning of its text where several have the same name. */
async function revoke(name: string, given: Arguments, terminal: Terminal): Promise<number> {
  const { out, locale } = terminal
  const say = WORDS[locale]
  const { client } = await openAccount(given, terminal)
  const prefix = /^(?:ca_)?([0-9a-f]{12})(?:_|$)/.exec(name)?.[1]
  const found = (await client.keys()).keys.filter(
    it => isCounting(it) && (it.name === name || it.prefix === prefix),
  )
  if (found.length === 0) throw new UsageError(say.noSuch(name))
  if (found.length > 1)
    throw new UsageError(
      say.several(
        name,
        found.map(it => `ca_${it.prefix}`),
      ),
    )
  const [key] = found
  await client.revokeKey(key!.id)
  out.write(`${paint(out, 'green', '✓')} ${say.revoked(key!.name, `ca_${key!.prefix}_…`)}\n`)
  return EXIT.ok
}

function isCounting({ revokedAt, expiresAt }: EndpointKey): boolean {
  return revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > Date.now())
}

function scopesOf(text: string, locale: Locale): readonly EndpointScope[] {
  const wanted = text.split(',').map(it => it.trim())
  const wrong = wanted.find(it => !(ENDPOINT_SCOPES as readonly string[]).includes(it))
  if (wrong !== undefined) throw new UsageError(WORDS[locale].scope(wrong))
  return [...new Set(wanted as EndpointScope[])]
}

function daysOf(text: string, locale: Locale): number {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 3660) throw new UsageError(WORDS[locale].days(text))
  return days
}

interface KeyWords {
  readonly which: string
  readonly head: readonly [name: string, key: string, may: string, until: string, used: string]
  readonly from: (addresses: string) => string
  readonly endless: string
  readonly never: string
  readonly none: string
  readonly made: (name: string, days: number) => string
  readonly once: string
  readonly noSuch: (name: string) => string
  readonly several: (name: string, prefixes: readonly string[]) => string
  readonly revoked: (name: string, key: string) => string
  readonly scope: (given: string) => string
  readonly days: (given: string) => string
}

const WORDS: Readonly<Record<Locale, KeyWords>> = {
  en: {
    which: 'Usage: codeant keys list | create NAME | revoke NAME',
    head: ['Name', 'Key', 'May', 'Until', 'Last used'],
    from: addresses => `from ${addresses}`,
    endless: 'for ever',
    never: 'never',
    none: 'There are no keys.',
    made: (name, days) => `The key "${name}" counts for ${days === 1 ? 'a day' : `${days} days`}:`,
    once: 'It is shown this once; only its digest is kept.',
    noSuch: name => `There is no key called "${name}" that still counts`,
    several: (name, prefixes) =>
      `Several keys are called "${name}"; say which by its beginning: ${prefixes.join(', ')}`,
    revoked: (name, key) => `The key "${name}" (${key}) is revoked, for good.`,
    scope: given => `"${given}" is no scope; there are: ${ENDPOINT_SCOPES.join(', ')}`,
    days: given => `--days cannot be "${given}"; it is a number from 1 to 3660`,
  },
  es: {
    which: 'Uso: codeant keys list | create NOMBRE | revoke NOMBRE',
    head: ['Nombre', 'Clave', 'Permisos', 'Hasta', 'Último uso'],
    from: addresses => `desde ${addresses}`,
    endless: 'siempre',
    never: 'nunca',
    none: 'No hay claves.',
    made: (name, days) => `La clave «${name}» vale ${days === 1 ? 'un día' : `${days} días`}:`,
    once: 'Solo se muestra esta vez; se guarda únicamente su resumen.',
    noSuch: name => `No hay ninguna clave «${name}» que siga valiendo`,
    several: (name, prefixes) =>
      `Varias claves se llaman «${name}»; di cuál por su comienzo: ${prefixes.join(', ')}`,
    revoked: (name, key) => `La clave «${name}» (${key}) queda revocada para siempre.`,
    scope: given => `«${given}» no es un permiso; los hay: ${ENDPOINT_SCOPES.join(', ')}`,
    days: given => `--days no puede ser «${given}»; es un número del 1 al 3660`,
  },
}
