import { type FileHandle, open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { Problem } from '../../model/errors.js'
import type { UploadBounds } from './upload-bounds.js'

const LINE_FEED = 0x0a

/**
 * Writes an upload to a new file that only its owner may read, and gives back its number of lines.
 * Throws Problem: body-too-large, invalid-request when nothing was sent, request-timeout when the
 * client went away. The upload stays open, so that it can be answered.
 */
export async function receiveLines(
  upload: Readable,
  path: string,
  bounds: UploadBounds,
): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  try {
    return await receive(upload, file, bounds)
  } finally {
    await file.close()
  }
}

async function receive(upload: Readable, file: FileHandle, bounds: UploadBounds): Promise<number> {
  let [bytes, lines, line] = [0, 0, 0]
  for await (const chunk of chunksOf(upload)) {
    bytes += chunk.length
    let from = 0
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      if (line + end - from > bounds.line) throw tooLarge(lines + 1)
      lines += 1
      line = 0
      from = end + 1
    }
    line += chunk.length - from
    if (bytes > bounds.bytes || lines > bounds.lines) throw new Problem('body-too-large')
    if (line > bounds.line) throw tooLarge(lines + 1)
    await file.appendFile(chunk)
  }
  if (bytes === 0) throw empty()
  return lines + Number(line > 0)
}

async function* chunksOf(upload: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of upload.iterator({ destroyOnReturn: false })) yield chunk as Buffer
  } catch (error) {
    throw Object.assign(new Problem('request-timeout'), { cause: error })
  }
}

function tooLarge(line: number): Problem {
  return new Problem('body-too-large', {
    zh: `第 ${line} 行过大`,
    en: `Line ${line} is too large`,
  })
}

function empty(): Problem {
  const message = { zh: '没有内容', en: 'holds nothing' }
  return new Problem('invalid-request', undefined, [{ pointer: '', code: 'required', message }])
}
