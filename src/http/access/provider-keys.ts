import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { Problem } from '../../model/errors.js'
import { askProvider, COOLDOWN, isExposed, KEPT, PATIENCE } from './provider-metadata.js'

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
        discovered = askProvider(issuer).then((metadata) => discoveredKeys(issuer, metadata))
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

/** The keys of what an issuer says about itself. Throws an Error when that cannot be relied on. */
export function discoveredKeys(issuer: string, metadata: unknown): JWTVerifyGetKey {
  const { issuer: named, jwks_uri } = Metadata.parse(metadata)
  if (named !== issuer || isExposed(jwks_uri, issuer)) throw new OtherIssuer()
  const kept = { cacheMaxAge: KEPT, cooldownDuration: COOLDOWN, timeoutDuration: PATIENCE }
  return createRemoteJWKSet(new URL(jwks_uri), kept)
}

/** The address answers for another issuer, or would hand out keys in the clear. */
class OtherIssuer extends Error {
  override readonly name = 'OtherIssuer'
}
