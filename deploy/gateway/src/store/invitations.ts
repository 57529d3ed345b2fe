// Invitations: somebody whom a tenant wants, until they come. Their code is known by its digest only.

import type { Role } from '../identity/roles.ts'
import type { Session } from './database.ts'

export interface Invitation {
  readonly id: string
  readonly email: string
  readonly role: Role
  readonly invitedBy: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly acceptedAt: Date | null
  readonly revokedAt: Date | null
}

const COLUMNS =
  'id, email, role, invited_by AS "invitedBy", created_at AS "createdAt", expires_at AS "expiresAt",' +
  ' accepted_at AS "acceptedAt", revoked_at AS "revokedAt"'

export interface InvitationWishes extends Pick<Invitation, 'email' | 'role' | 'invitedBy' | 'expiresAt'> {
  readonly digest: string
}

export async function addInvitation(
  session: Session,
  tenant: string,
  { email, role, invitedBy, expiresAt, digest }: InvitationWishes,
): Promise<Invitation> {
  const [row] = await session.query<Invitation>(
    `INSERT INTO invitations (tenant_id, email, role, invited_by, expires_at, digest)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
    [tenant, email, role, invitedBy, expiresAt, digest],
  )
  return row!
}

export function listInvitations(session: Session): Promise<readonly Invitation[]> {
  return session.query<Invitation>(`SELECT ${COLUMNS} FROM invitations ORDER BY created_at, id`)
}

/** Undefined when there is none that still waits. */
export async function revokeInvitation(session: Session, id: string): Promise<Invitation | undefined> {
  const [row] = await session.query<Invitation>(
    `UPDATE invitations SET revoked_at = now()
     WHERE id = $1 AND accepted_at IS NULL AND revoked_at IS NULL RETURNING ${COLUMNS}`,
    [id],
  )
  return row
}

/** As the system. It counts once, and only in time: of two who come at once, one gets it. */
export async function acceptInvitation(
  session: Session,
  digest: string,
): Promise<(Invitation & { readonly tenant: string }) | undefined> {
  const [row] = await session.query<Invitation & { tenant: string }>(
    `UPDATE invitations SET accepted_at = now()
     WHERE digest = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now()
     RETURNING ${COLUMNS}, tenant_id AS tenant`,
    [digest],
  )
  return row
}

/** As the system: all that wait for this address are answered with one who came, and tell what the newest made of them. */
export async function acceptInvitationsOf(
  session: Session,
  tenant: string,
  email: string,
): Promise<Invitation | undefined> {
  const rows = await session.query<Invitation>(
    `UPDATE invitations SET accepted_at = now()
     WHERE tenant_id = $1 AND lower(email) = lower($2)
       AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now()
     RETURNING ${COLUMNS}`,
    [tenant, email],
  )
  return [...rows].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime()).at(-1)
}
