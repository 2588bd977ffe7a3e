import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import Database from 'better-sqlite3'
import pg from 'pg'
import { type Test, test } from 'tap'
import { backupLines, restoreLines } from '../../src/ledger/backup.js'
import { rootAt } from '../../src/ledger/issue-checkpoint.js'
import { appendLeaves, EMPTY_EDGE, rootOf } from '../../src/ledger/merkle-tree.js'
import { openLedger } from '../../src/ledger/open-ledger.js'
import { openEmpty, openReader } from '../../src/ledger/open-reader.js'
import { openSqlite } from '../../src/ledger/stores/sqlite.js'
import type { LedgerReads } from '../../src/ledger/stores/store.js'
import { freshSchema, noPostgres } from '../support/stores.js'
import { AFTER_CORRECTION, decide, townLedger } from '../support/town-ledger.js'

/** The backup of a ledger with more checkpoints than are read at once. */
async function backup(t: Test) {
  const folder = t.testdir({ data: {} })
  const ledger = await townLedger(t, `${folder}/data`)
  await decide(ledger)
  for (let size = 2; size <= 502; size++)
    await ledger.store.addCheckpoint({ size, note: `note ${size}`, issuedAt: 'now' })
  const { db, close } = await openReader({ DATA_DIR: `${folder}/data` })
  t.teardown(close)
  const read = async () => {
    const lines: string[] = []
    for await (const line of backupLines(db)) lines.push(line)
    return lines
  }
  return { folder, read }
}

test('every row stands in a backup once, and the reader can make another', async (t) => {
  const { read } = await backup(t)
  const lines = await read()
  const sizes = lines
    .map((line) => JSON.parse(line))
    .filter(({ table, row }) => table === 'checkpoints' && row.size >= 2)
    .map(({ row }) => row.size)
  t.strictSame(
    sizes,
    Array.from({ length: 501 }, (_, index) => index + 2),
  )
  t.strictSame(await read(), lines)
})

test('a backup whose beginning or count is not right is refused', async (t) => {
  const { folder, read } = await backup(t)
  const lines = (await read()).map((line) => line.trimEnd())
  /** The lines, with an end that fits their bytes and says that many rows. */
  const ended = (body: readonly string[], rows: number) => {
    const sha256 = createHash('sha256')
      .update(`${body.join('\n')}\n`)
      .digest('hex')
    return [...body, JSON.stringify({ kind: 'end', rows, sha256 })]
  }
  const [, ...rows] = lines.slice(0, -1)
  const restore = async (text: readonly string[]) => {
    const { db, close } = await openEmpty({ DATA_DIR: `${folder}/new` })
    try {
      return await restoreLines(db, Readable.from(text))
    } finally {
      await close()
    }
  }
  const other = { message: 'this is no backup that this release can read' }
  const begin = (kind: string, format: number) => JSON.stringify({ kind, format })
  for (const first of [begin('another', 1), begin('huimin-backup', 2)])
    await t.rejects(restore(ended([first, ...rows], rows.length)), other, first)
  const whole = [begin('huimin-backup', 1), ...rows]
  for (const count of [rows.length - 1, rows.length + 1])
    await t.rejects(restore(ended(whole, count)), { message: /was changed, or part of it/ })
  t.equal(await restore(ended(whole, rows.length)), rows.length)
})

/** How many entries a log holds, whose nodes must be those of its leaves. */
async function soundSize(t: Test, reads: LedgerReads): Promise<number> {
  const size = await reads.size()
  const leaves = (await reads.logged(0, size)).map(({ leafHash }) =>
    Buffer.from(leafHash, 'base64'),
  )
  t.strictSame(await rootAt(reads, size), rootOf(appendLeaves(EMPTY_EDGE, leaves).edge))
  return size
}

test('what waited for its place in the log of PostgreSQL gets it when it is restored', {
  skip: noPostgres,
}, async (t) => {
  const place = { DATA_DIR: t.testdir(), DATABASE_URL: await freshSchema(t) }
  const ledger = await openLedger(place, () => new Date(AFTER_CORRECTION))
  t.teardown(() => ledger.close())
  // As another process would that has the sequencer's lock.
  const holder = new pg.Client({ connectionString: place.DATABASE_URL })
  await holder.connect()
  t.teardown(() => holder.end())
  await holder.query("select pg_advisory_lock(hashtext('huimin'), hashtext(current_schema()))")
  for (let count = 0; count < 5; count++) await decide(ledger)
  const from = await openReader(place)
  t.teardown(from.close)
  t.equal(await from.reads.size(), 0)
  const lines: string[] = []
  for await (const line of backupLines(from.db)) lines.push(line.trimEnd())
  const target = { DATA_DIR: `${place.DATA_DIR}/new` }
  const { db, close } = await openEmpty(target)
  await restoreLines(db, Readable.from(lines)).finally(close)
  const restored = await openReader(target)
  t.teardown(restored.close)
  t.equal(await soundSize(t, restored.reads), 5)
})

test('entries that an earlier restore left without a place get it when the folder is opened', async (t) => {
  const folder = t.testdir()
  const ledger = await townLedger(t, folder)
  for (let count = 0; count < 5; count++) await decide(ledger)
  await ledger.close()
  const database = new Database(`${folder}/ledger.db`)
  database.exec(`drop trigger log_no_delete; drop trigger nodes_no_delete;
    insert into pending select entry_id, leaf_hash from log where leaf_index > 2;
    delete from log where leaf_index > 2; delete from nodes where level > 1 or node_index > 0`)
  database.close()
  const store = await openSqlite(folder)
  t.equal(await soundSize(t, store), 5)
  await store.close()
  // More than one round gives places to.
  const more = new Database(`${folder}/ledger.db`)
  more.exec(`insert into entries select 'e' || value, kind, body, leaf_hash, recorded_at, office,
      case_reference, decision, signature, key_id, null, null
    from (select * from entries limit 1), json_each('[${Array.from({ length: 4_100 }, (_, n) => n)}]');
    insert into pending select id, leaf_hash from entries where id like 'e%' and length(id) < 6`)
  more.close()
  const again = await openSqlite(folder)
  t.teardown(() => again.close())
  t.equal(await soundSize(t, again), 4_105)
})
