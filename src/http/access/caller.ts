/** What a credential may be good for. */
export const SCOPES = ['decisions:write', 'decisions:read', 'audit', 'privacy'] as const
export type Scope = (typeof SCOPES)[number]

/** Who asks, once a credential has been accepted. */
export interface Caller {
  /** An opaque name of a person or a key, as it stands in decisions. */
  readonly actor: string
  /** The office the caller works in; null: none, or every office. */
  readonly office: string | null
  readonly scopes: readonly string[]
}

/** Finds the caller of a bearer token; null when the token is not good. */
export type Authenticate = (token: string) => Promise<Caller | null>

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on routes with scopes, before anything else of the request is looked at. */
    caller: Caller
  }
  interface FastifyContextConfig {
    /** One of these is needed; a route without scopes is open. */
    readonly scopes?: readonly Scope[]
  }
}
