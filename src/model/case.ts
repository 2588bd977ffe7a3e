import { z } from 'zod'
import { CivilDate, Instant } from './civil-date.js'
import { Outcome } from './determination.js'
import { LooseHousehold } from './household.js'

/** What a worked case expects; absent keys are not compared. */
export const Expected = z.strictObject({
  outcome: Outcome.optional(),
  subject: z.string().optional().meta({ description: 'Member id, for a programme of members' }),
  clauses: z.array(z.string()).optional().meta({ description: 'Clauses cited, in order' }),
  missing: z
    .array(z.string())
    .optional()
    .meta({ description: 'Facts asked for: household.x or members/<id>/x, sorted' }),
  needs: z
    .enum(['citizen', 'official'])
    .nullable()
    .optional()
    .meta({ description: 'Who can settle it; null when it is known' }),
  amount: z.number().nullable().optional().meta({ description: 'Amount granted, in its unit' }),
  rate: z.number().optional().meta({ description: 'Share granted' }),
  bound: z
    .enum(['exact', 'floor', 'cap'])
    .optional()
    .meta({ description: 'Exact, at least, or at most' }),
  points: z
    .strictObject({
      won: z.number().meta({ description: 'Points that are certain' }),
      possible: z.number().meta({ description: 'Points at most' }),
      short: z.number().nullable().meta({
        description: 'What is still to be won; 0: nothing, null: no single line to reach',
      }),
    })
    .optional()
    .meta({ description: 'Of a programme with a points table' }),
  version: z.string().optional().meta({ description: 'The version that answers' }),
  interpretations: z
    .array(z.string())
    .optional()
    .meta({ description: 'Named choices of the answer, sorted' }),
  warnings: z.array(z.string()).optional().meta({ description: 'Warnings given, sorted' }),
  notInForce: z
    .enum(['before-first-version', 'after-last-version', 'gap', 'not-yet-known'])
    .optional()
    .meta({ description: 'Why no version answers; instead of an outcome' }),
})

export type Expected = Readonly<z.infer<typeof Expected>>

/** One worked case, written from the clause. */
export const Case = z
  .strictObject({
    name: z.string().min(1).meta({ description: 'A sentence' }),
    asOf: CivilDate.meta({ description: 'The day asked for' }),
    knownAt: Instant.optional().meta({ description: 'As known then; after everything by default' }),
    household: LooseHousehold.meta({ description: 'What is known, as in a request' }),
    expect: z.union([Expected, z.array(Expected).min(1)]).meta({
      description:
        'What must come out, of one subject or of several; what is left out is not compared',
    }),
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
  cases: z
    .array(Case)
    .min(1)
    .meta({ description: 'Both sides of every figure, date and age; each fact unknown once' }),
  equivalentMutants: z.array(EquivalentMutant).optional().meta({
    description: 'Changed rules that no case needs to notice, each with its reason',
  }),
})
