// Tokens as OAuth 2.0 has them: an access token anew, and the end of a session. Standard addresses and errors, so that any client fits.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { type Static, type TSchema, Type } from 'typebox'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { PUBLIC } from '../plugins/keeping.ts'

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
const Text = Type.String({ minLength: 1, maxLength: 1024 })
const Grant = Type.Object({
  access_token: Type.String(),
  token_type: Type.String(),
  expires_in: Type.Integer(),
  refresh_token: Type.String(),
})
const Begin = Type.Object({ client_id: Type.Optional(Text), scope: Type.Optional(Type.String()) })
const Ask = Type.Object({
  grant_type: Text,
  refresh_token: Type.Optional(Text),
  device_code: Type.Optional(Text),
})
const End = Type.Object({ token: Text })
const tags = ['identity']
const oauth = { access: 'open', errors: 'oauth', changes: false } as const

export function addOauthRoutes(
  app: App,
  { people, devices, config }: Pick<Parts, 'people' | 'devices' | 'config'>,
): void {
  app.get(
    '/.well-known/jwks.json',
    {
      config: { access: 'open', keeping: PUBLIC },
      schema: { tags, summary: 'The keys that sign access tokens' },
    },
    async () => ({ keys: people ? await people.keys.published() : [] }),
  )

  app.register(async plain => {
    const scope = plain.withTypeProvider<TypeBoxTypeProvider>()
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 16_384 },
      (_, body, done) => done(null, fieldsOf(body as string)),
    )

    scope.post(
      '/oauth/device',
      {
        config: oauth,
        schema: {
          tags,
          summary: 'Begin a login of a device (RFC 8628)',
          body: form(Begin),
        },
      },
      async ({ body }) =>
        known(devices).begin(
          named((body as Static<typeof Begin>).client_id),
          config.http.publicUrl ?? app.listeningOrigin,
        ),
    )

    scope.post(
      '/oauth/token',
      {
        config: oauth,
        schema: {
          tags,
          summary: 'Tokens for a refresh token, or for an approved device',
          body: form(Ask),
          response: { 200: Grant },
        },
      },
      async ({ body }) => {
        const { grant_type, refresh_token, device_code } = body as Static<typeof Ask>
        if (grant_type === 'refresh_token' && refresh_token) {
          const grant = await known(people).logins.refresh(refresh_token)
          if (!grant) throw new Refusal('invalid', 'This token is not valid (any more).', INVALID_GRANT)
          return grant
        }
        if (grant_type === DEVICE_GRANT && device_code) return known(devices).poll(device_code)
        const oauth = { oauth: refresh_token || device_code ? 'unsupported_grant_type' : 'invalid_request' }
        throw new Refusal('invalid', undefined, oauth)
      },
    )

    scope.post(
      '/oauth/revoke',
      {
        config: oauth,
        schema: {
          tags,
          summary: 'End the session of a refresh token (RFC 7009)',
          body: form(End),
        },
      },
      async ({ body }) => {
        await known(people).logins.end((body as Static<typeof End>).token)
        return {}
      },
    )
  })
}

const INVALID_GRANT = { oauth: 'invalid_grant' }

function form(schema: TSchema) {
  return { content: { 'application/x-www-form-urlencoded': { schema } } }
}

/** Without logins set up there is nothing of this here. */
function known<Part>(part: Part | undefined): Part {
  if (!part) throw new Refusal('not-found', 'Logins are not set up here; use an API key.')
  return part
}

function named(client: string | undefined): string {
  const text = (client ?? '')
    .replace(/\p{Cc}/gu, '')
    .slice(0, 200)
    .trim()
  return text === '' ? 'unnamed' : text
}

/** A field that comes twice is no field (RFC 6749, 3.2). */
function fieldsOf(body: string): Record<string, string> {
  const fields: Record<string, string> = Object.create(null)
  for (const [name, value] of new URLSearchParams(body)) {
    if (name in fields) throw new Refusal('invalid', 'A field comes twice.')
    fields[name] = value
  }
  return { ...fields }
}
