import { z } from 'zod'
import { Condition } from './condition.js'
import { Words } from './language.js'
import { NO_PROGRAMME_ID, PROGRAMME_ID } from './programme.js'

/** Two programmes of one jurisdiction that are not granted to one person, or not without a ruling. */
export const Conflict = z
  .strictObject({
    programmes: z
      .tuple([
        z.string().regex(PROGRAMME_ID, NO_PROGRAMME_ID),
        z.string().regex(PROGRAMME_ID, NO_PROGRAMME_ID),
      ])
      .meta({ description: 'The two, in the order of their ids' }),
    clause: z.string().meta({ description: 'The clause that sets them against each other' }),
    interpretation: z
      .string()
      .optional()
      .meta({ description: 'The named choice, where the clause does not say it outright' }),
    when: Condition.optional().meta({
      description: 'Whom it concerns, where not everybody: it must certainly hold',
    }),
    why: Words.meta({ description: 'What the caseworker is told' }),
  })
  .meta({ id: 'Conflict', description: 'Two programmes that exclude each other' })
export type Conflict = Readonly<z.infer<typeof Conflict>>

export const ConflictFile = z
  .strictObject({ $schema: z.string().optional(), conflicts: z.array(Conflict) })
  .meta({ id: 'ConflictFile', description: 'rules/conflicts.json' })
