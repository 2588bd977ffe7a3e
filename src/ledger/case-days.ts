import type { DecisionBody } from '../model/decision.js'
import { bodyOf } from './read-decision.js'
import type { LedgerReads, Moment } from './stores/store.js'

/** What of a decision says how long it counted. */
type CaseDecision = Pick<DecisionBody, 'id' | 'asOf' | 'programmes'>

const PAGE = 200

/**
 * Reads the decisions of a decision's case in the order they were recorded; keeps the case it read
 * last, for one case may have many decisions that change.
 */
export function caseReader(
  store: Pick<LedgerReads, 'newest'>,
): (one: DecisionBody) => Promise<readonly CaseDecision[]> {
  let kept: readonly CaseDecision[] = []
  return async (one) => {
    if (!kept.some(({ id }) => id === one.id)) kept = await readCase(store, one)
    return kept
  }
}

async function readCase(
  store: Pick<LedgerReads, 'newest'>,
  { office, caseReference }: DecisionBody,
): Promise<readonly CaseDecision[]> {
  const found: CaseDecision[] = []
  let before: Moment | null = null
  for (;;) {
    const page = await store.newest({ office, caseReference, limit: PAGE }, before)
    for (const entry of page) {
      const { id, asOf, programmes } = bodyOf<DecisionBody>(entry)
      found.push({ id, asOf, programmes })
    }
    if (page.length < PAGE) return found.reverse()
    before = page.at(-1) as Moment
  }
}

/**
 * The day from which a programme of a case is no longer paid under a decision: the day of the
 * decision with the next later day, its own where the same day was decided again later, null while
 * it counts still. So every day of a case belongs to one decision, whatever was recorded first.
 */
export function lastsUntil(
  inCase: readonly CaseDecision[],
  { id, asOf }: Pick<DecisionBody, 'id' | 'asOf'>,
  programme: string,
): string | null {
  const place = inCase.findIndex((one) => one.id === id)
  const days = inCase.flatMap((one, index) => {
    const ends = one.asOf > asOf || (one.asOf === asOf && index > place)
    return ends && one.programmes.includes(programme) ? [one.asOf] : []
  })
  return days.sort()[0] ?? null
}
