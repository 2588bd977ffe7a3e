import { z } from 'zod'
import type { Dictionary, FactDefinition } from '../engine/fact-definition.js'
import { CivilDate, dayOf } from '../model/civil-date.js'
import type { Entity } from '../model/fact.js'
import { MAX_MEMBERS, MEMBER_ID } from '../model/household.js'

/** A household as requests give it: every fact of the dictionary, none required. */
export function factsSchema(dictionary: Dictionary): z.ZodType {
  const member = z
    .strictObject({
      id: z
        .string()
        .regex(MEMBER_ID)
        .meta({ description: 'Any id, distinct in the household; never a real number' }),
      ...factShapes(dictionary, 'member'),
    })
    .meta({ id: 'Member', description: 'A member and what is known; omitted or null is unknown' })
  return z
    .strictObject({
      ...factShapes(dictionary, 'household'),
      members: z.array(member).min(1).max(MAX_MEMBERS),
    })
    .meta({
      id: 'Household',
      description: 'A household and what is known; omitted or null is unknown',
    })
}

function factShapes(dictionary: Dictionary, entity: Entity): Record<string, z.ZodType> {
  const facts = [...dictionary.values()].filter((fact) => fact.entity === entity)
  return Object.fromEntries(
    facts.map((fact) => [fact.name, factShape(fact).nullish().meta(describe(fact))]),
  )
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
      return z
        .string()
        .max(64)
        .regex(new RegExp(fact.pattern ?? '^[^\\u0000]*$', 'u'))
  }
}

function codeShape(fact: FactDefinition['fact']): z.ZodType {
  if (fact.values !== undefined) return z.enum(Object.keys(fact.values))
  return z.string().regex(new RegExp(fact.pattern ?? '^[^\\u0000]{1,64}$', 'u'))
}
