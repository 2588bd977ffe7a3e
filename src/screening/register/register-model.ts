import { z } from 'zod'

const share = z.number().min(0).max(1)
const quantiles = z.array(z.tuple([share, z.number()])).min(2)
const shares = z
  .record(z.string(), share)
  .refine((codes) => Object.keys(codes).length > 0, 'at least one code')

const common = {
  fact: z.string(),
  unknown: share.meta({ description: 'Share of subjects about whom it is not known' }),
  given: z
    .string()
    .optional()
    .meta({ description: 'Known only of those for whom this set fact is not empty' }),
}

/** How one fact is distributed. */
export const Distribution = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('truth'), share, ...common }),
  z.strictObject({ kind: z.literal('codes'), shares, ...common }),
  z.strictObject({
    kind: z.literal('set'),
    empty: share,
    shares,
    ...common,
  }),
  z.strictObject({
    kind: z.literal('number'),
    quantiles: quantiles.meta({ description: 'Points [share, value], straight lines between' }),
    perMember: z.boolean().default(false).meta({ description: 'Times the members listed' }),
    ...common,
  }),
  z.strictObject({
    kind: z.literal('birth'),
    positions: z
      .array(quantiles)
      .min(1)
      .meta({ description: 'Ages of the first, second … and every further member' }),
    ...common,
  }),
])
export type Distribution = Readonly<z.infer<typeof Distribution>>

/** seeds/register.json: what a synthetic register looks like. */
export const RegisterModel = z.strictObject({
  note: z.string(),
  sizes: shares.meta({ description: 'Shares of household sizes' }),
  facts: z.array(Distribution),
})
export type RegisterModel = Readonly<z.infer<typeof RegisterModel>>
