import { Operator as EngineOperator } from 'json-rules-engine'
import type { Operator } from '../model/condition.js'
import { type Bounds, NO, type NumberBounds, YES } from './bounds.js'
import type { LeafNode } from './condition-node.js'
import type { Ratio } from './ratio.js'

export const READINGS = ['certainly', 'possibly'] as const
export type ReadingName = (typeof READINGS)[number]

/** What a leaf requires, as these operators take it: an exact figure, or the codes. */
export type EngineValue = Ratio | readonly unknown[]

type Test = (bounds: Bounds, value: EngineValue) => boolean
type End = 'lo' | 'hi'

/**
 * The closed list of operators, each once as `certainly:` and once as `possibly:`, over bounds.
 * Written apart from the compiled evaluator: figures come from the text of the literal, numbers
 * are compared as BigInt, codes as lists, and no reading is defined by another.
 */
export function engineOperators(): readonly EngineOperator<Bounds, EngineValue>[] {
  return READINGS.flatMap((reading) =>
    Object.entries(TESTS[reading]).map(
      ([name, test]) => new EngineOperator<Bounds, EngineValue>(`${reading}:${name}`, test),
    ),
  )
}

/** What a leaf requires: money in fen, dates in days, other numbers as written. */
export function engineValue({ fact, required }: LeafNode): EngineValue {
  if (fact.type === 'date') return { n: dayNumber(required as string), d: 1 }
  if (typeof required !== 'number') return [required].flat()
  const [digits, decimals = ''] = String(required).split('.')
  return { n: Number(`${digits}${decimals}`) * (fact.money ? 100 : 1), d: 10 ** decimals.length }
}

function dayNumber(date: string): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  return Date.UTC(year, month - 1, day) / 86_400_000
}

const TESTS: Readonly<Record<ReadingName, Readonly<Record<Operator, Test>>>> = {
  certainly: {
    lessThan: ordered('hi', (sign) => sign < 0n),
    lessThanInclusive: ordered('hi', (sign) => sign <= 0n),
    greaterThan: ordered('lo', (sign) => sign > 0n),
    greaterThanInclusive: ordered('lo', (sign) => sign >= 0n),
    equal: always(true),
    notEqual: always(false),
    in: always(true),
    notIn: always(false),
    contains: (bounds, value) => holds(bounds, value, 'certain'),
    doesNotContain: (bounds, value) => !holds(bounds, value, 'possible'),
  },
  possibly: {
    lessThan: ordered('lo', (sign) => sign < 0n),
    lessThanInclusive: ordered('lo', (sign) => sign <= 0n),
    greaterThan: ordered('hi', (sign) => sign > 0n),
    greaterThanInclusive: ordered('hi', (sign) => sign >= 0n),
    equal: sometimes(true),
    notEqual: sometimes(false),
    in: sometimes(true),
    notIn: sometimes(false),
    contains: (bounds, value) => holds(bounds, value, 'possible'),
    doesNotContain: (bounds, value) => !holds(bounds, value, 'certain'),
  },
}

/** The sign of a bound less a figure, by cross-multiplication. */
function difference(bounds: NumberBounds, end: End, value: EngineValue): bigint {
  const figure = value as Ratio
  const bound = bounds[end]
  return BigInt(bound.n) * BigInt(figure.d) - BigInt(figure.n) * BigInt(bound.d)
}

function ordered(end: End, passes: (sign: bigint) => boolean): Test {
  return (bounds, value) => passes(difference(bounds as NumberBounds, end, value))
}

/** Every value the fact can have is among those required, or none is. */
function always(among: boolean): Test {
  return (bounds, value) => {
    if (bounds.kind !== 'number') return listed(bounds, value)?.every((is) => is === among) ?? false
    const low = difference(bounds, 'lo', value)
    const high = difference(bounds, 'hi', value)
    return among ? low === 0n && high === 0n : low > 0n || high < 0n
  }
}

/** Some value the fact can have is among those required, or some is not. */
function sometimes(among: boolean): Test {
  return (bounds, value) => {
    if (bounds.kind !== 'number') return listed(bounds, value)?.some((is) => is === among) ?? true
    const low = difference(bounds, 'lo', value)
    const high = difference(bounds, 'hi', value)
    return among ? low <= 0n && high >= 0n : low < 0n || high > 0n
  }
}

/** For each value a code or boolean can have, whether it is required; null: an open list. */
function listed(bounds: Bounds, value: EngineValue): readonly boolean[] | null {
  const required = value as readonly unknown[]
  if (bounds.kind === 'boolean') return truths(bounds.reading).map((one) => required.includes(one))
  if (bounds.kind !== 'code') throw new TypeError(`a ${bounds.kind} is not compared with codes`)
  return bounds.codes?.map((code) => required.includes(code)) ?? null
}

function truths(reading: number): readonly boolean[] {
  return reading === YES ? [true] : reading === NO ? [false] : [true, false]
}

function holds(bounds: Bounds, value: EngineValue, part: 'certain' | 'possible'): boolean {
  if (bounds.kind !== 'set') throw new TypeError(`a ${bounds.kind} contains nothing`)
  const [code] = value as readonly [string]
  return bounds[part]?.includes(code) ?? true
}
