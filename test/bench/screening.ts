import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { Rule } from '../../src/engine/rule.js'
import { duckdb } from '../../src/screening/dialects/duckdb.js'
import { outcomesSelect, RULES_KEPT_AT_ONCE } from '../../src/screening/to-sql/outcomes-select.js'
import type { Statement } from '../../src/screening/to-sql/render.js'
import type { ScreenedRule } from '../../src/screening/to-sql/rule-to-sql.js'
import { compileScreening, type ScreeningSql } from '../../src/screening/to-sql/screening-sql.js'
import { type Place, stageStatements } from '../../src/screening/to-sql/statements.js'
import { countSelects } from './count-selects.js'
import * as written25 from './hand-written-25.js'
import { type Figure, figure, median } from './measure.js'
import {
  type BenchHousehold,
  FACTS,
  RULE_SETS,
  randomConditions,
  randomHouseholds,
  typedConditions,
} from './workload.js'

const MILLION = 1_000_000
const SAMPLE = 20_000
const ROUNDS = 9
const UNKNOWN = 0.05

const PLACE: Place = {
  dialect: duckdb,
  sources: { household: '"source"', member: '"source"' },
  prefix: '',
}

/** Columns of bounds in memory, both readings of every rule, against functions written by hand. */
export async function benchScreening(): Promise<readonly Figure[]> {
  const [small, large] = RULE_SETS.map(({ rules, seed }) =>
    screeningOf(randomConditions(rules, seed)),
  )
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await fill(connection, 'known', randomHouseholds(SAMPLE, 0, 2), MILLION)
  await fill(connection, 'unknown', randomHouseholds(SAMPLE, UNKNOWN, 1), MILLION)
  const times = new Map<string, number[]>()
  const time = async (name: string, work: () => Promise<void> | void) => {
    // What was thrown away before is cleared now, not on the second core during the measurement.
    global.gc?.()
    const start = performance.now()
    await work()
    times.set(name, [...(times.get(name) ?? []), performance.now() - start])
  }
  await decideByHand(time)
  // Written once for any number of households.
  const counting = countSelects(small as ScreeningSql, PLACE)
  const countingLarge = countSelects(large as ScreeningSql, PLACE)
  const keeping = keepStatements(small as ScreeningSql)
  const threads = (count: number) => connection.run(`SET threads = ${count}`)
  // What is compared stands in one round: the machine is as slow for the one as for the other.
  for (let round = 0; round < ROUNDS; round++) {
    for (const table of ['known', 'unknown']) {
      await bounds(connection, small as ScreeningSql, table)
      await time(`${table} two`, () => runAll(connection, counting))
      await threads(1)
      await time(`${table} one`, () => runAll(connection, counting))
      await threads(2)
    }
    await time('kept', () => runAll(connection, keeping))
    await bounds(connection, large as ScreeningSql, 'unknown')
    await time('large', () => runAll(connection, countingLarge))
  }
  // Last: beside its seven gigabytes everything else is slower.
  await fill(connection, 'ten', randomHouseholds(SAMPLE, UNKNOWN, 1), 10 * MILLION)
  for (let round = 0; round < 2; round++) {
    await bounds(connection, small as ScreeningSql, 'ten')
    const before = process.memoryUsage().rss
    await time('ten', () => runAll(connection, counting))
    const grown = (process.memoryUsage().rss - before) / 2 ** 20
    console.log(`screening, memory of counting ten million: ${grown.toFixed(0)} MiB more`)
  }
  return report(times)
}

function screeningOf(conditions: Parameters<typeof typedConditions>[0]): ScreeningSql {
  const rules = typedConditions(conditions).map(
    (condition, index): ScreenedRule => ({
      attested: true,
      rule: {
        id: `bench/rule@${index}`,
        version: { programme: `bench/rule-${index}` },
        subject: 'household',
        conditions: condition,
        entitlement: { amount: null },
      } as unknown as Rule,
    }),
  )
  const circumstances = { asOf: 18_414, jurisdiction: '990025', size: undefined, has: () => true }
  return compileScreening(rules, circumstances)
}

/** A table of source columns: a sample of households, repeated in another order each time. */
async function fill(
  connection: DuckDBConnection,
  name: string,
  sample: readonly BenchHousehold[],
  count: number,
): Promise<void> {
  const types = { integer: 'TINYINT', code: 'VARCHAR', boolean: 'BOOLEAN' } as const
  const columns = FACTS.map(({ id, type }) => `"${id}" ${types[type as keyof typeof types]}`)
  await connection.run(`CREATE OR REPLACE TABLE "sample" ("row" INTEGER, ${columns.join(', ')})`)
  const appender = await connection.createAppender('sample')
  for (const [row, household] of sample.entries()) {
    appender.appendInteger(row)
    for (const { id, type } of FACTS) {
      const value = household[id.slice('household.'.length)]
      if (value === null) appender.appendNull()
      else if (type === 'integer') appender.appendTinyInt(value as number)
      else if (type === 'boolean') appender.appendBoolean(value as boolean)
      else appender.appendVarchar(value as string)
    }
    appender.endRow()
  }
  appender.closeSync()
  const facts = FACTS.map(({ id }) => `"${id}"`).join(', ')
  await connection.run(
    `CREATE TABLE "${name}" AS SELECT "key", "key"::VARCHAR AS "householdId", ${facts}
     FROM (SELECT unnest(range(${count})) AS "key") JOIN "sample" ON "row" = ("key" * 7919 + "key" // ${sample.length}) % ${sample.length}`,
  )
}

async function bounds(connection: DuckDBConnection, screening: ScreeningSql, table: string) {
  const place = { ...PLACE, sources: { household: `"${table}"`, member: `"${table}"` } }
  for (const { sql, parameters } of stageStatements(screening, place))
    await connection.run(sql, [...parameters])
}

async function runAll(connection: DuckDBConnection, all: readonly Statement[]): Promise<void> {
  for (const { sql, parameters } of all) await connection.run(sql, [...parameters])
}

/** The outcome of every rule and household as a column, kept. */
function keepStatements(screening: ScreeningSql): readonly Statement[] {
  const { rules } = screening
  return Array.from({ length: Math.ceil(rules.length / RULES_KEPT_AT_ONCE) }, (_, index) => {
    const first = index * RULES_KEPT_AT_ONCE
    const some = rules.slice(first, first + RULES_KEPT_AT_ONCE)
    const { sql, parameters } = outcomesSelect(some, screening, PLACE, false)
    return { sql: `${duckdb.keep(`outcomes ${index}`)} ${sql}`, parameters }
  })
}

type Time = (name: string, work: () => Promise<void> | void) => Promise<void>

/** A million objects and functions written by hand; first, so that nothing of it stays in memory. */
async function decideByHand(time: Time): Promise<void> {
  const households = randomHouseholds(MILLION, 0, 2)
  const verdicts = new Uint8Array(25)
  for (let round = 0; round < ROUNDS; round++)
    await time('hand', () => {
      for (const household of households) written25.decide(household as never, verdicts)
    })
}

function report(times: ReadonlyMap<string, readonly number[]>): readonly Figure[] {
  const of = (name: string) => median(times.get(name) ?? [])
  /** The middle of the ratios of two times of the same rounds. */
  const inRounds = (one: string, other: string) => {
    const others = times.get(other) ?? []
    const ratios = (times.get(one) ?? []).map((time, round) => time / (others[round] as number))
    return median(ratios)
  }
  for (const [name, all] of times) console.log(`screening, ${name}: ${median(all).toFixed(0)} ms`)
  return [
    figure(
      'screening: 25 rules, all known, of hand-written',
      of('hand') / of('known one'),
      'of its rate',
      { atLeast: 0.45 },
    ),
    figure(
      'screening: 25 rules, 5 % unknown, of hand-written',
      of('hand') / of('unknown one'),
      'of its rate',
      { atLeast: 0.45 },
    ),
    figure('screening: what unknown facts cost', inRounds('unknown one', 'known one'), 'times', {
      atMost: 1.1,
    }),
    figure('screening: two threads against one', inRounds('unknown one', 'unknown two'), 'times', {
      atLeast: 1.6,
    }),
    figure('screening: outcomes kept against counted', inRounds('kept', 'unknown two'), 'times', {
      atMost: 1.5,
    }),
    figure('screening: ten million against one', of('ten') / of('unknown two'), 'times', {
      atMost: 11,
    }),
    figure('screening: 200 rules against 25', inRounds('large', 'unknown two'), 'times', {
      atMost: 10,
    }),
  ]
}
