import type { DuckDBConnection } from '@duckdb/node-api'
import { ENTITIES } from '../model/fact.js'
import type { Batch } from './batches.js'
import { duckdb } from './dialects/duckdb.js'
import type { ScreeningPlan } from './screening-plan.js'
import { outcomesSelect, RULES_KEPT_AT_ONCE } from './to-sql/outcomes-select.js'
import type { RuleSql } from './to-sql/rule-to-sql.js'
import { type Place, stageStatements } from './to-sql/statements.js'

/** A table of outcomes and amounts, one column each for the rules at their places. */
export interface KeptOutcomes {
  readonly table: string
  readonly subject: RuleSql['rule']['subject']
  readonly rules: readonly RuleSql[]
}

/** Where the tables of one plan stand for one batch; tables of another prefix stay apart. */
export function placeOf([first, last]: Batch, prefix: string): Place {
  const within = (name: string) =>
    `(SELECT * FROM "${name}" WHERE "key" BETWEEN ${first} AND ${last})`
  const sources = { household: within('households'), member: within('members') }
  return { dialect: duckdb, sources, prefix }
}

/**
 * Screens one batch by one plan: makes its tables of bounds, and keeps the outcome of every rule
 * in tables of some rules each; `keyed` where one is to be joined with another.
 */
export async function keepOutcomes(
  connection: DuckDBConnection,
  { sql }: ScreeningPlan,
  place: Place,
  keyed: boolean,
): Promise<readonly KeptOutcomes[]> {
  for (const stage of stageStatements(sql, place))
    await connection.run(stage.sql, [...stage.parameters])
  const kept = tablesOf(sql.rules, place)
  for (const { table, rules } of kept) {
    const select = outcomesSelect(rules, sql, place, keyed)
    await connection.run(`${duckdb.keep(table)} ${select.sql}`, [...select.parameters])
  }
  return kept
}

function tablesOf(all: readonly RuleSql[], { prefix }: Place): readonly KeptOutcomes[] {
  return ENTITIES.flatMap((subject) => {
    const own = all.filter(({ rule }) => rule.subject === subject)
    const count = Math.ceil(own.length / RULES_KEPT_AT_ONCE)
    const each = Math.ceil(own.length / count)
    return Array.from({ length: count }, (_, index) => ({
      table: `${prefix}outcomes ${subject} ${index}`,
      subject,
      rules: own.slice(index * each, (index + 1) * each),
    }))
  })
}
