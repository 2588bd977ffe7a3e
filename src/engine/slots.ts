import { ENTITIES } from '../model/fact.js'
import { type FactDefinition, isRatio } from './fact-definition.js'

/** How the values of a fact are read: small integers, because the loop that asks is hot. */
export const TRUTH = 0
export const CODE = 1
export const WHOLE = 2
export const SCALED = 3
export const DATE = 4
export const RATIO = 5
export const SET = 6

/** Bit of every code that no condition of the program mentions. */
export const OTHER_CODE = 1 << 30
/** Codes of one fact that a program can tell apart. */
const MAX_CODES = 30

/** One fact that a program reads. */
export interface Slot {
  readonly fact: FactDefinition
  readonly reads: number
  /** The slot's number; its leaves stand together. */
  readonly index: number
  /** Codes that tell something, and the bits they mean; codes for unknown mean every bit. */
  readonly codes: readonly unknown[]
  readonly bits: readonly number[]
  /** Every bit the fact may have. */
  readonly domain: number
}

/**
 * Slots for facts and the codes that conditions mention of each; household facts first. Throws
 * RangeError when there are more codes of a fact than a bitset holds.
 */
export function makeSlots(
  mentioned: ReadonlyMap<FactDefinition, ReadonlySet<string>>,
): readonly Slot[] {
  const facts = ENTITIES.flatMap((entity) =>
    [...mentioned].filter(([fact]) => fact.entity === entity),
  )
  return facts.map(([fact, codes], index) => makeSlot(fact, codes, index))
}

function makeSlot(fact: FactDefinition, mentioned: ReadonlySet<string>, index: number): Slot {
  const known = fact.type === 'boolean' ? [false, true] : [...mentioned]
  if (known.length > MAX_CODES) {
    throw new RangeError(`${fact.id}: more than ${MAX_CODES} codes in one program`)
  }
  const own = known.map((_, place) => 1 << place)
  const domain = own.reduce((all, bit) => all | bit, exhausts(fact, known) ? 0 : OTHER_CODE)
  return {
    fact,
    reads: readsAs(fact),
    index,
    codes: [...known, ...fact.unknownValues],
    bits: [...own, ...fact.unknownValues.map(() => domain)],
    domain,
  }
}

function readsAs(fact: FactDefinition): number {
  switch (fact.type) {
    case 'boolean':
      return TRUTH
    case 'code':
    case 'string':
      return CODE
    case 'code-set':
      return SET
    case 'date':
      return DATE
    case 'integer':
      return WHOLE
    case 'decimal':
      return isRatio(fact) ? RATIO : SCALED
  }
}

function exhausts({ type, codes }: FactDefinition, known: readonly unknown[]): boolean {
  return type === 'boolean' || (codes?.every((code) => known.includes(code)) ?? false)
}

/** The bits of some codes together; those that no condition mentions share one. */
export function bitsOf({ codes, bits }: Slot, values: readonly unknown[]): number {
  return values.reduce<number>((all, value) => all | (bits[codes.indexOf(value)] ?? OTHER_CODE), 0)
}
