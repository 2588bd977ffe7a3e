import type { Entity } from '../model/fact.js'
import { type FactDefinition, isRatio } from './fact-definition.js'

export const SLOT_KINDS = ['number', 'ratio', 'code', 'set'] as const
export type SlotKind = (typeof SLOT_KINDS)[number]

/** Bit of every code that no condition of the program mentions. */
export const OTHER_CODE = 1 << 30
/** Codes of one fact that a program can tell apart. */
export const MAX_CODES = 30

/** Where a program holds one fact. */
export interface Slot {
  readonly fact: FactDefinition
  readonly kind: SlotKind
  /** Index into the arrays of its kind. */
  readonly index: number
  /** Codes that conditions mention, with their bits; booleans are the codes false and true. */
  readonly bits: ReadonlyMap<unknown, number>
  /** Every bit the fact may have. */
  readonly domain: number
}

/** The facts of one entity that a program reads. */
export interface EntitySlots {
  readonly slots: readonly Slot[]
  readonly byName: ReadonlyMap<string, Slot>
  /** The slot whose name was seen at this place the last time: keys mostly come in the same order. */
  readonly order: (Slot | undefined)[]
}

/** The working memory of a program: what each fact can be. */
export interface Slots {
  readonly household: EntitySlots
  readonly member: EntitySlots
  /** Numbers in steps, dates in days. */
  readonly lo: Float64Array
  readonly hi: Float64Array
  /** Ratios: numerators and denominators of both bounds. */
  readonly loN: Float64Array
  readonly loD: Float64Array
  readonly hiN: Float64Array
  readonly hiD: Float64Array
  /** Code facts: the codes it can be. */
  readonly codes: Int32Array
  /** Set facts: the codes it certainly and possibly holds. */
  readonly certain: Int32Array
  readonly possible: Int32Array
}

/** Slots for facts and the codes that conditions mention of each. */
export function makeSlots(mentioned: ReadonlyMap<FactDefinition, ReadonlySet<string>>): Slots {
  const count: Record<SlotKind, number> = { number: 0, ratio: 0, code: 0, set: 0 }
  const slots = [...mentioned].map(([fact, codes]): Slot => {
    const kind = slotKind(fact)
    const bits = bitsOf(fact, codes)
    return { fact, kind, index: count[kind]++, bits, domain: domainOf(fact, bits) }
  })
  return {
    household: entitySlots(slots, 'household'),
    member: entitySlots(slots, 'member'),
    lo: new Float64Array(count.number),
    hi: new Float64Array(count.number),
    loN: new Float64Array(count.ratio),
    loD: new Float64Array(count.ratio),
    hiN: new Float64Array(count.ratio),
    hiD: new Float64Array(count.ratio),
    codes: new Int32Array(count.code),
    certain: new Int32Array(count.set),
    possible: new Int32Array(count.set),
  }
}

function entitySlots(all: readonly Slot[], entity: Entity): EntitySlots {
  const slots = all.filter((slot) => slot.fact.entity === entity)
  return { slots, byName: new Map(slots.map((slot) => [slot.fact.name, slot])), order: [] }
}

function slotKind(fact: FactDefinition): SlotKind {
  switch (fact.type) {
    case 'boolean':
    case 'code':
    case 'string':
      return 'code'
    case 'code-set':
      return 'set'
    default:
      return isRatio(fact) ? 'ratio' : 'number'
  }
}

function bitsOf(
  fact: FactDefinition,
  mentioned: ReadonlySet<string>,
): ReadonlyMap<unknown, number> {
  if (fact.type === 'boolean')
    return new Map<unknown, number>([
      [false, 1],
      [true, 2],
    ])
  if (mentioned.size > MAX_CODES)
    throw new RangeError(`${fact.id}: more than ${MAX_CODES} codes in one program`)
  return new Map([...mentioned].map((code, index) => [code, 1 << index]))
}

function domainOf(fact: FactDefinition, bits: ReadonlyMap<unknown, number>): number {
  const mentioned = [...bits.values()].reduce((all, bit) => all | bit, 0)
  if (fact.type === 'boolean') return mentioned
  const exhausted = fact.codes?.every((code) => bits.has(code)) ?? false
  return exhausted ? mentioned : mentioned | OTHER_CODE
}
