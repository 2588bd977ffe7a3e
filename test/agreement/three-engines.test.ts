import fc from 'fast-check'
import tap, { type Test, test } from 'tap'
import { parseDeterminationRequest } from '../../src/determination/determination-request.js'
import type { Dictionary } from '../../src/engine/fact-definition.js'
import type { Rule } from '../../src/engine/rule.js'
import { dayOf } from '../../src/model/civil-date.js'
import { Problem } from '../../src/model/errors.js'
import type { Household } from '../../src/model/household.js'
import { KNOWN_WITH_DRAFTS } from '../../src/rulebook/survive.js'
import { selectRules } from '../../src/screening/select-rules.js'
import type { ScreenedRule } from '../../src/screening/to-sql/rule-to-sql.js'
import { compileScreening } from '../../src/screening/to-sql/screening-sql.js'
import { amountOver, typedExpression } from '../support/random-expression.js'
import { randomHousehold, turningPoints } from '../support/random-households.js'
import { JURISDICTION, rulebooks } from '../support/random-rulebook.js'
import {
  duckdbWith,
  keptWithDuckdb,
  type Lines,
  type OwnSchema,
  ownSchema,
  type Population,
  postgresWith,
  readWithDuckdb,
  readWithEvaluator,
  readWithPostgres,
  withoutMissing,
} from '../support/screen-with.js'
import { seeded } from '../support/seeded.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'
import { DICTIONARY } from '../support/test-dictionary.js'

const SEED = 20_200_306
const AS_OF = '2020-06-01'

// AGREEMENT_SCALE=10 reads two million households.
const SCALE = Number(process.env.AGREEMENT_SCALE ?? 1)
const RULE_SETS = 45 * SCALE
const HOUSEHOLDS_A_SET = 4000
const OF_SHIPPED_RULES = 5000
const SHIPPED_RUNS = 4 * SCALE

const database = await ownSchema()
tap.setTimeout(600_000 * SCALE)
const skip = typeof database === 'string' ? database : false
if (typeof database !== 'string') tap.teardown(database.drop)

/** Everything one comparison is about. */
interface Comparison {
  readonly rules: readonly ScreenedRule[]
  readonly population: Population
  readonly dictionary: Dictionary
  readonly asOf: string
  readonly jurisdiction: string
}

/** Reads one population with all three engines; the lines of the evaluator. */
async function compare(t: Test, about: Comparison, name: string): Promise<Lines> {
  const { client } = database as OwnSchema
  const { rules, population, dictionary, jurisdiction } = about
  const size = [...dictionary.values()].find(({ fact }) => fact.role === 'member-count')
  const asOf = dayOf(about.asOf)
  const screening = compileScreening(rules, { asOf, jurisdiction, size, has: () => true })
  const expected = readWithEvaluator(rules, population, { asOf, jurisdiction, size: size?.name })
  const connection = await duckdbWith(dictionary, population, screening.facts)
  const inDuckdb = await readWithDuckdb(connection, screening)
  const kept = await keptWithDuckdb(connection, screening)
  connection.closeSync()
  await postgresWith(client, dictionary, population)
  const inPostgres = await readWithPostgres(client, dictionary, screening)
  same(t, inDuckdb, expected, `DuckDB: ${name}`)
  same(t, kept, expected.map(withoutMissing), `columns of DuckDB: ${name}`)
  same(t, inPostgres, expected, `PostgreSQL: ${name}`)
  return expected
}

/** Many lines as one assertion; where they differ, the first that do. */
function same(t: Test, found: Lines, expected: Lines, name: string): void {
  const at = expected.findIndex((line, index) => line !== found[index])
  t.strictSame(
    { lines: found.length, first: found[at] },
    { lines: expected.length, first: expected[at] },
    name,
  )
}

/** Rules of random conditions, each with an amount of a random form. */
const ruleSets: fc.Arbitrary<readonly ScreenedRule[]> = rulebooks.chain(({ subject, conditions }) =>
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

function population(
  rules: readonly ScreenedRule[],
  dictionary: Dictionary,
  count: number,
  seed: number,
): Population {
  const random = seeded(seed)
  const conditions = rules.map(({ rule }) => rule.conditions)
  const amounts = rules.flatMap(({ rule }) => rule.entitlement.amount ?? [])
  const turning = turningPoints(conditions, amounts)
  const facts = [...dictionary.values()].filter(
    (fact) => turning.has(fact) || fact.fact.role === 'member-count',
  )
  return Array.from({ length: count }, () => randomHousehold(facts, turning, dayOf(AS_OF), random))
}

/** Lines by outcome, and those with an amount or with missing facts: none may be rare. */
function tally(all: ReadonlyMap<string, number>, lines: Lines): Map<string, number> {
  const counts = new Map(all)
  for (const line of lines) {
    const [, , , outcome, amount, ...missing] = line.split(' ')
    const of = [outcome as string, ...(amount === '-' ? [] : ['amount'])]
    if (missing.length > 0) of.push('missing')
    for (const key of of) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

test('random rules and amounts read alike in all three engines', { skip }, async (t) => {
  let counts = new Map<string, number>()
  for (const [index, rules] of fc.sample(ruleSets, { seed: SEED, numRuns: RULE_SETS }).entries()) {
    const households = population(rules, DICTIONARY, HOUSEHOLDS_A_SET, SEED + index)
    const about = { rules, population: households, dictionary: DICTIONARY, asOf: AS_OF }
    const lines = await compare(t, { ...about, jurisdiction: JURISDICTION }, `rule set ${index}`)
    counts = tally(counts, lines)
    if (!t.passing()) return
  }
  t.comment(counts)
  const all = ['eligible', 'unknown', 'ineligible'].map((key) => counts.get(key) ?? 0)
  const total = all.reduce((sum, count) => sum + count, 0)
  for (const count of all) t.ok(count > total / 10, 'every outcome is met often')
  t.ok((counts.get('amount') ?? 0) > total / 20, 'amounts are met often')
})

test('the shipped rules read alike in all three engines', { skip }, async (t) => {
  const rulebook = shippedRulebook()
  const days = ['2020-06-01', '2016-03-01', '2019-06-01', '2020-03-05']
  for (let run = 0; run < SHIPPED_RUNS; run++) {
    const asOf = days[run % days.length] as string
    const selected = selectRules(rulebook, { asOf, knownAt: KNOWN_WITH_DRAFTS }).jurisdictions
    const { jurisdiction, rules } = selected[run % selected.length] as (typeof selected)[number]
    const households = population(rules, rulebook.dictionary, OF_SHIPPED_RULES, SEED + run)
    const about = { rules, population: households, dictionary: rulebook.dictionary, asOf }
    await compare(t, { ...about, jurisdiction }, `${jurisdiction} on ${asOf}`)
    if (!t.passing()) return
  }
})

test('every worked case reads alike in all three engines', { skip }, async (t) => {
  const rulebook = shippedRulebook()
  const groups = new Map<
    string,
    { comparison: Omit<Comparison, 'population'>; households: Household[] }
  >()
  for (const { programme, jurisdiction, cases } of rulebook.programmes.values()) {
    for (const { asOf, knownAt = KNOWN_WITH_DRAFTS, household } of cases) {
      const question = { asOf, knownAt, programmes: [programme.id] }
      const [selected] = selectRules(rulebook, question).jurisdictions
      if (selected === undefined || !isRequest(asOf, jurisdiction.code, household)) continue
      const key = `${asOf} ${selected.rules[0]?.rule.id}`
      const { rules } = selected
      const comparison = {
        rules,
        dictionary: rulebook.dictionary,
        asOf,
        jurisdiction: jurisdiction.code,
      }
      const group = groups.get(key) ?? { comparison, households: [] }
      group.households.push(household as Household)
      groups.set(key, group)
    }
  }
  for (const [key, { comparison, households }] of groups)
    await compare(t, { ...comparison, population: households }, key)
  t.ok(groups.size >= rulebook.programmes.size, `${groups.size} groups of cases`)
})

/** Some cases show how a household is refused; those have no answer to compare. */
function isRequest(asOf: string, jurisdiction: string, household: unknown): boolean {
  try {
    parseDeterminationRequest(shippedRulebook(), { asOf, jurisdiction, household }, new Date())
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}
