import type { Client } from 'pg'
import type { Dictionary, FactDefinition } from '../../engine/fact-definition.js'
import { type Entity, factName } from '../../model/fact.js'
import { postgres } from '../dialects/postgres.js'
import { literal, quoted } from '../to-sql/dialect.js'
import { shapeOf } from '../to-sql/source-column.js'
import { IDS_OF, isComparable } from './fact-tables.js'
import { InputError } from './input-error.js'

/** A view of facts in PostgreSQL. */
export interface FactView {
  /** Quoted. */
  readonly name: string
  readonly entity: Entity
  /** Every fact that has a column. */
  readonly facts: readonly FactDefinition[]
}

/** Types a column of a fact may have, as format_type names them without length. */
const TYPES: Readonly<Record<FactDefinition['type'], readonly string[]>> = {
  boolean: ['boolean'],
  integer: ['smallint', 'integer', 'bigint'],
  decimal: ['smallint', 'integer', 'bigint', 'numeric'],
  date: ['date'],
  code: ['text', 'character varying', 'character'],
  'code-set': ['text[]', 'character varying[]'],
  string: ['text', 'character varying'],
}
const TEXT = ['text', 'character varying', 'character', 'uuid', 'smallint', 'integer', 'bigint']

/** A name that is written without quotes, in quotes: keywords are names too, and letters are small. */
export function quotedName(name: string): string {
  return name.toLowerCase().split('.').map(quoted).join('.')
}

/** Reads the columns of a view; throws InputError for one that is no fact or of another type. */
export async function describeView(
  client: Client,
  name: string,
  entity: Entity,
  dictionary: Dictionary,
): Promise<FactView> {
  const { rows } = await client
    .query<{ name: string; type: string }>(
      `SELECT attname AS name, regexp_replace(format_type(atttypid, atttypmod), '[(][0-9,]+[)]', '') AS type
       FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
      [quotedName(name)],
    )
    .catch((error: Error) => {
      throw new InputError(`${name}: ${error.message}`)
    })
  const types = new Map(rows.map((row) => [row.name, row.type]))
  for (const id of IDS_OF[entity]) check(name, id, types.get(id), TEXT)
  const others = [...types.keys()].filter((column) => !IDS_OF[entity].includes(column))
  const facts = others.map((column) => {
    const fact = dictionary.get(`${entity}.${column}`)
    if (fact === undefined) throw new InputError(`${name}: "${column}" is no fact of a ${entity}`)
    check(name, column, types.get(column), TYPES[fact.type])
    return fact
  })
  return { name: quotedName(name), entity, facts }
}

function check(
  view: string,
  column: string,
  type: string | undefined,
  wanted: readonly string[],
): void {
  if (type !== undefined && wanted.includes(type)) return
  const found = type === undefined ? 'is missing' : `is ${type}`
  throw new InputError(`${view}: "${column}" ${found}; it must be ${wanted.join(' or ')}`)
}

/** The facts of a view that can be compared. */
export function comparableOf({ facts }: FactView): readonly FactDefinition[] {
  return facts.filter(isComparable)
}

/** A relation with `key`, the ids, and these facts in steps; values must have been checked. */
export function viewRelation(
  { name, entity }: FactView,
  facts: readonly FactDefinition[],
  tested: string,
): string {
  const ids = IDS_OF[entity].map((id) => `${quoted(id)}::text AS ${quoted(id)}`)
  const columns = facts.map((fact) => `${inSteps(fact)} AS ${quoted(fact.id)}`)
  const list = ['"householdId"::text AS "key"', ...ids, ...columns].join(', ')
  return `(SELECT ${list} FROM ${name}${tested})`
}

function inSteps(fact: FactDefinition): string {
  const column = quoted(factName(fact.id))
  const type = postgres.types[shapeOf(fact).type]
  switch (fact.type) {
    case 'boolean':
      return column
    case 'integer':
      return `${column}::${type}`
    case 'decimal':
      return `(${column}::numeric * ${fact.scale})::${type}`
    case 'date':
      return `(${column} - DATE '1970-01-01')::${type}`
    case 'code':
    case 'string':
      return fact.unknownValues.reduce(
        (text, code) => `nullif(${text}, ${literal(code)})`,
        `${column}::text`,
      )
    case 'code-set':
      return `${column}::text[]`
  }
}
