import { mentionsIn } from '../mentions.js'
import type { Rulebook } from '../rulebook.js'
import type { Finding } from './finding.js'

/** Clauses said to be encoded that no version, fact, referral or conflict cites. */
export function uncitedClauses(rulebook: Rulebook): readonly Finding[] {
  const { programmes, facts, referrals, conflicts, clauses } = rulebook
  const citing = [
    ...[...programmes.values()].flatMap(({ versions }) => versions.map(({ json }) => json)),
    ...facts,
    ...[...referrals.values()].map(({ clause }) => clause.referral),
    ...conflicts.map(({ conflict }) => conflict),
  ]
  const cited = new Set(citing.flatMap(mentionsIn).map(({ kind, id }) => `${kind} ${id}`))
  return [...clauses.values()]
    .filter(({ id, status }) => status === 'encoded' && !cited.has(`clause ${id}`))
    .map(({ id }) => ({
      id: `uncited-clause ${id}`,
      reason: 'its status is encoded, but nothing cites it',
    }))
}
