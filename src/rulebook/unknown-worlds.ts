import type { Bounds } from '../engine/bounds.js'
import { expressionBounds } from '../engine/expression-bounds.js'
import type { Dictionary, FactDefinition } from '../engine/fact-definition.js'
import { type HouseholdFacts, unknownBounds } from '../engine/fact-values.js'
import { unknownHousehold } from '../engine/household-facts.js'
import { ASKABLE, dayOf } from '../model/civil-date.js'
import { MAX_MEMBERS } from '../model/household.js'

/**
 * Households about which nothing is known, on the first and the last day that can be asked for:
 * between them, everything the facts can be.
 */
export function unknownWorlds(dictionary: Dictionary): readonly HouseholdFacts[] {
  return [ASKABLE.first, ASKABLE.last].flatMap((day) => [
    derivedWorld(dayOf(day)),
    statedWorld(dayOf(day), dictionary),
  ])
}

/** Derived facts follow from others. */
function derivedWorld(asOf: number): HouseholdFacts {
  return unknownHousehold(asOf, '', { least: 1, most: MAX_MEMBERS })
}

/** Derived facts may be stated as well: they are anything the dictionary allows. */
function statedWorld(asOf: number, dictionary: Dictionary): HouseholdFacts {
  const boundsOf = (fact: FactDefinition, member: number): Bounds => {
    // The points of a scorecard are no fact of the dictionary: nobody can state them.
    const computed = dictionary.has(fact.id) ? undefined : fact.derive
    return computed === undefined
      ? unknownBounds(fact, asOf)
      : expressionBounds(computed, facts, member)
  }
  const facts: HouseholdFacts = { ...derivedWorld(asOf), boundsOf }
  return facts
}
