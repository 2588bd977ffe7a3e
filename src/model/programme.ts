import { z } from 'zod'
import { ENTITIES } from './fact.js'
import { Words } from './language.js'

/** A code of GB/T 2260: a city, district or province. */
export const REGION_CODE = /^\d{6}$/

export const PROGRAMME_ID = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/
/** What a rulebook says of another text in its place. */
export const NO_PROGRAMME_ID = 'is no <city>/<programme> in small letters, digits and hyphens'

/** rules/<jurisdiction>/jurisdiction.json */
export const Jurisdiction = z
  .strictObject({
    $schema: z.string().optional(),
    slug: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/, 'must be small letters, digits and hyphens, a letter first')
      .meta({ description: 'Name of its folder' }),
    code: z
      .string()
      .regex(REGION_CODE, 'is no GB/T 2260 code of six digits')
      .meta({ description: 'GB/T 2260 code' }),
    name: Words.meta({ description: 'Its name' }),
  })
  .meta({ id: 'Jurisdiction', description: 'A city or district that has programmes' })
export type Jurisdiction = Readonly<z.infer<typeof Jurisdiction>>

/** rules/<jurisdiction>/<programme>/programme.json */
export const Programme = z
  .strictObject({
    $schema: z.string().optional(),
    id: z
      .string()
      .regex(PROGRAMME_ID, NO_PROGRAMME_ID)
      .meta({ description: '<jurisdiction>/<programme>' }),
    name: Words.meta({ description: 'Its name, as citizens know it' }),
    subject: z
      .enum(ENTITIES)
      .meta({ description: 'Who is entitled: the household or each member' }),
    grants: Words.meta({ description: 'What it grants, in our own words' }),
    parameters: z
      .record(z.string(), Words)
      .optional()
      .meta({ description: 'Names of the parameters of its versions' }),
    note: Words.optional().meta({ description: 'Which clauses are read together, and why' }),
  })
  .meta({ id: 'Programme', description: 'A programme' })
export type Programme = Readonly<z.infer<typeof Programme>>

/** What a parameter is called: as its programme names it, else its id. */
export function parameterName(
  programme: Pick<Programme, 'parameters'> | undefined,
  id: string,
): Words {
  return programme?.parameters?.[id] ?? { zh: id, en: id }
}
