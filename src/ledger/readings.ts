import { type Page, readPage } from './read-page.js'
import type { Actor } from './review-decision.js'
import { newId } from './seal.js'
import type { LedgerReads, Moment, ReadingQuery, Store, StoredReading } from './stores/store.js'

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
): Promise<Page<StoredReading>> {
  const read = (limit: number, before: Moment | null) => store.readings({ ...query, limit }, before)
  const at = ({ readAt: recordedAt, id }: StoredReading) => ({ recordedAt, id })
  return readPage({ limit: query.limit, cursor, read, at })
}
