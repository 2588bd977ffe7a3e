import type { DuckDBConnection } from '@duckdb/node-api'
import { DuckDBInstance } from '@duckdb/node-api'
import pg, { type Client } from 'pg'
import { isKnown, OPEN, YES } from '../../src/engine/bounds.js'
import { compileProgram } from '../../src/engine/compile.js'
import { evaluate } from '../../src/engine/evaluate.js'
import { numberIn } from '../../src/engine/expression-bounds.js'
import type { Dictionary } from '../../src/engine/fact-definition.js'
import { type HouseholdFacts, NO_MEMBER } from '../../src/engine/fact-values.js'
import { householdFacts } from '../../src/engine/household-facts.js'
import { loadFacts } from '../../src/engine/load-facts.js'
import { missingFacts } from '../../src/engine/missing.js'
import type { PlacedNode, Program } from '../../src/engine/program.js'
import { halfUp } from '../../src/engine/ratio.js'
import type { Entity } from '../../src/model/fact.js'
import type { Household, Member } from '../../src/model/household.js'
import { duckdb } from '../../src/screening/dialects/duckdb.js'
import { postgres } from '../../src/screening/dialects/postgres.js'
import { openAppender } from '../../src/screening/input/append-household.js'
import { comparableFacts, createFactTable, IDS_OF } from '../../src/screening/input/fact-tables.js'
import {
  comparableOf,
  describeView,
  viewRelation,
} from '../../src/screening/input/postgres-views.js'
import { keepOutcomes } from '../../src/screening/keep-outcomes.js'
import type { ScreenedRule } from '../../src/screening/to-sql/rule-to-sql.js'
import type { ScreeningSql } from '../../src/screening/to-sql/screening-sql.js'
import { type Place, rowsSelect, stageStatements } from '../../src/screening/to-sql/statements.js'

/** One line for each rule and subject: what all engines must say alike. */
export type Lines = readonly string[]

/** A population: households by number. */
export type Population = readonly Household[]

/** What the compiled evaluator says. */
export function readWithEvaluator(
  rules: readonly ScreenedRule[],
  population: Population,
  { asOf, jurisdiction, size }: { asOf: number; jurisdiction: string; size: string | undefined },
): Lines {
  const plan = (subject: string) => {
    const own = rules.filter(({ rule }) => rule.subject === subject)
    return { own, program: compileProgram(own.map(({ rule }) => rule.conditions)) }
  }
  const [ofHousehold, ofMember] = [plan('household'), plan('member')]
  return population
    .flatMap((household, number) => {
      const stated = size === undefined ? null : (household[size] as number | null)
      const facts = householdFacts(household, asOf, jurisdiction, stated)
      const members = household.members.map((_, index) => index)
      return [
        ...lines(ofHousehold, facts, NO_MEMBER, number),
        ...members.flatMap((member) => lines(ofMember, facts, member, number)),
      ]
    })
    .sort()
}

function lines(
  { own, program }: { own: readonly ScreenedRule[]; program: Program },
  facts: HouseholdFacts,
  member: number,
  number: number,
): Lines {
  if (own.length === 0) return []
  loadFacts(program, facts)
  if (member !== NO_MEMBER) loadFacts(program, facts, member)
  evaluate(program)
  return own.map(({ rule, attested }, index) => {
    const root = program.roots[index] as PlacedNode
    const byte = attested ? program.bytes[root.byte] : OPEN
    const missing =
      attested && byte === OPEN
        ? [...missingFacts(root, program.bytes, facts, member).keys()].sort()
        : []
    const id = member === NO_MEMBER ? '' : (facts.household.members[member] as Member).id
    const outcome = byte === YES ? 'eligible' : byte === OPEN ? 'unknown' : 'ineligible'
    const amount = byte === YES ? amountOf(rule, facts, member) : null
    return line(number, id, rule.id, outcome, amount, missing)
  })
}

function amountOf(
  { entitlement }: ScreenedRule['rule'],
  facts: HouseholdFacts,
  member: number,
): string | null {
  if (entitlement.amount === null) return null
  const bounds = numberIn(entitlement.amount, facts, member)
  return isKnown(bounds) ? (halfUp(bounds.lo) / 100).toFixed(2) : null
}

/** One line, the same from every engine. */
export function line(
  number: number | string,
  member: string,
  rule: string,
  outcome: string,
  amount: string | null,
  missing: readonly string[],
): string {
  return [String(number).padStart(6, '0'), member, rule, outcome, amount ?? '-', ...missing].join(
    ' ',
  )
}

/** A fresh DuckDB with a population in its fact tables. */
export async function duckdbWith(
  dictionary: Dictionary,
  population: Population,
  ids: readonly string[],
): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const read = (entity: Entity) =>
    comparableFacts(dictionary, entity).filter(({ id }) => ids.includes(id))
  const facts = { household: read('household'), member: read('member') }
  await createFactTable(connection, 'household', facts.household)
  await createFactTable(connection, 'member', facts.member)
  const appender = await openAppender(connection, facts)
  for (const [number, household] of population.entries())
    appender.append(number, String(number), household)
  appender.close()
  return connection
}

const PLACE: Place = {
  dialect: duckdb,
  sources: { household: '"households"', member: '"members"' },
  prefix: '',
}

/** What DuckDB says. */
export async function readWithDuckdb(
  connection: DuckDBConnection,
  screening: ScreeningSql,
): Promise<Lines> {
  for (const { sql, parameters } of stageStatements(screening, PLACE))
    await connection.run(sql, [...parameters])
  const all: string[] = []
  for (const rule of screening.rules) {
    const { sql, parameters } = rowsSelect(rule, screening, PLACE)
    const found = await connection.runAndReadAll(sql, [...parameters])
    for (const [household, member, , version, outcome, amount, missing] of found.getRowsJson()) {
      all.push(
        line(
          household as string,
          (member ?? '') as string,
          version as string,
          outcome as string,
          amount as string | null,
          missing as string[],
        ),
      )
    }
  }
  return all.sort()
}

/** The outcomes that DuckDB keeps column by column; lines without the missing facts. */
export async function keptWithDuckdb(
  connection: DuckDBConnection,
  sql: ScreeningSql,
): Promise<Lines> {
  const all: string[] = []
  for (const { table, subject, rules } of await keepOutcomes(
    connection,
    { jurisdiction: '', sql },
    PLACE,
    true,
  )) {
    const found = await connection.runAndReadAll(`SELECT * FROM "${table}"`)
    for (const row of found.getRowObjectsJson()) {
      for (const [index, { rule }] of rules.entries()) {
        const outcome = OUTCOME_OF.get(row[`outcome ${index}`] as boolean | null) as string
        const amount = (row[`amount ${index}`] ?? null) as string | null
        const member = subject === 'member' ? String(row.memberId) : ''
        all.push(line(String(row.key), member, rule.id, outcome, amount, []))
      }
    }
  }
  return all.sort()
}

const OUTCOME_OF = new Map([
  [true, 'eligible'],
  [false, 'ineligible'],
  [null, 'unknown'],
])

/** A line without its missing facts. */
export function withoutMissing(line: string): string {
  return line.split(' ').slice(0, 5).join(' ')
}

/** A schema of PostgreSQL with a population in two tables that stand for a city's views. */
export async function postgresWith(
  client: Client,
  dictionary: Dictionary,
  population: Population,
): Promise<void> {
  await client.query('DROP TABLE IF EXISTS household, member')
  await createTable(client, dictionary, 'household')
  await createTable(client, dictionary, 'member')
  const households = population.map(({ members: _, ...facts }, number) => ({
    ...facts,
    householdId: String(number),
  }))
  const members = population.flatMap((household, number) =>
    household.members.map(({ id, ...facts }) => ({
      ...facts,
      householdId: String(number),
      memberId: id,
    })),
  )
  await insert(client, 'household', households)
  await insert(client, 'member', members)
}

const TYPES = {
  boolean: 'boolean',
  integer: 'integer',
  decimal: 'numeric(15, 3)',
  date: 'date',
  code: 'text',
  'code-set': 'text[]',
  string: 'text',
} as const

async function createTable(client: Client, dictionary: Dictionary, entity: Entity): Promise<void> {
  const ids = IDS_OF[entity].map((id) => `"${id}" text`)
  const facts = comparableFacts(dictionary, entity).map(
    ({ name, type }) => `"${name}" ${TYPES[type]}`,
  )
  await client.query(`CREATE UNLOGGED TABLE ${entity} (${[...ids, ...facts].join(', ')})`)
}

async function insert(client: Client, table: string, rows: readonly object[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 2000) {
    const some = JSON.stringify(rows.slice(start, start + 2000))
    await client.query(
      `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
      [some],
    )
  }
  await client.query(`ANALYZE ${table}`)
}

/** What PostgreSQL says; its tables are dropped again. */
export async function readWithPostgres(
  client: Client,
  dictionary: Dictionary,
  screening: ScreeningSql,
): Promise<Lines> {
  const relation = async (entity: Entity) => {
    const view = await describeView(client, entity, entity, dictionary)
    const facts = comparableOf(view).filter(({ id }) => screening.facts.includes(id))
    return viewRelation(view, facts, '')
  }
  const sources = { household: await relation('household'), member: await relation('member') }
  const place: Place = { dialect: postgres, sources, prefix: '' }
  await client.query('BEGIN')
  for (const sql of postgres.prelude) await client.query(sql)
  for (const { sql, parameters } of stageStatements(screening, place))
    await client.query(sql, [...parameters]).catch((e) => {
      console.error(e.message, sql.slice(Math.max(0, e.position - 300), e.position + 200))
      throw e
    })
  const all: string[] = []
  for (const rule of screening.rules) {
    const { sql, parameters } = rowsSelect(rule, screening, place)
    const { rows } = await client.query(sql, [...parameters])
    for (const { householdId, memberId, ruleVersion, outcome, amount, missing } of rows)
      all.push(line(householdId, memberId ?? '', ruleVersion, outcome, amount, missing))
  }
  await client.query('ROLLBACK')
  return all.sort()
}

export interface OwnSchema {
  readonly client: Client
  readonly url: string
  readonly schema: string
  readonly drop: () => Promise<void>
}

/** A connection with a schema of its own, or the reason why there is none. */
export async function ownSchema(): Promise<OwnSchema | string> {
  const url = process.env.HUIMIN_TEST_DATABASE ?? 'postgres://postgres@127.0.0.1:5432/test'
  const client = new pg.Client(url)
  try {
    await client.connect()
  } catch {
    return 'no PostgreSQL at 127.0.0.1:5432: apt-get install postgresql'
  }
  const schema = `screening_${process.pid}_${Date.now()}`
  await client.query(`CREATE SCHEMA ${schema}; SET search_path TO ${schema}`)
  const drop = async () => {
    await client.query(`ROLLBACK; DROP SCHEMA ${schema} CASCADE`)
    await client.end()
  }
  return { client, url, schema, drop }
}
