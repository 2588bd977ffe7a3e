import { z } from 'zod'
import { Expression } from './expression.js'
import { Words } from './language.js'

export const ENTITLEMENT_KINDS = [
  'cash',
  'top-up',
  'rate',
  'service',
  'priority',
  'exemption',
  'registration',
  'ranking',
] as const
export const BOUNDS_OF_ENTITLEMENT = ['exact', 'floor', 'cap'] as const

const common = {
  clause: z.string().meta({ description: 'The clause that fixes what is granted' }),
  alsoClauses: z.array(z.string()).optional(),
  bound: z
    .enum(BOUNDS_OF_ENTITLEMENT)
    .default('exact')
    .meta({ description: 'Exact, at least, or at most' }),
}

/** What an eligible subject is granted. `amount: null`: the cited text gives no amount. */
export const EntitlementRule = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z
        .literal('top-up')
        .meta({ description: '(standard − against) × times, never below 0' }),
      standard: Expression,
      against: Expression,
      times: Expression,
      unit: z.string(),
      ...common,
    }),
    z.strictObject({
      kind: z.literal('rate'),
      rate: z
        .number()
        .positive()
        .or(z.strictObject({ parameter: z.string() })),
      of: Words.meta({ description: 'What the rate is taken of' }),
      ...common,
    }),
    z.strictObject({
      kind: z.enum(['cash', 'service', 'priority', 'exemption', 'registration', 'ranking']),
      amount: Expression.nullable()
        .default(null)
        .meta({ description: 'Amount in unit, null when no text gives one' }),
      unit: z.string().nullable().default(null),
      ...common,
    }),
  ])
  .meta({ id: 'EntitlementRule', description: 'What is granted' })
export type EntitlementRule = Readonly<z.infer<typeof EntitlementRule>>
