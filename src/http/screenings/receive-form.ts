import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { refused } from '../../determination/request-faults.js'
import { segment } from '../../engine/typing.js'
import { Problem } from '../../model/errors.js'
import type { Words } from '../../model/language.js'

/** One file of a form, while it arrives. */
export interface FormFile {
  /** What the form calls it. */
  readonly part: string
  /** The name it has with the sender. */
  readonly name: string
  readonly content: Readable
}

const LIMITS = { fieldNameSize: 64, fieldSize: 64, fields: 1, files: 2, parts: 3 }

/**
 * Reads the files of a multipart form (RFC 7578) as they arrive; `take` reads each to its end, or
 * throws. Throws Problem: invalid-request, request-timeout when the client went away. The upload
 * stays open, so that it can be answered.
 */
export async function receiveForm(
  upload: Readable,
  headers: IncomingHttpHeaders,
  take: (file: FormFile) => Promise<void>,
): Promise<void> {
  const form = formOf(headers)
  const arriving: Readable[] = []
  let taken = Promise.resolve()
  try {
    await new Promise<void>((resolve, reject) => {
      form.on('file', (part, content, name) => {
        arriving.push(content)
        // The form may end, badly, while nobody listens yet.
        content.on('error', () => {})
        taken = taken.then(() => take({ part, name, content }))
        taken.catch(reject)
      })
      form.on('field', (part) => reject(partFault(part, 'wrong-type', NO_FILE)))
      for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
        form.on(limit, () => reject(partFault(undefined, 'unknown-key', TOO_MANY)))
      form.on('error', () => reject(malformed()))
      form.on('finish', () => taken.then(resolve, reject))
      upload.once('close', () => {
        if (!upload.readableEnded) reject(new Problem('request-timeout'))
      })
      upload.pipe(form)
    })
  } catch (error) {
    upload.unpipe(form)
    for (const content of arriving) content.destroy(new Problem('request-timeout'))
    // What was being written ends before its folder goes.
    await taken.catch(() => {})
    throw error
  }
}

function formOf(headers: IncomingHttpHeaders): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': String(headers['content-type']) },
      limits: LIMITS,
    })
  } catch {
    throw malformed()
  }
}

const NO_FILE: Words = { zh: '应为文件', en: 'must be a file' }
const TOO_MANY: Words = {
  zh: '只能有 households 和 members 两个文件',
  en: 'holds other parts than the files households and members',
}

function malformed(): Problem {
  return new Problem('invalid-request', {
    zh: '表单不完整，或格式有误',
    en: 'The form is not complete, or has the wrong form',
  })
}

/** A fault of one part of a form; of the form as a whole without one. */
export function partFault(part: string | undefined, code: string, message: Words): Problem {
  const pointer = part === undefined ? '' : segment(part)
  return refused([{ pointer, code, message }])
}
