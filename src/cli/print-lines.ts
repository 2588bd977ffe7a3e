import type { Io } from './io.js'

/** Prints lines one by one, until they end or nobody reads them any more. */
export async function printLines(io: Io, lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines) {
    io.out(line)
    if (io.unread?.()) return
  }
}
