import type { Decision, DecisionBody } from '../model/decision.js'
import { Problem } from '../model/errors.js'
import { bodyOf, receiptOf } from './read-decision.js'
import type { DecisionQuery, LedgerReads, Moment, StoredEntry } from './stores/store.js'

/** A decision in a list: all of it that is kept for ever. */
export type ListedDecision = Omit<Decision, 'determination' | 'reviews' | 'factsErasedAt'>

/** A page of decisions, newest first, and the cursor of the next. Throws Problem (400). */
export async function listDecisions(
  store: LedgerReads,
  query: DecisionQuery,
  cursor: string | null,
): Promise<{ readonly items: readonly ListedDecision[]; readonly next: string | null }> {
  const before = cursor === null ? null : parseCursor(cursor)
  const found = await store.newest({ ...query, limit: query.limit + 1 }, before)
  const page = found.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map(listed),
    next: found.length > page.length && last !== undefined ? cursorOf(last) : null,
  }
}

function listed(entry: StoredEntry): ListedDecision {
  const { id, recordedAt, caseReference, office, actor, purpose, legalBasis, outcomes } =
    bodyOf<DecisionBody>(entry)
  return {
    ...{ id, recordedAt, caseReference, office, actor, purpose, legalBasis, outcomes },
    receipt: receiptOf(entry),
  }
}

/** A place in a list, as text for its reader. */
export function cursorOf({ recordedAt, id }: Moment): string {
  return Buffer.from(`${recordedAt} ${id}`).toString('base64url')
}

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]{12}Z) ([\w-]{1,64})$/

/** The place a cursor stands for. Throws Problem (400). */
export function parseCursor(cursor: string): Moment {
  const [, recordedAt, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (recordedAt !== undefined && id !== undefined) return { recordedAt, id }
  const message = { zh: '不是上一页给出的游标', en: 'is no cursor of a page before' }
  throw new Problem('invalid-request', undefined, [
    { pointer: '/cursor', code: 'wrong-parameter', message },
  ])
}
