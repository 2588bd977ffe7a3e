import { errors, type JWTPayload, jwtVerify } from 'jose'
import { Problem } from '../../model/errors.js'
import { type Authenticate, type Caller, NOT_GOOD, OFFICE_SCOPES, SCOPES } from './caller.js'
import { providerKeys } from './provider-keys.js'

/** Signatures with a private key only: neither `none`, nor a secret that anyone who checks could sign with. */
const ALGORITHMS = ['ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512']
const ALSO = ['EdDSA', 'Ed25519']

/** Seconds by which clocks may differ. */
const TOLERANCE = 5

/** Types of a token that says what its bearer may do (RFC 9068, 2.1); others name none, or this. */
const ACCESS_TOKEN = /^(application\/)?at\+jwt$/i
const ANY_TOKEN = /^(application\/)?jwt$/i

const OFFICE = /^[^\p{Cc}\p{Zl}\p{Zp}]{1,128}$/u
const EXPIRED = { zh: '登录已过期', en: 'The token has expired' }

/** Which tokens are good: of this issuer, for this audience, at this time. */
export interface OidcTerms {
  readonly issuer: string
  readonly audience: string
  readonly clock: () => Date
}

/**
 * Finds the caller of an access token (a signed JWT) of an OpenID provider: `sub` is the actor,
 * `scope` what is permitted, `office` where. Without an office the scopes that are good in an
 * office only are none.
 */
export function authenticateWithOidc({ issuer, audience, clock }: OidcTerms): Authenticate {
  const keys = providerKeys(issuer)
  return async (token) => {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        ...{ issuer, audience, algorithms: [...ALGORITHMS, ...ALSO] },
        ...{ clockTolerance: TOLERANCE, currentDate: clock(), requiredClaims: ['exp', 'sub'] },
      })
      if (!isAccessToken(protectedHeader.typ, payload)) throw new errors.JWTInvalid('wrong type')
      return callerOf(payload)
    } catch (error) {
      if (error instanceof Problem) throw error
      const detail = error instanceof errors.JWTExpired ? EXPIRED : NOT_GOOD
      throw Object.assign(new Problem('unauthenticated', detail), { cause: error })
    }
  }
}

/** A token without a type of its own must name scopes: an ID token, which says only who signed in, has none. */
function isAccessToken(type: string | undefined, { scope }: JWTPayload): boolean {
  if (type !== undefined && ACCESS_TOKEN.test(type)) return true
  return (type === undefined || ANY_TOKEN.test(type)) && typeof scope === 'string'
}

function callerOf({ sub, scope, office }: JWTPayload): Caller {
  if (typeof sub !== 'string' || sub === '') throw new errors.JWTInvalid('no subject')
  const named = typeof scope === 'string' ? scope.split(' ') : []
  const works = typeof office === 'string' && OFFICE.test(office) ? office : null
  const usable = SCOPES.filter((one) => works !== null || !OFFICE_SCOPES.includes(one))
  return { actor: sub, office: works, scopes: usable.filter((one) => named.includes(one)) }
}
