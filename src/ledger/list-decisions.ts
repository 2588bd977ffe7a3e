import type { Decision, DecisionBody } from '../model/decision.js'
import { bodyOf, receiptOf } from './read-decision.js'
import { type Page, readPage } from './read-page.js'
import type { DecisionQuery, LedgerReads, Moment, StoredEntry } from './stores/store.js'

/** A decision in a list: all of it that is kept for ever. */
export type ListedDecision = Omit<Decision, 'determination' | 'reviews' | 'factsErasedAt'>

/** A page of decisions, newest first, and the cursor of the next. Throws Problem (400). */
export async function listDecisions(
  store: LedgerReads,
  query: DecisionQuery,
  cursor: string | null,
): Promise<Page<ListedDecision>> {
  const read = (limit: number, before: Moment | null) => store.newest({ ...query, limit }, before)
  const { items, next } = await readPage({ limit: query.limit, cursor, read, at: (entry) => entry })
  return { items: items.map(listed), next }
}

function listed(entry: StoredEntry): ListedDecision {
  const { id, recordedAt, caseReference, office, actor, purpose, legalBasis, outcomes } =
    bodyOf<DecisionBody>(entry)
  return {
    ...{ id, recordedAt, caseReference, office, actor, purpose, legalBasis, outcomes },
    receipt: receiptOf(entry),
  }
}
