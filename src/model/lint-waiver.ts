import { z } from 'zod'

/** A finding of `huimin rules lint` that was looked at and accepted. */
export const LintWaiver = z
  .strictObject({
    finding: z.string().min(1).meta({ description: 'The id that `huimin rules lint` prints' }),
    why: z.string().min(1).meta({ description: 'Why it is right as it stands' }),
  })
  .meta({ id: 'LintWaiver', description: 'An accepted finding' })
export type LintWaiver = Readonly<z.infer<typeof LintWaiver>>

export const LintWaiverFile = z
  .strictObject({ $schema: z.string().optional(), waivers: z.array(LintWaiver) })
  .meta({ id: 'LintWaiverFile', description: 'rules/lint-waivers.json' })
