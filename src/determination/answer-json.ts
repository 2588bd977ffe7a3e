import type { DeterminationAnswer } from '../model/determination.js'

const WRITTEN = new WeakMap<object, string>()

/**
 * An answer as JSON: the bytes of JSON.stringify, with the parts that many answers share, cited
 * clauses and summaries that hold no fact, written once.
 */
export function answerJson({ determinations, clauses, ...rest }: DeterminationAnswer): string {
  const { asOf, knownAt, jurisdiction, rulebook, ...after } = rest
  const { notInForce, referrals, questions, ...texts } = after
  const cited = Object.entries(clauses).map(
    ([id, clause]) => `${JSON.stringify(id)}:${once(clause)}`,
  )
  return [
    JSON.stringify({ asOf, knownAt, jurisdiction, rulebook }).slice(0, -1),
    `"determinations":[${determinations.map(once).join()}]`,
    JSON.stringify({ notInForce, referrals, questions }).slice(1, -1),
    `"clauses":{${cited.join()}}`,
    JSON.stringify(texts).slice(1),
  ].join()
}

function once(value: object): string {
  const before = WRITTEN.get(value)
  if (before !== undefined) return before
  const json = JSON.stringify(value)
  WRITTEN.set(value, json)
  return json
}
