import { type Day, dayOf } from '../model/civil-date.js'
import type { Household } from '../model/household.js'
import { type Bounds, booleanBounds, numberBounds } from './bounds.js'
import type { FactDefinition } from './fact-definition.js'
import { quotient, type Ratio, whole } from './ratio.js'

/** Members a household has beside those listed, and about whom nothing is known. */
export interface Unlisted {
  readonly least: number
  readonly most: number
}

/** One household as the engine reads it, on one date, in one jurisdiction. */
export interface HouseholdFacts {
  readonly household: Household
  readonly asOf: Day
  readonly jurisdiction: string
  readonly unlisted: Unlisted
  /** What a fact can be for a member in view: stated, else derived, else everything it may be. */
  readonly boundsOf: (fact: FactDefinition, member: number) => Bounds
  /** What a derived fact follows to be, whether or not it is stated. */
  readonly derivedBounds: (fact: FactDefinition, member: number) => Bounds
}

/** In view of no member: a household's facts. */
export const NO_MEMBER = -1
/** In view of a member who is not listed: every fact unknown. */
export const UNLISTED_MEMBER = -2

/** A stated value, or undefined when it is not stated, null, or a code that means unknown. */
export function statedValue(facts: HouseholdFacts, fact: FactDefinition, member: number): unknown {
  if (fact.entity === 'household') return known(facts.household[fact.name], fact)
  if (member < 0) return undefined
  return known(facts.household.members[member]?.[fact.name], fact)
}

function known(value: unknown, fact: FactDefinition): unknown {
  if (value === null || value === undefined) return undefined
  return fact.unknownValues.includes(value as string) ? undefined : value
}

/** A known value as bounds: money in fen, dates in days, other decimals exact. */
export function boundsOfValue(value: unknown, fact: FactDefinition): Bounds {
  switch (fact.type) {
    case 'boolean':
      return booleanBounds(value as boolean)
    case 'date':
      return numberBounds(whole(dayOf(value as string)))
    case 'integer':
    case 'decimal':
      return numberBounds(fromSteps(Math.round((value as number) * fact.scale), fact))
    case 'code-set':
      return {
        kind: 'set',
        certain: value as readonly string[],
        possible: value as readonly string[],
      }
    case 'code':
    case 'string':
      return { kind: 'code', codes: [value as string] }
  }
}

/** Everything a fact may be; a date of birth is not after the day asked for. */
export function unknownBounds(fact: FactDefinition, asOf: Day): Bounds {
  switch (fact.type) {
    case 'boolean':
      return booleanBounds(null)
    case 'date':
      return numberBounds(
        whole(fact.min),
        whole(isBirthDate(fact) ? Math.min(fact.max, asOf) : fact.max),
      )
    case 'integer':
    case 'decimal':
      return numberBounds(fromSteps(fact.min, fact), fromSteps(fact.max, fact))
    case 'code-set':
      return { kind: 'set', certain: [], possible: fact.codes }
    case 'code':
    case 'string':
      return { kind: 'code', codes: fact.codes }
  }
}

/** A number in the fact's steps as expressions count it: fen for money, units for the rest. */
export function fromSteps(held: number, fact: FactDefinition): Ratio {
  return fact.money ? whole(held) : quotient(held, fact.scale)
}

/** Whether a fact says since when somebody lives, so that it cannot lie after the day asked for. */
export function isBirthDate(fact: FactDefinition): boolean {
  return fact.fact.notAfterAsOf === true
}
