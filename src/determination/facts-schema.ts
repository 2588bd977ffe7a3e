import { z } from 'zod'
import type { Dictionary, FactDefinition } from '../engine/fact-definition.js'
import { CivilDate, dayOf } from '../model/civil-date.js'
import type { Entity } from '../model/fact.js'
import { MAX_MEMBERS, MEMBER_ID } from '../model/household.js'

/** The shape of every fact of one entity, by name; null and absent are unknown. */
type Shapes = ReadonlyMap<string, z.ZodType>

const SHAPES = new WeakMap<Dictionary, Readonly<Record<Entity, Shapes>>>()

/** Shapes of all facts, made once for each dictionary. */
export function factShapes(dictionary: Dictionary): Readonly<Record<Entity, Shapes>> {
  const before = SHAPES.get(dictionary)
  if (before !== undefined) return before
  const of = (entity: Entity): Shapes =>
    new Map(
      [...dictionary.values()]
        .filter((fact) => fact.entity === entity)
        .map((fact) => [fact.name, factShape(fact).nullish().meta(describe(fact))]),
    )
  const shapes = { household: of('household'), member: of('member') }
  SHAPES.set(dictionary, shapes)
  return shapes
}

/** The id of a member in a request. */
export const MemberId = z
  .string()
  .regex(MEMBER_ID)
  .meta({ description: 'Any id, distinct in the household; never a real number' })

/** A household as requests give it: every fact of the dictionary, none required. */
export function factsSchema(dictionary: Dictionary): z.ZodType {
  const shapes = factShapes(dictionary)
  const member = z
    .strictObject({ id: MemberId, ...Object.fromEntries(shapes.member) })
    .meta({ id: 'Member', description: 'A member and what is known; omitted or null is unknown' })
  return z
    .strictObject({
      ...Object.fromEntries(shapes.household),
      members: z.array(member).min(1).max(MAX_MEMBERS),
    })
    .meta({
      id: 'Household',
      description: 'A household and what is known; omitted or null is unknown',
    })
}

function describe({ fact }: FactDefinition): { description: string } {
  const unit = fact.unit === null ? '' : ` (${fact.unit})`
  const standard = fact.standard === undefined ? '' : ` ${fact.standard}`
  return {
    description: `${fact.label.zh} · ${fact.label.en}${unit}${standard}; source: ${fact.source}`,
  }
}

function factShape(definition: FactDefinition): z.ZodType {
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
        .refine((value) => Math.round(value * scale) / scale === value, {
          params: { fault: 'too-many-decimals' },
        })
    case 'date':
      return CivilDate.refine((text) => dayOf(text) >= min && dayOf(text) <= max, {
        params: { fault: 'out-of-range' },
      })
    case 'code':
      return codeShape(fact)
    case 'code-set':
      return z
        .array(codeShape(fact))
        .max(64)
        .refine((codes) => new Set(codes).size === codes.length, {
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
function textShape({ pattern = '^[^\\u0000]{1,64}$' }: FactDefinition['fact']): z.ZodType {
  return z.string().max(64).regex(new RegExp(pattern, 'u'))
}
