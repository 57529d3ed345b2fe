// What kinds of settings there are: each reads a text of the environment or a value of the settings file, or says what it expected.

import { isAddressRange } from './identity/addresses.ts'
import type { TrustedProxies } from './identity/forwarded.ts'

/** `undefined` stands for "not given"; a setting without a fallback may stay so. */
export interface Setting<Value> {
  readonly fallback: Value
  /** For messages: what a value has to be, in both languages alike. */
  readonly expects: string
  /** Never shown, not even when it is wrong; may be given as the path of a file (`…_FILE`). */
  readonly isSecret: boolean
  /** Undefined when `given` cannot be used. Text from the environment and values of a file are both understood. */
  read(given: unknown): Value | undefined
}

export type Section = Readonly<Record<string, Setting<unknown>>>
export type ValuesOf<Sections extends Readonly<Record<string, Section>>> = {
  readonly [Name in keyof Sections]: {
    readonly [Key in keyof Sections[Name]]: Sections[Name][Key] extends Setting<infer Value> ? Value : never
  }
}

export function text(fallback: string): Setting<string>
export function text(): Setting<string | undefined>
export function text(fallback?: string): Setting<string | undefined> {
  return plain(fallback, 'text', given => (typeof given === 'string' && given !== '' ? given : undefined))
}

export function integer(fallback: number, least: number, most: number): Setting<number>
export function integer(fallback: undefined, least: number, most: number): Setting<number | undefined>
export function integer(
  fallback: number | undefined,
  least: number,
  most: number,
): Setting<number | undefined> {
  return plain(fallback, `${least} … ${most}`, given => {
    const value = typeof given === 'string' && /^-?\d+$/.test(given) ? Number(given) : given
    return Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? (value as number)
      : undefined
  })
}

export function flag(fallback: boolean): Setting<boolean> {
  return plain(fallback, 'true | false', given =>
    given === true || given === 'true' ? true : given === false || given === 'false' ? false : undefined,
  )
}

export function choice<const Value extends string>(
  values: readonly Value[],
  fallback: Value,
): Setting<Value> {
  return plain<Value>(fallback, values.join(' | '), given => values.find(it => it === given))
}

/** In the environment, separated by commas. */
export function list(fallback: readonly string[] = []): Setting<readonly string[]> {
  return plain(fallback, 'a, b, c', given => {
    const items = typeof given === 'string' ? given.split(',').map(it => it.trim()) : given
    return Array.isArray(items) && items.every(it => typeof it === 'string')
      ? items.filter(it => it !== '')
      : undefined
  })
}

/** What stands for what: `engineers=developer`; in the environment, separated by commas. */
export function mapping<const Value extends string>(
  expects: string,
  isValue: (text: string) => text is Value,
): Setting<readonly (readonly [from: string, to: Value])[]> {
  return plain<readonly (readonly [string, Value])[]>([], `a=${expects}, b=${expects}`, given => {
    const pairs = list()
      .read(given)
      ?.map(it =>
        /^(.+)=([^=]+)$/
          .exec(it)
          ?.slice(1)
          .map(part => part.trim()),
      )
    return pairs?.every((it): it is [string, Value] => it !== undefined && isValue(it[1]!))
      ? pairs
      : undefined
  })
}

/** Where pages come from, as a browser names it; neither a path nor a wildcard. */
export function origins(): Setting<readonly string[]> {
  return { ...list(), expects: 'https://host[:port], …', read: given => allOf(given, isOrigin) }
}

/** Who stands in front and is believed about whom it hands on: whoever connects, or the proxies in these networks. */
export function proxies(): Setting<TrustedProxies> {
  return plain<TrustedProxies>(
    false,
    'true | false | 10.0.0.0/8, …',
    given => flag(false).read(given) ?? nonEmpty(allOf(given, isAddressRange)),
  )
}

function nonEmpty(items: readonly string[] | undefined): readonly string[] | undefined {
  return items?.length === 0 ? undefined : items
}

/** Names of hosts without a port; `*.example.com` is all below. */
export function hostNames(): Setting<readonly string[]> {
  const isName = (it: string) => /^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*$|^[\d.]+$|^\[[0-9a-f:.]+\]$/.test(it)
  return { ...list(), expects: 'host, *.host, …', read: given => allOf(given, isName) }
}

function allOf(given: unknown, isGood: (text: string) => boolean): readonly string[] | undefined {
  const items = list()
    .read(given)
    ?.map(it => it.toLowerCase())
  return items?.every(isGood) ? items : undefined
}

function isOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text
}

/** The address of another server, without a path's last slash, unless it is compared with what that server calls itself. */
export function address({ isExact = false } = {}): Setting<string | undefined> {
  return plain<string | undefined>(undefined, 'http(s)://host[:port][/path]', given => {
    if (typeof given !== 'string' || !URL.canParse(given)) return undefined
    const { protocol, username, password } = new URL(given)
    const isPlain = (protocol === 'http:' || protocol === 'https:') && username === '' && password === ''
    return isPlain ? (isExact ? given : given.replace(/\/+$/, '')) : undefined
  })
}

export function secret(): Setting<string | undefined> {
  return { ...text(), isSecret: true }
}

/** An address that holds a password: one of these protocols, such as `redis`. */
export function secretAddress(...protocols: readonly string[]): Setting<string | undefined> {
  const shown = protocols.map(it => `${it}://…`).join(' | ')
  const read = plain<string | undefined>(undefined, shown, given =>
    typeof given === 'string' &&
    URL.canParse(given) &&
    protocols.includes(new URL(given).protocol.slice(0, -1))
      ? given
      : undefined,
  )
  return { ...read, isSecret: true }
}

function plain<Value>(
  fallback: Value,
  expects: string,
  read: (given: unknown) => Value | undefined,
): Setting<Value> {
  return { fallback, expects, isSecret: false, read }
}
