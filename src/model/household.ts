import { z } from 'zod'

export const MAX_MEMBERS = 50
export const MEMBER_ID = /^[A-Za-z0-9_-]{1,64}$/

export type FactValue = boolean | number | string | readonly string[] | null

/** A household as plain JSON: fact names without prefix, members with ids. */
export interface Household {
  readonly members: readonly Member[]
  readonly [fact: string]: unknown
}
export interface Member {
  readonly id: string
  readonly [fact: string]: unknown
}

/** A household before the dictionary has been asked: used where the dictionary is applied later. */
export const LooseHousehold = z.looseObject({
  members: z
    .array(
      z.looseObject({ id: z.string().meta({ description: 'Any id, distinct in the household' }) }),
    )
    .meta({ description: 'Its members; their facts and those of the household without prefix' }),
})
