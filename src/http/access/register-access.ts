import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../../model/errors.js'
import type { Authenticate, Caller } from './caller.js'

const BEARER = /^Bearer +([\w.~+/=-]+)$/i

/** The caller of an open route. */
const NOBODY: Caller = { actor: '', office: null, scopes: [] }

/**
 * Refuses, before an address is looked up and a body is read, who is not known (401) or may not
 * (403). A route says what it needs in its config: `{ scopes: [...] }`, one of which is enough.
 */
export function registerAccess(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('caller', null as unknown as Caller)
  app.addHook('onRequest', async (request, reply) => {
    request.caller = NOBODY
    const { scopes } = request.routeOptions.config
    if (scopes === undefined) return
    void reply.header('cache-control', 'no-store')
    const caller = await callerOf(request, authenticate)
    if (caller === null) {
      void reply.header('www-authenticate', 'Bearer')
      throw new Problem('unauthenticated')
    }
    if (!scopes.some((scope) => caller.scopes.includes(scope))) throw new Problem('forbidden')
    request.caller = caller
  })
}

async function callerOf(
  { headers }: FastifyRequest,
  authenticate: Authenticate,
): Promise<Caller | null> {
  const token = BEARER.exec(headers.authorization ?? '')?.[1]
  return token === undefined ? null : authenticate(token)
}
