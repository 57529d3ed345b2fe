// `codeant auth`: a login at the team's own endpoint, or a key for it, where no editor keeps one.

import type { EndpointMe } from '@codeant/shared/endpoint-people.ts'
import { troubleWords } from '../../features/endpoint/words.ts'
import { checkEndpoint } from '../../host/node/endpoint-check.ts'
import { type Credential, EndpointCredentials } from '../../host/node/endpoint-credentials.ts'
import { KEY_VARIABLE } from '../../host/node/endpoint-keys.ts'
import { accountSend } from '../../host/node/endpoint-sends.ts'
import { EndpointError } from '../../inference/remote/failure.ts'
import { type Grant, LoginRefused, revokeGrant } from '../../inference/remote/oauth.ts'
import { UsageError } from '../arguments.ts'
import { type Command, EXIT } from '../command.ts'
import { deviceLogin } from '../device-login.ts'
import { clientAt, logOf, tellingRefusals } from '../endpoint-account.ts'
import { chosenEndpoint, noEndpoint, rememberEndpoint } from '../endpoint-choice.ts'
import { paint, type Terminal } from '../terminal.ts'
import { AUTH_WORDS } from './auth-words.ts'

export const auth: Command = {
  name: 'auth',
  usage: { en: 'login|status|logout [address]', es: 'login|status|logout [dirección]' },
  summary: {
    en: 'Log in at your endpoint, or keep a key for it',
    es: 'Inicia sesión en tu servidor de inferencia o guarda una clave',
  },
  options: {
    key: {
      type: 'boolean',
      help: {
        en: 'login: ask for a key, without a browser; so it is when the input is not a terminal',
        es: 'login: pide una clave, sin navegador; así es también cuando la entrada no es una terminal',
      },
    },
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

  run(given, terminal) {
    const [action, named] = given.positionals
    const say = AUTH_WORDS[terminal.locale]
    return tellingRefusals(terminal, async () => {
      const base = chosenEndpoint(named, terminal.env, given.flag('allow-http'))
      const credentials = new EndpointCredentials(terminal.env, logOf(terminal))
      if (action === 'status') return status(base, credentials, terminal)
      if (action !== 'login' && action !== 'logout') throw new UsageError(say.which)
      if (!base) throw new UsageError(noEndpoint(terminal.locale))
      if (action === 'logout') return logout(base, credentials, terminal)
      const wantsKey = given.flag('key') || !terminal.isInteractive
      return wantsKey ? keepKey(base, credentials, terminal) : login(base, credentials, terminal)
    })
  },
}

async function login(base: URL, credentials: EndpointCredentials, terminal: Terminal): Promise<number> {
  const { out, err, locale, env } = terminal
  const say = AUTH_WORDS[locale]
  const fail = (sentence: string) => {
    err.write(`${paint(err, 'red', 'codeant:')} ${sentence}\n`)
    return EXIT.usage
  }
  // A file that cannot be used is said before anybody approves anything.
  credentials.logins.get(base.origin)
  let grant: Grant | undefined
  try {
    grant = await deviceLogin(sendTo(base, terminal), base, terminal)
  } catch (error) {
    if (error instanceof LoginRefused) return fail(say.notLetIn[error.reason])
    if (!(error instanceof EndpointError)) throw error
    out.write(`${say.unknownLogins(base.host, troubleWords(error.trouble, locale))}\n`)
    return keepKey(base, credentials, terminal)
  }
  if (!grant) {
    out.write(`${say.noLogins(base.host)}\n`)
    return keepKey(base, credentials, terminal)
  }
  await keepLogin(base, grant, credentials, terminal)
  rememberEndpoint(env, base)
  return EXIT.ok
}

/** In the place of whatever was kept for this address before. */
export async function keepLogin(
  base: URL,
  grant: Grant,
  credentials: EndpointCredentials,
  terminal: Terminal,
): Promise<void> {
  const { out, locale } = terminal
  const say = AUTH_WORDS[locale]
  const earlier = await credentials.logins.remove(base.origin)
  await credentials.logins.set(base, grant)
  if (earlier) await ended(base, earlier.refreshToken, terminal)
  const me = await clientAt(base, terminal, grant.accessToken)
    .me()
    .catch(() => undefined)
  out.write(`${paint(out, 'green', '✓')} ${say.loggedIn(base.host, me)}\n`)
  out.write(`${say.keptLogin(credentials.logins.file)}\n`)
  if (credentials.keys.remove(base.origin)) out.write(`${say.keyReplaced}\n`)
  if (terminal.env[KEY_VARIABLE]) out.write(`${say.variable}\n`)
}

async function keepKey(base: URL, credentials: EndpointCredentials, terminal: Terminal): Promise<number> {
  const { out, err, locale, env } = terminal
  const { keys, logins } = credentials
  const say = AUTH_WORDS[locale]
  const key = (await terminal.askSecret(say.key(base.host)))?.trim()
  if (!key) throw new UsageError(say.noKey)
  const { trouble, detail } = await checkEndpoint(base, key, { env, log: logOf(terminal) })
  if (trouble === 'refused') {
    err.write(`${paint(err, 'red', 'codeant:')} ${say.wrong(base.host, detail)}\n`)
    return EXIT.usage
  }
  const earlier = await logins.remove(base.origin)
  if (earlier) await ended(base, earlier.refreshToken, terminal)
  keys.set(base.origin, key)
  rememberEndpoint(env, base)
  out.write(`${say.kept(base.host, keys.file)}\n`)
  out.write(`${trouble ? say.unchecked(troubleWords(trouble, locale), detail) : say.accepted}\n`)
  return EXIT.ok
}

async function status(
  base: URL | undefined,
  credentials: EndpointCredentials,
  terminal: Terminal,
): Promise<number> {
  const { out, locale, env } = terminal
  const { keys, logins } = credentials
  const say = AUTH_WORDS[locale]
  const rows: [string, string][] = []
  if (!base) rows.push([say.endpoint, say.none])
  else {
    rows.push([say.endpoint, base.href])
    const hadLogin = logins.get(base.origin) !== undefined
    try {
      const credential = await credentials.of(base.origin)
      const { trouble, detail } = await checkEndpoint(base, credential?.text, { env, log: logOf(terminal) })
      if (credential?.from === 'login') rows.push(...(await whose(base, credential, terminal, logins.file)))
      else if (credential) {
        rows.push([say.keyLabel, say.from(credential.from, `…${credential.text.slice(-4)}`, keys.file)])
        if (!trouble) rows.push(...(await whose(base, credential, terminal)))
      } else rows.push([say.keyLabel, hadLogin ? say.over : say.none])
      rows.push([say.answer, trouble ? `${troubleWords(trouble, locale)} (${detail})` : say.accepted])
    } catch (error) {
      if (!(error instanceof EndpointError)) throw error
      rows.push([say.loginLabel, logins.file])
      rows.push([say.answer, `${troubleWords(error.trouble, locale)} (${error.message})`])
    }
  }
  // Where the environment has the key, nobody looks into the files.
  const others = env[KEY_VARIABLE]
    ? []
    : [...new Set([...keys.origins, ...logins.origins])].filter(it => it !== base?.origin)
  if (others.length > 0) rows.push([say.others, others.join(', ')])
  for (const [label, value] of rows) out.write(`${paint(out, 'bold', label.padEnd(14))} ${value}\n`)
  return EXIT.ok
}

/** What the endpoint says of who asks; nothing where it is an engine that knows nobody. */
async function whose(
  base: URL,
  { text, from }: Credential,
  terminal: Terminal,
  file?: string,
): Promise<[string, string][]> {
  const { locale } = terminal
  const say = AUTH_WORDS[locale]
  const client = clientAt(base, terminal, text)
  const me: EndpointMe | undefined = await client.me().catch(() => undefined)
  const login: [string, string][] = file ? [[say.loginLabel, say.ofFile(me?.user?.email, file)]] : []
  if (!me) return login
  const rows: [string, string][] = [
    ...login,
    [say.team, me.team.name],
    [say.may, [...(me.user ? [`${me.user.role}:`] : []), me.scopes.join(', ')].join(' ')],
  ]
  if (from !== 'login') return rows
  const { sessions } = await client.sessions().catch(() => ({ sessions: [] }))
  const own = sessions.find(it => it.isThis)
  if (own) rows.push([say.until, new Date(own.expiresAt).toLocaleString(locale)])
  return rows
}

async function logout(base: URL, credentials: EndpointCredentials, terminal: Terminal): Promise<number> {
  const { out, locale, env } = terminal
  const { keys, logins } = credentials
  const say = AUTH_WORDS[locale]
  const login = await logins.remove(base.origin)
  if (login) {
    const isEnded = await ended(new URL(login.base), login.refreshToken, terminal)
    out.write(`${isEnded ? say.loggedOut(base.host) : say.notEnded(base.host)}\n`)
  }
  if (keys.remove(base.origin)) out.write(`${say.removed(base.host)}\n`)
  else if (!login) out.write(`${say.hadNone(base.host)}\n`)
  if (env[KEY_VARIABLE]) out.write(`${say.variable}\n`)
  return EXIT.ok
}

/** Whether the endpoint heard that a session is over. */
async function ended(base: URL, token: string, terminal: Terminal): Promise<boolean> {
  try {
    await revokeGrant(sendTo(base, terminal), base, token, new AbortController().signal)
    return true
  } catch (error) {
    if (!(error instanceof EndpointError)) throw error
    return false
  }
}

/** As nobody: the tokens that prove anything are in what is sent. */
function sendTo(base: URL, terminal: Terminal) {
  return accountSend(base, async () => undefined, { env: terminal.env, log: logOf(terminal) })
}
