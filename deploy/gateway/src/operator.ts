// What only the operator does, who has the database: the teams of an endpoint, a new first key for one of them, and how one leaves.
//
// There is no route for it: who can reach the endpoint cannot make a team, and no credential of it is worth stealing for that.

import type { Config } from './config.ts'
import { erase, leftOf } from './departure.ts'
import { giveAdminKey } from './identity/admin-key.ts'
import { openEngine } from './parts.ts'
import { type RunOptions, readOrTell, reasonOf } from './run.ts'
import { record } from './store/audit.ts'
import { type Database, openDatabase, type Session } from './store/database.ts'
import { LOCKS } from './store/locks.ts'
import { migrate } from './store/migrate.ts'
import { ErasureFailed } from './store/tenant-erasure.ts'
import { FolderNotEmpty, writeTenant } from './store/tenant-files.ts'
import { createTenant, listTenants, type Tenant } from './store/tenants.ts'
import { WORDS } from './words.ts'

export const TENANT_ACTIONS = ['add', 'list', 'new-key', 'export', 'erase'] as const
export type TenantAction = (typeof TENANT_ACTIONS)[number]

export interface TenantRun extends Omit<RunOptions, 'stopped' | 'wantsKey'> {
  readonly action: TenantAction
  /** Of the team; absent: all of them. */
  readonly name?: string
  /** Of `export`: into which folder. */
  readonly to?: string
  /** Of `erase`: without it, it only says what it would do. */
  readonly isMeant?: boolean
}

/** 0: done. 2: it cannot be done as it was asked for, and that was said. */
export async function runTenants(options: TenantRun): Promise<0 | 2> {
  const { action, locale, out, err } = options
  const say = WORDS[locale]
  const fail = (sentence: string) => {
    err(`codeant: ${sentence}\n`)
    return 2 as const
  }
  const name = options.name?.trim()
  if (action !== 'list' && !isName(name)) return fail(say.tenantName)
  if (action === 'export' && !options.to) return fail(say.exportFolder)
  const config = readOrTell(options)
  if (!config) return 2
  try {
    const engine = await openEngine(config, it => err(`${it}\n`))
    try {
      if (config.database.migrate) await migrate(engine)
      const database = openDatabase(engine)
      if (action === 'list') {
        for (const it of await database.asSystem(listTenants)) out(say.tenant(it))
        return 0
      }
      if (action === 'export' || action === 'erase') {
        const tenant = await database.asSystem(session => called(session, name!))
        if (!tenant) return fail(say.noTenant(name!))
        await (action === 'export'
          ? exportIt(options, database, tenant)
          : eraseIt(options, config, database, tenant))
        return 0
      }
      const key = await (action === 'add' ? addTenant(database, name!) : newKeyOf(database, name!))
      if (key === undefined) return fail(action === 'add' ? say.tenantExists(name!) : say.noTenant(name!))
      if (action === 'add') out(say.tenantAdded(name!))
      out(say.adminKey(key))
      out(say.tenantNext)
      return 0
    } finally {
      await engine.close()
    }
  } catch (error) {
    if (error instanceof ErasureFailed) return fail(say.notErased(error.message))
    if (error instanceof FolderNotEmpty) return fail(say.folderNotEmpty(error.folder))
    return fail(reasonOf(error, config, locale))
  }
}

async function exportIt({ to, locale, out }: TenantRun, database: Database, tenant: Tenant): Promise<void> {
  const details = { format: 'files' }
  // First, so that it is among what is written.
  await database.asSystem(session =>
    record(session, tenant.id, { actor: OPERATOR, action: 'tenant.export', target: tenant.id, details }),
  )
  const { parts } = await writeTenant(database, tenant, to!)
  out(WORDS[locale].exported(tenant.name, to!, parts))
}

async function eraseIt(
  { isMeant, locale, out, err }: TenantRun,
  config: Config,
  database: Database,
  tenant: Tenant,
): Promise<void> {
  const say = WORDS[locale]
  if (!isMeant) {
    out(say.wouldErase(tenant, await leftOf(database, tenant.id)))
    return
  }
  out(
    say.erased(
      tenant,
      await erase({ config, database, tenant: tenant.id, actor: OPERATOR, warn: it => err(`${it}\n`) }),
    ),
  )
}

const OPERATOR = 'system:operator'

/** The text of its first key; undefined when there is a team of this name. */
export function addTenant(database: Database, name: string): Promise<string | undefined> {
  return database.asSystem(async session => {
    await session.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.teams])
    if (await called(session, name)) return undefined
    const { id } = await createTenant(session, name)
    await record(session, id, {
      actor: OPERATOR,
      action: 'team.create',
      target: id,
      details: { name },
    })
    return giveAdminKey(session, id, { name: 'first key', actor: OPERATOR })
  })
}

/** The text of another admin key; undefined when there is no team of this name. */
export function newKeyOf(database: Database, name: string): Promise<string | undefined> {
  return database.asSystem(async session => {
    const tenant = await called(session, name)
    return tenant && giveAdminKey(session, tenant.id, { name: 'made by the operator', actor: OPERATOR })
  })
}

/** By its name or its id: a team may have renamed itself to the name of another. */
async function called(session: Session, name: string): Promise<Tenant | undefined> {
  const tenants = await listTenants(session)
  return tenants.find(it => it.id === name) ?? tenants.find(it => it.name === name)
}

function isName(name: string | undefined): boolean {
  return name !== undefined && /^[^\p{Cc}]{1,200}$/u.test(name)
}
