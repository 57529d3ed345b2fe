// Cookies of the pages of this endpoint: never read by a script, never sent to another host, and with TLS never without it.

import type { IncomingHttpHeaders } from 'node:http'

export interface CookieOptions {
  /** `Lax`: a page elsewhere may send the browser here with it; `Strict`: only pages of this endpoint. */
  readonly sameSite: 'Lax' | 'Strict'
  /** 0 takes it away. */
  readonly seconds: number
}

export interface BrowserCookie {
  read(headers: IncomingHttpHeaders): string | undefined
  /** The value of `Set-Cookie`. */
  write(value: string, options: CookieOptions): string
}

/** A browser takes `__Host-` only from the very host and with TLS: no neighbour can have put it there. */
export function browserCookie(name: string, publicUrl: string): BrowserCookie {
  const isSecure = publicUrl.startsWith('https:')
  const full = `${isSecure ? '__Host-' : ''}codeant-${name}`
  return {
    read({ cookie = '' }) {
      const own = cookie
        .split(';')
        .map(it => it.trim())
        .filter(it => it.startsWith(`${full}=`))
      // Of two with one name, somebody else put one there.
      return own.length === 1 ? own[0]!.slice(full.length + 1) || undefined : undefined
    },
    write: (value, { sameSite, seconds }) =>
      `${full}=${value}; Path=/; HttpOnly; SameSite=${sameSite}; Max-Age=${seconds}${isSecure ? '; Secure' : ''}`,
  }
}
