// From what a provider says to whom we believe it is: a pure function of its claims and of what the operator demands.
//
// The doors are the same at every login, not only at the first: who left the domain or logs in without a second factor stays outside.

import type { Config } from '../config.ts'
import { LoginRefused } from './login-problem.ts'
import type { Claims, ProviderAnswer } from './provider.ts'
import { ROLES, type Role } from './roles.ts'

export interface ProviderPerson {
  readonly issuer: string
  readonly subject: string
  readonly email: string
  readonly name: string
  /** Absent: the provider does not decide that. */
  readonly tenant?: string
  readonly role?: Role
  /** As what they come in when nobody knows them; absent: they do not. */
  readonly joinsAs?: Role
}

type Demands = Config['oidc']

/** Clocks differ. */
const TOLERANCE_SECONDS = 30

/** Throws `LoginRefused`. */
export function personOf({ token, person }: ProviderAnswer, demands: Demands, now: number): ProviderPerson {
  mustBeStrong(token, demands, now)
  const email = verifiedEmail(person, demands)
  const { join } = demands
  const role = roleOf(person, demands)
  const tenant = tenantOf(person, demands)
  const joinsAs = role ?? (join === 'nobody' ? undefined : join)
  return {
    issuer: token.iss,
    subject: token.sub,
    email,
    name: nameOf(person),
    ...(tenant !== undefined && { tenant }),
    ...(role !== undefined && { role }),
    ...(joinsAs !== undefined && { joinsAs }),
  }
}

/** Only what the token itself says counts, which is signed and about this login. */
function mustBeStrong(token: Claims, { amr, acr, maxAge }: Demands, now: number): void {
  const ways = textsOf(token.amr)
  if (amr.length > 0 && !ways.some(it => amr.includes(it)))
    throw new LoginRefused('mfa', `amr is ${JSON.stringify(ways)}, one of ${JSON.stringify(amr)} is demanded`)
  if (acr.length > 0 && !textsOf(token.acr).some(it => acr.includes(it)))
    throw new LoginRefused(
      'mfa',
      `acr is ${JSON.stringify(token.acr)}, one of ${JSON.stringify(acr)} is demanded`,
    )
  if (maxAge === undefined) return
  const at = token.auth_time
  if (typeof at !== 'number' || now / 1000 - at > maxAge + TOLERANCE_SECONDS)
    throw new LoginRefused('mfa', `auth_time is ${String(at)}, at most ${maxAge} seconds ago is demanded`)
}

function verifiedEmail(person: Claims, { verifiedClaim, domains }: Demands): string {
  const { email } = person
  // Some providers write what is true in other ways; all of it is signed or asked of them, so it is theirs to say.
  const isVerified = [true, 'true', 1, '1'].some(it => it === person[verifiedClaim])
  if (typeof email !== 'string' || !isVerified)
    throw new LoginRefused('unverified', `there is no e-mail address of which ${verifiedClaim} is true`)
  if (!/^[^\s@\p{Cc}<>"]+@[^\s@\p{Cc}<>"]+$/u.test(email) || email.length > 320)
    throw new LoginRefused('unverified', 'the e-mail address is none')
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  if (domains.length > 0 && !domains.some(it => it.toLowerCase() === domain))
    throw new LoginRefused('domain', 'the e-mail address is of another domain')
  return email
}

/** The strongest that any of their groups has. */
function roleOf(person: Claims, { roles, roleClaim, join }: Demands): Role | undefined {
  if (roles.length === 0) return undefined
  const groups = textsOf(person[roleClaim])
  const own = roles.filter(([group]) => groups.includes(group)).map(([, role]) => role)
  const strongest = ROLES.find(it => own.includes(it))
  if (strongest) return strongest
  // Who is in no group any more is not let go on as what they were.
  if (join === 'nobody') throw new LoginRefused('unknown', `no value of ${roleClaim} stands for a role`)
  return join
}

function tenantOf(person: Claims, { teamClaim, teams }: Demands): string | undefined {
  if (teamClaim === undefined) return undefined
  const values = textsOf(person[teamClaim])
  const own = new Set(teams.filter(([value]) => values.includes(value)).map(([, team]) => team))
  if (own.size !== 1) throw new LoginRefused('team', `${own.size} teams stand for the values of ${teamClaim}`)
  return [...own][0]!
}

function nameOf({ name }: Claims): string {
  return typeof name === 'string'
    ? name
        .replace(/\p{Cc}/gu, '')
        .trim()
        .slice(0, 200)
    : ''
}

/** One or many: providers write either. */
function textsOf(claim: unknown): readonly string[] {
  return [claim].flat().filter(it => typeof it === 'string')
}
