import { z } from 'zod'
import { CivilDate, Instant } from './civil-date.js'
import { Condition } from './condition.js'
import { EntitlementRule } from './entitlement.js'
import { Expression } from './expression.js'
import { Words } from './language.js'
import { NO_PROGRAMME_ID, PROGRAMME_ID } from './programme.js'

/** Who published or reviewed: a role and a number. */
export const ROLE = /^[a-z]+-\d+$/

const VERSION_NAME = /^(\d{4}-\d{2}-\d{2}|undated)(\.[1-9]\d*)?$/
const NO_VERSION_NAME = 'is no YYYY-MM-DD or undated, with .2 and so on for a correction'
const NO_NAME = 'is no name of letters and digits, a letter first'

/** A figure fixed by a clause. */
export const Parameter = z
  .strictObject({
    value: z.number().meta({
      description: 'In unit; money in yuan, 0 to 9,999,999,999.99 with at most 2 decimals',
    }),
    unit: z.string().nullable().meta({ description: 'Null for a count or a grade' }),
    clause: z.string().meta({ description: 'The clause that fixes it' }),
  })
  .meta({ id: 'Parameter', description: 'A figure fixed by a clause' })
export type Parameter = Readonly<z.infer<typeof Parameter>>

/** Points that are earned year by year. */
const PerYear = z
  .strictObject({
    points: z.array(Expression).min(1).max(64).meta({ description: 'The points of each year' }),
    cap: z.number().nonnegative().optional().meta({ description: 'Most points of one year' }),
  })
  .meta({ id: 'PerYear', description: 'Points earned year by year, capped in each' })

/** One line of a points table. */
export const ScorecardItem = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][A-Za-z0-9-]*$/, 'must be letters, digits and hyphens, a small letter first')
      .meta({ description: 'Name of the line, distinct in the table' }),
    title: Words.optional().meta({ description: 'The line in words; without it, its clause' }),
    clause: z.string().meta({ description: 'The clause that gives the points' }),
    points: Expression.optional().meta({
      description:
        'A number, or a computation such as { highest: [{ if, then }] }; either this or perYear',
    }),
    perYear: PerYear.optional(),
    cap: z.number().nonnegative().optional().meta({ description: 'Most points of this item' }),
    group: z.string().optional().meta({ description: 'Only the highest item of a group counts' }),
    unless: Condition.optional().meta({ description: 'The item earns nothing when this holds' }),
    interpretation: z.string().optional().meta({ description: 'A named choice of this line' }),
  })
  .meta({ id: 'ScorecardItem', description: 'One line of a points table' })

export type ScorecardItem = Readonly<z.infer<typeof ScorecardItem>>

/** A points table; its total is the fact `scorecard.points`. */
export const Scorecard = z
  .strictObject({
    items: z.array(ScorecardItem).min(1).meta({ description: 'Its lines' }),
    groupCaps: z
      .record(z.string(), z.number().nonnegative())
      .optional()
      .meta({ description: 'Most points of each group: { <group>: points }' }),
    cap: z.number().nonnegative().optional().meta({ description: 'Most points in all' }),
  })
  .meta({ id: 'Scorecard', description: 'A points table' })
export type Scorecard = Readonly<z.infer<typeof Scorecard>>

const STATIC_WARNINGS = ['instrument-pending', 'start-not-stated'] as const

/** A warning that a version always gives, or gives when a condition certainly holds. */
export const VersionWarning = z
  .strictObject({
    warning: z
      .enum([...STATIC_WARNINGS, 'conflicts-with'])
      .meta({ description: 'Its code, as answers give it' }),
    programme: z
      .string()
      .regex(PROGRAMME_ID, NO_PROGRAMME_ID)
      .optional()
      .meta({ description: 'With conflicts-with' }),
    when: Condition.optional().meta({ description: 'Given only when this certainly holds' }),
    clause: z.string().optional().meta({ description: 'The clause the warning rests on' }),
  })
  .meta({ id: 'VersionWarning', description: 'A warning of a rule version' })

/** One rule version: a programme's conditions over a time, never edited once published. */
export const RuleVersion = z
  .strictObject({
    $schema: z.string().optional(),
    programme: z
      .string()
      .regex(PROGRAMME_ID, NO_PROGRAMME_ID)
      .meta({ description: 'The folder it stands in' }),
    version: z
      .string()
      .regex(VERSION_NAME, NO_VERSION_NAME)
      .meta({ description: 'validFrom or undated, .N for a correction' }),
    validFrom: CivilDate.nullable().meta({
      description: 'First day in force; null: the text does not say since when',
    }),
    validTo: CivilDate.nullable().meta({
      description: 'First day no longer in force; null: until the next version',
    }),
    publishedAt: Instant.nullable().meta({
      description: 'When it was published into the rulebook; null: a draft',
    }),
    supersedes: z
      .string()
      .regex(VERSION_NAME, NO_VERSION_NAME)
      .nullable()
      .meta({ description: 'The mistaken version this one corrects' }),
    reviewBy: CivilDate.nullable().meta({ description: 'From this day on the answer warns' }),
    publishedBy: z
      .string()
      .regex(ROLE, 'is no role such as encoder-1, and never a name')
      .meta({ description: 'Opaque role, never a name' }),
    reviewedBy: z
      .string()
      .regex(ROLE, 'is no role such as encoder-1, and never a name')
      .meta({ description: 'Another role than publishedBy' }),
    clauses: z.array(z.string()).min(1).meta({ description: 'The clauses that confer' }),
    parameters: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/, NO_NAME), Parameter).meta({
      description: 'Every figure a clause fixes, by name; conditions read parameter.<name>',
    }),
    conditions: Condition.meta({
      description:
        'Who is entitled: all, any, not, or one comparison { fact, operator, value, clause }',
    }),
    scorecard: Scorecard.optional(),
    entitlement: EntitlementRule.meta({ description: 'What an eligible subject is granted' }),
    interpretations: z
      .array(z.string())
      .meta({ description: 'Named choices of the version as a whole' }),
    warnings: z
      .array(VersionWarning)
      .optional()
      .meta({ description: 'Warnings that its answers carry' }),
  })
  .meta({ id: 'RuleVersion', description: 'One rule version' })
export type RuleVersion = Readonly<z.infer<typeof RuleVersion>>

/** `dongguan/minimum-living@2020-03-06` */
export function ruleVersionId(version: Pick<RuleVersion, 'programme' | 'version'>): string {
  return `${version.programme}@${version.version}`
}
