import { open, rename, rm } from 'node:fs/promises'
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
