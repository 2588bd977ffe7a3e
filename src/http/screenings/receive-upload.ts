import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Rulebook } from '../../rulebook/rulebook.js'
import type { ScreeningQuestion } from '../../screening/select-rules.js'
import { checkPair } from './check-pair.js'
import { receiveLines } from './receive-lines.js'
import { receivePair } from './receive-pair.js'
import { FILES, type ScreeningRecord } from './screening-record.js'
import type { UploadBounds } from './upload-bounds.js'

/** A register while it arrives: lines of JSON, or a form with a pair of files. */
export interface Upload {
  readonly kind: 'lines' | 'pair'
  readonly body: Readable
  readonly headers: IncomingHttpHeaders
}

/** What is known of a register once it has arrived. */
export type Received = Pick<ScreeningRecord, 'lines' | 'register' | 'columns'>

interface Place {
  readonly folder: string
  readonly rulebook: Rulebook
  readonly question: ScreeningQuestion
  readonly bounds: UploadBounds
}

/** Writes a register into its folder; a pair of files is read to its end at once. Throws Problem. */
export async function receiveUpload(
  { kind, body, headers }: Upload,
  place: Place,
): Promise<Received> {
  const { folder, bounds } = place
  if (kind === 'pair') {
    const names = await receivePair(body, headers, folder, bounds)
    return { register: names, ...(await checkPair({ ...place, names })) }
  }
  const lines = await receiveLines(body, join(folder, FILES.lines), bounds)
  return { register: { households: FILES.lines }, lines, columns: null }
}
