import { InputError } from '../screening/input/input-error.js'
import { shortageOf } from '../screening/shortage.js'
import type { ExitCode, Given } from './command.js'
import { UsageError } from './io.js'
import { type Options, wholeNumber } from './options.js'

/** Runs a long command: Ctrl-C stops it, a source that cannot be read is wrong use. */
export async function longRun(
  { io }: Given,
  work: (signal: AbortSignal) => Promise<ExitCode>,
): Promise<ExitCode> {
  const controller = new AbortController()
  const stop = () => controller.abort()
  process.once('SIGINT', stop)
  io.signal?.addEventListener('abort', stop)
  if (io.signal?.aborted) stop()
  return work(controller.signal)
    .catch((error: unknown): ExitCode => {
      if (controller.signal.aborted) {
        io.err('stopped; nothing was written\n')
        return 1
      }
      if (error instanceof InputError) throw new UsageError(error.message)
      const shortage = shortageOf(error)
      throw shortage === undefined ? error : new UsageError(SHORTAGES[shortage])
    })
    .finally(() => {
      process.removeListener('SIGINT', stop)
      io.signal?.removeEventListener('abort', stop)
    })
}

const SHORTAGES = {
  memory: 'the memory does not suffice: give more with --memory, or fewer --threads',
  disk: 'there is no room left on the disk for what is half done: name another with --folder',
} as const

/** What every long command may be given to use. */
export const RESOURCES = { memory: { type: 'string' }, threads: { type: 'string' } } as const

/** Memory and threads from the options. */
export function resourcesOf(options: Options): { memory?: string; threads?: number } {
  const { memory } = options
  if (memory !== undefined && !/^\d+(\.\d+)?(MB|GB)$/.test(String(memory)))
    throw new UsageError('--memory is such as 512MB or 1GB')
  const threads = wholeNumber(options, 'threads')
  return {
    ...(memory !== undefined && { memory: String(memory) }),
    ...(threads !== undefined && { threads }),
  }
}
