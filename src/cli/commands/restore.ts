import { resolve } from 'node:path'
import { BadBackup, restoreLines } from '../../ledger/backup.js'
import { openEmpty } from '../../ledger/open-reader.js'
import type { OpenTables } from '../../ledger/stores/tables.js'
import { answer, type Command, type ExitCode, type Given } from '../command.js'
import { asUsage, ledgerPlaceOf } from '../ledger-of.js'
import { readLines } from '../read-lines.js'

/** `huimin restore FILE` */
export const restore: Command = {
  help: `huimin restore FILE [--json]

Puts a backup into a new DATA_DIR, or an empty database (DATABASE_URL); all of it or nothing. The
signing key is not in a backup: put its file into DATA_DIR too, or the ledger goes on with a new one.`,
  options: {},
  operands: [1, 1],
  run: async (given) => {
    const { db, close } = await openEmpty(ledgerPlaceOf(given.io)).catch(asUsage)
    return restoreInto(db, given).finally(close)
  },
}

async function restoreInto(db: OpenTables['db'], given: Given): Promise<ExitCode> {
  const { operands, io } = given
  try {
    const rows = await restoreLines(db, readLines(resolve(io.cwd, operands[0] as string)))
    answer(given, { rows }, () => `${rows} rows\n`)
    return 0
  } catch (error) {
    if (!(error instanceof BadBackup)) throw error
    io.err(`${error.message}\n`)
    return 1
  }
}
