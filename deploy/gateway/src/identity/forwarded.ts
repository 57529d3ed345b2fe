// Where a request comes from when others stand in front and hand it on: they add the address that they see at the end of
// `X-Forwarded-For`, behind whatever the caller wrote there itself. So it is read from its end, and only as far as it was written by
// somebody who is believed; what stands before that, anybody could have written.

import { among } from './addresses.ts'

/**
 * Whose word counts: nobody's; that of the one who connects, whoever it is, for the address that it saw and for no more; or that of
 * the proxies in these networks, one behind the other.
 */
export type TrustedProxies = boolean | readonly string[]

/** As Fastify asks for each address, beginning with the one that connected: may it say who stands behind it? */
export function trustOf(proxies: TrustedProxies): false | ((address: string, hop: number) => boolean) {
  if (proxies === false) return false
  if (proxies === true) return (_, hop) => hop === 0
  return among(proxies)
}
