import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { makeDataFolder } from '../data-folder.js'
import { kyselyOf } from './kysely-sqlite.js'
import { ledgerReads } from './ledger-reads.js'
import { lockFolder } from './lock-folder.js'
import { migrate } from './migrate.js'
import { placeWaiting } from './sequence.js'
import { sqliteWriter } from './sqlite-writer.js'
import type { Store } from './store.js'
import { setUp } from './store-writes.js'
import type { OpenTables } from './tables.js'
import { guarded } from './unavailable.js'

/** Milliseconds a short write of a command may hold up the service, or the other way round. */
const BUSY = 5_000

/**
 * Opens the store of a data folder for one process, which alone may append: WAL, every commit
 * synced to the disk, both asked for and then read back. Throws an Error of one line when another
 * process has the folder.
 */
export async function openSqlite(folder: string): Promise<Store> {
  makeDataFolder(folder)
  const unlock = lockFolder(folder)
  const opened: Database.Database[] = []
  try {
    const database = durable(folder, opened)
    const db = kyselyOf(database)
    await migrate(db, 'sqlite')
    await setUp(db)
    // A backup from PostgreSQL may have left entries without a place.
    await db.transaction().execute(placeWaiting)
    return storeOf(database, new Database(fileIn(folder), { timeout: BUSY }), unlock)
  } catch (error) {
    for (const database of opened) database.close()
    unlock()
    throw error
  }
}

/** Writes go through one connection; reads through another, which no transaction holds up. */
function storeOf(database: Database.Database, reads: Database.Database, unlock: () => void): Store {
  const writer = sqliteWriter(database)
  const db = kyselyOf(reads)
  return {
    kind: 'sqlite',
    ...guarded({ ...ledgerReads(db), ...writer }),
    close: async () => {
      await writer.drain()
      // Kysely closes only what it has used.
      reads.close()
      database.close()
      unlock()
    },
  }
}

/** The tables of a folder that this process alone uses, brought up to this release and no further. */
export async function newSqlite(folder: string): Promise<OpenTables> {
  makeDataFolder(folder)
  const unlock = lockFolder(folder)
  const opened: Database.Database[] = []
  const close = async () => {
    for (const database of opened) database.close()
    unlock()
  }
  try {
    const db = kyselyOf(durable(folder, opened))
    await migrate(db, 'sqlite')
    return { db, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The tables of a folder beside the process that appends: to read, or for one short write. */
export function besideSqlite(folder: string, to: 'read' | 'write'): OpenTables {
  const database = new Database(fileIn(folder), {
    timeout: BUSY,
    readonly: to === 'read',
    fileMustExist: true,
  })
  return { db: kyselyOf(database), close: async () => void database.close() }
}

function fileIn(folder: string): string {
  return join(folder, 'ledger.db')
}

/** Opens the database of a folder to write. Throws an Error of one line that names the folder. */
function durable(folder: string, opened: Database.Database[]): Database.Database {
  try {
    return openDurable(fileIn(folder), opened)
  } catch (error) {
    throw new Error(`DATA_DIR ${folder} cannot be used: ${(error as Error).message}`)
  }
}

function openDurable(path: string, opened: Database.Database[]): Database.Database {
  // Made for its owner only, as is then what SQLite puts beside it, whatever folder it is in.
  closeSync(openSync(path, 'a', 0o600))
  const database = new Database(path, { timeout: BUSY })
  opened.push(database)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  // What was erased is overwritten, not only forgotten.
  database.pragma('secure_delete = ON')
  checkDurable(database)
  return database
}

/** Reads back whether every commit is synced. Throws an Error where it is not. */
export function checkDurable(database: Database.Database): void {
  const [mode, level] = ['journal_mode', 'synchronous'].map((name) =>
    database.pragma(name, { simple: true }),
  )
  if (mode === 'wal' && level === 2) return
  const found = `journal_mode ${mode}, synchronous ${level}`
  throw new Error(`${database.name} cannot be written durably: ${found}`)
}
