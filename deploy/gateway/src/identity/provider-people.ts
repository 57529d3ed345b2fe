// Who somebody whom the provider sent is here: by their subject once they were here, by their address the first time.

import { record } from '../store/audit.ts'
import type { Session } from '../store/database.ts'
import { acceptInvitationsOf } from '../store/invitations.ts'
import { bindIdentity, findAcquaintances, useIdentity } from '../store/provider-identities.ts'
import { listTenants } from '../store/tenants.ts'
import { addUser, changeUser, findUser } from '../store/users.ts'
import { LoginRefused } from './login-problem.ts'
import type { ProviderPerson } from './provider-person.ts'

export interface KnownPerson {
  readonly tenant: string
  readonly userId: string
  /** Whether their role is another one than before. */
  readonly isChanged: boolean
}

/** As the system. Throws `LoginRefused`, and has changed nothing then. */
export async function identify(session: Session, person: ProviderPerson): Promise<KnownPerson> {
  const found = (await useIdentity(session, person.issuer, person.subject)) ?? (await meet(session, person))
  const { tenant, userId } = found
  if (found.disabledAt) throw new LoginRefused('removed', `the user ${userId} was shut out`)
  if (person.tenant !== undefined && person.tenant !== tenant)
    throw new LoginRefused('team', `the user ${userId} belongs to another team than the provider says`)
  return { tenant, userId, isChanged: await follow(session, tenant, userId, person) }
}

interface Met {
  readonly tenant: string
  readonly userId: string
  readonly disabledAt: Date | null
}

/** For the first time: whom somebody invited or let in before is bound to the subject that comes. */
async function meet(session: Session, person: ProviderPerson): Promise<Met> {
  const { email, issuer, subject } = person
  const known = await findAcquaintances(session, email, person.tenant)
  if (known.length > 1) throw new LoginRefused('team', `${known.length} teams know this address`)
  const [own] = known
  const met = own?.userId ? { ...own, userId: own.userId } : await welcome(session, person, own?.tenant)
  // Who was shut out is not bound either: an admin who lets them in again decides about the same person.
  if (met.disabledAt) return met
  const { tenant, userId } = met
  if (!(await bindIdentity(session, { issuer, subject, tenant, userId })))
    throw new LoginRefused('taken', `the user ${userId} is bound to another subject`)
  await record(session, tenant, {
    actor: `user:${userId}`,
    action: 'identity.bind',
    target: userId,
    details: { issuer },
  })
  return met
}

/** Whoever was invited, or may come uninvited. */
async function welcome(
  session: Session,
  person: ProviderPerson,
  invitedBy: string | undefined,
): Promise<Met> {
  const { email, name } = person
  const tenant = invitedBy ?? (await ownTenant(session, person.tenant))
  const invitation = invitedBy && (await acceptInvitationsOf(session, tenant, email))
  const role = person.role ?? (invitation ? invitation.role : person.joinsAs)
  if (role === undefined) throw new LoginRefused('unknown', 'nobody invited them, and oidc.join is nobody')
  const user = await addUser(session, tenant, { email, name, role })
  if (!user) throw new LoginRefused('taken', 'somebody with this address has come in meanwhile')
  await record(session, tenant, {
    actor: `user:${user.id}`,
    action: invitation ? 'invitation.accept' : 'member.join',
    target: email,
    details: { role, ...(invitation && { invitedBy: invitation.invitedBy }) },
  })
  return { tenant, userId: user.id, disabledAt: null }
}

/** The one that the provider says, or the only one: which of several it should be, nobody said. */
async function ownTenant(session: Session, said: string | undefined): Promise<string> {
  const tenants = await listTenants(session)
  const [own, ...others] = said === undefined ? tenants : tenants.filter(it => it.id === said)
  if (!own || others.length > 0)
    throw new LoginRefused('team', `of ${tenants.length} teams here it is not said which, or it is another`)
  return own.id
}

/** Where the provider decides about roles, it does so at every login. */
async function follow(
  session: Session,
  tenant: string,
  id: string,
  { role }: ProviderPerson,
): Promise<boolean> {
  if (role === undefined) return false
  const before = await findUser(session, id)
  if (before?.role === role) return false
  await changeUser(session, id, { role })
  await record(session, tenant, {
    actor: `user:${id}`,
    action: 'member.change',
    target: id,
    details: { role, by: 'provider' },
  })
  return true
}
