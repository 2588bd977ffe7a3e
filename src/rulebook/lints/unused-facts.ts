import { restsOn } from '../../engine/facts-read.js'
import { mentionsIn } from '../mentions.js'
import type { Rulebook } from '../rulebook.js'
import type { Finding } from './finding.js'

/** Facts that no programme, referral or conflict reads, itself or through another fact. */
export function unusedFacts(rulebook: Rulebook): readonly Finding[] {
  const { programmes, referrals, conflicts, dictionary } = rulebook
  const reading = [
    ...[...programmes.values()].flatMap(({ versions }) => versions.map(({ json }) => json)),
    ...[...referrals.values()].map(({ clause }) => clause.referral),
    ...conflicts.map(({ conflict }) => conflict),
  ]
  const named = new Set(reading.flatMap(mentionsIn).map(({ id }) => id))
  const used = new Set(
    [...dictionary.values()]
      .filter(({ id }) => named.has(id))
      .flatMap((fact) => [...restsOn(fact)]),
  )
  return [...dictionary.values()]
    .filter((fact) => !used.has(fact))
    .map(({ id }) => ({ id: `unused-fact ${id}`, reason: 'no programme or referral reads it' }))
}
