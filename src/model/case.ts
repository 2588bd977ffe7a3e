import { z } from 'zod'
import { CivilDate, Instant } from './civil-date.js'
import { Outcome } from './determination.js'
import { LooseHousehold } from './household.js'

/** What a worked case expects; absent keys are not compared. */
export const Expected = z.strictObject({
  outcome: Outcome.optional(),
  subject: z.string().optional().meta({ description: 'Member id, for a programme of members' }),
  clauses: z.array(z.string()).optional(),
  missing: z.array(z.string()).optional(),
  needs: z.enum(['citizen', 'official']).nullable().optional(),
  amount: z.number().nullable().optional(),
  rate: z.number().optional(),
  bound: z.enum(['exact', 'floor', 'cap']).optional(),
  points: z
    .strictObject({ won: z.number(), possible: z.number(), short: z.number().nullable() })
    .optional()
    .meta({ description: 'Of a programme with a points table' }),
  version: z.string().optional(),
  interpretations: z.array(z.string()).optional(),
  warnings: z.array(z.string()).optional(),
  notInForce: z
    .enum(['before-first-version', 'after-last-version', 'gap', 'not-yet-known'])
    .optional(),
})

export type Expected = Readonly<z.infer<typeof Expected>>

/** One worked case, written from the clause. */
export const Case = z
  .strictObject({
    name: z.string().min(1).meta({ description: 'A sentence' }),
    asOf: CivilDate,
    knownAt: Instant.optional(),
    household: LooseHousehold,
    expect: z.union([Expected, z.array(Expected).min(1)]),
  })
  .meta({ id: 'Case', description: 'A worked case' })
export type Case = Readonly<z.infer<typeof Case>>

/** A change to a rule version that no case can notice, because it changes no answer. */
export const EquivalentMutant = z
  .strictObject({
    mutant: z.string().min(1).meta({
      description: 'As `huimin rules test --mutate` names it: version, JSON pointer, change',
    }),
    why: z.string().min(1).meta({ description: 'Why it answers as the published rule does' }),
  })
  .meta({ id: 'EquivalentMutant', description: 'A changed rule that gives the same answers' })
export type EquivalentMutant = Readonly<z.infer<typeof EquivalentMutant>>

export const CaseFile = z.strictObject({
  $schema: z.string().optional(),
  cases: z.array(Case).min(1),
  equivalentMutants: z.array(EquivalentMutant).optional().meta({
    description: 'Changed rules that no case needs to notice, each with its reason',
  }),
})
