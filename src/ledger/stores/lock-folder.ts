import { join } from 'node:path'
import Database from 'better-sqlite3'

/**
 * Takes a data folder for this process and gives back how to let it go. The lock is the operating
 * system's lock on a file of its own, so it dies with the process. Throws an Error of one line
 * when another process has it.
 */
export function lockFolder(folder: string): () => void {
  const lock = new Database(join(folder, 'lock'), { timeout: 0 })
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error
    throw new Error(`DATA_DIR ${folder} is in use by another Huimin process`)
  }
  return () => lock.close()
}
