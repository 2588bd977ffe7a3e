import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { Problem } from '../../model/errors.js'

/** Milliseconds: for one answer of the provider; how long its keys are kept; between two asks. */
const PATIENCE = 3_000
const KEPT = 600_000
const COOLDOWN = 1_000

/** What is read of OpenID Provider Metadata (OpenID Connect Discovery 1.0, 3). */
const Metadata = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) })

/** Faults of a token; any other fault in finding its key is the provider's, or the way to it. */
const OF_THE_TOKEN = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys]

/**
 * Finds the key a token is signed with among those its issuer publishes. They are found by
 * discovery with the first token, kept for ten minutes, and asked for again when a token names
 * a key that is not among them, at most once a second. Rejects with Problem
 * `sign-in-unavailable` while the provider does not answer, or not for this issuer.
 */
export function providerKeys(issuer: string): JWTVerifyGetKey {
  let discovered: Promise<JWTVerifyGetKey> | undefined
  const forgetLater = () => {
    setTimeout(() => {
      discovered = undefined
    }, COOLDOWN).unref()
  }
  return async (header, token) => {
    try {
      if (discovered === undefined) {
        discovered = discover(issuer)
        discovered.catch(forgetLater)
      }
      const find = await discovered
      return await find(header, token)
    } catch (error) {
      if (OF_THE_TOKEN.some((fault) => error instanceof fault)) throw error
      throw Object.assign(new Problem('sign-in-unavailable'), { cause: error })
    }
  }
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const address = discoveryAddress(issuer)
  const answer = await fetch(address, {
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
    headers: { accept: 'application/json' },
  })
  return discoveredKeys(issuer, await answer.json())
}

/** The keys of what an issuer says about itself. Throws an Error when that cannot be relied on. */
export function discoveredKeys(issuer: string, metadata: unknown): JWTVerifyGetKey {
  const { issuer: named, jwks_uri } = Metadata.parse(metadata)
  const keys = new URL(jwks_uri)
  const isExposed = keys.protocol === 'http:' && issuer.startsWith('https:')
  if (named !== issuer || isExposed) throw new OtherIssuer()
  const kept = { cacheMaxAge: KEPT, cooldownDuration: COOLDOWN, timeoutDuration: PATIENCE }
  return createRemoteJWKSet(keys, kept)
}

/** Where an issuer describes itself (OpenID Connect Discovery 1.0, 4.1). */
export function discoveryAddress(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}

/** The address answers for another issuer, or would hand out keys in the clear. */
class OtherIssuer extends Error {
  override readonly name = 'OtherIssuer'
}
