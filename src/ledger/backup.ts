import { createHash, type Hash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { z } from 'zod'
import { canonicalJson } from '../rulebook/digest.js'
import { placeWaiting } from './stores/sequence.js'
import type { Tables } from './stores/tables.js'

/** Rows of a table, in the order of some columns. */
interface Part {
  readonly table: keyof Tables
  readonly by: readonly string[]
  readonly only?: string
}

/** An order in which each row finds those it refers to. */
const PARTS: readonly Part[] = [
  { table: 'identity', by: ['place'] },
  // What is about a decision comes after it, also when the clock went back between them.
  { table: 'entries', by: ['recorded_at', 'id'], only: 'decision is null' },
  { table: 'entries', by: ['recorded_at', 'id'], only: 'decision is not null' },
  { table: 'facts', by: ['entry_id'] },
  { table: 'outcomes', by: ['entry_id', 'programme', 'outcome'] },
  { table: 'pending', by: ['entry_id'] },
  { table: 'log', by: ['leaf_index'] },
  { table: 'nodes', by: ['level', 'node_index'] },
  { table: 'checkpoints', by: ['size'] },
  { table: 'keys', by: ['key_id'] },
  { table: 'deliveries', by: ['delivered_at', 'size', 'place'] },
  { table: 'readings', by: ['read_at', 'id'] },
]
const TABLES: ReadonlySet<string> = new Set(PARTS.map(({ table }) => table))

const PAGE = 500
const Row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))
type Row = Readonly<z.infer<typeof Row>>

/**
 * Every row of a ledger as lines of JSON, of one moment, while others go on appending; the last
 * line holds the count and the SHA-256 of the lines before it. Private keys are not among them.
 */
export async function* backupLines(db: Kysely<Tables>): AsyncGenerator<string> {
  const moment = await db.startTransaction().setIsolationLevel('repeatable read').execute()
  try {
    yield* linesOf(moment)
  } finally {
    await moment.rollback().execute()
  }
}

async function* linesOf(db: Kysely<Tables>): AsyncGenerator<string> {
  const hash = createHash('sha256')
  let rows = 0
  yield* counted({ kind: 'huimin-backup', format: 1 }, hash)
  for (const part of PARTS) {
    for await (const row of rowsOf(db, part)) {
      rows += 1
      yield* counted({ table: part.table, row }, hash)
    }
  }
  yield `${canonicalJson({ kind: 'end', rows, sha256: hash.digest('hex') })}\n`
}

function* counted(line: object, hash: Hash): Generator<string> {
  const text = `${canonicalJson(line)}\n`
  hash.update(text)
  yield text
}

async function* rowsOf(
  db: Kysely<Tables>,
  { table, by, only = '1 = 1' }: Part,
): AsyncGenerator<Row> {
  const columns = sql.join(by.map((column) => sql.ref(column)))
  for (let after: Row | undefined; ; ) {
    const last = after
    const beyond =
      last === undefined
        ? sql`1 = 1`
        : sql`(${columns}) > (${sql.join(by.map((column) => last[column]))})`
    const { rows } =
      await sql<Row>`select * from ${sql.table(table)} where ${sql.raw(only)} and ${beyond}
      order by ${columns} limit ${PAGE}`.execute(db)
    yield* rows
    if (rows.length < PAGE) return
    after = rows.at(-1)
  }
}

/** Why a file is no backup that can be restored. */
export class BadBackup extends Error {}

/**
 * Puts a backup into a store that was never started, all of it or nothing; entries that waited for
 * their place in the log get it. Throws `BadBackup` when the file is not whole, or the store was started.
 */
export async function restoreLines(
  db: Kysely<Tables>,
  lines: AsyncIterable<string>,
): Promise<number> {
  const hash = createHash('sha256')
  let rows = 0
  let ended = false
  await db.transaction().execute(async (transaction) => {
    if (await isInUse(transaction)) throw new BadBackup('there is a ledger here already')
    const batch = batches(transaction)
    for await (const text of lines) {
      if (ended) throw new BadBackup('the backup goes on after its end')
      const line = parse(text)
      if (line.kind === 'end') {
        const isWhole = line.rows === rows && line.sha256 === hash.digest('hex')
        if (!isWhole) throw new BadBackup('the backup was changed, or part of it is missing')
        ended = true
        continue
      }
      hash.update(`${text}\n`)
      if (line.kind !== undefined) checkFormat(line)
      else {
        rows += 1
        await batch.add(line.table, line.row)
      }
    }
    if (!ended) throw new BadBackup('the backup has no end')
    await batch.flush()
    await placeWaiting(transaction)
  })
  return rows
}

const RowLine = z.object({ kind: z.undefined().optional(), table: z.string(), row: Row })
const OtherLine = z.object({
  kind: z.string(),
  format: z.number().optional(),
  rows: z.number().optional(),
  sha256: z.string().optional(),
})
const Line = z.union([RowLine, OtherLine])
type Line = Readonly<z.infer<typeof Line>>

function parse(text: string): Line {
  try {
    return Line.parse(JSON.parse(text))
  } catch {
    throw new BadBackup('the backup holds a line that cannot be read')
  }
}

function checkFormat({ kind, format }: z.infer<typeof OtherLine>): void {
  if (kind !== 'huimin-backup' || format !== 1)
    throw new BadBackup('this is no backup that this release can read')
}

/** A ledger has its name from its first start on. */
async function isInUse(db: Kysely<Tables>): Promise<boolean> {
  return (await db.selectFrom('identity').select('origin').execute()).length > 0
}

const BATCH = 100

/** Rows of one table at a time, a hundred to a statement. */
function batches(db: Kysely<Tables>) {
  let table: keyof Tables | undefined
  let waiting: Row[] = []
  const flush = async () => {
    if (table !== undefined && waiting.length > 0) await insert(db, table, waiting)
    waiting = []
  }
  return {
    flush,
    add: async (into: string, row: Row) => {
      if (!isTable(into)) throw new BadBackup(`the backup has a table "${into}"`)
      if (into !== table || waiting.length === BATCH) await flush()
      table = into
      waiting.push(row)
    },
  }
}

function isTable(name: string): name is keyof Tables {
  return TABLES.has(name)
}

async function insert(
  db: Kysely<Tables>,
  table: keyof Tables,
  rows: readonly Row[],
): Promise<void> {
  const columns = Object.keys(rows[0] as Row)
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`)
  const statement = sql`insert into ${sql.table(table)}
    (${sql.join(columns.map((column) => sql.ref(column)))}) values ${sql.join(values)}`
  await statement.execute(db).catch((error: { readonly code?: string }) => {
    throw new BadBackup(`rows of "${table}" cannot be put in (${error.code})`)
  })
}
