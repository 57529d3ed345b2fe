// API keys of the caller's own tenant: make, list, revoke. The text of a key is in one answer only.

import { Type } from 'typebox'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import { isAddressRange } from '../identity/addresses.ts'
import { newKey } from '../identity/api-key.ts'
import type { Caller } from '../identity/caller.ts'
import { allows, SCOPES, type Scope } from '../identity/scopes.ts'
import type { Parts } from '../parts.ts'
import { type ApiKey, addKey, listKeys, revokeKey } from '../store/api-keys.ts'
import { record } from '../store/audit.ts'

const Time = Type.String({ format: 'date-time' })
const Key = Type.Object({
  id: Type.String(),
  name: Type.String(),
  prefix: Type.String(),
  scopes: Type.Array(Type.String()),
  addresses: Type.Union([Type.Array(Type.String()), Type.Null()]),
  createdAt: Time,
  expiresAt: Type.Union([Time, Type.Null()]),
  lastUsedAt: Type.Union([Time, Type.Null()]),
  revokedAt: Type.Union([Time, Type.Null()]),
})
const ScopeName = Type.Unsafe<Scope>({ type: 'string', enum: SCOPES })
const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
const DAY_MS = 86_400_000

export function addKeyRoutes(app: App, { database, keys }: Pick<Parts, 'database' | 'keys'>): void {
  app.get(
    '/api/v1/keys',
    {
      config: { access: 'keys' },
      schema: {
        tags: ['keys'],
        summary: 'The keys of this tenant, without their text',
        response: { 200: Type.Object({ keys: Type.Array(Key) }) },
      },
    },
    async ({ caller }) => ({
      keys: (await database.asTenant(caller.tenant, session => listKeys(session))).map(shown),
    }),
  )

  app.post(
    '/api/v1/keys',
    {
      config: { access: 'keys' },
      schema: {
        tags: ['keys'],
        summary: 'Make a key; its text is in this answer only',
        body: Type.Object(
          {
            name: Type.String({ minLength: 1, maxLength: 200 }),
            scopes: Type.Array(ScopeName, { minItems: 1, uniqueItems: true }),
            // From where it may be used; absent: from anywhere, or from where the key that makes it may be.
            addresses: Type.Optional(
              Type.Array(Type.String({ minLength: 2, maxLength: 50, examples: ['10.0.0.0/8'] }), {
                minItems: 1,
                maxItems: 50,
                uniqueItems: true,
              }),
            ),
            expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3660 })),
          },
          { additionalProperties: false },
        ),
        response: { 201: Type.Object({ key: Type.String(), ...Key.properties }) },
      },
    },
    async ({ caller, body: { name, scopes, expiresInDays, addresses = caller.addresses } }, reply) => {
      const beyond = scopes.find(it => !allows(caller.scopes, it))
      if (beyond) throw new Refusal('forbidden', `A key cannot give "${beyond}" away without having it.`)
      mustBeRanges(addresses ?? [], caller)
      const key = newKey()
      const made = await database.asTenant(caller.tenant, async session => {
        const expires = expiresInDays && { expiresAt: new Date(Date.now() + expiresInDays * DAY_MS) }
        const own = await addKey(session, caller.tenant, key, {
          name,
          scopes,
          ...expires,
          ...(caller.userId && { userId: caller.userId }),
          ...(addresses && { addresses }),
        })
        const details = { name, scopes, ...(addresses && { addresses }) }
        await record(session, caller.tenant, {
          actor: caller.actor,
          action: 'key.create',
          target: key.prefix,
          details,
        })
        return own
      })
      return reply.code(201).send({ key: key.text, ...shown(made) })
    },
  )

  app.delete(
    '/api/v1/keys/:id',
    {
      config: { access: 'keys' },
      schema: {
        tags: ['keys'],
        summary: 'Revoke a key, for good',
        params: Type.Object({ id: Type.String({ pattern: UUID }) }),
        response: { 200: Key },
      },
    },
    async ({ caller, params: { id } }) => {
      const revoked = await database.asTenant(caller.tenant, async session => {
        const own = await revokeKey(session, id)
        if (own)
          await record(session, caller.tenant, {
            actor: caller.actor,
            action: 'key.revoke',
            target: own.prefix,
          })
        return own
      })
      if (!revoked) throw new Refusal('not-found')
      keys.forget(revoked.prefix)
      return shown(revoked)
    },
  )
}

/** What may be used from some places only makes nothing that may be used from others. */
function mustBeRanges(addresses: readonly string[], { addresses: own }: Caller): void {
  const wrong = addresses.find(it => !isAddressRange(it))
  if (wrong !== undefined) throw new Refusal('invalid', `"${wrong}" is neither an address nor a network.`)
  if (own && !addresses.every(it => own.includes(it)))
    throw new Refusal('forbidden', 'A key cannot be used from where the key that makes it cannot be.')
}

function shown({ scopes, addresses, createdAt, expiresAt, lastUsedAt, revokedAt, ...it }: ApiKey) {
  return {
    ...it,
    scopes: [...scopes],
    addresses: addresses && [...addresses],
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  }
}
