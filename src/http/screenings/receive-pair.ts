import { open } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'
import { extname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { refused } from '../../determination/request-faults.js'
import { Problem } from '../../model/errors.js'
import { ENTITIES, type Entity } from '../../model/fact.js'
import type { Words } from '../../model/language.js'
import { isPairFormat } from '../../screening/input/describe-file.js'
import { type FormFile, partFault, receiveForm } from './receive-form.js'
import type { UploadBounds } from './upload-bounds.js'

/** The parts of a form, and the names their files are given. */
export const PARTS = { household: 'households', member: 'members' } as const satisfies Readonly<
  Record<Entity, string>
>

/** The names of both files of a pair in the folder of their screening. */
export type PairNames = Readonly<Record<(typeof PARTS)[Entity], string>>

/**
 * Writes the two files of a form into a folder, for their owner's eyes only. Throws Problem:
 * body-too-large, invalid-request with the part, request-timeout when the client went away.
 */
export async function receivePair(
  upload: Readable,
  headers: IncomingHttpHeaders,
  folder: string,
  { bytes }: UploadBounds,
): Promise<PairNames> {
  const names: Partial<Record<string, string>> = {}
  let left = bytes
  await receiveForm(upload, headers, async (file) => {
    const name = nameOf(file, names)
    names[file.part] = name
    left -= await write(file, join(folder, name), left)
  })
  const faults = ENTITIES.filter((entity) => names[PARTS[entity]] === undefined).map((entity) => ({
    pointer: `/${PARTS[entity]}`,
    code: 'required',
    message: MISSING,
  }))
  if (faults.length > 0) throw refused(faults)
  return names as PairNames
}

function nameOf({ part, name }: FormFile, names: Partial<Record<string, string>>): string {
  if (!Object.values<string>(PARTS).includes(part)) throw partFault(part, 'unknown-key', OTHER)
  if (names[part] !== undefined) throw partFault(part, 'repeated', TWICE)
  const extension = extname(name ?? '').toLowerCase()
  if (!isPairFormat(`${part}${extension}`)) throw partFault(part, 'wrong-form', EXTENSION)
  return `${part}${extension}`
}

async function write({ part, content }: FormFile, path: string, most: number): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  let bytes = 0
  try {
    for await (const chunk of content) {
      bytes += (chunk as Buffer).length
      if (bytes > most) throw tooLarge(part)
      await file.appendFile(chunk as Buffer)
    }
  } finally {
    await file.close()
  }
  if (bytes === 0) throw partFault(part, 'required', EMPTY)
  return bytes
}

/** A part of more bytes or rows than an upload may hold. */
export function tooLarge(part: string): Problem {
  return new Problem('body-too-large', { zh: `${part} 过大`, en: `${part} is too large` })
}

const OTHER: Words = { zh: '只能是 households 或 members', en: 'is neither households nor members' }
const TWICE: Words = { zh: '出现了两次', en: 'is there twice' }
const EMPTY: Words = { zh: '没有内容', en: 'holds nothing' }
const MISSING: Words = { zh: '缺少这个文件', en: 'is a file that is required' }
const EXTENSION: Words = {
  zh: '文件名应以 .csv 或 .parquet 结尾',
  en: 'must be a file whose name ends in .csv or .parquet',
}
