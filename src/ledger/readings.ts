import { cursorOf, parseCursor } from './list-decisions.js'
import type { Actor } from './review-decision.js'
import { newId } from './seal.js'
import type { LedgerReads, ReadingQuery, Store, StoredReading } from './stores/store.js'

/** What a caller is about to see: some decisions; without a list, many at once or a screening. */
export interface Seen {
  readonly act: StoredReading['act']
  readonly decisions?: readonly string[]
}

/**
 * Notes who is about to see which decisions, and nothing of them. It rejects when that cannot be
 * stored, and then nothing is shown.
 */
export async function noteReadings(
  store: Pick<Store, 'addReadings'>,
  { actor, office }: Actor,
  { act, decisions }: Seen,
  now: Date,
): Promise<void> {
  const readAt = now.toISOString()
  const seen = decisions ?? [null]
  if (seen.length === 0) return
  await store.addReadings(
    seen.map((decision) => ({ id: newId(), readAt, actor, office, act, decision })),
  )
}

/** A page of readings, newest first, and the cursor of the next. Throws Problem (400). */
export async function listReadings(
  store: LedgerReads,
  query: ReadingQuery,
  cursor: string | null,
): Promise<{ readonly items: readonly StoredReading[]; readonly next: string | null }> {
  const before = cursor === null ? null : parseCursor(cursor)
  const found = await store.readings({ ...query, limit: query.limit + 1 }, before)
  const items = found.slice(0, query.limit)
  const last = items.at(-1)
  const isMore = found.length > items.length && last !== undefined
  return { items, next: isMore ? cursorOf({ recordedAt: last.readAt, id: last.id }) : null }
}
