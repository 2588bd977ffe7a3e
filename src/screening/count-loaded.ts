import type { DuckDBConnection } from '@duckdb/node-api'

/** How much of a population was loaded, and how much was left out. */
export interface LoadedCounts {
  readonly households: number
  readonly members: number
  /** Households left out because of a fault. */
  readonly rejected: number
}

/** Counts the fact tables and the households that were refused. */
export async function countLoaded(connection: DuckDBConnection): Promise<LoadedCounts> {
  return {
    households: await countRows(connection, 'households'),
    members: await countRows(connection, 'members'),
    rejected: await countRows(connection, 'refused'),
  }
}

/** How many rows a table has. */
export async function countRows(connection: DuckDBConnection, table: string): Promise<number> {
  const found = await connection.runAndReadAll(`SELECT count(*) FROM "${table}"`)
  return Number(found.getRowsJson()[0]?.[0])
}
