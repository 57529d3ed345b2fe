// The first start: a tenant and a key that may do everything in it, told once. There is no default password to forget.

import { addKey, hasKeys } from '../store/api-keys.ts'
import { record } from '../store/audit.ts'
import type { Database, Session } from '../store/database.ts'
import { LOCKS } from '../store/locks.ts'
import { createTenant, listTenants } from '../store/tenants.ts'
import { newKey } from './api-key.ts'

/** The text of the key, which nobody can be told again; undefined when there are keys already. */
export function makeFirstKey(database: Database): Promise<string | undefined> {
  return database.asSystem(async session => {
    // Of several instances that start at once, one is the first.
    await session.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.firstKey])
    return (await hasKeys(session)) ? undefined : makeKey(session, 'first key', 'system:first-start')
  })
}

/** Another one, for who lost the first and has the computer on which the data lies. */
export function makeAdminKey(database: Database): Promise<string> {
  return database.asSystem(session => makeKey(session, 'made at the start', 'system:new-key'))
}

export interface AdminKeyWishes {
  readonly name: string
  /** Stands in the audit for what nobody but the program did. */
  readonly actor: string
}

/** As the system. The text, which nobody can be told again. */
export async function giveAdminKey(
  session: Session,
  tenant: string,
  { name, actor }: AdminKeyWishes,
): Promise<string> {
  const key = newKey()
  const { prefix } = await addKey(session, tenant, key, { name, scopes: ['admin'] })
  await record(session, tenant, { actor, action: 'key.create', target: prefix })
  return key.text
}

/** In the oldest tenant. */
async function makeKey(session: Session, name: string, actor: string): Promise<string> {
  const [oldest] = await listTenants(session)
  const { id } = oldest ?? (await createTenant(session, 'default'))
  return giveAdminKey(session, id, { name, actor })
}
