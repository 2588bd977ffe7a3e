import { z } from 'zod'
import { clockFaults } from '../../determination/content-faults.js'
import { CLOCKS } from '../../determination/determination-request.js'
import { refused } from '../../determination/request-faults.js'
import { shanghaiDate } from '../../model/civil-date.js'
import type { InputFault } from '../../model/errors.js'
import { REGION_CODE } from '../../model/programme.js'
import type { Rulebook } from '../../rulebook/rulebook.js'
import type { ScreeningQuestion } from '../../screening/select-rules.js'

/** What is asked of a register. */
export const ScreeningQuery = z.strictObject({
  ...CLOCKS,
  jurisdiction: z
    .string()
    .regex(REGION_CODE)
    .optional()
    .meta({ description: 'GB/T 2260 code; every jurisdiction by default' }),
  programmes: z
    .string()
    .optional()
    .meta({ description: 'Programme ids with , between them; all by default' }),
})
export type ScreeningQuery = Readonly<z.infer<typeof ScreeningQuery>>

/** The question of a query, defaults filled in. Throws Problem (400) with every fault. */
export function screeningQuestion(
  rulebook: Rulebook,
  query: ScreeningQuery,
  now: Date,
): ScreeningQuestion {
  const { asOf = shanghaiDate(now), jurisdiction } = query
  const knownAt = new Date(query.knownAt ?? now).toISOString()
  const programmes = query.programmes?.split(',')
  const faults = [
    ...clockFaults(query, now),
    ...(jurisdiction === undefined || rulebook.jurisdictions.has(jurisdiction) ? [] : [NOWHERE]),
    ...(programmes?.every((id) => isThere(rulebook, id, jurisdiction)) === false ? [NONE] : []),
  ]
  if (faults.length > 0) throw refused(faults)
  return {
    asOf,
    knownAt,
    ...(programmes !== undefined && { programmes: [...new Set(programmes)].sort() }),
    ...(jurisdiction !== undefined && { jurisdiction }),
  }
}

function isThere({ programmes }: Rulebook, id: string, jurisdiction: string | undefined): boolean {
  const found = programmes.get(id)?.jurisdiction.code
  return found !== undefined && (jurisdiction ?? found) === found
}

const NOWHERE: InputFault = {
  pointer: '/jurisdiction',
  code: 'unknown-jurisdiction',
  message: { zh: '没有这个行政区', en: 'there is no such jurisdiction' },
}
const NONE: InputFault = {
  pointer: '/programmes',
  code: 'unknown-programme',
  message: { zh: '没有其中的项目', en: 'names a programme that is not there' },
}
