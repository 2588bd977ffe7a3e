import type { DuckDBConnection } from '@duckdb/node-api'
import type { KeptOutcomes } from './keep-outcomes.js'
import type { OutcomeCount } from './programme-summary.js'
import { literal, quoted } from './to-sql/dialect.js'
import { amountColumn, outcomeColumn, pays } from './to-sql/outcomes-select.js'
import type { RuleSql } from './to-sql/rule-to-sql.js'

/** The table that the batches of a screening add their counts to. */
export async function createCounts(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    'CREATE TABLE "counts" ("ruleVersion" VARCHAR, "eligible" BIGINT, "ineligible" BIGINT, "unknown" BIGINT, "paid" BIGINT, "amount" DECIMAL(38, 2))',
  )
}

/** Adds what one table of outcomes says. */
export async function addCounts(
  connection: DuckDBConnection,
  { table, rules }: KeptOutcomes,
): Promise<void> {
  const counted = rules.map(
    (rule, index) => `{"version": ${literal(rule.rule.id)}, ${countsOf(rule, index)}}`,
  )
  await connection.run(
    `INSERT INTO "counts" SELECT unnest("each", recursive := true)
     FROM (SELECT unnest([${counted.join(', ')}]) AS "each" FROM ${quoted(table)})`,
  )
}

function countsOf(rule: RuleSql, index: number): string {
  const outcome = outcomeColumn(index)
  const amount = pays(rule) ? amountColumn(index) : 'NULL::DECIMAL(18, 2)'
  return [
    `"eligible": count(*) FILTER (WHERE ${outcome})`,
    `"ineligible": count(*) FILTER (WHERE NOT ${outcome})`,
    `"unknown": count(*) FILTER (WHERE ${outcome} IS NULL)`,
    `"paid": count(${amount})`,
    `"amount": coalesce(sum(${amount}), 0)::DECIMAL(38, 2)`,
  ].join(', ')
}

/** The counts of all batches together. */
export async function readCounts(connection: DuckDBConnection): Promise<readonly OutcomeCount[]> {
  const found = await connection.runAndReadAll(
    'SELECT "ruleVersion", sum("eligible")::BIGINT, sum("ineligible")::BIGINT, sum("unknown")::BIGINT, sum("paid")::BIGINT, sum("amount")::VARCHAR FROM "counts" GROUP BY "ruleVersion"',
  )
  return found.getRowsJson().map(([version, eligible, ineligible, unknown, paid, amount]) => ({
    version: String(version),
    eligible: Number(eligible),
    ineligible: Number(ineligible),
    unknown: Number(unknown),
    paid: Number(paid),
    amount: String(amount),
  }))
}
