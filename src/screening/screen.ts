import { extname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Dictionary } from '../engine/fact-definition.js'
import { dayOf } from '../model/civil-date.js'
import type { NotInForce } from '../model/determination.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import { duckdb } from './dialects/duckdb.js'
import { isPairFormat } from './input/describe-file.js'
import { InputError } from './input/input-error.js'
import { loadFiles } from './input/load-files.js'
import { loadNdjson } from './input/load-ndjson.js'
import type { Loaded } from './input/loaded.js'
import { literal } from './input/postgres-views.js'
import { FORMATS, writeRejects } from './output.js'
import { type ProgrammeSummary, summaryOf } from './programme-summary.js'
import { type JurisdictionRules, type Question, selectRules } from './select-rules.js'
import { compileScreening, type ScreeningSql } from './to-sql/screening-sql.js'
import { type Place, rowsSelect, stageStatements } from './to-sql/statements.js'
import { openWorkspace, type Resources, writeWhole } from './workspace.js'

/** How far a run has come. */
export interface Progress {
  readonly phase: 'loading' | 'screening' | 'writing'
  /** Households. */
  readonly done: number
  readonly total: number
}

/** A screening of files. */
export interface FileScreening extends Question, Resources {
  readonly rulebook: Rulebook
  /** Parquet or CSV with `members`, NDJSON alone. */
  readonly households: string
  readonly members?: string
  /** Parquet, CSV or NDJSON by its extension; absent: only the summary. */
  readonly out?: string
  /** Where faults of the input go, as NDJSON; absent: they are only counted. */
  readonly rejects?: string
  readonly sample?: number
  /** Households that are screened at once: more of them need more memory. */
  readonly batch?: number
  readonly progress?: (progress: Progress) => void
  /** Told of the facts as soon as they stand in the fact tables. */
  readonly loaded?: (loaded: Loaded, connection: DuckDBConnection) => Promise<void>
}

/** What a screening found, programme by programme. */
export interface ScreeningSummary {
  readonly asOf: string
  readonly knownAt: string
  readonly households: number
  readonly members: number
  /** Households left out because of a fault. */
  readonly rejected: number
  readonly faults: number
  readonly programmes: readonly ProgrammeSummary[]
  readonly notInForce: readonly NotInForce[]
}

/** Households that are screened at once where nobody says otherwise. */
const BATCH = 100_000

/**
 * Screens a population in files: one row for each programme and subject goes to `out`, whole or
 * not at all. Throws InputError for a source that cannot be read; an abort rejects.
 */
export async function screen(screening: FileScreening): Promise<ScreeningSummary> {
  const { rulebook, out, signal, progress } = screening
  checkOutput(out)
  const { jurisdictions, notInForce } = selectRules(rulebook, screening)
  const workspace = await openWorkspace(screening)
  const { connection } = workspace
  try {
    progress?.({ phase: 'loading', done: 0, total: 0 })
    const loaded = await load(connection, screening)
    signal?.throwIfAborted()
    await screening.loaded?.(loaded, connection)
    const plans: ScreeningPlan[] = []
    for (const rules of jurisdictions) {
      plans.push(planFor(rules, screening, loaded))
      // Compiling takes a while: others have their turn.
      await setImmediate()
    }
    const programmes = await screenBatches(connection, plans, screening, workspace.folder)
    const counts = await counted(connection)
    if (screening.rejects !== undefined)
      await writeWhole(screening.rejects, (path) => writeRejects(connection, path))
    return {
      asOf: screening.asOf,
      knownAt: screening.knownAt,
      ...counts,
      programmes,
      notInForce,
    }
  } catch (error) {
    // What DuckDB says of an interrupted query is of no use to anybody.
    signal?.throwIfAborted()
    throw error
  } finally {
    workspace.close()
  }
}

function checkOutput(out: string | undefined): void {
  if (out === undefined || FORMATS[extname(out)] !== undefined) return
  throw new InputError(`${out}: one of ${Object.keys(FORMATS).join(', ')} is needed`)
}

/** Loads the facts of a population into the fact tables. */
export async function load(
  connection: DuckDBConnection,
  screening: Pick<
    FileScreening,
    'rulebook' | 'asOf' | 'households' | 'members' | 'sample' | 'signal' | 'progress'
  >,
): Promise<Loaded> {
  const { households, members, rulebook, asOf } = screening
  if (isPairFormat(households)) {
    if (members === undefined) throw new InputError(`${households}: its members are needed as well`)
    if (!isPairFormat(members)) throw new InputError(`${members}: .parquet or .csv is needed`)
    const { dictionary } = rulebook
    return loadFiles(connection, { ...screening, members, dictionary, asOf: dayOf(asOf) })
  }
  if (extname(households) === '.ndjson') return loadNdjson(connection, screening)
  throw new InputError(`${households}: .parquet, .csv or .ndjson is needed`)
}

/** The rules of one jurisdiction, compiled for the facts there are. */
export interface ScreeningPlan {
  readonly jurisdiction: string
  readonly sql: ScreeningSql
}

/** Compiles the rules of one jurisdiction. */
export function planFor(
  { jurisdiction, rules }: JurisdictionRules,
  { rulebook, asOf }: { readonly rulebook: Rulebook; readonly asOf: string },
  { facts }: { readonly facts: ReadonlySet<string> | Loaded['facts'] },
): ScreeningPlan {
  const ids = new Set([...facts].map((fact) => (typeof fact === 'string' ? fact : fact.id)))
  const sql = compileScreening(rules, {
    asOf: dayOf(asOf),
    jurisdiction,
    size: memberCount(rulebook.dictionary),
    has: ({ id }) => ids.has(id),
  })
  return { jurisdiction, sql }
}

/** The fact that says how many members a household has. */
function memberCount(dictionary: Dictionary) {
  return [...dictionary.values()].find(({ fact }) => fact.role === 'member-count')
}

async function counted(
  connection: DuckDBConnection,
): Promise<Pick<ScreeningSummary, 'households' | 'members' | 'rejected' | 'faults'>> {
  const count = async (table: string) => {
    const found = await connection.runAndReadAll(`SELECT count(*) FROM "${table}"`)
    return Number(found.getRowsJson()[0]?.[0])
  }
  return {
    households: await count('households'),
    members: await count('members'),
    rejected: await count('refused'),
    faults: await count('rejects'),
  }
}

/** The first and last key of each batch of so many households. */
export async function batchesOf(
  connection: DuckDBConnection,
  size = BATCH,
): Promise<readonly (readonly [first: number, last: number])[]> {
  const found = await connection.runAndReadAll(
    'SELECT min("key")::BIGINT, max("key")::BIGINT FROM "households"',
  )
  const [first, last] = (found.getRowsJson()[0] ?? []).map((key) =>
    key === null ? null : Number(key),
  )
  if (first == null || last == null) return []
  const count = Math.ceil((last - first + 1) / size)
  return Array.from({ length: count }, (_, batch) => [
    first + batch * size,
    Math.min(last, first + (batch + 1) * size - 1),
  ])
}

const RESULT_COLUMNS =
  '"householdId" VARCHAR, "memberId" VARCHAR, "programme" VARCHAR, "ruleVersion" VARCHAR, "outcome" VARCHAR, "amount" DECIMAL(18, 2), "missing" VARCHAR[]'

/** Fills a table with the rows of one batch. */
export async function screenBatch(
  connection: DuckDBConnection,
  plans: readonly ScreeningPlan[],
  [first, last]: readonly [number, number],
  table = 'results',
): Promise<void> {
  await connection.run(`CREATE OR REPLACE TEMP TABLE "${table}" (${RESULT_COLUMNS})`)
  const within = (name: string) =>
    `(SELECT * FROM "${name}" WHERE "key" BETWEEN ${first} AND ${last})`
  for (const { sql } of plans) {
    const sources = { household: within('households'), member: within('members') }
    const place: Place = { dialect: duckdb, sources, prefix: '' }
    for (const stage of stageStatements(sql, place))
      await connection.run(stage.sql, [...stage.parameters])
    for (const rule of sql.rules) {
      const rows = rowsSelect(rule, sql, place)
      await connection.run(`INSERT INTO "${table}" ${rows.sql}`, [...rows.parameters])
    }
  }
}

async function screenBatches(
  connection: DuckDBConnection,
  plans: readonly ScreeningPlan[],
  { out, progress, signal, batch: size }: FileScreening,
  folder: string,
): Promise<readonly ProgrammeSummary[]> {
  const batches = await batchesOf(connection, size)
  const total = Number(batches.at(-1)?.[1] ?? 0) - Number(batches[0]?.[0] ?? 1) + 1
  const parts: string[] = []
  await connection.run(
    'CREATE TABLE "counts" ("programme" VARCHAR, "ruleVersion" VARCHAR, "outcome" VARCHAR, "rows" BIGINT, "paid" BIGINT, "amount" DECIMAL(38, 2))',
  )
  for (const [index, batch] of batches.entries()) {
    await screenBatch(connection, plans, batch)
    signal?.throwIfAborted()
    await connection.run(
      'INSERT INTO "counts" SELECT "programme", "ruleVersion", "outcome", count(*), count("amount"), coalesce(sum("amount"), 0) FROM "results" GROUP BY ALL',
    )
    // One batch is written straight from its table.
    if (out !== undefined && batches.length > 1) {
      const part = join(folder, `part-${index}.parquet`)
      await connection.run(`COPY "results" TO ${literal(part)} (FORMAT parquet)`)
      parts.push(part)
    }
    const [first] = batches[0] as readonly [number, number]
    progress?.({ phase: 'screening', done: batch[1] - first + 1, total })
    signal?.throwIfAborted()
  }
  if (out !== undefined) {
    progress?.({ phase: 'writing', done: total, total })
    signal?.throwIfAborted()
    const source =
      parts.length === 0 ? '"results"' : `read_parquet([${parts.map(literal).join(', ')}])`
    if (batches.length === 0)
      await connection.run(`CREATE TEMP TABLE "results" (${RESULT_COLUMNS})`)
    await writeWhole(out, async (path) => {
      await connection.run(
        `COPY (SELECT * FROM ${source}) TO ${literal(path)} (${FORMATS[extname(out)]})`,
      )
    })
  }
  return summaryOf(connection, plans)
}
