import type { z } from 'zod'
import type { Dictionary } from '../engine/fact-definition.js'
import { isObject, segment } from '../engine/typing.js'
import type { InputFault } from '../model/errors.js'
import type { Entity } from '../model/fact.js'
import { MAX_MEMBERS } from '../model/household.js'
import { factShapes } from './facts-schema.js'
import { faultsOf } from './request-faults.js'

/** Faults of every stated fact of a request that has a household; names must be the dictionary's. */
export function factFaults(json: unknown, dictionary: Dictionary): readonly InputFault[] {
  const household = isObject(json) ? json.household : undefined
  if (!isObject(household)) return []
  const members = Array.isArray(household.members) ? household.members.slice(0, MAX_MEMBERS) : []
  return [
    ...entityFaults(household, 'household', '/household', dictionary),
    ...members.flatMap((member: unknown, index) =>
      isObject(member)
        ? entityFaults(member, 'member', `/household/members/${index}`, dictionary)
        : [],
    ),
  ]
}

/** The key of each entity that is no fact. */
const NO_FACT: Readonly<Record<Entity, string>> = { household: 'members', member: 'id' }

function entityFaults(
  json: Readonly<Record<string, unknown>>,
  entity: Entity,
  pointer: string,
  dictionary: Dictionary,
): readonly InputFault[] {
  const shapes = factShapes(dictionary)[entity]
  const faults: InputFault[] = []
  for (const [name, value] of Object.entries(json)) {
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
  const nearest = [...shapes.keys()].reduce((best, known) =>
    distance(name, known) < distance(name, best) ? known : best,
  )
  return {
    pointer: pointer + segment(name),
    code: 'unknown-fact',
    message: {
      zh: `没有这个事实，最接近的是 ${nearest}`,
      en: `is no fact; the nearest is ${nearest}`,
    },
  }
}

/** Edits that turn one name into another (Levenshtein), letters of either case alike. */
function distance(from: string, to: string): number {
  const a = from.slice(0, 64).toLowerCase()
  const b = to.toLowerCase()
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + Number(a[i - 1] !== b[j - 1])
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
