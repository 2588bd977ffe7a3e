import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { literal } from '../../screening/to-sql/dialect.js'
import { openWorkspace } from '../../screening/workspace.js'
import { FORMATS } from '../../screening/write-rows.js'
import { FILES } from './screening-record.js'

/** The formats of a download, with their media types. */
export const RESULT_TYPES = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
} as const
export type ResultFormat = keyof typeof RESULT_TYPES
const NAMES = Object.keys(RESULT_TYPES) as readonly ResultFormat[]

/** The format asked for by name, else the first of `Accept` that is one; NDJSON by default. */
export function chooseFormat(named: ResultFormat | undefined, accept = ''): ResultFormat {
  const wanted = accept.split(',').map((part) => part.split(';')[0]?.trim())
  const accepted = wanted.map((type) =>
    NAMES.find((name) => RESULT_TYPES[name].split(';')[0] === type),
  )
  return named ?? accepted.find((name) => name !== undefined) ?? 'ndjson'
}

/** Rows that are written out at once: some tens of megabytes of text, ten times the Parquet file. */
const SLICE = 250_000

/**
 * The results of a finished screening in a format. They are kept as Parquet; DuckDB writes the
 * others slice by slice while they are sent, so that neither memory nor the disk holds them whole.
 */
export function resultsStream(folder: string, format: ResultFormat, slice = SLICE): Readable {
  const results = join(folder, FILES.results)
  if (format === 'parquet') return createReadStream(results)
  return Readable.from(converted({ folder, results, format, slice }), { objectMode: false })
}

interface Conversion {
  readonly folder: string
  readonly results: string
  readonly format: 'csv' | 'ndjson'
  readonly slice: number
}

async function* converted({ folder, results, format, slice }: Conversion): AsyncGenerator<Buffer> {
  const resources = { folder, threads: 1, memory: '256MB' }
  const { connection, folder: own, close } = await openWorkspace(resources)
  try {
    const found = await connection.runAndReadAll(
      `SELECT count(*) FROM read_parquet(${literal(results)})`,
    )
    const total = Number(found.getRowsJson()[0]?.[0])
    const part = join(own, `part.${format}`)
    for (let from = 0; from === 0 || from < total; from += slice) {
      const header = format === 'csv' && from > 0 ? ' FALSE' : ''
      await connection.run(
        `COPY (SELECT * EXCLUDE ("file_row_number") FROM read_parquet(${literal(results)}, file_row_number = TRUE)
         WHERE "file_row_number" >= ${from} AND "file_row_number" < ${from + slice})
         TO ${literal(part)} (${FORMATS[`.${format}`]}${header})`,
      )
      yield* createReadStream(part) as AsyncIterable<Buffer>
      await rm(part)
    }
  } finally {
    close()
  }
}
