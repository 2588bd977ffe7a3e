import fc from 'fast-check'
import { test } from 'tap'
import type { Rule } from '../../src/engine/rule.js'
import { dayOf } from '../../src/model/civil-date.js'
import type { Household } from '../../src/model/household.js'
import type { ScreenedRule } from '../../src/screening/to-sql/rule-to-sql.js'
import { compileScreening } from '../../src/screening/to-sql/screening-sql.js'
import { amountOver, typedExpression } from '../support/random-expression.js'
import {
  householdOf,
  JURISDICTION,
  type RandomHousehold,
  rulebooks,
} from '../support/random-rulebook.js'
import { duckdbWith, readWithDuckdb, readWithEvaluator } from '../support/screen-with.js'
import { DICTIONARY } from '../support/test-dictionary.js'

const SEED = 20_200_306
const AS_OF = dayOf('2020-06-01')

/** Rules of random conditions, each with an amount of a random form. */
const rules: fc.Arbitrary<readonly ScreenedRule[]> = rulebooks.chain(({ subject, conditions }) =>
  fc.tuple(...conditions.map(() => amountOver(subject))).map((amounts) =>
    conditions.map((condition, index) => ({
      attested: true,
      rule: {
        id: `town/rule@${index}`,
        version: { programme: 'town/rule' },
        subject,
        conditions: condition,
        entitlement: { amount: typedExpression(amounts[index] as never, subject) },
      } as unknown as Rule,
    })),
  ),
)

/** A household that says its size when more live in it than are listed. */
function stating({ household, unlisted }: RandomHousehold): Household {
  const size = household.members.length + unlisted
  return unlisted === 0 ? household : { ...household, size }
}

test('random rules and amounts', async (t) => {
  const households = fc
    .sample(householdOf(0.2), { seed: SEED, numRuns: 300 })
    .map(stating)
  const connection = await duckdbWith(DICTIONARY, households)
  let checked = 0
  for (const set of fc.sample(rules, { seed: SEED, numRuns: 60 })) {
    const size = [...DICTIONARY.values()].find(({ fact }) => fact.role === 'member-count')
    const screening = compileScreening(set, {
      asOf: AS_OF,
      jurisdiction: JURISDICTION,
      has: () => true,
      size,
    })
    const expected = readWithEvaluator(set, households, {
      asOf: AS_OF,
      jurisdiction: JURISDICTION,
      size: size?.name,
    })
    const found = await readWithDuckdb(connection, screening)
    checked += found.length
    t.strictSame(found, expected)
    if (found.join() !== expected.join()) break
  }
  t.comment(`${checked} lines`)
})
