import type { DuckDBConnection } from '@duckdb/node-api'

/** The first and last key of some households that are screened at once. */
export type Batch = readonly [first: number, last: number]

/** Households that are screened at once where nobody says otherwise. */
const BATCH = 100_000

/** The batches of all households that were loaded, in the order of their keys. */
export async function batchesOf(
  connection: DuckDBConnection,
  size = BATCH,
): Promise<readonly Batch[]> {
  const found = await connection.runAndReadAll(
    'SELECT min("key")::BIGINT, max("key")::BIGINT FROM "households"',
  )
  const [[lowest, highest]] = found.getRowsJson() as [[string | null, string | null]]
  if (lowest === null) return []
  const [first, last] = [Number(lowest), Number(highest)]
  const count = Math.ceil((last - first + 1) / size)
  return Array.from({ length: count }, (_, batch) => [
    first + batch * size,
    Math.min(last, first + (batch + 1) * size - 1),
  ])
}

/** How many keys have passed once a batch is done, and how many there are. */
export function keysDone(
  batches: readonly Batch[],
  [, last]: Batch,
): { readonly done: number; readonly total: number } {
  const [first] = batches[0] as Batch
  const [, end] = batches.at(-1) as Batch
  return { done: last - first + 1, total: end - first + 1 }
}
