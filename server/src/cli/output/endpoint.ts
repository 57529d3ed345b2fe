// What `codeant system status` says about the endpoint: where it is, how it was last, and what was sent.

import type { Purpose } from '@codeant/shared/endpoint.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import type { Log } from '../../base/log.ts'
import { ENDPOINT_WORDS, troubleWords } from '../../features/endpoint/words.ts'
import { EgressLog } from '../../host/node/egress-log.ts'
import { EndpointKeys } from '../../host/node/endpoint-keys.ts'
import { EndpointLogins } from '../../host/node/endpoint-logins.ts'
import { type EndpointState, lastEndpointState } from '../../host/node/endpoint-state.ts'
import { chosenEndpoint } from '../endpoint-choice.ts'
import type { Terminal } from '../terminal.ts'

export interface EndpointSummary {
  /** What the command line knows of; the editor has settings of its own. */
  readonly address: string | undefined
  readonly hasKey: boolean
  readonly hasLogin: boolean
  readonly last: EndpointState | undefined
  readonly bytes: number
  readonly requests: number
  readonly tokensToday: number
  /** Since when what was sent is written down; absent: nothing was. */
  readonly since: string | undefined
  readonly byPurpose: Readonly<Partial<Record<Purpose, number>>>
  readonly log: string
}

export function endpointSummary({ env }: Terminal, log: Log): EndpointSummary {
  const journal = new EgressLog(env, log)
  const { entries } = journal
  const byPurpose: Partial<Record<Purpose, number>> = {}
  for (const { purpose } of entries) byPurpose[purpose] = (byPurpose[purpose] ?? 0) + 1
  return {
    ...addressAndKey(env),
    last: lastEndpointState(env),
    bytes: entries.reduce((sum, it) => sum + it.bytes, 0),
    requests: entries.length,
    tokensToday: journal.tokensToday,
    since: entries[0]?.at,
    byPurpose,
    log: journal.folder,
  }
}

export function endpointRows(endpoint: EndpointSummary, locale: Locale): [string, string][] {
  const { address, hasKey, hasLogin, last, bytes, requests, tokensToday, since, byPurpose, log } = endpoint
  const say = WORDS[locale]
  const { purposes } = ENDPOINT_WORDS[locale]
  const rows: [string, string][] = []
  if (address) rows.push([say.endpoint, `${address}, ${hasLogin ? say.login : hasKey ? say.key : say.noKey}`])
  if (last) {
    const when = new Date(last.at).toLocaleString(locale)
    rows.push([
      `  ${last.host}`,
      last.trouble ? `${troubleWords(last.trouble, locale)} (${when})` : say.well(when),
    ])
  }
  rows.push([
    say.sent,
    since ? say.total(bytes, requests, new Date(since).toLocaleDateString(locale)) : say.nothing,
  ])
  if (since) {
    const parts = Object.entries(byPurpose).map(
      ([purpose, count]) => `${purposes[purpose as Purpose]}: ${count}`,
    )
    rows.push(['', parts.join(' · ')], ['', say.today(tokensToday)], ['', log])
  }
  return rows
}

/** A file that others can read, or an address that cannot be used, is a matter of `codeant auth`. */
function addressAndKey(env: NodeJS.ProcessEnv): Pick<EndpointSummary, 'address' | 'hasKey' | 'hasLogin'> {
  try {
    const base = chosenEndpoint(undefined, env, true)
    const hasKey = base !== undefined && new EndpointKeys(env).get(base.origin) !== undefined
    const hasLogin = base !== undefined && new EndpointLogins(env).get(base.origin) !== undefined
    return { address: base?.href, hasKey, hasLogin }
  } catch {
    return { address: undefined, hasKey: false, hasLogin: false }
  }
}

interface Words {
  readonly endpoint: string
  readonly key: string
  readonly login: string
  readonly noKey: string
  readonly well: (when: string) => string
  readonly sent: string
  readonly nothing: string
  readonly total: (bytes: number, requests: number, since: string) => string
  readonly today: (tokens: number) => string
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    endpoint: 'Endpoint',
    key: 'with a key',
    login: 'logged in',
    noKey: 'without a key',
    well: when => `answers (${when})`,
    sent: 'Sent out',
    nothing: '0 bytes',
    total: (bytes, requests, since) =>
      `${bytes.toLocaleString('en')} bytes in ${requests.toLocaleString('en')} requests since ${since}`,
    today: tokens => `${tokens.toLocaleString('en')} tokens today`,
  },
  es: {
    endpoint: 'Servidor',
    key: 'con clave',
    login: 'con sesión iniciada',
    noKey: 'sin clave',
    well: when => `responde (${when})`,
    sent: 'Enviado',
    nothing: '0 bytes',
    total: (bytes, requests, since) =>
      `${bytes.toLocaleString('es')} bytes en ${requests.toLocaleString('es')} peticiones desde el ${since}`,
    today: tokens => `${tokens.toLocaleString('es')} tokens hoy`,
  },
}
