// Access tokens: short-lived, signed, and saying no more than which session they belong to. What it may do is asked when it comes.

import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose'
import { ALGORITHM, type SigningKeys } from './signing-keys.ts'

export interface TokenSubject {
  readonly tenant: string
  readonly user: string
  readonly session: string
}

export interface AccessTokens {
  sign(subject: TokenSubject): Promise<{ readonly text: string; readonly seconds: number }>
  /** Undefined for whatever is not a token of ours that is valid now. */
  verify(text: string): Promise<TokenSubject | undefined>
}

export interface AccessTokenOptions {
  readonly keys: SigningKeys
  readonly issuer: string
  readonly seconds: number
  readonly now: () => number
}

export const AUDIENCE = 'codeant-gateway'
/** As RFC 9068 names it: no other kind of JWT is taken for one. */
const TYPE = 'at+jwt'

export function accessTokens({ keys, issuer, seconds, now }: AccessTokenOptions): AccessTokens {
  return {
    async sign({ tenant, user, session }) {
      const { kid, key } = await keys.current()
      const at = Math.floor(now() / 1000)
      const text = await new SignJWT({ tid: tenant, sid: session })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(user)
        .setIssuedAt(at)
        .setExpirationTime(at + seconds)
        .sign(key)
      return { text, seconds }
    },

    async verify(text) {
      try {
        const { kid } = decodeProtectedHeader(text)
        const key = kid === undefined ? undefined : await keys.verifier(kid)
        if (!key) return undefined
        const { payload } = await jwtVerify(text, key, {
          algorithms: [ALGORITHM],
          typ: TYPE,
          issuer,
          audience: AUDIENCE,
          currentDate: new Date(now()),
          maxTokenAge: seconds,
          requiredClaims: ['sub', 'exp', 'iat', 'tid', 'sid'],
        })
        return { tenant: String(payload.tid), user: payload.sub!, session: String(payload.sid) }
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined
        throw error
      }
    },
  }
}

/** Whether it is worth the trouble to look: three parts, none of them empty. */
export function looksLikeToken(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)
}
