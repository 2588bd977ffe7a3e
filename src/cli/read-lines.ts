import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { UsageError } from './io.js'

/** The lines of a file, one at a time. Throws `UsageError` when it cannot be read. */
export async function* readLines(path: string): AsyncGenerator<string> {
  const stream = createReadStream(path)
  try {
    yield* createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${(error as Error).message}`)
  } finally {
    stream.destroy()
  }
}
