import fc from 'fast-check'
import tap, { test } from 'tap'
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
import {
  duckdbWith,
  type OwnSchema,
  ownSchema,
  postgresWith,
  readWithDuckdb,
  readWithEvaluator,
  readWithPostgres,
} from '../support/screen-with.js'
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

const SIZE = [...DICTIONARY.values()].find(({ fact }) => fact.role === 'member-count')
const CIRCUMSTANCES = { asOf: AS_OF, jurisdiction: JURISDICTION, size: SIZE, has: () => true }

const RULE_SETS = Number(process.env.RULE_SETS ?? 30)
const HOUSEHOLDS = 200

const database = await ownSchema()
const skip = typeof database === 'string' ? database : false
if (typeof database !== 'string') tap.teardown(database.drop)

test('random rules and amounts read alike in all three engines', { skip }, async (t) => {
  const { client } = database as OwnSchema
  const households = fc.sample(householdOf(0.2), { seed: SEED, numRuns: HOUSEHOLDS }).map(stating)
  const connection = await duckdbWith(DICTIONARY, households)
  await postgresWith(client, DICTIONARY, households)
  let checked = 0
  for (const set of fc.sample(rules, { seed: SEED, numRuns: RULE_SETS })) {
    const screening = compileScreening(set, CIRCUMSTANCES)
    const expected = readWithEvaluator(set, households, { ...CIRCUMSTANCES, size: SIZE?.name })
    const inDuckdb = await readWithDuckdb(connection, screening)
    const inPostgres = await readWithPostgres(client, DICTIONARY, screening)
    checked += expected.length
    t.strictSame(inDuckdb, expected, 'DuckDB')
    t.strictSame(inPostgres, expected, 'PostgreSQL')
    if (!t.passing()) return
  }
  t.comment(`${checked} lines`)
})
