// People, teams and keys as the endpoint tells of them over `/api/v1`.

export const ENDPOINT_ROLES = ['admin', 'developer', 'user', 'read-only'] as const
export type EndpointRole = (typeof ENDPOINT_ROLES)[number]

export const ENDPOINT_SCOPES = [
  'infer',
  'chat',
  'analyze',
  'functions',
  'usage',
  'keys',
  'team',
  'audit',
  'admin',
] as const
export type EndpointScope = (typeof ENDPOINT_SCOPES)[number]

/** Who is asking. */
export interface EndpointMe {
  readonly team: { readonly id: string; readonly name: string }
  /** As the audit names them: `user:…`, `key:…`. */
  readonly actor: string
  readonly scopes: readonly string[]
  /** Absent: a program's key, which is nobody's. */
  readonly user?: {
    readonly id: string
    readonly email: string
    readonly name: string
    readonly role: string
  }
}

export interface EndpointSession {
  readonly id: string
  readonly userId: string
  /** What they called the computer or the program. */
  readonly client: string
  readonly createdAt: string
  readonly lastUsedAt: string
  readonly expiresAt: string
  /** The one that asks. */
  readonly isThis: boolean
}

export interface EndpointTeam {
  readonly id: string
  readonly name: string
  readonly createdAt: string
}

export interface EndpointMember {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: EndpointRole
  readonly createdAt: string
  /** Null: they may come in. */
  readonly disabledAt: string | null
}

export interface EndpointInvitation {
  readonly id: string
  readonly email: string
  readonly role: EndpointRole
  readonly invitedBy: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly acceptedAt: string | null
  readonly revokedAt: string | null
}

/** Tokens as OAuth 2.0 has them. */
export interface EndpointGrant {
  readonly access_token: string
  readonly token_type: string
  readonly expires_in: number
  readonly refresh_token: string
}

export interface EndpointKey {
  readonly id: string
  readonly name: string
  /** The beginning of its text, which tells it from others. */
  readonly prefix: string
  readonly scopes: readonly string[]
  /** From where it may be used; null: from anywhere. */
  readonly addresses: readonly string[] | null
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

export interface EndpointKeyWishes {
  readonly name: string
  readonly scopes: readonly EndpointScope[]
  /** Addresses, and networks such as `10.0.0.0/8`. */
  readonly addresses?: readonly string[]
  readonly expiresInDays?: number
}
