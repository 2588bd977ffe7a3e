import type { ErasureBody } from '../model/decision.js'
import type { Ledger } from './open-ledger.js'
import type { Actor } from './review-decision.js'
import { newId, sealEntry } from './seal.js'
import type { StoredEntry } from './stores/store.js'

/**
 * Erases the facts of a decision and the reasons of its reviews for good, and records that. What
 * was erased before stays so: that it is asked again is no fault.
 */
export async function eraseFacts(
  { store, signer }: Ledger,
  decision: StoredEntry,
  { actor, office }: Actor,
  now: Date,
): Promise<void> {
  const body: ErasureBody = {
    format: 1,
    id: newId(),
    kind: 'erasure',
    recordedAt: now.toISOString(),
    ...{ office, actor, decision: decision.id },
  }
  await store.append(sealEntry(body, { facts: null, idempotency: null }, signer))
}
