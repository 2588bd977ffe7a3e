import { type Kysely, sql, type Transaction } from 'kysely'
import { appendLeaves, type Edge, edgePlaces } from '../merkle-tree.js'
import { ledgerReads, nodesAt } from './ledger-reads.js'
import type { Tables } from './tables.js'

/** Milliseconds between two rounds of one process: while it appends, and to help the others out. */
const SOON = 100
const SOMETIME = 1_000

/** Entries that get their places in one transaction. */
const MOST = 2_000

/** A sequencer at work in this process. */
export interface Sequencer {
  /** There may be something to do. */
  readonly wake: () => void
  readonly stop: () => Promise<void>
}

/**
 * Gives waiting entries their places in the log until it is stopped. Every process runs one; the
 * lock of the database lets one at a time work, and passes on when its holder ends in any way.
 */
export function startSequencer(db: Kysely<Tables>): Sequencer {
  let timer: NodeJS.Timeout | undefined
  let due = 0
  let round: Promise<void> = Promise.resolve()
  let stopped = false
  const plan = (delay: number) => {
    const at = Date.now() + delay
    if (stopped || (timer !== undefined && due <= at)) return
    clearTimeout(timer)
    due = at
    timer = setTimeout(() => {
      timer = undefined
      round = sequence(db).then(
        (count) => plan(count === MOST ? 0 : SOMETIME),
        () => plan(SOMETIME),
      )
    }, delay)
  }
  plan(SOON)
  return {
    wake: () => plan(SOON),
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await round
    },
  }
}

/** One round: how many entries got their place; 0 when another process is at it. */
export async function sequence(db: Kysely<Tables>): Promise<number> {
  return db
    .transaction()
    .execute(async (transaction) => ((await takeLock(transaction)) ? placeSome(transaction) : 0))
}

/** Gives all waiting entries their places, on either store, where nobody else adds to the log. */
export async function placeWaiting(db: Transaction<Tables>): Promise<void> {
  let count: number
  do count = await placeSome(db)
  while (count === MOST)
}

/** Only the holder may add to the log; the lock ends with the transaction, or its connection. */
async function takeLock(db: Transaction<Tables>): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('huimin'), hashtext(current_schema())) as taken
  `.execute(db)
  return rows[0]?.taken === true
}

async function placeSome(db: Transaction<Tables>): Promise<number> {
  const { rows } = await sql<Tables['pending']>`
    delete from pending where entry_id in (select entry_id from pending limit ${MOST})
    returning entry_id, leaf_hash`.execute(db)
  if (rows.length > 0) await place(db, rows)
  return rows.length
}

async function place(db: Transaction<Tables>, rows: readonly Tables['pending'][]): Promise<void> {
  const edge = await storedEdge(db)
  const leaves = rows.map(({ leaf_hash }) => Buffer.from(leaf_hash, 'base64'))
  const nodes = appendLeaves(edge, leaves)
    .added.filter(({ level }) => level > 0)
    .map(({ level, index, hash }) => ({ level, node_index: index, hash: hash.toString('base64') }))
  const log = rows.map((row, offset) => ({ leaf_index: edge.size + offset, ...row }))
  await db.insertInto('log').values(log).execute()
  if (nodes.length > 0) await db.insertInto('nodes').values(nodes).execute()
}

async function storedEdge(db: Transaction<Tables>): Promise<Edge> {
  const size = await ledgerReads(db).size()
  const places = edgePlaces(size)
  const nodes = await nodesAt(db, places)
  const hashes = new Map(nodes.map((node) => [`${node.level} ${node.index}`, node]))
  return { size, nodes: places.map(({ level, index }) => hashes.get(`${level} ${index}`) as never) }
}
