import { z } from 'zod'
import { CivilDate } from '../../model/civil-date.js'
import { Words } from '../../model/language.js'
import type { Impact } from '../../screening/impact/impact.js'
import type { TriedParameter } from './impact-question.js'

const HIDDEN = 'Null: fewer than 5 people could be found'
const figure = z.int().nullable().meta({ description: HIDDEN })
const money = z
  .number()
  .nullable()
  .meta({ description: `Yuan. ${HIDDEN}` })
const change = {
  subjects: figure,
  eligibleBefore: figure,
  eligibleAfter: figure,
  gained: figure.meta({ description: `Entitled with the change and not without. ${HIDDEN}` }),
  lost: figure,
  raised: figure,
  lowered: figure,
  amountBefore: money,
  amountAfter: money,
  costPerMonth: money,
}
const Group = z.strictObject({ value: z.string().nullable(), name: Words, ...change })
const Side = z.strictObject({ asOf: CivilDate, knownAt: z.string(), rulebook: z.string() })

/** What changes for a register, as `huimin impact --json` writes it, and what was tried. */
export const ScreeningImpact = z
  .strictObject({
    tried: z.array(
      z.strictObject({
        programme: z.string(),
        ruleVersion: z.string(),
        parameter: z.string(),
        unit: z.string().nullable(),
        from: z.number(),
        to: z.number(),
      }),
    ),
    before: Side,
    after: Side,
    households: z.int(),
    members: z.int(),
    rejected: z.int(),
    cities: z.array(z.strictObject({ jurisdiction: z.string(), name: Words, ...change })),
    programmes: z.array(
      z.strictObject({
        programme: z.string(),
        name: Words,
        jurisdiction: z.string(),
        versionBefore: z.string().nullable(),
        versionAfter: z.string().nullable(),
        unit: z.string().nullable(),
        ...change,
        by: z.array(z.strictObject({ dimension: z.string(), name: Words, groups: z.array(Group) })),
      }),
    ),
  })
  .meta({ id: 'ScreeningImpact', description: 'Who gains and who loses when figures change' })
export type ScreeningImpact = Impact & { readonly tried: readonly TriedParameter[] }
