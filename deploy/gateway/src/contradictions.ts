// Settings that are fine each by itself and make no sense together: said at the start, not at the first login.

import type { Config, ConfigProblem } from './config.ts'
import { isOfThisComputer } from './this-computer.ts'
import { publicKeys } from './weights/trust.ts'

export function contradictionsOf(config: Config): readonly ConfigProblem[] {
  return [...ofOidc(config), ...ofWeights(config)]
}

function* ofWeights({ weights }: Config): Generator<ConfigProblem> {
  if (weights.publicKey === undefined) return
  const from = 'weights.publicKey'
  if (!publicKeys(weights.publicKey))
    yield { code: 'invalid', key: from, from, expects: 'new-key.mjs --for weights → public.pem' }
  if (weights.signature === undefined) yield { code: 'needed', key: 'weights.signature', from }
}

function* ofOidc({ oidc, http, database, identity }: Config): Generator<ConfigProblem> {
  if (oidc.issuer === undefined) return
  const from = 'oidc.issuer'
  if (oidc.clientId === undefined) yield { code: 'needed', key: 'oidc.clientId', from }
  const { protocol, hostname } = new URL(oidc.issuer)
  // Whoever is on the way to it could log in as anybody.
  if (protocol !== 'https:' && !isOfThisComputer(hostname))
    yield { code: 'invalid', key: from, from, expects: 'https://…', given: oidc.issuer }
  // The provider sends people back there, and to nowhere else.
  if (http.publicUrl === undefined && !isOfThisComputer(http.host))
    yield { code: 'needed', key: 'http.publicUrl', from }
  if (database.url !== undefined && identity.secret === undefined)
    yield { code: 'needed', key: 'identity.secret', from }
  // Else anybody who has an account with the provider would come in.
  if (oidc.join !== 'nobody' && oidc.domains.length === 0)
    yield { code: 'needed', key: 'oidc.domains', from: 'oidc.join' }
  if (oidc.teamClaim !== undefined && oidc.teams.length === 0)
    yield { code: 'needed', key: 'oidc.teams', from: 'oidc.teamClaim' }
  if (oidc.teams.length > 0 && oidc.teamClaim === undefined)
    yield { code: 'needed', key: 'oidc.teamClaim', from: 'oidc.teams' }
}
