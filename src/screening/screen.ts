import { extname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { dayOf } from '../model/civil-date.js'
import type { NotInForce } from '../model/determination.js'
import type { Rulebook } from '../rulebook/rulebook.js'
import { batchesOf, keysDone } from './batches.js'
import { countLoaded, countRows } from './count-loaded.js'
import { addCounts, createCounts, readCounts } from './count-outcomes.js'
import { isPairFormat } from './input/describe-file.js'
import type { Loaded } from './input/fact-tables.js'
import { InputError } from './input/input-error.js'
import { loadFiles } from './input/load-files.js'
import { loadNdjson } from './input/load-ndjson.js'
import { keepOutcomes, placeOf } from './keep-outcomes.js'
import { type ProgrammeSummary, summarise } from './programme-summary.js'
import { writeRejects } from './rejects.js'
import { planFor, type ScreeningPlan } from './screening-plan.js'
import { type ScreeningQuestion, selectRules } from './select-rules.js'
import { inWorkspace, type Resources, writeWhole } from './workspace.js'
import { FORMATS, openRows, type RowsWriter } from './write-rows.js'

/** How far a run has come. */
export interface Progress {
  readonly phase: 'loading' | 'screening' | 'writing'
  /** Households. */
  readonly done: number
  readonly total: number
}

/** A screening of files. */
export interface FileScreening extends ScreeningQuestion, Resources {
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

/**
 * Screens a population in files: one row for each programme and subject goes to `out`, whole or
 * not at all. Throws InputError for a source that cannot be read; an abort rejects.
 */
export async function screen(screening: FileScreening): Promise<ScreeningSummary> {
  const { rulebook, out, signal, progress } = screening
  checkOutput(out)
  const { jurisdictions, notInForce } = selectRules(rulebook, screening)
  return inWorkspace(screening, async (workspace) => {
    const { connection } = workspace
    progress?.({ phase: 'loading', done: 0, total: 0 })
    const loaded = await load(connection, screening)
    signal?.throwIfAborted()
    await screening.loaded?.(loaded, connection)
    const facts = new Set([...loaded.facts].map(({ id }) => id))
    const plans: ScreeningPlan[] = []
    for (const rules of jurisdictions) {
      plans.push(planFor(rules, screening, facts))
      // Compiling takes a while: others have their turn.
      await setImmediate()
    }
    const rows = openRows(connection, workspace.folder)
    await createCounts(connection)
    await screenBatches(connection, plans, screening, rows)
    const counts = await countLoaded(connection)
    const programmes = summarise(plans, await readCounts(connection))
    if (out !== undefined) {
      const { households } = counts
      progress?.({ phase: 'writing', done: households, total: households })
      signal?.throwIfAborted()
      await writeWhole(out, (path) => rows.finish(path, extname(out)))
    }
    if (screening.rejects !== undefined)
      await writeWhole(screening.rejects, (path) => writeRejects(connection, path))
    return {
      asOf: screening.asOf,
      knownAt: screening.knownAt,
      ...counts,
      faults: await countRows(connection, 'rejects'),
      programmes,
      notInForce,
    }
  })
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
  if (extname(households) !== '.ndjson')
    throw new InputError(`${households}: .parquet, .csv or .ndjson is needed`)
  if (members !== undefined)
    throw new InputError(`${members}: lines of .ndjson hold their members themselves`)
  return loadNdjson(connection, screening)
}

async function screenBatches(
  connection: DuckDBConnection,
  plans: readonly ScreeningPlan[],
  { out, progress, signal, batch: size }: FileScreening,
  rows: RowsWriter,
): Promise<void> {
  const batches = await batchesOf(connection, size)
  for (const batch of batches) {
    const place = placeOf(batch, '')
    for (const plan of plans) {
      for (const kept of await keepOutcomes(connection, plan, place, false))
        await addCounts(connection, kept)
      if (out !== undefined) await rows.add(plan, place)
      signal?.throwIfAborted()
    }
    progress?.({ phase: 'screening', ...keysDone(batches, batch) })
    signal?.throwIfAborted()
  }
}
