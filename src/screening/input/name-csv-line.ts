import { open } from 'node:fs/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { literal } from '../to-sql/dialect.js'

/** How every CSV file is read (RFC 4180): line 1 holds the names, and no line is left out that does not fit. */
export const CSV_FORM = `header = TRUE, skip = 0, strict_mode = TRUE, delim = ',', quote = '"', escape = '"'`

/**
 * The error of a CSV file with the line at which it is broken. DuckDB looks at the begin of a file
 * before it reads it, and what does not fit there it refuses without a line; all else stays as it is.
 */
export async function nameCsvLine(
  connection: DuckDBConnection,
  path: string,
  error: Error,
): Promise<Error> {
  if (!/^Invalid Input Error: Error when sniffing/.test(error.message)) return error
  const names = Array.from({ length: await countNames(path) }, (_, at) => `'${at}': 'VARCHAR'`)
  const columns = `auto_detect = FALSE, columns = {${names.join(', ')}}`
  return connection
    .run(`SELECT count(COLUMNS(*)) FROM read_csv(${literal(path)}, ${CSV_FORM}, ${columns})`)
    .then(
      () => error,
      (found: Error) => (/CSV Error on Line/.test(found.message) ? found : error),
    )
}

const LONGEST_NAMES = 65_536

/** How many names the first line of a CSV file holds. */
async function countNames(path: string): Promise<number> {
  const file = await open(path)
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(LONGEST_NAMES) })
  await file.close()
  const [names] = buffer
    .toString('utf8', 0, bytesRead)
    .trimStart()
    .split(/[\r\n]/, 1) as [string]
  return names.replaceAll(/"[^"]*"/g, '').split(',').length
}
