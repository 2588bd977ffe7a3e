import { z } from 'zod'
import type { Words } from './language.js'

export const OPERATORS = [
  'equal',
  'notEqual',
  'in',
  'notIn',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
  'contains',
  'doesNotContain',
] as const
export type Operator = (typeof OPERATORS)[number]

/** How each operator reads between a fact's label and the required value. */
export const OPERATOR_WORDS: Readonly<Record<Operator, Words>> = {
  equal: { zh: '为', en: 'is' },
  notEqual: { zh: '不为', en: 'is not' },
  in: { zh: '属于', en: 'is one of' },
  notIn: { zh: '不属于', en: 'is none of' },
  lessThan: { zh: '低于', en: 'is below' },
  lessThanInclusive: { zh: '不超过', en: 'is at most' },
  greaterThan: { zh: '高于', en: 'is above' },
  greaterThanInclusive: { zh: '不低于', en: 'is at least' },
  contains: { zh: '包括', en: 'includes' },
  doesNotContain: { zh: '不包括', en: 'does not include' },
}

/** Nodes below the root may nest this deep. */
export const MAX_CONDITION_DEPTH = 8

/** What any node of a condition may cite. */
export interface Citation {
  readonly clause?: string
  readonly alsoClauses?: readonly string[]
  readonly interpretation?: string
  readonly alsoInterpretations?: readonly string[]
}

export type LeafValue = number | boolean | string | readonly string[] | { readonly fact: string }

export interface LeafCondition extends Citation {
  readonly fact: string
  readonly operator: Operator
  readonly value: LeafValue
}

/** json-rules-engine's JSON, closed: exactly one of four forms in each node. */
export type Condition =
  | LeafCondition
  | (Citation & { readonly all: readonly Condition[] })
  | (Citation & { readonly any: readonly Condition[] })
  | (Citation & { readonly not: Condition })

const citation = {
  clause: z
    .string()
    .optional()
    .meta({ description: 'The clause this condition comes from; either this or interpretation' }),
  alsoClauses: z
    .array(z.string())
    .optional()
    .meta({ description: 'Further clauses of the condition' }),
  interpretation: z
    .string()
    .optional()
    .meta({ description: 'A choice where the text is silent, by its id in interpretations.json' }),
  alsoInterpretations: z
    .array(z.string())
    .optional()
    .meta({ description: 'Further named choices' }),
}

export const LeafCondition = z
  .strictObject({
    fact: z.string().meta({
      description:
        'A fact of facts.json (a household rule reads household facts only), or scorecard.points',
    }),
    operator: z.enum(OPERATORS).meta({ description: `One of ${OPERATORS.join(', ')}` }),
    value: z
      .union([
        z.number(),
        z.boolean(),
        z.string(),
        z.array(z.string()).min(1),
        z.strictObject({
          fact: z
            .string()
            .regex(/^parameter\.[A-Za-z][A-Za-z0-9]*$/)
            .meta({ description: 'parameter.<name>' }),
        }),
      ])
      .meta({
        description:
          'A number, true or false, a day or code in quotes, a list of codes, or {"fact": "parameter.<name>"}',
      }),
    ...citation,
  })
  .meta({ id: 'LeafCondition', description: 'One comparison of a fact' })

function conditionsOf(kind: 'all' | 'any', id: string, description: string): z.ZodType {
  const several = {
    get [kind]() {
      return z.array(Condition).min(1).meta({ description })
    },
    ...citation,
  }
  return z.strictObject(several).meta({ id, description })
}

const NotCondition = z
  .strictObject({
    get not() {
      return Condition.meta({ description: 'A condition that must not hold' })
    },
    ...citation,
  })
  .meta({ id: 'NotCondition', description: 'A condition that must not hold' })

/** A condition as written in a rulebook: shape only; facts and types are checked at load. */
export const Condition: z.ZodType<Condition> = z
  .union([
    LeafCondition,
    conditionsOf('all', 'AllConditions', 'Conditions that must all hold'),
    conditionsOf('any', 'AnyCondition', 'Conditions of which one must hold'),
    NotCondition,
  ])
  .meta({
    id: 'Condition',
    description: 'all, any, not, or one comparison',
  }) as z.ZodType<Condition>
