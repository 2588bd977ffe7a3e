import type { FastifyRequest } from 'fastify'
import { noteReadings, type Seen } from '../ledger/readings.js'
import { ledgerOf } from './find-decision.js'
import type { RouteParts } from './parts.js'

/**
 * Notes who is about to see which decisions, and nothing of them, in the store and in the log.
 * Throws Problem `store-unavailable` when it cannot; then nothing may be shown.
 */
export async function noteReading(
  { log, caller }: FastifyRequest,
  seen: Seen,
  parts: Pick<RouteParts, 'ledger' | 'clock'>,
): Promise<void> {
  await noteReadings(ledgerOf(parts).store, caller, seen, parts.clock())
  log.info({ actor: caller.actor, ...seen }, 'decision read')
}
