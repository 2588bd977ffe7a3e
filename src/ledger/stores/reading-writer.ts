import type { Kysely } from 'kysely'
import type { Store, StoredReading } from './store.js'
import type { ReadingRow, Tables } from './tables.js'

/** Rows of one statement; SQLite binds at most 32,766 values. */
const CHUNK = 1_000

/** Notes readings: all that come in one turn of the event loop are written at once. */
export function readingWriter(db: Kysely<Tables>): Store['addReadings'] {
  let waiting: ReadingRow[] = []
  let written: Promise<void> | undefined
  const writeAtEndOfTurn = async () => {
    await new Promise((resolve) => setImmediate(resolve))
    const rows = waiting
    waiting = []
    written = undefined
    for (let from = 0; from < rows.length; from += CHUNK)
      await db
        .insertInto('readings')
        .values(rows.slice(from, from + CHUNK))
        .execute()
  }
  return (readings) => {
    waiting.push(...readings.map(rowOfReading))
    written ??= writeAtEndOfTurn()
    return written
  }
}

function rowOfReading({ id, readAt, actor, office, act, decision }: StoredReading): ReadingRow {
  return { id, read_at: readAt, actor, office, act, decision }
}
