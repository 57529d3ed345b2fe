// What a caller may be allowed to do. A route names one; a key, a token or a role holds some.

import { ENDPOINT_SCOPES, type EndpointScope } from '@codeant/shared/endpoint-people.ts'

/** Those that clients know are those that there are. */
export const SCOPES = ENDPOINT_SCOPES
export type Scope = EndpointScope

/** `admin` is every scope of its own tenant. */
export function allows(held: readonly Scope[], wanted: Scope): boolean {
  return held.includes(wanted) || held.includes('admin')
}

export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text)
}
