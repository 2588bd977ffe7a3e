import { Problem } from '../model/errors.js'
import type { Moment } from './stores/store.js'

/** A page of a list, newest first, and the cursor of the next; null on the last. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

/** How a page is read: at most `limit` items from before a place, each `at` a place of its own. */
interface Paging<T> {
  readonly limit: number
  readonly cursor: string | null
  readonly read: (limit: number, before: Moment | null) => Promise<readonly T[]>
  readonly at: (item: T) => Moment
}

/** Reads a page; one item more tells whether there is another. Throws Problem (400) for a wrong cursor. */
export async function readPage<T>({ limit, cursor, read, at }: Paging<T>): Promise<Page<T>> {
  const found = await read(limit + 1, cursor === null ? null : parseCursor(cursor))
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return {
    items,
    next: found.length > items.length && last !== undefined ? cursorOf(at(last)) : null,
  }
}

/** A place in a list, as text for its reader. */
function cursorOf({ recordedAt, id }: Moment): string {
  return Buffer.from(`${recordedAt} ${id}`).toString('base64url')
}

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]{12}Z) ([\w-]{1,64})$/

/** The place a cursor stands for. Throws Problem (400). */
function parseCursor(cursor: string): Moment {
  const [, recordedAt, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (recordedAt !== undefined && id !== undefined) return { recordedAt, id }
  const message = { zh: '不是上一页给出的游标', en: 'is no cursor of a page before' }
  throw new Problem('invalid-request', undefined, [
    { pointer: '/cursor', code: 'wrong-parameter', message },
  ])
}
