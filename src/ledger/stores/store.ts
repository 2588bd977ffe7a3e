import type { Node, Place } from '../merkle-tree.js'

/** An entry as stored: its body as the exact bytes that were hashed, and what it is found by. */
export interface StoredEntry {
  readonly id: string
  readonly kind: 'decision' | 'review' | 'erasure'
  /** RFC 8785 text. */
  readonly body: string
  /** SHA-256(0x00 ‖ body), base64. */
  readonly leafHash: string
  readonly recordedAt: string
  readonly office: string | null
  /** Of a decision. */
  readonly caseReference: string | null
  /** The decision that a review or an erasure is about. */
  readonly decision: string | null
  /** Of the receipt. */
  readonly signature: string
  readonly keyId: string
}

/** The erasable part of an entry: RFC 8785 text, and the salt (base64) its commitment was made with. */
export interface StoredFacts {
  readonly salt: string
  readonly text: string
}

/** A programme and how it came out, as decisions are found by; `not-in-force` where it did not. */
export interface IndexedOutcome {
  readonly programme: string
  readonly outcome: string
}

/** An entry to append, with all that belongs in the same transaction. */
export interface NewEntry extends StoredEntry {
  readonly idempotency: { readonly key: string; readonly digest: string } | null
  readonly facts: StoredFacts | null
  readonly outcomes: readonly IndexedOutcome[]
}

/** `taken`: the office used the idempotency key before, or the decision's facts were erased before. */
export type Appended = 'stored' | 'taken'

/** A place among entries in the order of their time. */
export interface Moment {
  readonly recordedAt: string
  readonly id: string
}

/** Which decisions, by what they are found by; instants are half-open. */
export interface DecisionQuery {
  readonly office?: string
  readonly caseReference?: string
  readonly programme?: string
  /** Slug of the jurisdiction that a programme of the decision belongs to. */
  readonly programmesOf?: string
  readonly outcome?: string
  readonly from?: string
  readonly to?: string
  readonly limit: number
}

export interface LoggedEntry extends StoredEntry {
  readonly leafIndex: number
  /** By which it is found, in no order. */
  readonly outcomes: readonly IndexedOutcome[]
}
export interface StoredCheckpoint {
  readonly size: number
  readonly note: string
  readonly issuedAt: string
}
export interface StoredKey {
  readonly keyId: string
  /** A verifier line, see `verifierText`. */
  readonly verifier: string
  readonly since: string
  readonly retiredAt: string | null
}
/** That a checkpoint was taken to a place outside. */
export interface Delivery {
  readonly size: number
  readonly place: string
  readonly deliveredAt: string
}

/** What a caller did that showed decisions: `list` once for each decision of a page. */
export const READING_ACTS = [
  'read',
  'list',
  'replay',
  'recalculate',
  'entries',
  'screen',
  'screening-results',
  'screening-rejects',
  'screening-impact',
] as const

/** That somebody saw a decision, or (null) many of them; nothing of what was seen. */
export interface StoredReading {
  readonly id: string
  readonly readAt: string
  readonly actor: string
  readonly office: string | null
  readonly act: (typeof READING_ACTS)[number]
  readonly decision: string | null
}

/** Which readings; instants are half-open. */
export interface ReadingQuery {
  readonly decision?: string
  readonly actor?: string
  readonly from?: string
  readonly to?: string
  readonly limit: number
}

/** What can be read of a ledger, the same for both stores. */
export interface LedgerReads {
  readonly origin: () => Promise<string>
  readonly entry: (id: string) => Promise<StoredEntry | null>
  readonly facts: (id: string) => Promise<StoredFacts | null>
  readonly byKey: (
    office: string,
    key: string,
  ) => Promise<{ readonly id: string; readonly digest: string } | null>
  /** Reviews and erasures of a decision, oldest first. */
  readonly about: (decision: string) => Promise<readonly StoredEntry[]>
  /** Newest first, those before a moment. */
  readonly newest: (query: DecisionQuery, before: Moment | null) => Promise<readonly StoredEntry[]>
  /** Oldest first, those after a moment, with their facts. */
  readonly oldest: (
    query: DecisionQuery,
    after: Moment | null,
  ) => Promise<readonly (StoredEntry & { readonly facts: StoredFacts | null })[]>
  /** How many entries the log holds. */
  readonly size: () => Promise<number>
  readonly logged: (from: number, to: number) => Promise<readonly LoggedEntry[]>
  readonly leafIndex: (id: string) => Promise<number | null>
  readonly nodes: (places: readonly Place[]) => Promise<readonly Node[]>
  readonly latestCheckpoint: () => Promise<StoredCheckpoint | null>
  /** Of sizes above one, the smallest first. */
  readonly checkpoints: (above: number, limit: number) => Promise<readonly StoredCheckpoint[]>
  readonly keys: () => Promise<readonly StoredKey[]>
  readonly deliveries: () => Promise<readonly Delivery[]>
  /** Newest first, those before a moment. */
  readonly readings: (
    query: ReadingQuery,
    before: Moment | null,
  ) => Promise<readonly StoredReading[]>
}

/** The ledger's storage: appends, never edits. Every method rejects with Problem `store-unavailable`. */
export interface Store extends LedgerReads {
  readonly kind: 'sqlite' | 'postgres'
  readonly append: (entry: NewEntry) => Promise<Appended>
  readonly addCheckpoint: (checkpoint: StoredCheckpoint) => Promise<void>
  /**
   * Makes a key known as one that signs now, also when it was retired; the others that are not
   * retired yet are, when asked.
   */
  readonly addKey: (key: StoredKey, retireOthers: boolean) => Promise<void>
  readonly addDelivery: (delivery: Delivery) => Promise<void>
  readonly addReadings: (readings: readonly StoredReading[]) => Promise<void>
  readonly close: () => Promise<void>
}
