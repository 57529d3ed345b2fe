// By which names this endpoint is asked. A page elsewhere can give its own name the address of this computer (DNS rebinding), and a
// browser then takes what answers there for a part of that page: what came under a name that is not ours is nobody's.

import type { App } from '../app.ts'
import type { Config } from '../config.ts'
import { Refusal } from '../errors.ts'
import { hostOf, isOfThisComputer } from '../this-computer.ts'

export function addHosts(app: App, { http }: Config): void {
  const isOurs = ownNames(http)
  if (!isOurs) return
  // A proxy may hand on whatever a page says that it was asked by: then both that name and its own have to be ours.
  const isBehindProxy = http.trustProxy !== false
  app.addHook('onRequest', (request, _, done) => {
    // Who watches over the process asks it by its address, whatever that is today.
    if (request.route.config?.isProbe) return done()
    const isAsked =
      isOurs(request.hostname.toLowerCase()) &&
      (!isBehindProxy || isOurs(hostOf(request.headers.host ?? '').toLowerCase()))
    done(isAsked ? undefined : new Refusal('misdirected'))
  })
}

/** Undefined: every name is. */
function ownNames({ host, hosts, publicUrl }: Config['http']): ((name: string) => boolean) | undefined {
  // Where others reach it, only who runs it knows all the names that a cluster gives it.
  if (hosts.length === 0 && !isOfThisComputer(host)) return undefined
  const exact = new Set(hosts.filter(it => !it.startsWith('*.')))
  if (publicUrl !== undefined) exact.add(new URL(publicUrl).hostname)
  const below = hosts.filter(it => it.startsWith('*.')).map(it => it.slice(1))
  const hasLocal = hosts.length === 0
  return name =>
    exact.has(name) || below.some(it => name.endsWith(it)) || (hasLocal && isOfThisComputer(name))
}
