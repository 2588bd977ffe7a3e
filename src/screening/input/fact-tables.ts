import type { DuckDBConnection } from '@duckdb/node-api'
import type { Dictionary, FactDefinition } from '../../engine/fact-definition.js'
import type { Entity } from '../../model/fact.js'
import { duckdb } from '../dialects/duckdb.js'
import { quoted } from '../to-sql/dialect.js'
import { shapeOf } from '../to-sql/source-column.js'

/** Tables of checked facts: numbers in steps, dates in days, codes as text, NULL for unknown. */
export const TABLE_OF: Readonly<Record<Entity, string>> = {
  household: 'households',
  member: 'members',
}

/** What a source gave: its checked facts stand in the fact tables, its faults in `rejects`. */
export interface Loaded {
  /** The facts that have a column. */
  readonly facts: ReadonlySet<FactDefinition>
}

/** The columns of a fact table that are no facts. */
export const IDS_OF: Readonly<Record<Entity, readonly string[]>> = {
  household: ['householdId'],
  member: ['householdId', 'memberId'],
}

/** Whether a fact can be compared; text such as an id number is checked, but never kept. */
export function isComparable({ type }: FactDefinition): boolean {
  return type !== 'string'
}

/** The facts of one entity that can be compared. */
export function comparableFacts(dictionary: Dictionary, entity: Entity): readonly FactDefinition[] {
  return [...dictionary.values()].filter((fact) => fact.entity === entity && isComparable(fact))
}

/** Creates an empty fact table with these facts as columns. */
export async function createFactTable(
  connection: DuckDBConnection,
  entity: Entity,
  facts: readonly FactDefinition[],
): Promise<void> {
  const ids = IDS_OF[entity].map((name) => `${quoted(name)} VARCHAR`)
  const columns = facts.map((fact) => `${quoted(fact.id)} ${duckdb.types[shapeOf(fact).type]}`)
  const list = ['"key" BIGINT', ...ids, ...columns].join(', ')
  await connection.run(`CREATE OR REPLACE TABLE ${quoted(TABLE_OF[entity])} (${list})`)
}
