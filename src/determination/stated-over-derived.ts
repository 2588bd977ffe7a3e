import {
  type BooleanBounds,
  type Bounds,
  type CodeBounds,
  type NumberBounds,
  OPEN,
  type SetBounds,
} from '../engine/bounds.js'
import type { FactDefinition } from '../engine/fact-definition.js'
import { boundsOfValue, type HouseholdFacts, statedValue } from '../engine/fact-values.js'
import { compare, type Ratio, subtract, whole } from '../engine/ratio.js'
import type { Rule } from '../engine/rule.js'
import { derivedFactsOf } from './rule-facts.js'

/** Whether a derived fact that the rule rests on is stated and cannot be what its derivation says. */
export function contradictsDerivation(rule: Rule, facts: HouseholdFacts, member: number): boolean {
  const { ofConditions, ofEntitlement } = derivedFactsOf(rule)
  return [...ofConditions, ...ofEntitlement].some((fact) => {
    const stated = statedValue(facts, fact, member)
    return (
      stated !== undefined &&
      !fits(boundsOfValue(stated, fact), facts.derivedBounds(fact, member), fact)
    )
  })
}

/** Whether a stated value can be what its derivation says; a figure, within one last place. */
function fits(stated: Bounds, derived: Bounds, fact: FactDefinition): boolean {
  switch (derived.kind) {
    case 'number':
      return near((stated as NumberBounds).lo, derived, lastPlace(fact))
    case 'boolean':
      return derived.reading === OPEN || derived.reading === (stated as BooleanBounds).reading
    case 'code': {
      const [code] = (stated as CodeBounds).codes as readonly [string]
      return derived.codes?.includes(code) ?? true
    }
    case 'set': {
      const { certain } = stated as SetBounds
      const possible = certain.every((code) => derived.possible?.includes(code) ?? true)
      return possible && derived.certain.every((code) => certain.includes(code))
    }
  }
}

function near(stated: Ratio, { lo, hi }: NumberBounds, place: Ratio): boolean {
  const above = compare(subtract(stated, hi), place) < 0
  return above && compare(subtract(lo, stated), place) < 0
}

/** One fen, one step of another decimal, one whole. */
function lastPlace(fact: FactDefinition): Ratio {
  return fact.money ? whole(1) : { n: 1, d: fact.scale }
}
