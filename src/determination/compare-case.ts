import type { Case, Expected } from '../model/case.js'
import type { Determination, DeterminationAnswer } from '../model/determination.js'

/** The part of an answer that worked cases speak of. */
export type Answered = Pick<DeterminationAnswer, 'determinations' | 'notInForce'>

/** Where an answer differs from what a case expects, one line a difference. */
export function compareCase({ expect }: Pick<Case, 'expect'>, answer: Answered): readonly string[] {
  return [expect].flat().flatMap((each) => compare(each, answer))
}

function compare(expected: Expected, answer: Answered): readonly string[] {
  if (expected.notInForce !== undefined) {
    return differ('notInForce', expected.notInForce, answer.notInForce[0]?.reason)
  }
  const found = answer.determinations.filter(
    ({ subject }) =>
      expected.subject === undefined ||
      (subject.kind === 'member' && subject.id === expected.subject),
  )
  const [determination] = found
  if (determination === undefined || found.length > 1)
    return [`${found.length} determinations match the subject`]
  return compareDetermination(expected, determination)
}

function compareDetermination(expected: Expected, determination: Determination): readonly string[] {
  const { entitlement, points, ruleVersion, programme: _, ...rest } = determination
  const actual: Record<string, unknown> = {
    ...rest,
    amount: entitlement?.amount,
    rate: entitlement?.rate,
    bound: entitlement?.bound,
    points: points && { won: points.won, possible: points.possible, short: points.short },
    version: ruleVersion.slice(ruleVersion.indexOf('@') + 1),
  }
  return Object.entries(expected)
    .filter(([key]) => key !== 'subject')
    .flatMap(([key, value]) => differ(key, value, actual[key]))
}

/** What an answer has instead of a value that it lacks. */
const LACKING: Readonly<Record<string, string>> = {
  amount: 'no entitlement',
  bound: 'no entitlement',
  rate: 'no rate',
  points: 'no points table',
  notInForce: 'a version in force',
}

function differ(key: string, expected: unknown, actual: unknown): readonly string[] {
  const [wanted, found] = [JSON.stringify(expected), JSON.stringify(actual)]
  return wanted === found ? [] : [`${key}: expected ${wanted}, found ${found ?? LACKING[key]}`]
}
