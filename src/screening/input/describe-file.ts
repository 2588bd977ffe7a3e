import { extname } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Dictionary, FactDefinition } from '../../engine/fact-definition.js'
import type { Entity } from '../../model/fact.js'
import { literal, quoted } from '../to-sql/dialect.js'
import { makeParameters, type Parameters } from '../to-sql/render.js'
import { IDS_OF } from './fact-tables.js'
import { type FileFault, InputError } from './input-error.js'
import { CSV_FORM, nameCsvLine, startsEmpty } from './name-csv-line.js'
import { type FileType, fileTypeOf, type ParsedFact, parseFactSql } from './parse-fact-sql.js'

/** One file of a pair, and how its columns are read. */
export interface DescribedFile {
  readonly path: string
  readonly entity: Entity
  /** The relation of its rows, with their line. */
  readonly relation: string
  /** Every fact that has a column: text such as an id number is checked, but never kept. */
  readonly columns: readonly ParsedFact[]
  readonly parameters: Parameters
}

/** What the columns of a file are checked against. */
export interface Described {
  readonly dictionary: Dictionary
  /** Nobody is born after this day. */
  readonly asOf: number
}

/** Whether a file is one half of a pair, by its extension. */
export function isPairFormat(path: string): boolean {
  return ['.parquet', '.csv'].includes(extname(path))
}

/** How DuckDB reads a file; every column of a CSV file is text. */
function relationOf(path: string): string {
  const name = literal(path)
  return extname(path) === '.parquet'
    ? `(SELECT file_row_number + 1 AS "line", * EXCLUDE (file_row_number) FROM read_parquet(${name}, file_row_number = TRUE))`
    : `(SELECT row_number() OVER () + 1 AS "line", * FROM read_csv(${name}, ${CSV_FORM}, all_varchar = TRUE))`
}

/**
 * Reads the columns of a file. Throws InputError for a file that cannot be read, lacks an id, or
 * has columns that are no facts of its entity: each with its fault.
 */
export async function describeFile(
  connection: DuckDBConnection,
  path: string,
  entity: Entity,
  { dictionary, asOf }: Described,
): Promise<DescribedFile> {
  const relation = relationOf(path)
  if (extname(path) === '.csv' && (await startsEmpty(path))) refuse([withoutNames(path)])
  const described = await connection
    .runAndReadAll(`DESCRIBE SELECT * EXCLUDE ("line") FROM ${relation}`)
    .catch(async (error: Error) => unreadable(path)(await nameCsvLine(connection, path, error)))
  const found = described
    .getRowsJson()
    .map(([name, type]) => [String(name), String(type)] as const)
    .map(([name, type]) => ({ name, type, fact: dictionary.get(`${entity}.${name}`) }))
  const ids = IDS_OF[entity]
  refuse(
    ids
      .filter((id) => found.every(({ name }) => name !== id))
      .map((id) => at(path, id, 'required', `there is no column "${id}"`)),
  )
  const others = found.filter(({ name }) => !ids.includes(name))
  refuse(others.flatMap((column) => wrongColumn(path, entity, column)))
  const parameters = makeParameters()
  const columns = others as readonly { readonly type: string; readonly fact: FactDefinition }[]
  const parsed = columns.map(({ fact, type }) =>
    parseFactSql(fact, fileTypeOf(type) as FileType, parameters, asOf),
  )
  return { path, entity, relation, columns: parsed, parameters }
}

/** Reads a file to its end, every column of it. Throws InputError where it is broken; its rows. */
export async function readToEnd(
  connection: DuckDBConnection,
  { path, relation }: Pick<DescribedFile, 'path' | 'relation'>,
): Promise<number> {
  const found = await connection
    .runAndReadAll(`SELECT count(*), count(COLUMNS(* EXCLUDE ("line"))) FROM ${relation}`)
    .catch(unreadable(path))
  return Number(found.getRowsJson()[0]?.[0])
}

/** Turns what DuckDB says of a broken file into an InputError: it would quote lines of the file. */
export function unreadable(path: string): (error: Error) => never {
  return (error) => {
    const { message } = error
    if (!/^(Invalid Input|IO) Error/.test(message) || /no space left/i.test(message)) throw error
    const line = /CSV Error on Line: (\d+)/.exec(message)?.[1]
    const code = /not utf-8/.test(message) ? 'not-utf8' : 'unreadable'
    const fault = { file: path, column: null, code, ...(line && { line: Number(line) }) } as const
    throw new InputError(`${path}: ${message.split('\n')[0]}`, [fault])
  }
}

interface ColumnFault extends FileFault {
  readonly message: string
}

function at(file: string, column: string, code: FileFault['code'], reason: string): ColumnFault {
  return { file, column, code, message: `${file}: ${reason}` }
}

function withoutNames(path: string): ColumnFault {
  const message = `${path}: line 1 is empty; it must hold the names of the columns`
  return { file: path, column: null, code: 'unreadable', line: 1, message }
}

function refuse(faults: readonly ColumnFault[]): void {
  const [first] = faults
  if (first !== undefined)
    throw new InputError(
      first.message,
      faults.map(({ message: _, ...fault }) => fault),
    )
}

function wrongColumn(
  path: string,
  entity: Entity,
  { name, type, fact }: { name: string; type: string; fact: FactDefinition | undefined },
): readonly ColumnFault[] {
  if (fact === undefined)
    return [at(path, name, 'unknown-fact', `${quoted(name)} is no fact of a ${entity}`)]
  const read = fileTypeOf(type)
  const listed = read === 'list' && fact.type !== 'code-set'
  return read === undefined || listed
    ? [at(path, name, 'wrong-type', `${quoted(name)} cannot be read from ${type}`)]
    : []
}
