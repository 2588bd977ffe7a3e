import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../model/errors.js'
import type { Rulebook } from '../../rulebook/rulebook.js'
import { checkColumns, countKnown } from '../../screening/column-check.js'
import { type Comparison, compare, type Impact } from '../../screening/impact/impact.js'
import { keepRegister, openRegister } from '../../screening/kept-register.js'
import { screen } from '../../screening/screen.js'
import { type Pace, paceOf } from './pace.js'
import { checkRoom, problemOf } from './room.js'
import { FILES, hasEnded, type ScreeningRecord, writeRecord } from './screening-record.js'

/**
 * One thread and a share of the memory: the service answers on the others. Batches small enough
 * that progress moves and a cancellation is soon noticed.
 */
const RESOURCES = { threads: 1, memory: '512MB', batch: 10_000 } as const

type Ending = Pick<ScreeningRecord, 'status'> &
  Partial<Pick<ScreeningRecord, 'summary' | 'problem'>>

/** What happens when a service ends before its screenings. */
export const INTERRUPTED = {
  status: 'failed',
  problem: 'screening-interrupted',
} as const satisfies Ending

/** What a run is given beside its record. */
export interface RunParts {
  readonly rulebook: Rulebook
  readonly clock: () => Date
  readonly reserve?: number
}

/** A screening from its upload to its end. Its folder holds the record and what it has made. */
export class ScreeningRun {
  /** Resolves when it has ended and its files are in order. */
  readonly done: Promise<void>
  readonly folder: string
  readonly #stop = new AbortController()
  readonly #gone = new AbortController()
  readonly #parts: RunParts
  #resolveDone!: () => void
  #record: ScreeningRecord
  #pace: Pace | null = null
  #error: unknown

  constructor(folder: string, record: ScreeningRecord, parts: RunParts) {
    this.folder = folder
    this.#record = record
    this.#parts = parts
    this.done = new Promise((resolve) => {
      this.#resolveDone = resolve
    })
    if (hasEnded(record)) this.#resolveDone()
  }

  get record(): ScreeningRecord {
    return this.#record
  }

  /** Null unless it runs. */
  get pace(): Pace | null {
    return this.#pace
  }

  /** What made it fail, once it has; undefined when it was stopped. */
  get error(): unknown {
    return this.#error
  }

  /** Aborted when its files go, or the service ends. */
  get gone(): AbortSignal {
    return this.#gone.signal
  }

  /** Ends what still reads its files. */
  leave(problem: 'not-found' | 'overloaded'): void {
    this.#gone.abort(new Problem(problem))
  }

  /** Compares two sets of rules on the register it has kept. An abort rejects with its reason. */
  async compare(
    comparison: Pick<Comparison, 'before' | 'after'>,
    signal: AbortSignal,
  ): Promise<Impact> {
    await checkRoom(this.folder, this.#parts.reserve)
    try {
      return await this.#compare(comparison, signal)
    } catch (error) {
      // What DuckDB says of an interrupted query is of no use to anybody.
      signal.throwIfAborted()
      throw error
    }
  }

  async #compare(comparison: Pick<Comparison, 'before' | 'after'>, signal: AbortSignal) {
    const { threads, memory } = RESOURCES
    const resources = { threads, memory, folder: this.folder, signal }
    const { dictionary } = this.#parts.rulebook
    const register = await openRegister(join(this.folder, FILES.kept), dictionary, resources)
    try {
      return await compare(register.connection, register.loaded, { ...comparison, signal })
    } finally {
      register.close()
    }
  }

  /** Screens the register of its folder. Never rejects: what goes wrong is its ending. */
  async perform(): Promise<void> {
    const { clock } = this.#parts
    try {
      this.#set({ status: 'running', startedAt: clock().toISOString() })
      await checkRoom(this.folder, this.#parts.reserve)
      const summary = await this.#screen()
      this.#stop.signal.throwIfAborted()
      this.#end({ status: 'finished', summary })
    } catch (error) {
      const { aborted, reason } = this.#stop.signal
      if (aborted) this.#end(reason as Ending)
      else {
        this.#error = error
        this.#end({ status: 'failed', problem: problemOf(error) })
      }
    }
  }

  #screen() {
    const { rulebook, clock } = this.#parts
    const { question, lines, register } = this.#record
    const at = (name: string) => join(this.folder, name)
    const pace = paceOf(lines)
    return screen({
      ...question,
      ...RESOURCES,
      rulebook,
      folder: this.folder,
      households: at(register.households),
      members: register.members && at(register.members),
      loaded: async ({ facts }, connection) => {
        const counts = await countKnown(connection, [...facts])
        const given = [...facts].filter(
          ({ id }) => register.members !== undefined || counts.get(id)?.known !== 0,
        )
        this.#set({ columns: checkColumns(rulebook, question, given, counts) })
        await keepRegister(connection, at(FILES.kept))
      },
      out: at(FILES.results),
      rejects: at(FILES.rejects),
      signal: this.#stop.signal,
      progress: (progress) => {
        this.#pace = pace(progress, clock().getTime())
      },
    })
  }

  /** Stops it; it ends thus, at once when it has not begun. */
  stop(ending: Ending): void {
    this.#stop.abort(ending)
    if (this.#record.status === 'queued') this.#end(ending)
  }

  #end(ending: Ending): void {
    const kept = ending.status === 'finished' ? KEPT : []
    this.#pace = null
    this.#record = { ...this.#record, ...ending, endedAt: this.#parts.clock().toISOString() }
    try {
      keepOnly(this.folder, [FILES.record, ...kept])
      writeRecord(this.folder, this.#record)
    } catch {
      // A disk that is full or gone: a restart finds it unfinished, and cleans up.
    }
    this.#resolveDone()
  }

  #set(change: Partial<ScreeningRecord>): void {
    this.#record = { ...this.#record, ...change }
    writeRecord(this.folder, this.#record)
  }
}

/** What is kept of a screening that has finished, beside its record. */
export const KEPT: readonly string[] = [FILES.results, FILES.rejects, FILES.kept]

/** Removes what a folder holds beside some files: the register first of all. */
export function keepOnly(folder: string, names: readonly string[]): void {
  for (const name of readdirSync(folder))
    if (!names.includes(name)) rmSync(join(folder, name), { recursive: true, force: true })
}
