import { z } from 'zod'
import { Expression } from './expression.js'
import { Words } from './language.js'

export const FACT_TYPES = [
  'boolean',
  'integer',
  'decimal',
  'date',
  'code',
  'code-set',
  'string',
] as const
export type FactType = (typeof FACT_TYPES)[number]

export const ENTITIES = ['household', 'member'] as const
export type Entity = (typeof ENTITIES)[number]

const FACT_SOURCES = ['citizen', 'official', 'derived'] as const
export type FactSource = (typeof FACT_SOURCES)[number]

const NO_FACT_ID = 'is no household.<name> or member.<name> of letters and digits'

/** One entry of the dictionary. Its meaning is locked once a published version uses it. */
export const Fact = z
  .strictObject({
    id: z
      .string()
      .regex(/^(household|member)\.[a-z][A-Za-z0-9]*$/, NO_FACT_ID)
      .meta({ description: 'Entity and name, such as member.dateOfBirth' }),
    entity: z.enum(ENTITIES).meta({ description: 'Whom the fact is about' }),
    type: z.enum(FACT_TYPES).meta({ description: 'Type; decimals in CNY are money' }),
    unit: z.string().nullable().meta({ description: 'Unit, such as CNY/month, years, km' }),
    standard: z
      .string()
      .optional()
      .meta({ description: 'The national standard of the codes, such as GB/T 2261.1' }),
    values: z
      .record(z.string(), Words)
      .optional()
      .meta({ description: 'The closed list of codes and their names; absent for an open list' }),
    pattern: z
      .string()
      .optional()
      .meta({ description: 'Form of a code of an open list, or of a string' }),
    unknownValues: z
      .array(z.string())
      .optional()
      .meta({ description: 'Codes that mean not known' }),
    min: z
      .union([z.number(), z.string()])
      .optional()
      .meta({ description: 'Least value (number, or date)' }),
    max: z
      .union([z.number(), z.string()])
      .optional()
      .meta({ description: 'Greatest value (number, or date)' }),
    notAfterAsOf: z
      .boolean()
      .optional()
      .meta({ description: 'Dates that cannot lie after the day asked for' }),
    role: z.enum(['member-count']).optional().meta({
      description: 'member-count: stated above the members listed, it means unlisted members',
    }),
    source: z.enum(FACT_SOURCES).meta({ description: 'Who can supply it' }),
    askedOf: z.enum(['citizen', 'official']).optional().meta({
      description: 'Derived facts: who can state it where the derivation ends in unknown',
    }),
    sensitive: z.boolean().meta({ description: 'Sensitive personal information (PIPL art. 28)' }),
    label: Words.meta({ description: 'Name of the fact' }),
    question: Words.meta({ description: 'How to ask for it' }),
    note: Words.optional().meta({ description: 'What the texts leave undefined' }),
    derive: Expression.optional().meta({ description: 'How it follows from other facts' }),
    clauses: z
      .array(z.string())
      .optional()
      .meta({ description: 'Clauses the definition rests on' }),
    interpretations: z
      .array(z.string())
      .optional()
      .meta({ description: 'Named choices in the derivation' }),
  })
  .meta({ id: 'Fact', description: 'A fact of the dictionary' })
export type Fact = Readonly<z.infer<typeof Fact>>

export const FactDictionary = z
  .strictObject({ $schema: z.string().optional(), facts: z.array(Fact) })
  .meta({ id: 'FactDictionary', description: 'rules/facts.json' })

/** What the lock keeps of a fact; labels and questions may be improved. */
export const FACT_MEANING = [
  'entity',
  'type',
  'unit',
  'standard',
  'values',
  'pattern',
  'unknownValues',
  'min',
  'max',
  'notAfterAsOf',
  'role',
  'source',
  'derive',
  'clauses',
  'interpretations',
] as const satisfies readonly (keyof Fact)[]

/** The name of a fact without its entity: `dateOfBirth` of `member.dateOfBirth`. */
export function factName(id: string): string {
  return id.slice(id.indexOf('.') + 1)
}

/** Whether a fact is an amount of money: yuan at the edge, integer fen inside. */
export function isMoney(fact: { readonly type: FactType; readonly unit: string | null }): boolean {
  return fact.type === 'decimal' && fact.unit !== null && fact.unit.startsWith('CNY')
}

/** Steps per unit of a numeric fact: 100 fen a yuan, 1000 for other decimals, 1 for integers and days. */
export function scaleOf(fact: { readonly type: FactType; readonly unit: string | null }): number {
  if (fact.type !== 'decimal') return 1
  return isMoney(fact) ? 100 : 1000
}

/** How many decimals a value of a scale may have. */
export function decimalsOf(scale: number): number {
  return scale.toString().length - 1
}
