import { createReadStream } from 'node:fs'
import { UsageError } from './io.js'

const [LINE_FEED, CARRIAGE_RETURN] = [0x0a, 0x0d]

/** The lines of a file, one at a time. Throws `UsageError` when it cannot be read. */
export async function* readLines(path: string): AsyncGenerator<string> {
  for await (const line of lineBytes(path)) yield line.toString()
}

/** The same as the bytes they are. */
export async function* lineBytes(path: string): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0)
  try {
    for await (const chunk of createReadStream(path)) {
      const bytes = Buffer.concat([rest, chunk as Buffer])
      let start = 0
      for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
        yield withoutReturn(bytes.subarray(start, end))
        start = end + 1
      }
      rest = bytes.subarray(start)
    }
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${(error as Error).message}`)
  }
  if (rest.length > 0) yield withoutReturn(rest)
}

function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line
}
