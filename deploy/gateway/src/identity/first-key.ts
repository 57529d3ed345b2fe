// The first start: a tenant and a key that may do everything in it, told once. There is no default password to forget.

import { addKey, hasKeys } from '../store/api-keys.ts'
import { record } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { createTenant } from '../store/tenants.ts'
import { newKey } from './api-key.ts'

/** Who stands in the audit for what nobody but the program did. */
const STARTED = 'system:first-start'
/** Any number: who holds it may be the first. */
const LOCK = 7_261_432

/** The text of the key, which nobody can be told again; undefined when there are keys already. */
export function makeFirstKey(database: Database): Promise<string | undefined> {
  return database.asSystem(async session => {
    // Of several instances that start at once, one is the first.
    await session.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
    if (await hasKeys(session)) return undefined
    const { id } = await createTenant(session, 'default')
    const key = newKey()
    const { prefix } = await addKey(session, id, key, { name: 'first key', scopes: ['admin'] })
    await record(session, id, { actor: STARTED, action: 'key.create', target: prefix })
    return key.text
  })
}
