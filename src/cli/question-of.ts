import type { Question } from '../screening/select-rules.js'
import type { Given } from './command.js'
import { dayOption, instantOption, required } from './options.js'

/** The clocks and programmes asked for. */
export function questionOf({ options, io }: Given): Question {
  const { programmes, jurisdiction } = options
  return {
    asOf: dayOption(options, 'as-of') ?? required(options, 'as-of'),
    knownAt: instantOption(options, 'known-at') ?? io.now().toISOString(),
    ...(typeof programmes === 'string' && { programmes: programmes.split(',') }),
    ...(typeof jurisdiction === 'string' && { jurisdiction }),
  }
}
