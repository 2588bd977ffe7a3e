import type { z } from 'zod'
import type { Dictionary } from '../engine/fact-definition.js'
import { isObject, segment } from '../engine/typing.js'
import { type InputFault, MOST_FAULTS } from '../model/errors.js'
import type { Entity } from '../model/fact.js'
import { MAX_MEMBERS } from '../model/household.js'
import { nearestName } from '../model/nearest-name.js'
import { factShapes } from './facts-schema.js'
import { faultsOf } from './request-faults.js'

/**
 * Faults of the stated facts of a request that has a household, as many as an answer lists; names
 * must be the dictionary's.
 */
export function factFaults(json: unknown, dictionary: Dictionary): readonly InputFault[] {
  const household = isObject(json) ? json.household : undefined
  if (!isObject(household)) return []
  const members = Array.isArray(household.members) ? household.members.slice(0, MAX_MEMBERS) : []
  const faults = entityFaults(household, 'household', '/household', dictionary)
  for (const [index, member] of members.entries())
    if (isObject(member) && faults.length < MOST_FAULTS)
      faults.push(...entityFaults(member, 'member', `/household/members/${index}`, dictionary))
  return faults
}

/** The key of each entity that is no fact. */
const NO_FACT: Readonly<Record<Entity, string>> = { household: 'members', member: 'id' }

function entityFaults(
  json: Readonly<Record<string, unknown>>,
  entity: Entity,
  pointer: string,
  dictionary: Dictionary,
): InputFault[] {
  const shapes = factShapes(dictionary)[entity]
  const faults: InputFault[] = []
  for (const [name, value] of Object.entries(json)) {
    if (faults.length >= MOST_FAULTS) break
    if (name === NO_FACT[entity]) continue
    const shape = shapes.get(name)
    if (shape === undefined) faults.push(unknownFact(name, pointer, shapes))
    else if (value !== null && !shape.accepts(value)) {
      const { issues } = shape.schema.safeParse(value).error as z.ZodError
      faults.push(...faultsOf(issues, value, pointer + segment(name)))
    }
  }
  return faults
}

/** A name that is no fact, with the nearest that is one. */
export function unknownFact(
  name: string,
  pointer: string,
  shapes: ReadonlyMap<string, unknown>,
): InputFault {
  const nearest = nearestName(name, shapes.keys())
  return {
    pointer: pointer + segment(name),
    code: 'unknown-fact',
    message: {
      zh: `没有这个事实，最接近的是 ${nearest}`,
      en: `is no fact; the nearest is ${nearest}`,
    },
  }
}
