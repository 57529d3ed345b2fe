// What a person may do: a role is a set of scopes, the least that its work needs.

import { ENDPOINT_ROLES, type EndpointRole } from '@codeant/shared/endpoint-people.ts'
import { allows, type Scope } from './scopes.ts'

export const ROLES = ENDPOINT_ROLES
export type Role = EndpointRole

/**
 * A user uses; a developer also makes keys for programs; who may only read sees how the endpoint is used and what was done to it,
 * and costs nothing; an admin is every scope of the own tenant.
 */
const SCOPES_OF: Readonly<Record<Role, readonly Scope[]>> = {
  admin: ['admin'],
  developer: ['infer', 'chat', 'analyze', 'functions', 'usage', 'keys'],
  user: ['infer', 'chat', 'analyze', 'functions', 'usage'],
  'read-only': ['usage', 'audit'],
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text)
}

export function scopesOf(role: Role): readonly Scope[] {
  return SCOPES_OF[role]
}

/** Nobody makes anybody more than they are themselves. */
export function mayGive(held: readonly Scope[], role: Role): boolean {
  return SCOPES_OF[role].every(it => allows(held, it))
}
