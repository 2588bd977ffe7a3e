import { CLOCKS } from '../determination/determination-request.js'
import { ASKABLE } from '../model/civil-date.js'
import type { ScreeningQuestion } from '../screening/select-rules.js'
import type { Given } from './command.js'
import { UsageError } from './io.js'
import { dayOption, instantOption, required } from './options.js'

/** The clocks and programmes asked for. */
export function questionOf(given: Given): ScreeningQuestion {
  const { options, io } = given
  const { programmes, jurisdiction } = options
  return {
    asOf: askedDay(given, 'as-of') ?? required(options, 'as-of'),
    knownAt: askedInstant(given, 'known-at') ?? io.now().toISOString(),
    ...(typeof programmes === 'string' && { programmes: programmes.split(',') }),
    ...(typeof jurisdiction === 'string' && { jurisdiction }),
  }
}

/** A day from an option, within the days that the API takes. */
export function askedDay({ options }: Given, name: string): string | undefined {
  const day = dayOption(options, name)
  if (CLOCKS.asOf.safeParse(day).success) return day
  throw new UsageError(`--${name} is a day from ${ASKABLE.first} to ${ASKABLE.last}`)
}

/** An instant from an option, never after the present: what will be known then nobody knows. */
export function askedInstant({ options, io }: Given, name: string): string | undefined {
  const instant = instantOption(options, name)
  if (instant === undefined || new Date(instant) <= io.now()) return instant
  throw new UsageError(`--${name} must not be after the present`)
}
