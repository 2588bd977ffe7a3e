import type { Kysely } from 'kysely'

/** The tables of a ledger, the same on both stores. */
export interface Tables {
  /** One row, in place 1. */
  readonly identity: { place: number; origin: string }
  readonly entries: EntryRow
  readonly facts: { entry_id: string; salt: string; facts: string }
  readonly outcomes: { entry_id: string; programme: string; outcome: string }
  /** Entries that have no place in the log yet; always empty on SQLite. */
  readonly pending: { entry_id: string; leaf_hash: string }
  readonly log: { leaf_index: number; entry_id: string; leaf_hash: string }
  /** Complete subtrees above the leaves. */
  readonly nodes: { level: number; node_index: number; hash: string }
  readonly checkpoints: { size: number; note: string; issued_at: string }
  readonly keys: { key_id: string; verifier: string; since: string; retired_at: string | null }
  readonly deliveries: { size: number; place: string; delivered_at: string }
  readonly readings: ReadingRow
}

export interface ReadingRow {
  id: string
  read_at: string
  actor: string
  office: string | null
  act: string
  decision: string | null
}

export interface EntryRow {
  id: string
  kind: 'decision' | 'review' | 'erasure'
  body: string
  leaf_hash: string
  recorded_at: string
  office: string | null
  case_reference: string | null
  decision: string | null
  signature: string
  key_id: string
  idempotency_key: string | null
  request_digest: string | null
}

/** The tables of a ledger, without what makes them a store that appends. */
export interface OpenTables {
  readonly db: Kysely<Tables>
  readonly close: () => Promise<void>
}
