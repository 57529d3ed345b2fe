// All that is kept of a tenant, row by row and never all at once: for who wants to leave, to check, or to keep a copy.

import { listKeys } from './api-keys.ts'
import { readAudit } from './audit.ts'
import { exportPart, listParts } from './batches.ts'
import type { Database } from './database.ts'
import { type ExportedFunction, exportPlaces } from './functions.ts'
import { listInvitations } from './invitations.ts'
import { readModelDays } from './model-days.ts'
import { listIdentities } from './provider-identities.ts'
import { listSessions } from './sessions.ts'
import { listTenants } from './tenants.ts'
import { readUsage } from './usage.ts'
import { listUsers } from './users.ts'

/** The columns of each part. What only its digest is known of is in none. */
export const EXPORTED = {
  tenant: ['id', 'name', 'createdAt'],
  users: ['id', 'email', 'name', 'role', 'createdAt', 'disabledAt'],
  keys: ['id', 'name', 'prefix', 'scopes', 'addresses', 'createdAt', 'expiresAt', 'lastUsedAt', 'revokedAt'],
  identities: ['issuer', 'subject', 'userId', 'createdAt', 'lastLoginAt'],
  sessions: ['id', 'userId', 'client', 'createdAt', 'lastUsedAt', 'expiresAt'],
  invitations: ['id', 'email', 'role', 'invitedBy', 'createdAt', 'expiresAt', 'acceptedAt', 'revokedAt'],
  functions: [
    'project',
    'path',
    'name',
    'language',
    'line',
    'endLine',
    'encoder',
    'digest',
    'embedding',
    'code',
  ],
  batches: ['id', 'state', 'createdAt', 'finishedAt', 'name', 'files', 'findings', 'result', 'problem'],
  models: [
    'day',
    'model',
    'engine',
    'weights',
    'requests',
    'failures',
    'cached',
    'rows',
    'promptTokens',
    'completionTokens',
    'latency',
  ],
  usage: ['day', 'actor', 'route', 'requests', 'failures', 'units'],
  audit: ['id', 'at', 'actor', 'action', 'target', 'details'],
} as const
export type ExportedPart = keyof typeof EXPORTED

/** Of the audit at a time; all else of a tenant is small. */
const PAGE = 500
const ALL_DAYS = 36_600

export async function* exportedRows(
  database: Database,
  tenant: string,
  part: ExportedPart,
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  if (part === 'audit') return yield* auditRows(database, tenant)
  if (part === 'functions') return yield* functionRows(database, tenant)
  if (part === 'batches') return yield* batchRows(database, tenant)
  const rows: readonly object[] = await database.asTenant(tenant, async session => {
    switch (part) {
      case 'tenant':
        return listTenants(session)
      case 'users':
        return listUsers(session)
      case 'keys':
        return listKeys(session)
      case 'identities':
        return listIdentities(session)
      case 'sessions':
        return listSessions(session)
      case 'invitations':
        return listInvitations(session)
      case 'models':
        return readModelDays(session, ALL_DAYS)
      case 'usage':
        return readUsage(session, ALL_DAYS)
    }
  })
  for (const it of rows) yield it as Readonly<Record<string, unknown>>
}

/** The newest first. What is added meanwhile is newer than all of it, and so in no page. */
async function* auditRows(database: Database, tenant: string) {
  let before: number | undefined
  for (;;) {
    const page = await database.asTenant(tenant, session => readAudit(session, PAGE, before))
    for (const it of page) yield { ...it }
    if (page.length < PAGE) return
    before = page.at(-1)!.id
  }
}

/** By place, so that a page goes on where the one before ended. Points as base64 of signed bytes. */
async function* functionRows(database: Database, tenant: string) {
  let after: ExportedFunction | undefined
  for (;;) {
    const last = after
    const page = await database.asTenant(tenant, session => exportPlaces(session, last, PAGE))
    for (const it of page) yield { ...it, embedding: Buffer.from(it.embedding).toString('base64') }
    if (page.length < PAGE) return
    after = page.at(-1)
  }
}

/** One at a time: a report may be long. */
async function* batchRows(database: Database, tenant: string) {
  for (const place of await database.asTenant(tenant, listParts))
    for (const it of await database.asTenant(tenant, session => exportPart(session, place))) yield { ...it }
}
