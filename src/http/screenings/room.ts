import { statfs } from 'node:fs/promises'
import { Problem, type ProblemCode } from '../../model/errors.js'
import { InputError } from '../../screening/input/input-error.js'
import { shortageOf } from '../../screening/shortage.js'

/** Bytes that a screening leaves to the decisions, which are kept on the same disk. */
const RESERVE = 512 * 1024 * 1024

/** Throws Problem `storage-full` where a screening would take the room of decisions. */
export async function checkRoom(folder: string, reserve = RESERVE): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < reserve) throw new Problem('storage-full')
}

/** The problem of what ended a screening. */
export function problemOf(error: unknown): ProblemCode {
  if (error instanceof Problem) return error.code
  if (error instanceof InputError) return 'invalid-request'
  return shortageOf(error) === 'disk' ? 'storage-full' : 'internal-error'
}
