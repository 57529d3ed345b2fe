// Tenants: the teams that share an endpoint and see nothing of each other.

import type { Session } from './database.ts'

export interface Tenant {
  readonly id: string
  readonly name: string
  readonly createdAt: Date
}

/** As the system. */
export async function createTenant(session: Session, name: string): Promise<Tenant> {
  const [row] = await session.query<Tenant>(
    'INSERT INTO tenants (name) VALUES ($1) RETURNING id, name, created_at AS "createdAt"',
    [name],
  )
  return row!
}

/** As the system: all; as a tenant: itself. */
export function listTenants(session: Session): Promise<readonly Tenant[]> {
  return session.query<Tenant>('SELECT id, name, created_at AS "createdAt" FROM tenants ORDER BY created_at')
}

/** As a tenant: itself. */
export async function findTenant(session: Session): Promise<Tenant | undefined> {
  return (await listTenants(session))[0]
}

export async function renameTenant(session: Session, id: string, name: string): Promise<Tenant> {
  const [row] = await session.query<Tenant>(
    'UPDATE tenants SET name = $2 WHERE id = $1 RETURNING id, name, created_at AS "createdAt"',
    [id, name],
  )
  return row!
}

/** Whether something could not be written of a tenant because there is no such tenant any more: nobody will miss it. */
export function isOfNobody(error: unknown): boolean {
  // Of the foreign key to the tenant.
  return (error as { readonly code?: unknown }).code === '23503'
}
