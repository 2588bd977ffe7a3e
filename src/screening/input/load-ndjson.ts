import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { setImmediate } from 'node:timers/promises'
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api'
import type { Household } from '../../model/household.js'
import type { Rulebook } from '../../rulebook/rulebook.js'
import { createRejects, leaveRefusedOut } from '../rejects.js'
import { openAppender } from './append-household.js'
import { comparableFacts, createFactTable, type Loaded } from './fact-tables.js'
import { InputError } from './input-error.js'
import { type LineFault, readHouseholdLine } from './read-household-line.js'

const REPEATED: LineFault = { pointer: '/householdId', code: 'repeated-id' }

/** A file with one household a line, and what it is checked against. */
export interface HouseholdLines {
  readonly households: string
  readonly rulebook: Rulebook
  /** YYYY-MM-DD */
  readonly asOf: string
  readonly sample?: number
  readonly signal?: AbortSignal
  readonly progress?: (progress: {
    readonly phase: 'loading'
    readonly done: number
    readonly total: 0
  }) => void
}

/** Lines after which others have their turn: some milliseconds of work. */
const SHARE = 50
const FLUSH_EVERY = 1_000

/**
 * Loads lines `{"householdId", "household"}`, each checked as a request to the API is. Lines with
 * a fault are left out, all lines of an id that several have among them; their faults are rows of
 * `rejects`.
 */
export async function loadNdjson(
  connection: DuckDBConnection,
  { households, rulebook, asOf, sample, signal, progress }: HouseholdLines,
): Promise<Loaded> {
  const { dictionary } = rulebook
  const facts = {
    household: comparableFacts(dictionary, 'household'),
    member: comparableFacts(dictionary, 'member'),
  }
  await createFactTable(connection, 'household', facts.household)
  await createFactTable(connection, 'member', facts.member)
  await createRejects(connection)
  await connection.run('BEGIN TRANSACTION')
  const appender = await openAppender(connection, facts)
  const rejects = await connection.createAppender('rejects')
  const repeats = repeatedLines()
  let line = 0
  for await (const text of linesOf(households)) {
    if (signal?.aborted || line === sample) break
    line += 1
    if (line % SHARE === 0) {
      progress?.({ phase: 'loading', done: line, total: 0 })
      if (line % FLUSH_EVERY === 0) appender.flush()
      await setImmediate()
    }
    const { householdId, household, faults } = readHouseholdLine(text, { rulebook, asOf })
    const repeating = householdId === undefined ? [] : repeats(householdId, line)
    for (const fault of faults) reject(rejects, households, line, fault)
    for (const one of repeating) reject(rejects, households, one, REPEATED)
    if (faults.length + repeating.length === 0)
      appender.append(line, householdId as string, household as Household)
  }
  appender.close()
  rejects.closeSync()
  await connection.run('COMMIT')
  await leaveRefusedOut(connection)
  return { facts: new Set([...facts.household, ...facts.member]) }
}

/** Tells which lines a line shows to repeat an id: itself, and the first of them with the second. */
function repeatedLines(): (householdId: string, line: number) => readonly number[] {
  const firsts = new Map<string, number | null>()
  return (householdId, line) => {
    const first = firsts.get(householdId)
    firsts.set(householdId, first === undefined ? line : null)
    if (first === undefined) return []
    return first === null ? [line] : [first, line]
  }
}

function reject(
  rejects: DuckDBAppender,
  file: string,
  line: number,
  { pointer, code }: LineFault,
): void {
  rejects.appendVarchar(file)
  rejects.appendBigInt(BigInt(line))
  rejects.appendVarchar(pointer)
  rejects.appendVarchar(code)
  rejects.appendBigInt(BigInt(line))
  rejects.endRow()
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const stream = createReadStream(path, 'utf8')
  const opened = new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve())
    stream.once('error', (error) => reject(new InputError(`${path}: ${error.message}`)))
  })
  await opened
  yield* createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })
}
