import { createReadStream } from 'node:fs'

const [LINE_FEED, RETURN, QUOTE] = [0x0a, 0x0d, 0x22]

/**
 * The lines on which some records of a CSV file (RFC 4180) begin, by the number of the record; both
 * count from 1. Quoted texts may hold line ends; empty lines are records of one column only.
 */
export async function csvLines(
  path: string,
  records: ReadonlySet<number>,
  columns: number,
): Promise<ReadonlyMap<number, number>> {
  const found = new Map<number, number>()
  let [record, line, begin, before] = [0, 1, 1, 0]
  let [quoted, empty] = [false, true]
  const end = () => {
    if (!empty || columns === 1) record += 1
    if (records.has(record) && !found.has(record)) found.set(record, begin)
    empty = true
  }
  for await (const chunk of createReadStream(path))
    for (const byte of chunk as Buffer) {
      const second = byte === LINE_FEED && before === RETURN
      before = byte
      if (second) continue
      if (byte === LINE_FEED || byte === RETURN) {
        line += 1
        if (quoted) continue
        end()
        begin = line
      } else {
        if (byte === QUOTE) quoted = !quoted
        empty = false
      }
    }
  end()
  return found
}
