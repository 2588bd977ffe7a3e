import { dayOf } from '../model/civil-date.js'
import type { Entity } from '../model/fact.js'
import type { Bounds } from './bounds.js'
import type { FactDefinition } from './fact-definition.js'
import { type HouseholdFacts, isBirthDate, NO_MEMBER, statedValue } from './fact-values.js'
import type { Program } from './program.js'
import type { Ratio } from './ratio.js'
import { type EntitySlots, OTHER_CODE, type Slot, type Slots } from './slots.js'

/**
 * Puts what is known of one entity into the program's slots: stated values, then derivations,
 * and everything possible for the rest. Household first, then each member in turn.
 */
export function loadFacts(program: Program, facts: HouseholdFacts, member = NO_MEMBER): void {
  const entity: Entity = member === NO_MEMBER ? 'household' : 'member'
  const { slots } = program
  const json = member === NO_MEMBER ? facts.household : facts.household.members[member]
  clear(slots, slots[entity], facts.asOf)
  loadStated(slots, slots[entity], json as Record<string, unknown>)
  for (const slot of slots[entity].slots) {
    if (slot.fact.derive === undefined || statedValue(facts, slot.fact, member) !== undefined)
      continue
    storeBounds(slots, slot, facts.boundsOf(slot.fact, member))
  }
}

/** Everything possible, for every slot of an entity. */
export function clear(slots: Slots, entity: EntitySlots, asOf: number): void {
  for (const slot of entity.slots) {
    const { index, fact } = slot
    if (slot.kind === 'number') {
      slots.lo[index] = fact.min
      slots.hi[index] = isBirthDate(fact) ? Math.min(fact.max, asOf) : fact.max
    } else if (slot.kind === 'code') slots.codes[index] = slot.domain
    else if (slot.kind === 'set') {
      slots.certain[index] = 0
      slots.possible[index] = slot.domain
    } else storeRatio(slots, index, fact.min, 1, fact.max, 1)
  }
}

/** Stated values of one object into the slots; null and unknown codes stay everything possible. */
export function loadStated(
  slots: Slots,
  entity: EntitySlots,
  json: Readonly<Record<string, unknown>>,
): void {
  const { order, byName } = entity
  let place = 0
  for (const name in json) {
    let slot = order[place]
    if (slot === undefined || slot.fact.name !== name) {
      slot = byName.get(name)
      order[place] = slot
    }
    place++
    if (slot === undefined) continue
    const value = json[name]
    if (value !== null) storeValue(slots, slot, value)
  }
}

function storeValue(slots: Slots, slot: Slot, value: unknown): void {
  const { index, kind, fact } = slot
  if (kind === 'number') {
    const held = typeof value === 'number' ? Math.round(value * fact.scale) : dayOf(value as string)
    slots.lo[index] = held
    slots.hi[index] = held
  } else if (kind === 'code') {
    const bit = slot.bits.get(value)
    if (bit !== undefined) slots.codes[index] = bit
    else if (!fact.unknownValues.includes(value as string)) slots.codes[index] = OTHER_CODE
  } else if (kind === 'set') {
    const bits = bitsOf(slot, value as readonly string[])
    slots.certain[index] = bits
    slots.possible[index] = bits
  } else {
    const held = Math.round((value as number) * fact.scale)
    storeRatio(slots, index, held, 1, held, 1)
  }
}

function storeRatio(
  slots: Slots,
  index: number,
  loN: number,
  loD: number,
  hiN: number,
  hiD: number,
): void {
  slots.loN[index] = loN
  slots.loD[index] = loD
  slots.hiN[index] = hiN
  slots.hiD[index] = hiD
}

function bitsOf(slot: Slot, codes: readonly string[]): number {
  return codes.reduce((bits, code) => bits | (slot.bits.get(code) ?? OTHER_CODE), 0)
}

/** What a derived fact can be, into its slot. */
export function storeBounds(slots: Slots, slot: Slot, bounds: Bounds): void {
  const { index, fact } = slot
  switch (bounds.kind) {
    case 'number': {
      const [lo, hi] = [inSteps(bounds.lo, fact), inSteps(bounds.hi, fact)]
      if (slot.kind === 'ratio') {
        storeRatio(slots, index, lo.n, lo.d, hi.n, hi.d)
        return
      }
      slots.lo[index] = lo.n / lo.d
      slots.hi[index] = hi.n / hi.d
      return
    }
    case 'boolean':
      slots.codes[index] = bounds.reading === 2 ? 3 : bounds.reading === 3 ? 2 : 1
      return
    case 'code':
      slots.codes[index] = bounds.codes === null ? slot.domain : bitsOf(slot, bounds.codes)
      return
    case 'set':
      slots.certain[index] = bitsOf(slot, bounds.certain) & ~OTHER_CODE
      slots.possible[index] = bounds.possible === null ? slot.domain : bitsOf(slot, bounds.possible)
  }
}

/** An expression's number in the steps of its fact: fen are fen, other units become steps. */
export function inSteps(value: Ratio, fact: FactDefinition): Ratio {
  return fact.money || fact.scale === 1 ? value : { n: value.n * fact.scale, d: value.d }
}
