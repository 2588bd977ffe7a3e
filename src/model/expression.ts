import { z } from 'zod'
import { CivilDate } from './civil-date.js'
import { Condition } from './condition.js'

/** The JSON of an expression: a small closed language, total and typed when the rulebook loads. */
export type Expression =
  | number
  | boolean
  | string
  | { yuan: number }
  | { date: string }
  | { fact: string }
  | { parameter: string }
  | { add: Expression[] }
  | { subtract: [Expression, Expression] }
  | { multiply: Expression[] }
  | { divide: [Expression, Expression] }
  | { min: Expression[] }
  | { max: Expression[] }
  | { round: Expression; to: number; mode: RoundingMode }
  | { cap: Expression; at: Expression }
  | { yearsBetween: [Expression, Expression] }
  | { monthsBetween: [Expression, Expression] }
  | { within: [Expression, Expression] }
  | { holds: Condition }
  | { not: Expression }
  | { count: Expression }
  | { sum: Expression }
  | { any: Expression }
  | { all: Expression }
  | { when: { if: Expression; then: Expression }[]; else: Expression }
  | { table: Expression; bands: { from: number | null; then: Expression }[] }
  | { highest: { if: Expression; then: Expression }[] }
  | { unknown: 'boolean' | { min: number; max: number } }

export const ROUNDING_MODES = ['half-up', 'up', 'down'] as const
export type RoundingMode = (typeof ROUNDING_MODES)[number]

const some = z.lazy(() => z.array(Expression).min(1).max(64))
const pair = z.lazy(() => z.tuple([Expression, Expression]))
const one = z.lazy(() => Expression)
const choices = z.lazy(() =>
  z
    .array(z.strictObject({ if: Expression, then: Expression }))
    .min(1)
    .max(64),
)

/** An expression as written in a rulebook. Types and units are checked by `parseExpression`. */
export const Expression: z.ZodType<Expression> = z
  .lazy(() =>
    z.union([
      z.number(),
      z.boolean(),
      z.string().min(1),
      z.strictObject({ yuan: z.number() }),
      z.strictObject({ date: CivilDate }),
      z.strictObject({ fact: z.string() }),
      z.strictObject({ parameter: z.string() }),
      z.strictObject({ add: some }),
      z.strictObject({ subtract: pair }),
      z.strictObject({ multiply: some }),
      z.strictObject({ divide: pair }),
      z.strictObject({ min: some }),
      z.strictObject({ max: some }),
      z.strictObject({ round: one, to: z.number().positive(), mode: z.enum(ROUNDING_MODES) }),
      z.strictObject({ cap: one, at: one }),
      z.strictObject({ yearsBetween: pair }),
      z.strictObject({ monthsBetween: pair }),
      z.strictObject({ within: pair }),
      z.strictObject({ holds: Condition }),
      z.strictObject({ not: one }),
      z.strictObject({ count: one }),
      z.strictObject({ sum: one }),
      z.strictObject({ any: one }),
      z.strictObject({ all: one }),
      z.strictObject({ when: choices, else: one }),
      z.strictObject({
        table: one,
        bands: z
          .array(z.strictObject({ from: z.number().nullable(), then: Expression }))
          .min(1)
          .max(64),
      }),
      z.strictObject({ highest: choices }),
      z.strictObject({
        unknown: z.union([
          z.literal('boolean'),
          z.strictObject({ min: z.number(), max: z.number() }),
        ]),
      }),
    ]),
  )
  .meta({
    id: 'Expression',
    description:
      'A closed language: literals, fact, parameter, add subtract multiply divide min max, round, cap, yearsBetween monthsBetween, within (a GB/T 2260 code in a region), holds (a condition), not, count sum any all (over members), when, table (bands), highest, unknown.',
  }) as z.ZodType<Expression>
