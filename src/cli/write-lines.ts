import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UsageError } from './io.js'

/** Characters that are worth a write. */
const PIECE = 1 << 16

/** What to do with a fault of the disk. */
type Refuse = (error: NodeJS.ErrnoException) => never

/**
 * Writes lines to a file that appears only when it is whole and on the disk. What is there and is
 * no file, such as a pipe or a device, is written into. Throws `UsageError` when it cannot be written.
 */
export async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  const refuse: Refuse = ({ code, message }) => {
    const why = code === 'ENOENT' ? `there is no folder ${dirname(path)}` : message
    throw new UsageError(`cannot write ${path}: ${why}`)
  }
  const place = await realpath(path).catch(() => path)
  await ((await isFileOrNone(place))
    ? writeWhole(place, lines, refuse)
    : writeInto(place, lines, refuse))
}

async function isFileOrNone(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => true,
  )
}

async function writeWhole(
  path: string,
  lines: AsyncIterable<string>,
  refuse: Refuse,
): Promise<void> {
  const part = `${path}.part`
  const file = await open(part, 'w', 0o600).catch(refuse)
  try {
    await writeAll(file, lines, refuse)
    await file.sync().catch(refuse)
    await file.close()
    await rename(part, path).catch(refuse)
  } catch (error) {
    await file.close().catch(() => {})
    await rm(part, { force: true })
    throw error
  }
}

async function writeInto(
  path: string,
  lines: AsyncIterable<string>,
  refuse: Refuse,
): Promise<void> {
  const file = await open(path, 'w').catch(refuse)
  await writeAll(file, lines, refuse).finally(() => file.close())
}

/** Unlike `write`, `writeFile` goes on where a disk that is nearly full took a part only. */
async function writeAll(
  file: FileHandle,
  lines: AsyncIterable<string>,
  refuse: Refuse,
): Promise<void> {
  for await (const piece of inPieces(lines)) await file.writeFile(piece).catch(refuse)
}

async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = ''
  for await (const line of lines) {
    piece += line
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  yield piece
}
