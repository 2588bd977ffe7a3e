import { dateText, dayOf } from '../model/civil-date.js'

/** One change: where it stands, what it is called, and the value that replaces what stood there. */
export interface Edit {
  readonly pointer: string
  readonly change: string
  readonly value: unknown
}

/** Replaces what stands at a place by nothing. */
export const DROPPED = Symbol('dropped')

/** One of several parts left out; a part that stands alone goes with what holds it. */
export function dropEdit(list: readonly unknown[], pointer: string): readonly Edit[] {
  return list.length > 1 ? [{ pointer, change: 'dropped', value: DROPPED }] : []
}

/** A day moved to the day before and the day after; none where none is stated. */
export function dayEdits(day: string | null, pointer: string): readonly Edit[] {
  if (day === null) return []
  return [-1, 1].map((by) => {
    const value = dateText(dayOf(day) + by)
    return { pointer, change: value, value }
  })
}

/** A figure one unit below and above. */
export function moved(value: number, pointer: string, unit: number): readonly Edit[] {
  return [-unit, unit].map((by) => {
    const figure = Number((value + by).toFixed(9))
    return { pointer, change: String(figure), value: figure }
  })
}

/** The unit of a figure that only arithmetic reads: its last decimal. */
export function lastPlace(value: number): number {
  return 10 ** -(String(value).split('.')[1]?.length ?? 0)
}
