import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { literal } from '../../screening/input/postgres-views.js'
import { FORMATS } from '../../screening/output.js'
import { openWorkspace, writeWhole } from '../../screening/workspace.js'
import { FILES } from './screening-record.js'

/** The formats of a download, with their media types. */
export const RESULT_TYPES = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
} as const
export type ResultFormat = keyof typeof RESULT_TYPES

/** The format asked for by name, else the first of `Accept` that is one; NDJSON by default. */
export function chooseFormat(named: ResultFormat | undefined, accept = ''): ResultFormat {
  const wanted = accept.split(',').map((part) => part.split(';')[0]?.trim())
  const formats = Object.keys(RESULT_TYPES) as ResultFormat[]
  const typeOf = (format: ResultFormat) => RESULT_TYPES[format].split(';')[0]
  const places = formats
    .map((format) => ({ format, place: wanted.indexOf(typeOf(format)) }))
    .filter(({ place }) => place >= 0)
    .sort((a, b) => a.place - b.place)
  return named ?? places[0]?.format ?? 'ndjson'
}

const CONVERTING = new Map<string, Promise<string>>()

/** The path of a finished screening's results in a format; written by DuckDB when first asked for. */
export function resultsFile(folder: string, format: ResultFormat): Promise<string> {
  const path = join(folder, `results.${format}`)
  const before = CONVERTING.get(path)
  if (before !== undefined) return before
  const converting = convert(folder, path, format).finally(() => CONVERTING.delete(path))
  CONVERTING.set(path, converting)
  return converting
}

async function convert(folder: string, path: string, format: ResultFormat): Promise<string> {
  if (existsSync(path)) return path
  const { connection, close } = await openWorkspace({ folder, threads: 1, memory: '256MB' })
  try {
    const rows = `SELECT * FROM read_parquet(${literal(join(folder, FILES.results))})`
    await writeWhole(path, async (unfinished) => {
      await connection.run(`COPY (${rows}) TO ${literal(unfinished)} (${FORMATS[`.${format}`]})`)
    })
    return path
  } finally {
    close()
  }
}
