/** What a credential may be good for. */
export const SCOPES = ['decisions:write', 'decisions:read', 'audit', 'privacy'] as const
export type Scope = (typeof SCOPES)[number]

/** Scopes that are good in the caller's own office only. */
export const OFFICE_SCOPES: readonly Scope[] = ['decisions:write', 'decisions:read']

/** Who asks, once a credential has been accepted. */
export interface Caller {
  /** An opaque name of a person or a key, as it stands in decisions. */
  readonly actor: string
  /** The office the caller works in; null: none, or every office. */
  readonly office: string | null
  readonly scopes: readonly string[]
}

/**
 * Finds the caller of a bearer token; null when the token is not good. Rejects with Problem
 * `unauthenticated` where it can say why, `sign-in-unavailable` where it cannot know.
 */
export type Authenticate = (token: string) => Promise<Caller | null>

/** Said of a token where there is nothing better to say. */
export const NOT_GOOD = { zh: '登录凭据无效', en: 'The credential is not valid' }

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * Set before anything else of the request is looked at. On routes with scopes it has only
     * those of its scopes that let it in here: what else a token is good for widens nothing.
     */
    caller: Caller
  }
  interface FastifyContextConfig {
    /** One of these is needed. */
    readonly scopes?: readonly Scope[]
    /** Answered without a token, also where every other route needs one (REQUIRE_AUTH=all). */
    readonly open?: boolean
  }
}
