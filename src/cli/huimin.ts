import { RulebookDefects } from '../rulebook/rulebook.js'
import { COMMANDS } from './commands.js'
import { dispatch } from './dispatch.js'
import { type Io, UsageError } from './io.js'

/**
 * Runs one command line. Answers the exit code: 0 good, 1 the answer is bad, 2 wrong use (one
 * line on stderr), also what the operating system refuses. A rulebook that does not load is a bad answer: its defects go to stderr.
 */
export async function huimin(args: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(COMMANDS, args, io)
  } catch (error) {
    if (error instanceof UsageError || isSystemFault(error)) return fail(io, error.message, 2)
    if (error instanceof RulebookDefects) return fail(io, error.message, 1)
    throw error
  }
}

/** What the operating system refused, such as a file that cannot be read. */
function isSystemFault(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error
}

function fail(io: Io, message: string, code: number): number {
  io.err(`${message}\n`)
  return code
}
