// The people of a tenant.

import type { Role } from '../identity/roles.ts'
import type { Session } from './database.ts'

export interface User {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly createdAt: Date
  readonly disabledAt: Date | null
}

const COLUMNS = 'id, email, name, role, created_at AS "createdAt", disabled_at AS "disabledAt"'

/** Undefined when somebody with this address is there already. */
export async function addUser(
  session: Session,
  tenant: string,
  { email, name, role }: Pick<User, 'email' | 'name' | 'role'>,
): Promise<User | undefined> {
  const [row] = await session.query<User>(
    `INSERT INTO users (tenant_id, email, name, role) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, lower(email)) DO NOTHING RETURNING ${COLUMNS}`,
    [tenant, email, name, role],
  )
  return row
}

export function listUsers(session: Session): Promise<readonly User[]> {
  return session.query<User>(`SELECT ${COLUMNS} FROM users ORDER BY created_at, id`)
}

export async function findUser(session: Session, id: string): Promise<User | undefined> {
  const [row] = await session.query<User>(`SELECT ${COLUMNS} FROM users WHERE id = $1`, [id])
  return row
}

export async function findUserByEmail(session: Session, email: string): Promise<User | undefined> {
  const [row] = await session.query<User>(`SELECT ${COLUMNS} FROM users WHERE lower(email) = lower($1)`, [
    email,
  ])
  return row
}

export interface UserChange {
  readonly role?: Role
  readonly isDisabled?: boolean
}

export async function changeUser(
  session: Session,
  id: string,
  { role, isDisabled }: UserChange,
): Promise<User | undefined> {
  const [row] = await session.query<User>(
    `UPDATE users SET role = coalesce($2, role),
       disabled_at = CASE WHEN $3::boolean IS NULL THEN disabled_at WHEN $3 THEN coalesce(disabled_at, now()) END
     WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, role ?? null, isDisabled ?? null],
  )
  return row
}

/** How many could still let others in. A row that is being changed meanwhile is waited for. */
export async function countAdmins(session: Session): Promise<number> {
  const rows = await session.query(
    "SELECT id FROM users WHERE role = 'admin' AND disabled_at IS NULL FOR UPDATE",
  )
  return rows.length
}
