import { type Day, dayOf } from '../model/civil-date.js'
import type { Entity } from '../model/fact.js'
import { type Bounds, OPEN, YES } from './bounds.js'
import { type Cells, cellOfNumber } from './cells.js'
import type { FactDefinition } from './fact-definition.js'
import { type HouseholdFacts, NO_MEMBER, statedValue } from './fact-values.js'
import type { LeafBytes, Program } from './program.js'
import type { Ratio } from './ratio.js'
import { readCodes, readNumber, readRatio, readSet } from './read-leaves.js'
import { bitsOf, CODE, DATE, OTHER_CODE, RATIO, SET, type Slot, TRUTH, WHOLE } from './slots.js'

/**
 * Reads the leaves on the facts of one entity: stated values, then derivations, and everything
 * possible for the rest. Household first, then each member in turn.
 */
export function loadFacts(program: Program, facts: HouseholdFacts, member = NO_MEMBER): void {
  const entity: Entity = member === NO_MEMBER ? 'household' : 'member'
  const json = member === NO_MEMBER ? facts.household : facts.household.members[member]
  clear(program, entity, facts.asOf)
  loadStated(program, entity, json as Readonly<Record<string, unknown>>)
  for (const slot of program.slots[entity].derived) {
    if (statedValue(facts, slot.fact, member) !== undefined) continue
    loadBounds(program, slot, facts.boundsOf(slot.fact, member))
  }
}

/** Nothing is known of an entity, except that nobody is born after the day asked for. */
export function clear(program: Program, entity: Entity, asOf: Day): void {
  const { unknown, at, birthDates } = program.slots[entity]
  program.bytes.set(unknown, at)
  for (const { index, fact } of birthDates) {
    readNumber(program, index, fact.min, Math.min(fact.max, asOf))
  }
}

/** Reads the leaves on the values an object states; null and codes for unknown tell nothing. */
export function loadStated(
  program: Program,
  entity: Entity,
  json: Readonly<Record<string, unknown>>,
): void {
  const { namesSeen, cellsSeen, cellsOf } = program.slots[entity]
  let place = 0
  for (const name in json) {
    const value = json[name]
    if (namesSeen[place] !== name) {
      namesSeen[place] = name
      cellsSeen[place] = cellsOf.get(name)
    }
    const cells = cellsSeen[place]
    place++
    if (cells !== undefined && value !== null) loadValue(program, cells, value)
  }
}

function loadValue(program: Program, cells: Cells, value: unknown): void {
  const { reads } = cells
  if (reads === TRUTH) loadCell(program, cells, Number(value === true))
  else if (reads === CODE) loadCell(program, cells, cells.codes.indexOf(value) + 1)
  else if (reads === WHOLE) loadCell(program, cells, cellOfNumber(cells, value as number))
  else loadRarer(program, cells, value)
}

/** Copies the leaf bytes of a cell: one word, for most facts. */
function loadCell({ words, cellWords }: Program, cells: Cells, cell: number): void {
  const { at, words: count, first } = cells
  if (count === 1) words[at] = cellWords[first + cell]!
  else for (let i = 0; i < count; i++) words[at + i] = cellWords[first + cell * count + i]!
}

function loadRarer(program: Program, cells: Cells, value: unknown): void {
  const { slot, reads, scale } = cells
  if (reads === SET) {
    const bits = bitsOf(slot, value as readonly string[])
    readSet(program, slot.index, bits, bits)
    return
  }
  const held = reads === DATE ? dayOf(value as string) : Math.round((value as number) * scale)
  if (reads === RATIO) readRatio(program, slot.index, { n: held, d: 1 }, { n: held, d: 1 })
  else loadCell(program, cells, cellOfNumber(cells, held))
}

/** Reads the leaves on a fact that can be anything within bounds. */
export function loadBounds(program: LeafBytes, slot: Slot, bounds: Bounds): void {
  const { index, fact, reads, domain } = slot
  switch (bounds.kind) {
    case 'number': {
      const [lo, hi] = [inSteps(bounds.lo, fact), inSteps(bounds.hi, fact)]
      if (reads === RATIO) readRatio(program, index, lo, hi)
      else readNumber(program, index, lo.n / lo.d, hi.n / hi.d)
      return
    }
    case 'boolean':
      readCodes(program, index, bounds.reading === OPEN ? 3 : bounds.reading === YES ? 2 : 1)
      return
    case 'code':
      readCodes(program, index, bounds.codes === null ? domain : bitsOf(slot, bounds.codes))
      return
    case 'set': {
      const possible = bounds.possible === null ? domain : bitsOf(slot, bounds.possible)
      readSet(program, index, bitsOf(slot, bounds.certain) & ~OTHER_CODE, possible)
    }
  }
}

/** An expression's number in the steps of its fact: fen are fen, other units become steps. */
export function inSteps(value: Ratio, fact: FactDefinition): Ratio {
  return fact.money || fact.scale === 1 ? value : { n: value.n * fact.scale, d: value.d }
}
