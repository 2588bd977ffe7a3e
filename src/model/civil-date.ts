import { UTCDate } from '@date-fns/utc'
import { differenceInCalendarMonths } from 'date-fns/differenceInCalendarMonths'
import { differenceInYears } from 'date-fns/differenceInYears'
import { getDate } from 'date-fns/getDate'
import { z } from 'zod'

/** A civil date as whole days since 1970-01-01: compared as an integer, never in a time zone. */
export type Day = number

const MS_PER_DAY = 86_400_000
/** How a civil date is written. */
export const DATE_PATTERN = /^\d{4}-\d{2}-\d{2}$/

/** Days since 1970-01-01 of `YYYY-MM-DD`, or NaN when there is no such day. */
export function dayOf(text: string): Day {
  if (!DATE_PATTERN.test(text)) return Number.NaN
  const ms = Date.parse(text)
  return new Date(ms).getUTCDate() === Number(text.slice(8)) ? ms / MS_PER_DAY : Number.NaN
}

/** `YYYY-MM-DD` of a day. */
export function dateText(day: Day): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
}

/** Whole years from one day to another; born on 29 February: a year older on 1 March. */
export function yearsBetween(from: Day, to: Day): number {
  return differenceInYears(new UTCDate(to * MS_PER_DAY), new UTCDate(from * MS_PER_DAY))
}

/** Whole months from one day to another: complete on the same day of the month, or the next. */
export function monthsBetween(from: Day, to: Day): number {
  const [start, end] = [new UTCDate(from * MS_PER_DAY), new UTCDate(to * MS_PER_DAY)]
  return differenceInCalendarMonths(end, start) - Number(getDate(end) < getDate(start))
}

/** The first and the last day that can be asked for. */
export const ASKABLE = { first: '1850-01-01', last: '2200-12-31' } as const

/** A civil date `YYYY-MM-DD` that exists in the calendar. */
export const CivilDate = z
  .string()
  .regex(DATE_PATTERN, { error: 'is no day YYYY-MM-DD', abort: true })
  .refine((text) => !Number.isNaN(dayOf(text)), { error: 'is no day of the calendar', abort: true })
  .meta({ description: 'Civil date, YYYY-MM-DD', format: 'date' })

/** An instant in UTC with seconds, such as `2026-11-21T00:00:00Z`. */
export const Instant = z.iso
  .datetime({ error: 'is no instant in UTC such as 2026-11-21T00:00:00Z' })
  .meta({ description: 'Instant in UTC' })

/** The civil date in Asia/Shanghai at an instant, the zone every jurisdiction here lives in. */
export function shanghaiDate(instant: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(instant)
}
