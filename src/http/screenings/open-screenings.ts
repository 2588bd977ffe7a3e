import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '../../ledger/seal.js'
import { lockFolder } from '../../ledger/stores/lock-folder.js'
import { Problem } from '../../model/errors.js'
import { makeFolder } from '../../rulebook/make-folder.js'
import type { Rulebook } from '../../rulebook/rulebook.js'
import type { ScreeningQuestion } from '../../screening/select-rules.js'
import { type Received, receiveUpload, type Upload } from './receive-upload.js'
import { checkRoom, problemOf } from './room.js'
import {
  FILES,
  hasEnded,
  keptUntil,
  readRecord,
  type ScreeningRecord,
  writeRecord,
} from './screening-record.js'
import { INTERRUPTED, KEPT, keepOnly, type RunParts, ScreeningRun } from './screening-run.js'
import { UPLOAD_BOUNDS, type UploadBounds } from './upload-bounds.js'

/** One runs, these wait with it: their registers lie on the disk. */
const MOST_UNFINISHED = 5

const SWEEP_EVERY = 60_000

/** What a screening is started with. */
interface Order {
  readonly question: ScreeningQuestion
  readonly startedBy: string
}

/** The screenings of one service. */
export interface Screenings {
  /** Newest first. */
  readonly list: () => readonly ScreeningRun[]
  readonly find: (id: string) => ScreeningRun | undefined
  /** Receives a register and queues it. Throws Problem: overloaded, storage-full, body-too-large. */
  readonly start: (order: Order, upload: Upload) => Promise<ScreeningRun>
  /** Cancels one that has not ended; of one that has, removes everything. */
  readonly remove: (run: ScreeningRun) => Promise<void>
  /** Stops what runs and takes nothing more. */
  readonly close: () => Promise<void>
}

/** Where screenings are kept, and how much they may be. */
export interface ScreeningPlace {
  readonly folder: string
  readonly rulebook: Rulebook
  readonly clock: () => Date
  readonly bounds?: UploadBounds
  /** Bytes of the disk that are left to others. */
  readonly reserve?: number
  /** Milliseconds between two looks for what has been kept long enough. */
  readonly sweepEvery?: number
}

/**
 * Takes the folder of screenings for this process. What an earlier process left unfinished has
 * failed, and its files go. Throws an Error of one line when another process has the folder.
 */
export function openScreenings(place: ScreeningPlace): Screenings {
  const { folder, rulebook, clock, reserve } = place
  const { bounds = UPLOAD_BOUNDS, sweepEvery = SWEEP_EVERY } = place
  makeFolder(folder, 0o700)
  const unlock = lockFolder(folder)
  const runs = new Map(found(place).map((run) => [run.record.id, run]))
  const waiting: ScreeningRun[] = []
  let [receiving, closed] = [0, false]
  let running: ScreeningRun | undefined

  const next = (): void => {
    if (running !== undefined) return
    running = waiting.shift()
    void running?.perform().then(() => {
      running = undefined
      next()
    })
  }

  const receive = async ({ question, startedBy }: Order, upload: Upload) => {
    await checkRoom(folder, reserve)
    const id = newId()
    const own = join(folder, id)
    mkdirSync(own, { mode: 0o700 })
    try {
      const received = await receiveUpload(upload, { folder: own, rulebook, question, bounds })
      if (closed) throw new Problem('overloaded')
      const given = { id, startedBy, question, ...received, rulebook: rulebook.digest }
      const record = queued(given, clock())
      writeRecord(own, record)
      const run = new ScreeningRun(own, record, { rulebook, clock, reserve })
      runs.set(id, run)
      waiting.push(run)
      next()
      return run
    } catch (error) {
      rmSync(own, { recursive: true, force: true })
      throw problemOf(error) === 'storage-full' ? new Problem('storage-full') : error
    }
  }

  const remove = async (run: ScreeningRun): Promise<void> => {
    if (!hasEnded(run.record)) {
      if (waiting.includes(run)) waiting.splice(waiting.indexOf(run), 1)
      run.stop({ status: 'cancelled' })
      return run.done
    }
    run.leave('not-found')
    await rm(run.folder, { recursive: true, force: true })
    runs.delete(run.record.id)
  }

  const sweep = async (): Promise<void> => {
    const now = clock().toISOString()
    for (const run of runs.values())
      if (hasEnded(run.record) && String(keptUntil(run.record)) <= now) await remove(run)
  }
  // What cannot be removed now is tried again the next time.
  const sweeping = setInterval(() => Promise.allSettled([sweep()]), sweepEvery).unref()

  return {
    list: () => [...runs.values()].reverse(),
    find: (id) => runs.get(id),
    start: async (order, upload) => {
      const unfinished = waiting.length + Number(running !== undefined) + receiving
      if (closed || unfinished >= MOST_UNFINISHED) throw new Problem('overloaded')
      receiving += 1
      return receive(order, upload).finally(() => {
        receiving -= 1
      })
    },
    remove,
    close: async () => {
      if (closed) return
      closed = true
      clearInterval(sweeping)
      for (const run of runs.values()) run.leave('overloaded')
      const unfinished = [...waiting.splice(0), ...(running === undefined ? [] : [running])]
      for (const run of unfinished) run.stop(INTERRUPTED)
      await Promise.all(unfinished.map(({ done }) => done))
      unlock()
    },
  }
}

function queued(
  given: Pick<ScreeningRecord, 'id' | 'startedBy' | 'question' | 'rulebook'> & Received,
  now: Date,
): ScreeningRecord {
  return {
    ...given,
    status: 'queued',
    createdAt: now.toISOString(),
    startedAt: null,
    endedAt: null,
    summary: null,
    problem: null,
  }
}

/** The screenings of earlier processes, oldest first. */
function found({ folder, rulebook, clock }: ScreeningPlace): readonly ScreeningRun[] {
  const parts: RunParts = { rulebook, clock }
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const own = join(folder, name)
      const record = readRecord(own)
      if (record === null) rmSync(own, { recursive: true, force: true })
      return record === null ? [] : [foundAgain(own, record, parts)]
    })
    .sort((a, b) => (a.record.createdAt < b.record.createdAt ? -1 : 1))
}

function foundAgain(folder: string, record: ScreeningRecord, parts: RunParts): ScreeningRun {
  if (!hasEnded(record)) {
    const failed = { ...record, ...INTERRUPTED, endedAt: parts.clock().toISOString() }
    keepOnly(folder, [FILES.record])
    writeRecord(folder, failed)
    return new ScreeningRun(folder, failed, parts)
  }
  keepOnly(folder, [FILES.record, ...KEPT])
  return new ScreeningRun(folder, record, parts)
}
