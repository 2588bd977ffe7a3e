import { resolve } from 'node:path'
import type { LedgerPlace } from '../ledger/open-ledger.js'
import { type LedgerReader, openReader } from '../ledger/open-reader.js'
import { Problem, problemBody } from '../model/errors.js'
import type { ExitCode, Given } from './command.js'
import { type Io, UsageError } from './io.js'

/** Where the ledger of this run is kept. */
export function ledgerPlaceOf({ env, cwd }: Io): LedgerPlace {
  return {
    DATA_DIR: resolve(cwd, env.DATA_DIR || './data'),
    ...(env.DATABASE_URL && { DATABASE_URL: env.DATABASE_URL }),
    ...(env.SIGNING_KEY_FILE && { SIGNING_KEY_FILE: resolve(cwd, env.SIGNING_KEY_FILE) }),
  }
}

/**
 * Runs with the ledger opened to read, and closes it. A ledger that cannot be opened is wrong use,
 * so is what cannot be asked of it. Any other problem is a bad answer, exit 1.
 */
export async function withLedger(
  { io }: Given,
  run: (ledger: LedgerReader) => Promise<ExitCode>,
): Promise<ExitCode> {
  const ledger = await openReader(ledgerPlaceOf(io)).catch(asUsage)
  return run(ledger)
    .catch((error: unknown) => asBadAnswer(error, io))
    .finally(ledger.close)
}

/** A fault of the options is wrong use; any other problem is said, and the answer is bad. */
function asBadAnswer(error: unknown, io: Io): ExitCode {
  if (!(error instanceof Problem)) throw error
  const { title, detail, errors = [] } = problemBody(error, 'en')
  const said = errors.map(({ pointer, message }) => `${optionAt(pointer)}: ${message}`).join('; ')
  if (error.code === 'invalid-request') throw new UsageError(said)
  io.err(`${title}${detail === title ? '' : `: ${detail}`}\n`)
  return 1
}

/** The option that stands for a place of the request: `--as-of` for `/asOf`. */
function optionAt(pointer: string): string {
  return `--${pointer.slice(1).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/** A fault of one line as wrong use. */
export function asUsage(error: unknown): never {
  throw new UsageError((error as Error).message)
}
