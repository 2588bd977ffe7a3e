import type { FactDefinition } from '../../engine/fact-definition.js'
import { dateText } from '../../model/civil-date.js'
import { decimalsOf } from '../../model/fact.js'
import { duckdb } from '../dialects/duckdb.js'
import { quoted } from '../to-sql/dialect.js'
import type { Parameters } from '../to-sql/render.js'
import { shapeOf } from '../to-sql/source-column.js'

/** A column of a file as a fact: its value in steps, and the code of its fault, if any. */
export interface ParsedFact {
  readonly fact: FactDefinition
  /** NULL where the fact is unknown or at fault. */
  readonly value: string
  /** NULL where there is none. */
  readonly fault: string
}

/** What a fact's column is held as in a file: text of a CSV file, or a type of Parquet. */
export type FileType = 'text' | 'boolean' | 'whole' | 'decimal' | 'double' | 'date' | 'list'

/** The file type of a DuckDB type, or undefined for one that holds no fact. */
export function fileTypeOf(duckdbType: string): FileType | undefined {
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/.test(duckdbType)) return 'whole'
  if (/^DECIMAL/.test(duckdbType)) return 'decimal'
  return FILE_TYPES[duckdbType]
}

const FILE_TYPES: Readonly<Record<string, FileType>> = {
  VARCHAR: 'text',
  BOOLEAN: 'boolean',
  FLOAT: 'double',
  DOUBLE: 'double',
  DATE: 'date',
  'VARCHAR[]': 'list',
}

/** Reads a column as its fact; what does not fit the dictionary is a fault, never a value. */
export function parseFactSql(
  fact: FactDefinition,
  type: FileType,
  parameters: Parameters,
  latest: number,
): ParsedFact {
  const column = quoted(fact.name)
  const { read, checks } = reading(fact, type, column, parameters, latest)
  const branches = checks.map(([fails, code]) => `WHEN ${fails} THEN '${code}'`).join(' ')
  const fault =
    checks.length === 0 ? 'NULL' : `CASE WHEN ${column} IS NULL THEN NULL ${branches} END`
  const held = duckdb.types[shapeOf(fact).type]
  const fine = ['TRUE', ...checks.map(([fails]) => `NOT ${fails}`)].join(' AND ')
  return { fact, fault, value: `CASE WHEN ${fine} THEN (${read})::${held} END` }
}

/** How a value is read once every check has passed; a check names a fault and when it is one. */
interface Reading {
  readonly read: string
  readonly checks: readonly (readonly [fails: string, code: string])[]
}

function reading(
  fact: FactDefinition,
  type: FileType,
  column: string,
  parameters: Parameters,
  latest: number,
): Reading {
  switch (fact.type) {
    case 'boolean':
      return type === 'boolean'
        ? { read: column, checks: [] }
        : {
            read: `${column}::VARCHAR = 'true'`,
            checks: [[`(${column}::VARCHAR NOT IN ('true', 'false'))`, 'wrong-type']],
          }
    case 'integer':
    case 'decimal':
      return numberReading(fact, type, column)
    case 'date':
      return dateReading(fact, type, column, latest)
    case 'code':
    case 'string':
      return codeReading(fact, column, parameters)
    case 'code-set':
      return setReading(fact, type, column, parameters)
  }
}

function numberReading(fact: FactDefinition, type: FileType, column: string): Reading {
  const scale = BigInt(fact.scale)
  const places = decimalsOf(fact.scale)
  const out = (steps: string) =>
    [`(${steps} NOT BETWEEN ${fact.min} AND ${fact.max})`, 'out-of-range'] as const
  if (type === 'double') {
    const steps = `round(${column} * ${scale})`
    return {
      read: steps,
      checks: [
        [`(NOT isfinite(${column}))`, 'out-of-range'],
        out(steps),
        [`(${steps} / ${scale} <> ${column})`, 'too-many-decimals'],
      ],
    }
  }
  const digits = places === 0 ? '' : `(\\.[0-9]{1,${places}})?`
  const exact = `TRY_CAST(${column} AS DECIMAL(30, 9)) * ${scale}`
  const form: Reading['checks'] =
    type === 'text'
      ? [
          [`(NOT regexp_full_match(${column}, '-?[0-9]{1,16}(\\.[0-9]+)?'))`, 'wrong-type'],
          [`(NOT regexp_full_match(${column}, '-?[0-9]+${digits}'))`, 'too-many-decimals'],
        ]
      : [[`(${exact} IS NULL)`, 'wrong-type']]
  return {
    read: exact,
    checks: [...form, [`(${exact} % 1 <> 0)`, 'too-many-decimals'], out(`(${exact})`)],
  }
}

function dateReading(
  fact: FactDefinition,
  type: FileType,
  column: string,
  latest: number,
): Reading {
  const date = type === 'date' ? column : `TRY_CAST(${column}::VARCHAR AS DATE)`
  const form: Reading['checks'] =
    type === 'date'
      ? [[`(NOT isfinite(${column}))`, 'out-of-range']]
      : [
          [`(NOT regexp_full_match(${column}::VARCHAR, '\\d{4}-\\d{2}-\\d{2}'))`, 'wrong-form'],
          [`(${date} IS NULL)`, 'impossible-date'],
        ]
  const day = (days: number) => `DATE '${dateText(days)}'`
  const late: Reading['checks'] = fact.fact.notAfterAsOf
    ? [[`(${date} > ${day(latest)})`, 'after-as-of']]
    : []
  return {
    read: `${date} - DATE '1970-01-01'`,
    checks: [
      ...form,
      [`(${date} NOT BETWEEN ${day(fact.min)} AND ${day(fact.max)})`, 'out-of-range'],
      ...late,
    ],
  }
}

function codeReading(fact: FactDefinition, column: string, parameters: Parameters): Reading {
  const text = `${column}::VARCHAR`
  const unknown = fact.unknownValues.map((code) => parameters.place(code)).join(', ')
  return {
    read: unknown === '' ? text : `CASE WHEN ${text} IN (${unknown}) THEN NULL ELSE ${text} END`,
    checks: [wrongCode(fact, text, parameters)],
  }
}

function wrongCode(
  { fact }: FactDefinition,
  text: string,
  parameters: Parameters,
): readonly [string, string] {
  if (fact.values !== undefined) {
    const codes = Object.keys(fact.values).map((code) => parameters.place(code))
    return [`(${text} NOT IN (${codes.join(', ')}))`, 'unknown-code']
  }
  const pattern = parameters.place(fact.pattern ?? '^.{1,64}$')
  return [`(length(${text}) > 64 OR NOT regexp_matches(${text}, ${pattern}))`, 'wrong-form']
}

function setReading(
  fact: FactDefinition,
  type: FileType,
  column: string,
  parameters: Parameters,
): Reading {
  const list = type === 'list' ? column : `TRY_CAST(${column}::VARCHAR AS VARCHAR[])`
  const [wrong, code] = wrongCode(fact, 'code', parameters)
  return {
    read: list,
    checks: [
      [
        `(${list} IS NULL OR list_contains(list_transform(${list}, lambda code: code IS NULL), TRUE))`,
        'wrong-type',
      ],
      [`(len(${list}) > 64)`, 'out-of-range'],
      [`(len(list_filter(${list}, lambda code: ${wrong})) > 0)`, code],
      [`(len(list_distinct(${list})) < len(${list}))`, 'repeated-code'],
    ],
  }
}
