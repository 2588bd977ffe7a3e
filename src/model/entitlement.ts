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
  alsoClauses: z.array(z.string()).optional().meta({ description: 'Further clauses of the grant' }),
  bound: z
    .enum(BOUNDS_OF_ENTITLEMENT)
    .default('exact')
    .meta({ description: 'Exact, at least, or at most' }),
}

/** What an eligible subject is granted. `amount: null`: the cited text gives no amount. */
export const EntitlementRule = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('top-up').meta({
        description:
          'One of cash, top-up ((standard − against) × times, never below 0), rate, service, priority, exemption, registration, ranking',
      }),
      standard: Expression.meta({ description: 'Of a top-up: the line, such as { parameter }' }),
      against: Expression.meta({ description: 'Of a top-up: what is counted against the line' }),
      times: Expression.meta({ description: 'Of a top-up: how often, such as the members' }),
      unit: z.string().meta({ description: 'Unit of the amount, such as CNY/month' }),
      ...common,
    }),
    z.strictObject({
      kind: z.literal('rate'),
      rate: z
        .number()
        .positive()
        .or(
          z.strictObject({
            parameter: z.string().meta({ description: 'The name of a parameter' }),
          }),
        )
        .meta({ description: 'Of a rate: the share, 0.75 for 75 %' }),
      of: Words.meta({ description: 'What the rate is taken of' }),
      ...common,
    }),
    z.strictObject({
      kind: z
        .enum(['cash', 'service', 'priority', 'exemption', 'registration', 'ranking'])
        .meta({ description: 'What kind of grant it is' }),
      amount: Expression.nullable()
        .default(null)
        .meta({ description: 'Amount in unit, null when no text gives one' }),
      unit: z.string().nullable().default(null).meta({ description: 'Unit of the amount' }),
      ...common,
    }),
  ])
  .meta({ id: 'EntitlementRule', description: 'What is granted' })
export type EntitlementRule = Readonly<z.infer<typeof EntitlementRule>>
