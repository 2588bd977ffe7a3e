import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../../model/errors.js'
import { type Authenticate, type Caller, NOT_GOOD, type Scope } from './caller.js'

const BEARER = /^Bearer +(\S+) *$/i

/** The caller of an open route. */
const NOBODY: Caller = { actor: '', office: null, scopes: [] }

/** Bad tokens of one client in a minute, after which it is told to wait; a good one is let in all the same. */
const BAD_TOKENS = { max: 300, timeWindow: 60_000 }

/** Seconds after which a provider that did not answer may be asked again. */
const RETRY_AFTER = '5'

/** How a service finds its callers, and whether all its routes but the open ones need one. */
export interface Access {
  readonly authenticate: Authenticate
  readonly required: 'stored' | 'all'
}

/**
 * Refuses, before an address is looked up and a body is read, who is not known (401) or may not
 * (403). A route says what it needs in its config: `{ scopes: [...] }`, one of which is enough.
 */
export function registerAccess(app: FastifyInstance, access: Access): void {
  const refusal = tokenRefusal(app)
  app.decorateRequest('caller', null as unknown as Caller)
  app.addHook('onRequest', async (request, reply) => {
    request.caller = NOBODY
    const { scopes } = request.routeOptions.config
    if (scopes !== undefined) void reply.header('cache-control', 'no-store')
    if (!needsToken(request, access)) return
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined) throw unauthenticated(reply, 'Bearer')
    const caller = await access.authenticate(token).catch((error: Problem) => error)
    if (caller === null || caller instanceof Error)
      throw await refusal(request, reply, caller ?? new Problem('unauthenticated', NOT_GOOD))
    request.caller = scopes === undefined ? caller : permitted(caller, scopes, { request, reply })
  })
}

function needsToken(
  { routeOptions, method }: FastifyRequest,
  { required }: Pick<Access, 'required'>,
): boolean {
  const { scopes, open } = routeOptions.config
  // A page of another origin asks first, without a token, whether it may send one.
  return scopes !== undefined || (required === 'all' && open !== true && method !== 'OPTIONS')
}

/** The caller with those of the route's scopes that it has. Throws Problem `forbidden` when it has none. */
function permitted(
  caller: Caller,
  needed: readonly Scope[],
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Caller {
  const scopes = needed.filter((scope) => caller.scopes.includes(scope))
  if (scopes.length > 0) return { ...caller, scopes }
  request.log.info({ actor: caller.actor, route: request.routeOptions.url }, 'not permitted')
  const asked = `Bearer error="insufficient_scope", scope="${needed.join(' ')}"`
  void reply.header('www-authenticate', asked)
  throw new Problem('forbidden')
}

/** Counts a token that is refused, and finds what to answer; nothing of the token is logged. */
function tokenRefusal(app: FastifyInstance) {
  const count = app.createRateLimit(BAD_TOKENS)
  return async (request: FastifyRequest, reply: FastifyReply, error: Problem): Promise<Problem> => {
    if (error.code === 'sign-in-unavailable') void reply.header('retry-after', RETRY_AFTER)
    if (error.code !== 'unauthenticated') return error
    const { code, claim } = Object(error.cause) as { code?: string; claim?: string }
    request.log.info({ reason: code ?? 'unknown key', claim }, 'token refused')
    const counted = await count(request)
    if (!counted.isAllowed && counted.isExceeded) {
      void reply.header('retry-after', counted.ttlInSeconds)
      return new Problem('rate-limited')
    }
    return unauthenticated(reply, 'Bearer error="invalid_token"', error)
  }
}

function unauthenticated(
  reply: FastifyReply,
  challenge: string,
  problem = new Problem('unauthenticated'),
): Problem {
  void reply.header('www-authenticate', challenge)
  return problem
}
