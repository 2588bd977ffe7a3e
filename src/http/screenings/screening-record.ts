import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProblemCode } from '../../model/errors.js'
import type { ScreeningSummary } from '../../screening/screen.js'
import type { Question } from '../../screening/select-rules.js'

export const SCREENING_STATUSES = ['queued', 'running', 'finished', 'failed', 'cancelled'] as const
export type ScreeningStatus = (typeof SCREENING_STATUSES)[number]

/** What is kept of a screening beside its files; instants are ISO texts, no fact is in it. */
export interface ScreeningRecord {
  readonly id: string
  readonly status: ScreeningStatus
  readonly createdAt: string
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly startedBy: string
  readonly question: Question
  /** Digest of the rulebook. */
  readonly rulebook: string
  /** Lines of the upload. */
  readonly lines: number
  /** Once it has finished. */
  readonly summary: ScreeningSummary | null
  /** Why it failed. */
  readonly problem: ProblemCode | null
}

const FILE = 'screening.json'

/** Whether a screening has come to its end, good or bad. */
export function hasEnded({ status }: Pick<ScreeningRecord, 'status'>): boolean {
  return status !== 'queued' && status !== 'running'
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
  register: 'households.ndjson',
  results: 'results.parquet',
  rejects: 'rejects.ndjson',
} as const
