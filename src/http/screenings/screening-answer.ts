import { z } from 'zod'
import { CivilDate } from '../../model/civil-date.js'
import { NotInForce } from '../../model/determination.js'
import { BOUNDS_OF_ENTITLEMENT } from '../../model/entitlement.js'
import { Problem, problemBody } from '../../model/errors.js'
import type { Language } from '../../model/language.js'
import { ProblemSchema } from '../describe.js'
import { keptUntil, SCREENING_STATUSES } from './screening-record.js'
import type { ScreeningRun } from './screening-run.js'

const instant = z.string().nullable().meta({ description: 'Instant in UTC; null: not yet' })
const count = z.int()

const ScreeningProgress = z
  .strictObject({
    phase: z.enum(['loading', 'screening', 'writing']),
    done: count.meta({ description: 'Households of this phase that are done' }),
    total: count,
    rate: count.nullable().meta({ description: 'Households a second; null: not known yet' }),
    remainingSeconds: count.nullable().meta({ description: 'Of this phase; null: not known yet' }),
  })
  .meta({ id: 'ScreeningProgress', description: 'How far a screening has come' })

const ScreenedProgramme = z
  .strictObject({
    programme: z.string(),
    ruleVersion: z.string(),
    jurisdiction: z.string(),
    subject: z.enum(['household', 'member']),
    eligible: count,
    ineligible: count,
    unknown: count,
    paid: count.meta({ description: 'Subjects who are paid a known amount' }),
    amount: z.string().meta({ description: 'The sum of their amounts, exact, in unit' }),
    unit: z.string().nullable(),
    bound: z
      .enum(BOUNDS_OF_ENTITLEMENT)
      .optional()
      .meta({ description: 'floor: at least so much is paid; cap: a ceiling, never added up' }),
    parameters: z.array(z.string()).meta({ description: 'Figures that an impact can move' }),
  })
  .meta({ id: 'ScreenedProgramme', description: 'How the subjects of one programme came out' })

const ScreeningColumns = z
  .strictObject({
    given: z
      .array(
        z.strictObject({
          fact: z.string(),
          read: z.boolean().meta({ description: 'Whether a rule that is asked reads it' }),
          rows: count.nullable().meta({ description: 'Rows of its entity; null: not read yet' }),
          known: count.nullable().meta({ description: 'Rows in which it is known' }),
        }),
      )
      .meta({ description: 'Facts with a column; in lines of JSON, facts that a line states' }),
    lacking: z
      .array(z.strictObject({ fact: z.string(), programmes: z.array(z.string()) }))
      .meta({ description: 'Facts that rules read and no column gives: unknown of everybody' }),
  })
  .meta({ id: 'ScreeningColumns', description: 'How a register meets the rules that are asked' })

const Counts = z.strictObject({
  households: count.meta({ description: 'Households screened' }),
  members: count,
  rejected: count.meta({ description: 'Households left out because of a fault' }),
  faults: count,
})

/** What is told of a screening. */
export const Screening = z
  .strictObject({
    id: z.string(),
    status: z.enum(SCREENING_STATUSES),
    createdAt: z.string(),
    startedAt: instant,
    endedAt: instant,
    startedBy: z.string().meta({ description: 'Who sent the register' }),
    asOf: CivilDate,
    knownAt: z.string(),
    jurisdiction: z.string().nullable().meta({ description: 'Null: all' }),
    programmes: z.array(z.string()).nullable().meta({ description: 'As asked for; null: all' }),
    rulebook: z.strictObject({ digest: z.string() }),
    lines: count.meta({ description: 'Lines of the register; rows of households' }),
    files: z.array(z.string()).meta({ description: 'What was sent, as rejects name it' }),
    columns: ScreeningColumns.nullable().meta({
      description: 'Once received, for CSV and Parquet; once read, for lines of JSON',
    }),
    keptUntil: instant.meta({ description: 'When results and register are removed by themselves' }),
    progress: ScreeningProgress.nullable().meta({ description: 'While it runs' }),
    counts: Counts.nullable().meta({ description: 'Once it has finished' }),
    summary: z.array(ScreenedProgramme).nullable().meta({ description: 'Once it has finished' }),
    notInForce: z.array(NotInForce).nullable().meta({ description: 'Once it has finished' }),
    problem: ProblemSchema.nullable().meta({ description: 'Why it failed' }),
  })
  .meta({ id: 'Screening', description: 'A register that is, or was, decided whole' })
export type Screening = Readonly<z.infer<typeof Screening>>

/** What is told of a screening, in a language. */
export function screeningAnswer({ record, pace }: ScreeningRun, language: Language): Screening {
  const { question, summary, problem, rulebook, register, ...plain } = record
  const counts = summary && {
    households: summary.households,
    members: summary.members,
    rejected: summary.rejected,
    faults: summary.faults,
  }
  return {
    ...plain,
    asOf: question.asOf,
    knownAt: question.knownAt,
    jurisdiction: question.jurisdiction ?? null,
    programmes: question.programmes === undefined ? null : [...question.programmes],
    rulebook: { digest: rulebook },
    files: Object.values(register),
    keptUntil: keptUntil(record),
    progress: pace,
    counts,
    summary: summary && [...summary.programmes],
    notInForce: summary && [...summary.notInForce],
    problem: problem && problemBody(new Problem(problem), language),
  } as Screening
}
