import { copyFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { duckdb } from './dialects/duckdb.js'
import type { ScreeningPlan } from './screening-plan.js'
import { literal } from './to-sql/dialect.js'
import { noRows, type Place, rowsSelect } from './to-sql/statements.js'

/** How DuckDB writes a file, by its extension. */
export const FORMATS: Readonly<Record<string, string>> = {
  '.parquet': 'FORMAT parquet',
  '.csv': 'FORMAT csv, HEADER',
  '.ndjson': 'FORMAT json',
}

/** Rows of every rule and subject, written part by part and joined to one file at the end. */
export interface RowsWriter {
  /** Adds the rows of one plan, whose tables of bounds stand in this place. */
  readonly add: (plan: ScreeningPlan, place: Place) => Promise<void>
  /** Writes what was added to `path` in the format of `extension`: CSV, NDJSON or Parquet. */
  readonly finish: (path: string, extension: string) => Promise<void>
}

/** Parts wait in the folder as Parquet, so that memory need not hold them. */
export function openRows(connection: DuckDBConnection, folder: string): RowsWriter {
  const parts: string[] = []
  const copy = (rows: string, path: string, format: string, values: readonly string[] = []) =>
    connection.run(`COPY (${rows}) TO ${literal(path)} (${FORMATS[format]})`, [...values])
  return {
    add: async ({ sql }, place) => {
      // One file for each rule: a UNION of them all is written five times slower.
      for (const rule of sql.rules) {
        const rows = rowsSelect(rule, sql, place)
        const part = join(folder, `part-${parts.length}.parquet`)
        await copy(rows.sql, part, '.parquet', rows.parameters)
        parts.push(part)
      }
    },
    finish: async (path, extension) => {
      const [only, ...others] = parts
      if (only !== undefined && others.length === 0 && extension === extname(only))
        return copyFileSync(only, path)
      const list = parts.map(literal).join(', ')
      const rows = only === undefined ? noRows(duckdb) : `SELECT * FROM read_parquet([${list}])`
      await copy(rows, path, extension)
    },
  }
}
