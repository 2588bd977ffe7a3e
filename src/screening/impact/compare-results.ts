import type { DuckDBConnection } from '@duckdb/node-api'
import type { FactDefinition } from '../../engine/fact-definition.js'
import { literal } from '../input/postgres-views.js'
import { quoted } from '../to-sql/dialect.js'

/** What changed for the subjects of one programme, or of one part of its population. */
export interface Change {
  readonly subjects: number
  readonly eligibleBefore: number
  readonly eligibleAfter: number
  /** Entitled now and not before; and the other way round, unknown being neither. */
  readonly gained: number
  readonly lost: number
  /** Entitled before and now, to more or to less. */
  readonly raised: number
  readonly lowered: number
  /** Sums of the known amounts, in yuan, in the unit of the entitlement. */
  readonly amountBefore: number
  readonly amountAfter: number
}

export const COUNTS = [
  'subjects',
  'eligibleBefore',
  'eligibleAfter',
  'gained',
  'lost',
  'raised',
  'lowered',
] as const satisfies readonly (keyof Change)[]

/** One programme, by one dimension (null: in all), for one of its values (null: not known). */
export interface ChangeRow extends Change {
  readonly programme: string
  readonly dimension: string | null
  readonly value: string | null
}

/** The dimension of household sizes, as listed; the largest are one group. */
export const SIZE = 'size'
const LARGEST = 6

/** The table that the batches of an impact add to. */
export async function createChanges(connection: DuckDBConnection): Promise<void> {
  const counts = COUNTS.map((name) => `"${name}" BIGINT`).join(', ')
  await connection.run(
    `CREATE TABLE "changes" ("programme" VARCHAR, "dimension" VARCHAR, "value" VARCHAR, ${counts}, "amountBefore" DECIMAL(38, 2), "amountAfter" DECIMAL(38, 2))`,
  )
}

/** Adds one batch, whose rows stand in the tables `before` and `after`. */
export async function addChanges(
  connection: DuckDBConnection,
  [first, last]: readonly [number, number],
  dimensions: readonly FactDefinition[],
): Promise<void> {
  const within = `"key" BETWEEN ${first} AND ${last}`
  const facts = dimensions
    .map(({ id }) => `, any_value("h".${quoted(id)}) AS ${quoted(id)}`)
    .join('')
  const groups = dimensions.map(({ id }) => quoted(id))
  const names = dimensions
    .map(({ id }) => ` WHEN grouping(${quoted(id)}) = 0 THEN ${literal(id)}`)
    .join('')
  const values = groups.map((group) => `, ${group}::VARCHAR`).join('')
  const sets = ['"size"', ...groups].map((group) => `, ("programme", ${group})`).join('')
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE "groups" AS SELECT "h"."householdId", least(count(*), ${LARGEST}) AS "size"${facts}
     FROM (SELECT * FROM "households" WHERE ${within}) AS "h" JOIN (SELECT "key" FROM "members" WHERE ${within}) AS "m" USING ("key") GROUP BY "h"."householdId"`,
  )
  await connection.run(
    `INSERT INTO "changes"
     SELECT "programme", CASE WHEN grouping("size") = 0 THEN '${SIZE}'${names} END, coalesce("size"::VARCHAR${values}),
       count(*), count(*) FILTER ("was"), count(*) FILTER ("is"),
       count(*) FILTER ("is" AND NOT "was"), count(*) FILTER ("was" AND NOT "is"),
       count(*) FILTER ("is" AND "was" AND "afterAmount" > "beforeAmount"), count(*) FILTER ("is" AND "was" AND "afterAmount" < "beforeAmount"),
       coalesce(sum("beforeAmount"), 0), coalesce(sum("afterAmount"), 0)
     FROM (
       SELECT "programme", "groups".*, coalesce("before"."outcome" = 'eligible', FALSE) AS "was", coalesce("after"."outcome" = 'eligible', FALSE) AS "is",
         "before"."amount" AS "beforeAmount", "after"."amount" AS "afterAmount"
       FROM (SELECT * REPLACE (coalesce("memberId", '') AS "memberId") FROM "before") AS "before"
       FULL JOIN (SELECT * REPLACE (coalesce("memberId", '') AS "memberId") FROM "after") AS "after" USING ("programme", "householdId", "memberId")
       JOIN "groups" USING ("householdId")
     ) AS "pairs"
     GROUP BY GROUPING SETS (("programme")${sets})`,
  )
}

/** The changes of all batches together, in order. */
export async function readChanges(connection: DuckDBConnection): Promise<readonly ChangeRow[]> {
  const sums = [...COUNTS, 'amountBefore', 'amountAfter']
    .map((name) => `sum("${name}")::DOUBLE AS "${name}"`)
    .join(', ')
  const found = await connection.runAndReadAll(
    `SELECT "programme", "dimension", "value", ${sums} FROM "changes" GROUP BY "programme", "dimension", "value" ORDER BY ALL NULLS FIRST`,
  )
  return found.getRowObjectsJson() as unknown as readonly ChangeRow[]
}
