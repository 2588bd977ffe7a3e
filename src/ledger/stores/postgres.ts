import { Kysely, sql } from 'kysely'
import type pg from 'pg'
import { ledgerReads } from './ledger-reads.js'
import { migrate } from './migrate.js'
import { OwnSchemaDialect } from './own-schema.js'
import { appendTo } from './postgres-append.js'
import { discardBroken, postgresPool } from './postgres-pool.js'
import { startSequencer } from './sequence.js'
import type { Store } from './store.js'
import { setUp, storeWrites } from './store-writes.js'
import type { OpenTables, Tables } from './tables.js'
import { guarded } from './unavailable.js'

/**
 * Opens a store in a PostgreSQL database, for any number of processes: all append, one at a time
 * gives entries their places in the log. Throws an Error of one line when it cannot be reached.
 */
export async function openPostgres(url: string): Promise<Store> {
  const pool = postgresPool(url)
  const db = kyselyPostgres(pool)
  await prepare(db, async () => {
    await migrate(db, 'postgres', await schemaOf(db))
    await setUp(db)
  })
  const sequencer = startSequencer(db)
  const append = appendTo(pool)
  return {
    kind: 'postgres',
    ...guarded({
      ...ledgerReads(db),
      ...storeWrites(db),
      append: async (entry: Parameters<typeof append>[0]) => {
        const appended = await append(entry)
        sequencer.wake()
        return appended
      },
    }),
    close: async () => {
      await sequencer.stop()
      await db.destroy()
    },
  }
}

/** The tables of a database, brought up to this release. */
export async function newPostgres(url: string): Promise<OpenTables> {
  const db = kyselyPostgres(postgresPool(url))
  await prepare(db, async () => migrate(db, 'postgres', await schemaOf(db)))
  return { db, close: () => db.destroy() }
}

/** The tables of a database as they are. */
export async function readPostgres(url: string): Promise<OpenTables> {
  const db = kyselyPostgres(postgresPool(url))
  await prepare(db, () => schemaOf(db))
  return { db, close: () => db.destroy() }
}

/** What must succeed before a database is used; else one line says why not. */
async function prepare(db: Kysely<Tables>, run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
  } catch (error) {
    await db.destroy()
    throw new Error(`DATABASE_URL: ${(error as Error).message.split('\n')[0]}`)
  }
}

/** Kysely on a pool. */
export function kyselyPostgres(pool: pg.Pool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new OwnSchemaDialect({ pool: discardBroken(pool) }) })
}

async function schemaOf(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db)
  const name = rows[0]?.name
  if (name === null || name === undefined) throw new Error('there is no schema to create tables in')
  return name
}
