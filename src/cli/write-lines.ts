import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { UsageError } from './io.js'

/** Writes lines to a file that appears only when it is whole and on the disk. */
export async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  const part = `${path}.part`
  const file = await open(part, 'w', 0o600).catch((error: Error) => {
    throw new UsageError(`cannot write ${path}: ${error.message}`)
  })
  try {
    let waiting = ''
    for await (const line of lines) {
      waiting += line
      if (waiting.length < 1 << 16) continue
      await file.write(waiting)
      waiting = ''
    }
    await file.write(waiting)
    await file.sync()
    await file.close()
    await rename(part, path)
  } catch (error) {
    await file.close().catch(() => {})
    await rm(part, { force: true })
    throw error
  }
}

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
