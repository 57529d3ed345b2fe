// A person's account at the endpoint, for the commands that need one: who asks, over the one function that sends, and every refusal
// as a sentence.

import { type EndpointClient, EndpointRefusal, endpointClient } from '@codeant/shared/endpoint-client.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import type { Log } from '../base/log.ts'
import { troubleWords } from '../features/endpoint/words.ts'
import { EndpointCredentials } from '../host/node/endpoint-credentials.ts'
import { accountSend } from '../host/node/endpoint-sends.ts'
import { NotPrivate } from '../host/node/private-file.ts'
import { accountRequests } from '../inference/remote/account.ts'
import { EndpointError } from '../inference/remote/failure.ts'
import { type Arguments, type Options, UsageError } from './arguments.ts'
import { EXIT } from './command.ts'
import { chosenEndpoint, noEndpoint } from './endpoint-choice.ts'
import { paint, type Terminal } from './terminal.ts'

/** Of every command that speaks with the endpoint about people. */
export const ACCOUNT_OPTIONS: Options = {
  endpoint: {
    type: 'string',
    value: 'ADDRESS',
    help: {
      en: 'which endpoint (default: the one that you logged in to last)',
      es: 'qué servidor de inferencia (por defecto, el último en el que iniciaste sesión)',
    },
  },
  'allow-http': {
    type: 'boolean',
    help: {
      en: 'allow an address without encryption on another machine',
      es: 'permite una dirección sin cifrado en otra máquina',
    },
  },
}

export interface Account {
  readonly base: URL
  readonly client: EndpointClient
}

/** Throws `UsageError` where nobody is logged in, and `EndpointError` where a login could not be kept up. */
export async function openAccount(given: Arguments, terminal: Terminal): Promise<Account> {
  const base = addressOf(given, terminal)
  const { env, locale } = terminal
  const credential = await new EndpointCredentials(env, logOf(terminal)).of(base.origin)
  if (!credential) throw new UsageError(WORDS[locale].notLoggedIn(base))
  return { base, client: clientAt(base, terminal, credential.text) }
}

/** Throws `UsageError`. */
export function addressOf(given: Arguments, { env, locale }: Terminal): URL {
  const base = chosenEndpoint(given.value('endpoint'), env, given.flag('allow-http'))
  if (!base) throw new UsageError(noEndpoint(locale))
  return base
}

/** Without a key: as nobody. `credentials` stand in what is sent, and are not written down. */
export function clientAt(
  base: URL,
  terminal: Terminal,
  key: string | undefined,
  credentials: readonly string[] = [],
): EndpointClient {
  const send = accountSend(base, async () => key, { env: terminal.env, log: logOf(terminal) })
  return endpointClient({ url: base.href.replace(/\/$/, ''), send: accountRequests(send, credentials) })
}

/** Runs a command, and says in a sentence why the endpoint did not do what it should. */
export async function tellingRefusals(
  { err, locale }: Terminal,
  run: () => Promise<number>,
  /** What a code of the endpoint means here; undefined: what it always means. */
  meaning: (code: string) => string | undefined = () => undefined,
): Promise<number> {
  const say = WORDS[locale]
  const tell = (sentence: string) => {
    err.write(`${paint(err, 'red', 'codeant:')} ${sentence}\n`)
    return EXIT.usage
  }
  try {
    return await run()
  } catch (error) {
    if (error instanceof NotPrivate) throw new UsageError(say.notPrivate(error.file))
    if (error instanceof EndpointRefusal) {
      const { code, message } = error
      return tell(meaning(code) ?? say.codes[code]?.(message) ?? say.refused(message))
    }
    if (error instanceof EndpointError)
      return tell(`${troubleWords(error.trouble, locale)} (${error.message})`)
    throw error
  }
}

export function logOf({ err }: Terminal): Log {
  const warn = (it: string) => err.write(`${paint(err, 'yellow', 'codeant:')} ${it}\n`)
  return { info() {}, warn, error: warn }
}

interface AccountWords {
  readonly notLoggedIn: (base: URL) => string
  readonly notPrivate: (file: string) => string
  readonly refused: (message: string) => string
  readonly codes: Readonly<Record<string, (message: string) => string>>
}

const WORDS: Readonly<Record<Locale, AccountWords>> = {
  en: {
    notLoggedIn: ({ href, host }) => `You are not logged in at ${host}: codeant auth login ${href}`,
    notPrivate: file => `${file} can be read by others, so it is not used; make it private with chmod 600`,
    refused: message => `the endpoint refuses: ${message}`,
    codes: {
      unauthenticated: () => 'the endpoint does not know you (any more): codeant auth login',
      forbidden: message => `you may not do that: ${message}`,
      'read-only': () => 'the endpoint takes no changes at the moment',
      'not-found': () => 'the endpoint has no such thing',
      'too-many': () => 'too many requests; try again in a minute',
      unknown: message => `what answers at this address is not a CodeAnt endpoint (${message})`,
    },
  },
  es: {
    notLoggedIn: ({ href, host }) => `No has iniciado sesión en ${host}: codeant auth login ${href}`,
    notPrivate: file => `otros pueden leer ${file}, así que no se usa; hazlo privado con chmod 600`,
    refused: message => `el servidor lo rechaza: ${message}`,
    codes: {
      unauthenticated: () => 'el servidor (ya) no te conoce: codeant auth login',
      forbidden: () => 'no tienes permiso para eso',
      'read-only': () => 'el servidor no admite cambios en este momento',
      'not-found': () => 'el servidor no tiene nada así',
      'too-many': () => 'demasiadas peticiones; vuelve a intentarlo dentro de un minuto',
      unknown: message => `lo que responde en esta dirección no es un servidor de CodeAnt (${message})`,
    },
  },
}
