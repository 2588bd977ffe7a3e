import pg, { type Client, DatabaseError } from 'pg'
import { dayOf } from '../model/civil-date.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import { postgres } from './dialects/postgres.js'
import { checkViews, unlessRefused } from './input/check-views.js'
import { InputError } from './input/input-error.js'
import {
  comparableOf,
  describeView,
  type FactView,
  quotedName,
  viewRelation,
} from './input/postgres-views.js'
import { summarise } from './programme-summary.js'
import type { ScreeningSummary } from './screen.js'
import { planFor, type ScreeningPlan } from './screening-plan.js'
import { type ScreeningQuestion, selectRules } from './select-rules.js'
import { quoted } from './to-sql/dialect.js'
import { makeParameters } from './to-sql/render.js'
import { noRows, type Place, rowsSelect, stageStatements } from './to-sql/statements.js'

/** A screening inside PostgreSQL. */
export interface DatabaseScreening extends ScreeningQuestion {
  readonly rulebook: Rulebook
  readonly database: string
  /** Names of two views (or tables), as SQL writes them. */
  readonly households: string
  readonly members: string
  /** The table that is made for the rows; faults go to one named like it with _rejects. */
  readonly into: string
  readonly signal?: AbortSignal
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?$/
const REJECTS = '_rejects'
/** PostgreSQL cuts what is longer, and two tables might get one name. */
const LONGEST_NAME = 63

/**
 * Screens a register where it lies: everything runs in the database, by its own parallel plan (rows
 * are put into their table by one process, as PostgreSQL does), in one transaction. Throws
 * InputError for views that do not fit, for a table that cannot be made and for a connection that
 * is lost; an abort cancels and rolls back.
 */
export async function screenPostgres(screening: DatabaseScreening): Promise<ScreeningSummary> {
  const { database, signal, households, members, into } = screening
  for (const name of [households, members, into])
    if (!NAME.test(name)) throw new InputError(`"${name}" is no name of a table or view`)
  const letters = LONGEST_NAME - REJECTS.length
  if (tableOf(into).length > letters)
    throw new InputError(
      `"${into}" is too long for the name of a table: ${letters} letters at most`,
    )
  const client = quietClient(database)
  await client.connect().catch((error: Error) => {
    throw new InputError(`the database cannot be reached: ${error.message}`)
  })
  // Where no other connection can be had, the run ends after the statement it is at.
  const cancel = () => cancelBackend(database, client).catch(() => {})
  signal?.addEventListener('abort', cancel)
  try {
    return await inTransaction(client, screening)
  } finally {
    signal?.removeEventListener('abort', cancel)
    await client.end()
  }
}

/** A name without its schema. */
function tableOf(name: string): string {
  return name.slice(name.indexOf('.') + 1)
}

async function inTransaction(
  client: Client,
  screening: DatabaseScreening,
): Promise<ScreeningSummary> {
  const { signal } = screening
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    const summary = await run(client, screening)
    // A cancellation that met no running query is not lost.
    signal?.throwIfAborted()
    await client.query('COMMIT')
    return summary
  } catch (error) {
    const isLost = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    )
    signal?.throwIfAborted()
    const { message } = error as Error
    if (isLost) throw new InputError(`the connection to the database was lost: ${message}`)
    if (isRefusal(error)) throw new InputError(`the database refuses: ${message}`)
    throw error
  }
}

/** A schema that is not there, no right to write, a database that is only to be read. */
const REFUSALS = ['3F000', '42501', '25006']

function isRefusal(error: unknown): boolean {
  return error instanceof DatabaseError && REFUSALS.includes(error.code as string)
}

/** A client that says of a lost connection no more than its queries do: unheard it would end the process. */
function quietClient(database: string): Client {
  return new pg.Client(database).on('error', () => {})
}

/** Another connection asks the database to stop what this one waits for. */
async function cancelBackend(database: string, client: Client): Promise<void> {
  const other = quietClient(database)
  await other.connect()
  await other.query('SELECT pg_cancel_backend($1)', [backendOf(client)])
  await other.end()
}

/** The process of the server that works for this connection. */
function backendOf(client: Client): number {
  return (client as Client & { readonly processID: number }).processID
}

/** Tables of a run bear the number of its backend, which no other run has at the same time. */
function refusedTable(client: Client): string {
  return quoted(`huimin ${backendOf(client)} refused`)
}

async function run(client: Client, screening: DatabaseScreening): Promise<ScreeningSummary> {
  const { rulebook, asOf, knownAt } = screening
  const [into, rejects] = [screening.into, `${screening.into}${REJECTS}`].map(quotedName) as [
    string,
    string,
  ]
  await seeFree(client, [into, rejects])
  const views = {
    household: await describeView(client, screening.households, 'household', rulebook.dictionary),
    member: await describeView(client, screening.members, 'member', rulebook.dictionary),
  }
  const { jurisdictions, notInForce } = selectRules(rulebook, screening)
  const checked = await checkViews(client, views, {
    dictionary: rulebook.dictionary,
    asOf: dayOf(asOf),
    into: rejects,
    refused: refusedTable(client),
  })
  const facts = new Set([views.household, views.member].flatMap(comparableOf).map(({ id }) => id))
  const plans = jurisdictions.map((rules) => planFor(rules, screening, facts))
  for (const sql of postgres.prelude) await client.query(sql)
  const scratch = [refusedTable(client)]
  const places = plans.map((plan, index) => placeOf(plan, views, { client, index }))
  for (const [index, { sql }] of plans.entries()) {
    const place = places[index] as Place
    for (const statement of stageStatements(sql, place)) {
      const [, table] = /^CREATE UNLOGGED TABLE (".*") AS$/m.exec(statement.sql) as RegExpExecArray
      await client.query(statement.sql, [...statement.parameters])
      await client.query(`ANALYZE ${table}`)
      scratch.push(table as string)
      screening.signal?.throwIfAborted()
    }
  }
  await writeRows(client, plans, places, into)
  for (const table of scratch) await client.query(`DROP TABLE ${table}`)
  const { rows } = await client.query(
    `SELECT "ruleVersion" AS version, ${counted('eligible')}, ${counted('ineligible')}, ${counted('unknown')}, count("amount")::int AS paid, coalesce(sum("amount"), 0)::numeric(38, 2)::text AS amount FROM ${into} GROUP BY 1`,
  )
  return { asOf, knownAt, ...checked, programmes: summarise(plans, rows), notInForce }
}

function counted(outcome: string): string {
  return `(count(*) FILTER (WHERE "outcome" = '${outcome}'))::int AS ${outcome}`
}

/** Nothing that is there already is written to; it is said before the work, not after it. */
async function seeFree(client: Client, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ readonly name: string }>(
    'SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL',
    [tables],
  )
  const [taken] = rows
  if (taken !== undefined) throw new InputError(`there is a table ${taken.name} already`)
}

function placeOf(
  { sql }: ScreeningPlan,
  views: Readonly<Record<'household' | 'member', FactView>>,
  { client, index }: { client: Client; index: number },
): Place {
  const read = (view: FactView) => {
    const facts = comparableOf(view).filter(({ id }) => sql.facts.includes(id))
    return viewRelation(view, facts, unlessRefused(refusedTable(client)))
  }
  const sources = { household: read(views.household), member: read(views.member) }
  return { dialect: postgres, sources, prefix: `huimin ${backendOf(client)} ${index} ` }
}

/** One statement for all rows: the database may run its parts side by side. */
async function writeRows(
  client: Client,
  plans: readonly ScreeningPlan[],
  places: readonly Place[],
  into: string,
): Promise<void> {
  const parameters = makeParameters()
  const selects = plans.flatMap(({ sql }, index) =>
    sql.rules.map((rule) => rowsSelect(rule, sql, places[index] as Place, parameters).sql),
  )
  if (selects.length === 0) selects.push(noRows(postgres))
  await client.query(`CREATE TABLE ${into} AS ${selects.join('\nUNION ALL ')}`, [
    ...parameters.values,
  ])
}
