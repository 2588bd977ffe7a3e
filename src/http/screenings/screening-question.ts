import { z } from 'zod'
import { refused } from '../../determination/determination-request.js'
import { CivilDate, shanghaiDate } from '../../model/civil-date.js'
import type { InputFault } from '../../model/errors.js'
import type { Rulebook } from '../../rulebook/rulebook.js'
import type { Question } from '../../screening/select-rules.js'

/** Days that can be asked for, as those of a determination. */
const isWithinDates = (text: string) => text >= '1850-01-01' && text <= '2200-12-31'

/** What is asked of a register. */
export const ScreeningQuery = z.strictObject({
  asOf: CivilDate.refine(isWithinDates)
    .optional()
    .meta({ description: 'The day asked for; today in Asia/Shanghai by default' }),
  knownAt: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({ description: 'As known at this instant; now by default, never later' }),
  jurisdiction: z
    .string()
    .regex(/^\d{6}$/)
    .optional()
    .meta({ description: 'GB/T 2260 code; every jurisdiction by default' }),
  programmes: z
    .string()
    .optional()
    .meta({ description: 'Programme ids with , between them; all by default' }),
})
export type ScreeningQuery = Readonly<z.infer<typeof ScreeningQuery>>

/** The question of a query, defaults filled in. Throws Problem (400) with every fault. */
export function screeningQuestion(rulebook: Rulebook, query: ScreeningQuery, now: Date): Question {
  const { asOf = shanghaiDate(now), jurisdiction } = query
  const knownAt = new Date(query.knownAt ?? now)
  const programmes = query.programmes?.split(',')
  const faults = [
    ...(knownAt > now ? [FUTURE] : []),
    ...(jurisdiction === undefined || rulebook.jurisdictions.has(jurisdiction) ? [] : [NOWHERE]),
    ...(programmes?.every((id) => isThere(rulebook, id, jurisdiction)) === false ? [NONE] : []),
  ]
  if (faults.length > 0) throw refused(faults)
  return {
    asOf,
    knownAt: knownAt.toISOString(),
    ...(programmes !== undefined && { programmes: [...new Set(programmes)].sort() }),
    ...(jurisdiction !== undefined && { jurisdiction }),
  }
}

function isThere({ programmes }: Rulebook, id: string, jurisdiction: string | undefined): boolean {
  const found = programmes.get(id)?.jurisdiction.code
  return found !== undefined && (jurisdiction ?? found) === found
}

const FUTURE: InputFault = {
  pointer: '/knownAt',
  code: 'in-the-future',
  message: { zh: '不能晚于服务器的当前时间', en: 'must not be after the present' },
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
