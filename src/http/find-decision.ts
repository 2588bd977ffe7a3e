import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Ledger } from '../ledger/open-ledger.js'
import type { StoredEntry } from '../ledger/stores/store.js'
import { Problem } from '../model/errors.js'

export const DecisionParams = z.strictObject({
  id: z.string().meta({ description: 'Decision id' }),
})

declare module 'fastify' {
  interface FastifyRequest {
    /** The decision of the address, where `findsDecision` is a hook of the route. */
    decision: StoredEntry
  }
}

/** The ledger. Throws Problem `store-unavailable` where the service has none. */
export function ledgerOf({ ledger }: { readonly ledger?: Ledger }): Ledger {
  if (ledger === undefined) throw new Problem('store-unavailable')
  return ledger
}

/**
 * A hook that finds the decision of the address before the body is read. One of another office
 * is not found, as if it were not there, unless the caller has the scope that `opens` every office.
 */
export function findsDecision(
  app: FastifyInstance,
  parts: { readonly ledger?: Ledger },
  opens?: 'audit' | 'privacy',
) {
  if (!app.hasRequestDecorator('decision'))
    app.decorateRequest('decision', null as unknown as StoredEntry)
  return async (request: FastifyRequest) => {
    const { id } = request.params as { id: string }
    const entry = await ledgerOf(parts).store.entry(id)
    const { office, scopes } = request.caller
    const maySee = office === entry?.office || (opens !== undefined && scopes.includes(opens))
    if (entry?.kind !== 'decision' || !maySee) throw new Problem('not-found')
    request.decision = entry
  }
}
