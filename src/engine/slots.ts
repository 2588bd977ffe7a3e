import { ENTITIES } from '../model/fact.js'
import { codeClasses } from './code-classes.js'
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
/** Classes of codes of one fact that a program can tell apart. */
export const MAX_CLASSES = 30

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
 * Slots for facts and the lists of codes that conditions compare each with; household facts first.
 * Throws RangeError when a fact has more classes of codes than a bitset holds, which no rulebook
 * that loads does.
 */
export function makeSlots(
  compared: ReadonlyMap<FactDefinition, readonly (readonly string[])[]>,
): readonly Slot[] {
  const facts = ENTITIES.flatMap((entity) =>
    [...compared].filter(([fact]) => fact.entity === entity),
  )
  return facts.map(([fact, lists], index) => makeSlot(fact, lists, index))
}

function makeSlot(
  fact: FactDefinition,
  lists: readonly (readonly string[])[],
  index: number,
): Slot {
  const classes = fact.type === 'boolean' ? TRUTHS : codeClasses(lists)
  const known = [...classes.keys()]
  const own = [...classes.values()].map((number) => {
    if (number < MAX_CLASSES) return 1 << number
    throw new RangeError(`${fact.id}: more than ${MAX_CLASSES} codes are told apart`)
  })
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

const TRUTHS: ReadonlyMap<boolean, number> = new Map([
  [false, 0],
  [true, 1],
])

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
