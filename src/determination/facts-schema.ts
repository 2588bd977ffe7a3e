import { z } from 'zod'
import type { Dictionary, FactDefinition } from '../engine/fact-definition.js'
import { CivilDate, dateText, dayOf } from '../model/civil-date.js'
import { decimalsOf, type Entity } from '../model/fact.js'
import { MAX_MEMBERS, MEMBER_ID } from '../model/household.js'
import { datesBetween, decimalsAtMost } from './limit-words.js'
import { onceFor } from './once-for.js'

/** How a stated fact is checked: at once when it is right, by its schema when it must be said why not. */
export interface FactShape {
  readonly accepts: (value: unknown) => boolean
  readonly schema: z.ZodType
}

/** The shape of every fact of one entity, by name; null and absent are unknown. */
type Shapes = ReadonlyMap<string, FactShape>

/** Shapes of all facts, made once for each dictionary. */
export const factShapes = onceFor((dictionary: Dictionary): Readonly<Record<Entity, Shapes>> => {
  const of = (entity: Entity): Shapes =>
    new Map(
      [...dictionary.values()]
        .filter((fact) => fact.entity === entity)
        .map((fact) => [fact.name, { accepts: acceptance(fact), schema: schemaOf(fact) }]),
    )
  return { household: of('household'), member: of('member') }
})

/** The id of a member in a request. */
export const MemberId = z
  .string()
  .regex(MEMBER_ID)
  .meta({ description: 'Any id, distinct in the household; never a real number' })

/** A household as requests give it: every fact of the dictionary, none required. */
export function factsSchema(dictionary: Dictionary): z.ZodType {
  const shapes = factShapes(dictionary)
  const member = z
    .strictObject({ id: MemberId, ...schemas(shapes.member) })
    .meta({ id: 'Member', description: 'A member and what is known; omitted or null is unknown' })
  return z
    .strictObject({
      ...schemas(shapes.household),
      members: z.array(member).min(1).max(MAX_MEMBERS),
    })
    .meta({
      id: 'Household',
      description: 'A household and what is known; omitted or null is unknown',
    })
}

function schemas(shapes: Shapes): Record<string, z.ZodType> {
  return Object.fromEntries([...shapes].map(([name, { schema }]) => [name, schema]))
}

/** A test that agrees with the fact's schema and allocates nothing for what is right. */
function acceptance({ type, fact, scale, min, max }: FactDefinition): FactShape['accepts'] {
  switch (type) {
    case 'boolean':
      return (value) => typeof value === 'boolean'
    case 'integer':
      return (value) => Number.isInteger(value) && within(value as number, min, max)
    case 'decimal':
      return (value) => within(value, min / scale, max / scale) && isExact(value as number, scale)
    case 'date':
      return (value) => typeof value === 'string' && within(dayOf(value), min, max)
    case 'code':
      return codeAcceptance(fact)
    case 'code-set': {
      const accepts = codeAcceptance(fact)
      return (value) =>
        Array.isArray(value) && value.length <= MAX_SET && value.every(accepts) && isDistinct(value)
    }
    case 'string':
      return textAcceptance(fact)
  }
}

function within(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most
}

function isExact(value: number, scale: number): boolean {
  return Math.round(value * scale) / scale === value
}

function isDistinct(codes: readonly unknown[]): boolean {
  return new Set(codes).size === codes.length
}

function codeAcceptance(fact: FactDefinition['fact']): FactShape['accepts'] {
  if (fact.values === undefined) return textAcceptance(fact)
  const codes = new Set<unknown>(Object.keys(fact.values))
  return (value) => codes.has(value)
}

function textAcceptance(fact: FactDefinition['fact']): FactShape['accepts'] {
  const pattern = textPattern(fact)
  return (value) => typeof value === 'string' && value.length <= MAX_TEXT && pattern.test(value)
}

function describe({ fact }: FactDefinition): { description: string } {
  const unit = fact.unit === null ? '' : ` (${fact.unit})`
  const standard = fact.standard === undefined ? '' : ` ${fact.standard}`
  return {
    description: `${fact.label.zh} · ${fact.label.en}${unit}${standard}; source: ${fact.source}`,
  }
}

function schemaOf(definition: FactDefinition): z.ZodType {
  return plainSchema(definition).nullish().meta(describe(definition))
}

function plainSchema(definition: FactDefinition): z.ZodType {
  const { type, fact, scale, min, max } = definition
  switch (type) {
    case 'boolean':
      return z.boolean()
    case 'integer':
      return z.int().min(min).max(max)
    case 'decimal':
      return z
        .number()
        .min(min / scale)
        .max(max / scale)
        .refine((value) => isExact(value, scale), decimalsAtMost(decimalsOf(scale)))
    case 'date':
      return CivilDate.refine(
        (text) => within(dayOf(text), min, max),
        datesBetween(dateText(min), dateText(max)),
      )
    case 'code':
      return codeShape(fact)
    case 'code-set':
      return z
        .array(codeShape(fact))
        .max(MAX_SET)
        .refine(isDistinct, {
          params: { fault: 'repeated-code' },
        })
    case 'string':
      return textShape(fact)
  }
}

function codeShape(fact: FactDefinition['fact']): z.ZodType {
  return fact.values === undefined ? textShape(fact) : z.enum(Object.keys(fact.values))
}

/** Text in the form the dictionary gives; short and without NUL where it gives none. */
function textShape(fact: FactDefinition['fact']): z.ZodType {
  return z.string().max(MAX_TEXT).regex(textPattern(fact))
}

const MAX_TEXT = 64
const MAX_SET = 64

function textPattern({ pattern = '^[^\\u0000]{1,64}$' }: FactDefinition['fact']): RegExp {
  return new RegExp(pattern, 'u')
}
