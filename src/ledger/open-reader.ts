import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { LedgerPlace } from './open-ledger.js'
import { ledgerReads } from './stores/ledger-reads.js'
import { newPostgres, readPostgres } from './stores/postgres.js'
import { besideSqlite, newSqlite } from './stores/sqlite.js'
import type { Delivery, LedgerReads } from './stores/store.js'
import { storeWrites } from './stores/store-writes.js'
import type { OpenTables } from './stores/tables.js'

/** A ledger opened to read, beside the service that appends. */
export interface LedgerReader extends OpenTables {
  readonly reads: LedgerReads
}

/** Opens a ledger to read, beside a service that may be running. Throws an Error of one line. */
export async function openReader(place: LedgerPlace): Promise<LedgerReader> {
  const tables = await openBeside(place, 'read')
  const reads = ledgerReads(tables.db)
  try {
    await reads.origin()
  } catch (error) {
    await tables.close()
    throw new Error(`${nameOf(place)} holds no ledger that can be read: ${firstLine(error)}`)
  }
  return { ...tables, reads }
}

function nameOf({ DATA_DIR, DATABASE_URL }: LedgerPlace): string {
  return DATABASE_URL === undefined ? `DATA_DIR ${DATA_DIR}` : 'DATABASE_URL'
}

function firstLine(error: unknown): string {
  return (error as Error).message.split('\n')[0] as string
}

/** Notes that a checkpoint was taken outside: the one thing that is written beside the service. */
export async function addDelivery(place: LedgerPlace, delivery: Delivery): Promise<void> {
  const { db, close } = await openBeside(place, 'write')
  try {
    await storeWrites(db).addDelivery(delivery)
  } finally {
    await close()
  }
}

async function openBeside(
  { DATA_DIR, DATABASE_URL }: LedgerPlace,
  to: 'read' | 'write',
): Promise<OpenTables> {
  if (DATABASE_URL !== undefined) return readPostgres(DATABASE_URL)
  if (!existsSync(join(DATA_DIR, 'ledger.db')))
    throw new Error(`DATA_DIR ${DATA_DIR} holds no ledger`)
  return besideSqlite(DATA_DIR, to)
}

/** The tables of a ledger that no service uses, for a backup to be put into. */
export function openEmpty({ DATA_DIR, DATABASE_URL }: LedgerPlace): Promise<OpenTables> {
  return DATABASE_URL === undefined ? newSqlite(DATA_DIR) : newPostgres(DATABASE_URL)
}
