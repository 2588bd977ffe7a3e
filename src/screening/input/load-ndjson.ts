import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { setImmediate } from 'node:timers/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { parseDeterminationRequest } from '../../determination/determination-request.js'
import { isObject } from '../../engine/typing.js'
import { type InputFault, Problem } from '../../model/errors.js'
import type { Household } from '../../model/household.js'
import { readJson } from '../../model/read-json.js'
import type { Rulebook } from '../../rulebook/rulebook.js'
import { createRefused, createRejects } from '../rejects.js'
import { openAppender } from './append-household.js'
import { comparableFacts, createFactTable, type Loaded } from './fact-tables.js'
import { InputError } from './input-error.js'

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
 * a fault are left out; their faults are rows of `rejects`.
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
  const seen = new Set<string>()
  let line = 0
  for await (const text of linesOf(households)) {
    if (signal?.aborted || line === sample) break
    line += 1
    if (line % SHARE === 0) {
      progress?.({ phase: 'loading', done: line, total: 0 })
      if (line % FLUSH_EVERY === 0) appender.flush()
      await setImmediate()
    }
    const read = readLine(text, rulebook, asOf, seen)
    if ('faults' in read) {
      for (const { pointer, code } of read.faults) {
        rejects.appendVarchar(households)
        rejects.appendBigInt(BigInt(line))
        rejects.appendVarchar(pointer)
        rejects.appendVarchar(code)
        rejects.appendBigInt(BigInt(line))
        rejects.endRow()
      }
    } else appender.append(line, read.householdId, read.household)
  }
  appender.close()
  rejects.closeSync()
  await connection.run('COMMIT')
  await createRefused(connection)
  return { facts: new Set([...facts.household, ...facts.member]) }
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

type Line =
  | { readonly householdId: string; readonly household: Household }
  | { readonly faults: readonly Pick<InputFault, 'pointer' | 'code'>[] }

const ID = /^[^\p{Cc}]{1,64}$/u

function readLine(text: string, rulebook: Rulebook, asOf: string, seen: Set<string>): Line {
  const [jurisdiction] = rulebook.jurisdictions.keys()
  // What a stream puts for bytes that are no UTF-8.
  if (text.includes('\uFFFD')) return fault('', 'not-utf8')
  try {
    const json = readJson(new TextEncoder().encode(text))
    if (!isObject(json)) return fault('', 'wrong-type')
    const { householdId, household } = json
    if (typeof householdId !== 'string' || !ID.test(householdId))
      return fault('/householdId', 'wrong-form')
    if (seen.has(householdId)) return fault('/householdId', 'repeated-id')
    seen.add(householdId)
    const request = parseDeterminationRequest(
      rulebook,
      { asOf, jurisdiction, household },
      new Date(0),
    )
    return { householdId, household: request.household }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.faults.length > 0 ? { faults: error.faults } : fault('', error.code)
  }
}

function fault(pointer: string, code: string): Line {
  return { faults: [{ pointer, code }] }
}
