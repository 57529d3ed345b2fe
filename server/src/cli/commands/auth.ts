// `codeant auth`: the key for the team's own endpoint, where no editor keeps it.

import type { Locale } from '@codeant/shared/locale.ts'
import { troubleWords } from '../../features/endpoint/words.ts'
import { checkEndpoint } from '../../host/node/endpoint.ts'
import { EndpointKeys, KEY_VARIABLE } from '../../host/node/endpoint-keys.ts'
import { NotPrivate } from '../../host/node/private-file.ts'
import { UsageError } from '../arguments.ts'
import { type Command, EXIT } from '../command.ts'
import { chosenEndpoint, noEndpoint, rememberEndpoint } from '../endpoint-choice.ts'
import { paint, type Terminal } from '../terminal.ts'

export const auth: Command = {
  name: 'auth',
  usage: { en: 'login|status|logout [address]', es: 'login|status|logout [dirección]' },
  summary: {
    en: 'Keep, show or remove the key for your endpoint',
    es: 'Guarda, muestra o borra la clave de tu servidor de inferencia',
  },
  options: {
    'allow-http': {
      type: 'boolean',
      help: {
        en: 'allow an address without encryption on another machine',
        es: 'permite una dirección sin cifrado en otra máquina',
      },
    },
  },
  examples: [
    'codeant auth login https://codeant.example.com',
    'codeant auth login https://codeant.example.com < key.txt',
    'codeant auth status',
  ],

  async run(given, terminal) {
    const [action, named] = given.positionals
    const keys = new EndpointKeys(terminal.env)
    try {
      const base = chosenEndpoint(named, terminal.env, given.flag('allow-http'))
      switch (action) {
        case 'login':
          return await login(base, keys, terminal)
        case 'status':
          return await status(base, keys, terminal)
        case 'logout':
          return logout(base, keys, terminal)
        default:
          throw new UsageError(WORDS[terminal.locale].which)
      }
    } catch (error) {
      if (error instanceof NotPrivate) throw new UsageError(WORDS[terminal.locale].notPrivate(error.file))
      throw error
    }
  },
}

async function login(base: URL | undefined, keys: EndpointKeys, terminal: Terminal): Promise<number> {
  const { out, err, locale, env } = terminal
  const say = WORDS[locale]
  if (!base) throw new UsageError(noEndpoint(locale))
  const key = (await terminal.askSecret(say.key(base.host)))?.trim()
  if (!key) throw new UsageError(say.noKey)
  const { trouble, detail } = await checkEndpoint(base, key, { env, log: logOf(terminal) })
  if (trouble === 'refused') {
    err.write(`${paint(err, 'red', 'codeant:')} ${say.wrong(base.host, detail)}\n`)
    return EXIT.usage
  }
  keys.set(base.origin, key)
  rememberEndpoint(env, base)
  out.write(`${say.kept(base.host, keys.file)}\n`)
  out.write(`${trouble ? say.unchecked(troubleWords(trouble, locale), detail) : say.accepted}\n`)
  return EXIT.ok
}

async function status(base: URL | undefined, keys: EndpointKeys, terminal: Terminal): Promise<number> {
  const { out, locale, env } = terminal
  const say = WORDS[locale]
  const rows: [string, string][] = []
  if (!base) rows.push([say.endpoint, say.none])
  else {
    const known = keys.get(base.origin)
    const { trouble, detail } = await checkEndpoint(base, known?.key, { env, log: logOf(terminal) })
    rows.push(
      [say.endpoint, base.href],
      [say.keyLabel, known ? say.from(known.from, `…${known.key.slice(-4)}`, keys.file) : say.none],
      [say.answer, trouble ? `${troubleWords(trouble, locale)} (${detail})` : say.accepted],
    )
  }
  // Where the environment has the key, nobody looks into the file.
  const others = env[KEY_VARIABLE] ? [] : keys.origins.filter(it => it !== base?.origin)
  if (others.length > 0) rows.push([say.others, others.join(', ')])
  for (const [label, value] of rows) out.write(`${paint(out, 'bold', label.padEnd(14))} ${value}\n`)
  return EXIT.ok
}

function logout(base: URL | undefined, keys: EndpointKeys, { out, locale, env }: Terminal): number {
  const say = WORDS[locale]
  if (!base) throw new UsageError(noEndpoint(locale))
  out.write(`${keys.remove(base.origin) ? say.removed(base.host) : say.hadNone(base.host)}\n`)
  if (env[KEY_VARIABLE]) out.write(`${say.variable}\n`)
  return EXIT.ok
}

function logOf({ err }: Terminal) {
  const warn = (it: string) => err.write(`${paint(err, 'yellow', 'codeant:')} ${it}\n`)
  return { info() {}, warn, error: warn }
}

interface AuthWords {
  readonly which: string
  readonly key: (host: string) => string
  readonly noKey: string
  readonly wrong: (host: string, detail: string) => string
  readonly kept: (host: string, file: string) => string
  readonly accepted: string
  readonly unchecked: (reason: string, detail: string) => string
  readonly endpoint: string
  readonly keyLabel: string
  readonly answer: string
  readonly others: string
  readonly none: string
  readonly from: (from: 'environment' | 'file', end: string, file: string) => string
  readonly removed: (host: string) => string
  readonly hadNone: (host: string) => string
  readonly variable: string
  readonly notPrivate: (file: string) => string
}

const WORDS: Readonly<Record<Locale, AuthWords>> = {
  en: {
    which: 'Usage: codeant auth login|status|logout [address]',
    key: host => `Key for ${host} (it is not shown): `,
    noKey: 'No key was given; nothing was changed',
    wrong: (host, detail) => `${host} does not accept this key (${detail}); nothing was changed`,
    kept: (host, file) => `The key for ${host} is kept in ${file}, which only you can read.`,
    accepted: 'The endpoint answers and accepts it.',
    unchecked: (reason, detail) => `Whether it is right could not be found out: ${reason} (${detail}).`,
    endpoint: 'Endpoint',
    keyLabel: 'Key',
    answer: 'Answer',
    others: 'Other keys',
    none: 'none',
    from: (from, end, file) => (from === 'file' ? `${end}, from ${file}` : `${end}, from ${KEY_VARIABLE}`),
    removed: host => `The key for ${host} is removed.`,
    hadNone: host => `There was no key for ${host}.`,
    variable: `${KEY_VARIABLE} is still set and goes before any file.`,
    notPrivate: file => `${file} can be read by others, so it is not used; make it private with chmod 600`,
  },
  es: {
    which: 'Uso: codeant auth login|status|logout [dirección]',
    key: host => `Clave de ${host} (no se muestra): `,
    noKey: 'No se ha dado ninguna clave; no se ha cambiado nada',
    wrong: (host, detail) => `${host} no acepta esta clave (${detail}); no se ha cambiado nada`,
    kept: (host, file) => `La clave de ${host} se guarda en ${file}, que solo tú puedes leer.`,
    accepted: 'El servidor responde y la acepta.',
    unchecked: (reason, detail) => `No se ha podido saber si es correcta: ${reason} (${detail}).`,
    endpoint: 'Servidor',
    keyLabel: 'Clave',
    answer: 'Respuesta',
    others: 'Otras claves',
    none: 'ninguna',
    from: (from, end, file) => (from === 'file' ? `${end}, de ${file}` : `${end}, de ${KEY_VARIABLE}`),
    removed: host => `La clave de ${host} se ha borrado.`,
    hadNone: host => `No había ninguna clave de ${host}.`,
    variable: `${KEY_VARIABLE} sigue definida y cuenta antes que cualquier archivo.`,
    notPrivate: file => `otros pueden leer ${file}, así que no se usa; hazlo privado con chmod 600`,
  },
}
