import type { Day } from '../model/civil-date.js'
import type { Household } from '../model/household.js'
import type { Bounds } from './bounds.js'
import { expressionBounds } from './expression-bounds.js'
import type { FactDefinition } from './fact-definition.js'
import {
  boundsOfValue,
  type HouseholdFacts,
  NO_MEMBER,
  statedValue,
  type Unlisted,
  unknownBounds,
} from './fact-values.js'
import { restsOn } from './facts-read.js'

/**
 * The facts of a household whose values fit the dictionary. `size` is the stated number of
 * members; more than are listed means unlisted members.
 */
export function householdFacts(
  household: Household,
  asOf: Day,
  jurisdiction: string,
  size?: number | null,
): HouseholdFacts {
  const unlisted = Math.max((size ?? 0) - household.members.length, 0)
  return readFacts({ household, asOf, jurisdiction, unlisted: { least: unlisted, most: unlisted } })
}

/** A household of which nothing is known, with this many members: for bounds at load time. */
export function unknownHousehold(
  asOf: Day,
  jurisdiction: string,
  unlisted: Unlisted,
): HouseholdFacts {
  return readFacts({ household: { members: [] }, asOf, jurisdiction, unlisted })
}

/** The same circumstances with another household; `changed`: the only member that differs. */
export function withHousehold(
  facts: HouseholdFacts,
  household: Household,
  changed = NO_MEMBER,
): HouseholdFacts {
  const { asOf, jurisdiction, unlisted } = facts
  return readFacts({ household, asOf, jurisdiction, unlisted }, { facts, changed })
}

/** Facts that differ from these in one member at most; NO_MEMBER: in the household. */
interface Before {
  readonly facts: HouseholdFacts
  readonly changed: number
}

/** Whether a fact of a member follows from facts of that member alone. */
function isOwn(fact: FactDefinition): boolean {
  return [...restsOn(fact)].every(({ entity }) => entity === 'member')
}

function readFacts(
  given: Omit<HouseholdFacts, 'boundsOf' | 'derivedBounds'>,
  before?: Before,
): HouseholdFacts {
  const derived = new Map<FactDefinition, Map<number, Bounds>>()
  const boundsOf = (fact: FactDefinition, member: number): Bounds => {
    const stated = statedValue(facts, fact, member)
    return stated === undefined ? derivedBounds(fact, member) : boundsOfValue(stated, fact)
  }
  const derivedBounds = (fact: FactDefinition, viewed: number): Bounds => {
    if (fact.derive === undefined) return unknownBounds(fact, facts.asOf)
    const member = fact.entity === 'household' ? NO_MEMBER : viewed
    if (before !== undefined && member >= 0 && member !== before.changed && isOwn(fact))
      return before.facts.derivedBounds(fact, member)
    const known = derived.get(fact) ?? new Map<number, Bounds>()
    derived.set(fact, known)
    const bounds = known.get(member) ?? expressionBounds(fact.derive, facts, member)
    known.set(member, bounds)
    return bounds
  }
  const facts: HouseholdFacts = { ...given, boundsOf, derivedBounds }
  return facts
}
