import { type Bounds, NO, YES } from '../engine/bounds.js'
import type { FactDefinition } from '../engine/fact-definition.js'
import { boundsOfValue, type HouseholdFacts, statedValue } from '../engine/fact-values.js'
import { compare, subtract, whole } from '../engine/ratio.js'
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

/** A stated figure fits when it is within one last place of what the derivation can be. */
function fits(stated: Bounds, derived: Bounds, fact: FactDefinition): boolean {
  if (stated.kind === 'number' && derived.kind === 'number') {
    const place = fact.money ? whole(1) : { n: 1, d: fact.scale }
    const slack = fact.type === 'decimal' ? place : whole(1)
    const above = compare(subtract(stated.lo, derived.hi), slack) < 0
    return above && compare(subtract(derived.lo, stated.lo), slack) < 0
  }
  if (stated.kind === 'boolean' && derived.kind === 'boolean') {
    return (
      !(stated.reading === YES && derived.reading === NO) &&
      !(stated.reading === NO && derived.reading === YES)
    )
  }
  return true
}
