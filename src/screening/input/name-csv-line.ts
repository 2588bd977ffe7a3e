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

/**
 * Whether line 1 of a CSV file, where the names must be, is empty: DuckDB would read the names as a
 * row. What cannot be read at all is left to DuckDB to refuse.
 */
export async function startsEmpty(path: string): Promise<boolean> {
  return (await firstLine(path).catch(() => null)) === ''
}

/** How many names the first line of a CSV file holds. */
async function countNames(path: string): Promise<number> {
  const names = await firstLine(path)
  return names.replaceAll(/"[^"]*"/g, '').split(',').length
}

const LONGEST_LINE = 65_536

async function firstLine(path: string): Promise<string> {
  const file = await open(path)
  const { buffer, bytesRead } = await file
    .read({ buffer: Buffer.alloc(LONGEST_LINE) })
    .finally(() => file.close())
  const text = new TextDecoder().decode(buffer.subarray(0, bytesRead))
  return text.split(/[\r\n]/, 1)[0] as string
}
