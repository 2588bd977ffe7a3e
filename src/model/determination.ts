import { z } from 'zod'
import { EVIDENCE, FORCES } from './clause.js'
import { OPERATORS } from './condition.js'
import { BOUNDS_OF_ENTITLEMENT, ENTITLEMENT_KINDS } from './entitlement.js'
import { FACT_TYPES } from './fact.js'

export const OUTCOMES = ['eligible', 'ineligible', 'unknown'] as const
export const Outcome = z
  .enum(OUTCOMES)
  .meta({ id: 'Outcome', description: 'eligible, ineligible or unknown' })
export type Outcome = z.infer<typeof Outcome>

export const Subject = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('household') }),
    z.strictObject({ kind: z.literal('member'), id: z.string() }),
  ])
  .meta({ id: 'Subject', description: 'Whom a determination is about' })
export type Subject = Readonly<z.infer<typeof Subject>>

const value = z.union([z.number(), z.boolean(), z.string(), z.array(z.string())])

export const Reason = z
  .strictObject({
    condition: z.string().meta({ description: 'JSON pointer into the conditions of the version' }),
    fact: z.string(),
    operator: z.enum(OPERATORS),
    required: value,
    actual: value.nullable().meta({ description: 'Null when unknown; at most 6 decimals' }),
    unit: z.string().optional(),
    met: z.boolean().nullable(),
    margin: z
      .number()
      .optional()
      .meta({ description: 'Distance on the good (+) or bad (−) side, in unit' }),
    decisive: z.boolean(),
    clauses: z.array(z.string()),
    interpretations: z.array(z.string()),
    text: z.string(),
  })
  .meta({ id: 'Reason', description: 'One condition and how it reads for this subject' })
export type Reason = Readonly<z.infer<typeof Reason>>

export const Entitlement = z
  .strictObject({
    kind: z.enum(ENTITLEMENT_KINDS),
    amount: z.number().nullable(),
    rate: z.number().optional(),
    bound: z.enum(BOUNDS_OF_ENTITLEMENT),
    unit: z.string().nullable(),
    reason: z.enum(['amount-not-in-cited-text', 'facts-missing']).optional(),
    missing: z.array(z.string()),
    clauses: z.array(z.string()),
    steps: z.array(z.string()),
  })
  .meta({ id: 'Entitlement', description: 'What is granted' })
export type Entitlement = Readonly<z.infer<typeof Entitlement>>

const points = z.number().meta({ description: 'Points, at most 3 decimals' })

export const PointsLine = z
  .strictObject({
    item: z.string().meta({ description: 'Id of the line in the points table' }),
    title: z.string(),
    group: z.string().optional().meta({ description: 'Of a group only the highest line counts' }),
    won: points,
    possible: points,
    clauses: z.array(z.string()),
    missing: z.array(z.string()).meta({ description: 'Unknown facts that keep the line open' }),
  })
  .meta({ id: 'PointsLine', description: 'One line of a points table, its own caps applied' })
export type PointsLine = Readonly<z.infer<typeof PointsLine>>

export const Points = z
  .strictObject({
    won: points.meta({ description: 'Certain, whatever is unknown' }),
    possible: points.meta({ description: 'The most there can be once everything is known' }),
    required: points.nullable().meta({ description: 'Null when no condition asks for a number' }),
    short: points
      .nullable()
      .meta({ description: 'Points still to be won; 0 when there are enough' }),
    items: z.array(PointsLine),
  })
  .meta({ id: 'Points', description: 'How the points of a points table come about' })
export type Points = Readonly<z.infer<typeof Points>>

export const Determination = z
  .strictObject({
    programme: z.string(),
    title: z.string(),
    force: z.enum(FORCES),
    ruleVersion: z.string().meta({ description: '<programme>@<version>' }),
    ruleDigest: z.string().meta({ description: 'The digest of that rule version' }),
    chosenBecause: z.string().optional(),
    subject: Subject,
    outcome: Outcome,
    text: z
      .string()
      .optional()
      .meta({ description: 'The outcome in a sentence, no stronger than the force of its clause' }),
    entitlement: Entitlement.nullable().meta({ description: 'Null unless eligible' }),
    clauses: z
      .array(z.string())
      .meta({ description: 'Those that decided; keys of the clauses of the answer' }),
    reasons: z
      .array(Reason)
      .meta({ description: 'Every comparison; none where the detail is summary' }),
    points: Points.optional().meta({ description: 'Of programmes with a points table' }),
    missing: z.array(z.string()).meta({
      description: 'What would settle it: household.<fact> or members/<id>/<fact>',
    }),
    needs: z
      .enum(['citizen', 'official'])
      .nullable()
      .meta({ description: 'Who can tell; null when the outcome is known' }),
    interpretations: z.array(z.string()),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'Determination', description: 'A computed answer for one programme and subject' })
export type Determination = Readonly<z.infer<typeof Determination>>

const NOT_IN_FORCE_REASONS = [
  'before-first-version',
  'after-last-version',
  'gap',
  'not-yet-known',
] as const
export type NotInForceReason = (typeof NOT_IN_FORCE_REASONS)[number]

export const NotInForce = z
  .strictObject({
    programme: z.string(),
    reason: z.enum(NOT_IN_FORCE_REASONS),
    nearest: z.string().nullable().meta({ description: 'The nearest rule version' }),
  })
  .meta({ id: 'NotInForce', description: 'A programme that has no version in force' })
export type NotInForce = Readonly<z.infer<typeof NotInForce>>

const Referral = z
  .strictObject({ clause: z.string(), title: z.string(), reason: z.string(), subject: Subject })
  .meta({
    id: 'Referral',
    description: 'A discretionary clause whose named group the subject belongs to',
  })

export const Question = z
  .strictObject({
    fact: z
      .string()
      .meta({ description: 'Its id; what follows household. or member. is the name to send' }),
    subject: Subject,
    source: z.enum(['citizen', 'official']),
    type: z
      .enum(FACT_TYPES)
      .meta({ description: 'What to send: codes are text, a code-set a list' }),
    values: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: 'The codes to choose from, each with its name' }),
    unit: z.string().optional(),
    text: z.string().optional(),
    why: z.string().optional(),
    decides: z
      .array(z.string())
      .meta({ description: 'Programmes whose outcome the answer may decide' }),
  })
  .meta({ id: 'Question', description: 'What to ask next' })
export type Question = Readonly<z.infer<typeof Question>>

export const CitedClause = z
  .strictObject({
    document: z.string(),
    title: z.string(),
    number: z.string().nullable(),
    locator: z.string(),
    quote: z.string().nullable(),
    text: z.string().optional(),
    origin: z.enum(['seed', 'supplementary']),
    evidence: z.enum(EVIDENCE),
    paragraph: z.string().optional(),
  })
  .meta({ id: 'CitedClause', description: 'A clause as cited' })
export type CitedClause = Readonly<z.infer<typeof CitedClause>>

export const DeterminationAnswer = z
  .strictObject({
    asOf: z.string(),
    knownAt: z.string(),
    jurisdiction: z.string(),
    rulebook: z.strictObject({ digest: z.string() }),
    determinations: z.array(Determination),
    notInForce: z.array(NotInForce),
    referrals: z.array(Referral),
    questions: z.array(Question),
    clauses: z.record(z.string(), CitedClause),
    interpretations: z.record(z.string(), z.string()),
    warnings: z
      .record(z.string(), z.string())
      .meta({ description: 'Every warning given, in words' }),
  })
  .meta({ id: 'DeterminationAnswer', description: 'The answer to a determination request' })
export type DeterminationAnswer = Readonly<z.infer<typeof DeterminationAnswer>>
