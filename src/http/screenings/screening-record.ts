import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProblemCode } from '../../model/errors.js'
import type { ColumnCheck } from '../../screening/column-check.js'
import type { ScreeningSummary } from '../../screening/screen.js'
import type { ScreeningQuestion } from '../../screening/select-rules.js'

export const SCREENING_STATUSES = ['queued', 'running', 'finished', 'failed', 'cancelled'] as const
type ScreeningStatus = (typeof SCREENING_STATUSES)[number]

/** What is kept of a screening beside its files; instants are ISO texts, no fact is in it. */
export interface ScreeningRecord {
  readonly id: string
  readonly status: ScreeningStatus
  readonly createdAt: string
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly startedBy: string
  readonly question: ScreeningQuestion
  /** Digest of the rulebook. */
  readonly rulebook: string
  /** Lines of the upload; rows of its households where it is a pair of files. */
  readonly lines: number
  /** The names of its files in the folder. */
  readonly register: RegisterNames
  /** How its columns meet the rules; null before that is known. */
  readonly columns: ColumnCheck | null
  /** Once it has finished. */
  readonly summary: ScreeningSummary | null
  /** Why it failed. */
  readonly problem: ProblemCode | null
}

/** A register of lines has one file, a pair has two. */
interface RegisterNames {
  readonly households: string
  readonly members?: string
}

const FILE = 'screening.json'

/** Whether a screening has come to its end, good or bad. */
export function hasEnded({ status }: Pick<ScreeningRecord, 'status'>): boolean {
  return status !== 'queued' && status !== 'running'
}

/** Milliseconds that results and register are kept: until the next working day's fetch; facts are in them. */
const KEPT_FOR = 24 * 60 * 60 * 1000

/** When a screening that has ended is removed by itself, as an ISO instant; null before. */
export function keptUntil({ endedAt }: Pick<ScreeningRecord, 'endedAt'>): string | null {
  return endedAt === null ? null : new Date(Date.parse(endedAt) + KEPT_FOR).toISOString()
}

/** The record in a screening's folder; null where none was written whole. */
export function readRecord(folder: string): ScreeningRecord | null {
  const path = join(folder, FILE)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ScreeningRecord) : null
}

/** Writes a record, whole or not at all. Throws the fault of the disk. */
export function writeRecord(folder: string, record: ScreeningRecord): void {
  const unfinished = join(folder, `.${FILE}`)
  writeFileSync(unfinished, JSON.stringify(record), { mode: 0o600 })
  renameSync(unfinished, join(folder, FILE))
}

/** The names of a screening's files in its folder. */
export const FILES = {
  record: FILE,
  lines: 'households.ndjson',
  /** The checked facts: for impacts, as long as the results are kept. */
  kept: 'register.duckdb',
  results: 'results.parquet',
  rejects: 'rejects.ndjson',
} as const
