import type { DuckDBConnection } from '@duckdb/node-api'

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
  /** Sums of the known amounts but for ceilings, in yuan, in the unit of the entitlement. */
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

/** The table that the batches of an impact add to. */
export async function createChanges(connection: DuckDBConnection): Promise<void> {
  const counts = COUNTS.map((name) => `"${name}" BIGINT`).join(', ')
  await connection.run(
    `CREATE TABLE "changes" ("programme" VARCHAR, "dimension" VARCHAR, "value" VARCHAR, ${counts}, "amountBefore" DECIMAL(38, 2), "amountAfter" DECIMAL(38, 2))`,
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
