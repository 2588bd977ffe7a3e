import { z } from 'zod'
import { askProvider, COOLDOWN, isExposed, KEPT } from './provider-metadata.js'

/** What is read of OpenID Provider Metadata (OpenID Connect Discovery 1.0, 3). */
const Metadata = z.object({ issuer: z.string(), token_endpoint: z.url({ protocol: /^https?$/ }) })

/** Origins that the pages speak to while someone signs in. */
export interface SignInOrigins {
  /** As far as known; asks the provider again by the way when it is time, without waiting. */
  readonly known: () => readonly string[]
  /** Resolves once the provider has answered, or will not. */
  readonly asked: () => Promise<void>
}

/**
 * The origin of an issuer and, when the issuer names another one for its token endpoint, that one
 * as well. A provider that does not answer, or not for this issuer, adds none.
 */
export function signInOrigins(issuer: string, kept = { good: KEPT, bad: COOLDOWN }): SignInOrigins {
  let origins: readonly string[] = [new URL(issuer).origin]
  let asking: Promise<void> | undefined
  const forgetAfter = (time: number) => {
    setTimeout(() => {
      asking = undefined
    }, time).unref()
  }
  const ask = async () => {
    try {
      origins = originsOf(issuer, await askProvider(issuer))
      forgetAfter(kept.good)
    } catch {
      forgetAfter(kept.bad)
    }
  }
  const asked = () => {
    asking ??= ask()
    return asking
  }
  return {
    asked,
    known: () => {
      void asked()
      return origins
    },
  }
}

/**
 * The origins that what an issuer says about itself leads to: its own, and no other in the clear.
 * Throws an Error when that is of another issuer, or names no token endpoint.
 */
export function originsOf(issuer: string, metadata: unknown): readonly string[] {
  const { issuer: named, token_endpoint: address } = Metadata.parse(metadata)
  if (named !== issuer) throw new Error('another issuer')
  const own = new URL(issuer).origin
  return isExposed(address, issuer) ? [own] : [...new Set([own, new URL(address).origin])]
}
