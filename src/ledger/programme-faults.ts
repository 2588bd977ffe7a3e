import { fault } from '../determination/request-faults.js'
import type { InputFault } from '../model/errors.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import type { DecisionQuery, LedgerReads } from './stores/store.js'

const NOWHERE = {
  zh: '规则库中没有这个项目，也没有关于它的决定',
  en: 'is no programme of the rulebook, and no decision is about it',
}

/**
 * The fault of asking for decisions about a programme that neither the rulebook nor a decision
 * (of the office, where one is given) knows: an empty list would look as if nothing changed.
 */
export async function programmeFaults(
  store: Pick<LedgerReads, 'newest'>,
  { programmes }: Pick<Rulebook, 'programmes'>,
  { programme, office }: Pick<DecisionQuery, 'programme' | 'office'>,
): Promise<readonly InputFault[]> {
  if (programme === undefined || programmes.has(programme)) return []
  const found = await store.newest(
    { programme, ...(office !== undefined && { office }), limit: 1 },
    null,
  )
  return found.length > 0 ? [] : [fault('/programme', 'unknown-programme', NOWHERE)]
}
