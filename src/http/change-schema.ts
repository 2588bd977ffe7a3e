import { z } from 'zod'
import { LeafCondition } from '../model/condition.js'
import { Parameter } from '../model/rule-version.js'

const kind = <const K extends readonly [string, ...string[]]>(...kinds: K) => z.enum(kinds)
const date = z.string().nullable()

/** One difference between two versions of a programme. */
export const ChangeSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: kind('parameter-changed'),
      name: z.string(),
      from: Parameter,
      to: Parameter,
    }),
    z.strictObject({
      kind: kind('parameter-added', 'parameter-removed'),
      name: z.string(),
      parameter: Parameter,
    }),
    z.strictObject({
      kind: kind('condition-added', 'condition-removed'),
      condition: LeafCondition,
    }),
    z.strictObject({ kind: kind('conditions-rearranged') }),
    z.strictObject({
      kind: kind('date-changed'),
      date: z.enum(['validFrom', 'validTo', 'reviewBy']),
      from: date,
      to: date,
    }),
    z.strictObject({
      kind: kind('listed', 'unlisted'),
      what: z.enum(['clause', 'interpretation']),
      id: z.string(),
    }),
    z.strictObject({
      kind: kind('part-changed'),
      part: z.enum(['entitlement', 'scorecard', 'warnings']),
      from: z.unknown(),
      to: z.unknown(),
    }),
  ])
  .meta({ id: 'Change', description: 'One difference between two versions of a programme' })
