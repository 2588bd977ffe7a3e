import type { Database } from 'better-sqlite3'
import { appendLeaves, type Edge, EMPTY_EDGE, edgePlaces, type Node } from '../merkle-tree.js'
import { kyselyOf } from './kysely-sqlite.js'
import { rowOf } from './row-of.js'
import type { Appended, NewEntry, Store } from './store.js'
import { storeWrites } from './store-writes.js'

/** An append that waits for the end of the turn. */
interface Waiting {
  readonly entry: NewEntry
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: unknown) => void
}

type Writer = Pick<Store, 'append' | keyof ReturnType<typeof storeWrites>> & {
  readonly drain: () => Promise<void>
}

/**
 * Appends to SQLite: all that arrives in one turn of the event loop is one transaction, one sync
 * of the disk, and gets its places in the log in it.
 */
export function sqliteWriter(database: Database): Writer {
  const write = entryWriter(database)
  let waiting: Waiting[] = []
  let edge = edgeOf(database)
  const wipe = wiper(database)
  wipe()
  const inOneTransaction = database.transaction((entries: readonly NewEntry[]) =>
    write(entries, edge),
  )
  const flush = () => {
    const batch = waiting
    waiting = []
    try {
      const written = inOneTransaction.immediate(batch.map(({ entry }) => entry))
      edge = written.edge
      for (const [index, { resolve }] of batch.entries())
        resolve(written.appended[index] as Appended)
      if (batch.some(({ entry }) => entry.kind === 'erasure')) wipe()
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
  return {
    append: (entry) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush)
        waiting.push({ entry, resolve, reject })
      }),
    ...storeWrites(kyselyOf(database)),
    drain: () => new Promise((resolve) => setImmediate(resolve)),
  }
}

/** Milliseconds until the log of writes is emptied, when a reader was in the way. */
const LATER = 1_000

/**
 * Empties the log of writes, in which what was erased can still be read; later when a backup reads
 * an earlier moment just now, for nobody may wait for that.
 */
function wiper(database: Database): () => void {
  let timer: NodeJS.Timeout | undefined
  const wipe = () => {
    clearTimeout(timer)
    try {
      if (!isEmptied(database)) timer = setTimeout(wipe, LATER).unref()
    } catch {
      // Closed meanwhile, or a disk that fails: the next append says so.
    }
  }
  return wipe
}

function isEmptied(database: Database): boolean {
  const patience = database.pragma('busy_timeout', { simple: true })
  database.pragma('busy_timeout = 0')
  const busy = database.pragma('wal_checkpoint(TRUNCATE)', { simple: true })
  database.pragma(`busy_timeout = ${patience}`)
  return busy === 0
}

interface Written {
  readonly appended: readonly Appended[]
  readonly edge: Edge
}

function entryWriter(database: Database) {
  const insert = inserts(database)
  return (entries: readonly NewEntry[], edge: Edge): Written => {
    const appended = entries.map((entry) => insertEntry(entry, insert))
    const stored = entries.filter((_, index) => appended[index] === 'stored')
    const grown = appendLeaves(
      edge,
      stored.map(({ leafHash }) => Buffer.from(leafHash, 'base64')),
    )
    for (const [index, { id, leafHash }] of stored.entries())
      insert.leaf.run(edge.size + index, id, leafHash)
    for (const { level, index, hash } of grown.added)
      if (level > 0) insert.node.run(level, index, hash.toString('base64'))
    return { appended, edge: grown.edge }
  }
}

type Inserts = ReturnType<typeof inserts>

function inserts(database: Database) {
  return {
    entry: database.prepare(
      `insert into entries values (@id, @kind, @body, @leaf_hash, @recorded_at, @office,
       @case_reference, @decision, @signature, @key_id, @idempotency_key, @request_digest)
       on conflict do nothing`,
    ),
    facts: database.prepare('insert into facts values (?, ?, ?)'),
    outcome: database.prepare('insert into outcomes values (?, ?, ?)'),
    leaf: database.prepare('insert into log values (?, ?, ?)'),
    node: database.prepare('insert into nodes values (?, ?, ?)'),
    erase: database.prepare(
      `delete from facts where entry_id = @decision
       or entry_id in (select id from entries where decision = @decision)`,
    ),
  }
}

function insertEntry(entry: NewEntry, insert: Inserts): Appended {
  const taken = insert.entry.run(rowOf(entry)).changes === 0
  // Also when the erasure is not the first: reasons may have been given since.
  if (entry.kind === 'erasure') insert.erase.run({ decision: entry.decision })
  if (taken) return 'taken'
  if (entry.facts !== null) insert.facts.run(entry.id, entry.facts.salt, entry.facts.text)
  for (const { programme, outcome } of entry.outcomes)
    insert.outcome.run(programme, outcome, entry.id)
  return 'stored'
}

/** The edge of the log as stored. */
function edgeOf(database: Database): Edge {
  const size = database
    .prepare('select coalesce(max(leaf_index) + 1, 0) from log')
    .pluck()
    .get() as number
  const leaf = database.prepare('select leaf_hash from log where leaf_index = ?').pluck()
  const inner = database
    .prepare('select hash from nodes where level = ? and node_index = ?')
    .pluck()
  const nodes = edgePlaces(size).map(({ level, index }): Node => {
    const hash = level === 0 ? leaf.get(index) : inner.get(level, index)
    return { level, index, hash: Buffer.from(hash as string, 'base64') }
  })
  return size === 0 ? EMPTY_EDGE : { size, nodes }
}
