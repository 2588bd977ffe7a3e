import type { NewEntry } from './store.js'
import type { EntryRow } from './tables.js'

/** An entry as the row it is stored in. */
export function rowOf(entry: NewEntry): EntryRow {
  return {
    id: entry.id,
    kind: entry.kind,
    body: entry.body,
    leaf_hash: entry.leafHash,
    recorded_at: entry.recordedAt,
    office: entry.office,
    case_reference: entry.caseReference,
    decision: entry.decision,
    signature: entry.signature,
    key_id: entry.keyId,
    idempotency_key: entry.idempotency?.key ?? null,
    request_digest: entry.idempotency?.digest ?? null,
  }
}
