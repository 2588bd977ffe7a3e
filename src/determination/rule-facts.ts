import { type LeafNode, leavesOf } from '../engine/condition-node.js'
import type { FactDefinition } from '../engine/fact-definition.js'
import { factsRead, restsOn } from '../engine/facts-read.js'
import type { Rule } from '../engine/rule.js'
import { onceFor } from './once-for.js'

/** Facts a rule's outcome and amount rest on, derived ones among them. */
interface RuleFacts {
  readonly ofConditions: readonly FactDefinition[]
  readonly ofEntitlement: readonly FactDefinition[]
}

/** The clauses of a leaf: its own, then those its fact's definition rests on. */
export const clausesOfLeaf = onceFor((leaf: LeafNode): readonly string[] => {
  const ofFacts = [...restsOn(leaf.fact)].flatMap((fact) => fact.clauses)
  return [...new Set([...leaf.clauses, ...ofFacts])]
})

/** The derived facts that a rule's conditions and its entitlement rest on. */
export const derivedFactsOf = onceFor((rule: Rule): RuleFacts => {
  const { ofConditions, ofEntitlement } = factsOf(rule)
  const derived = (fact: FactDefinition) => fact.derive !== undefined
  return {
    ofConditions: ofConditions.filter(derived),
    ofEntitlement: ofEntitlement.filter(derived),
  }
})

/** Ids of the base facts that a rule's outcome, warnings and amount rest on. */
export function baseFactsOf(rule: Rule): readonly string[] {
  const { ofConditions, ofEntitlement } = factsOf(rule)
  const all = new Set([...ofConditions, ...ofEntitlement])
  return [...all].filter((fact) => fact.derive === undefined).map(({ id }) => id)
}

function factsOf({ conditions, warnings, entitlement: { amount } }: Rule): RuleFacts {
  const nodes = [conditions, ...warnings.flatMap((warning) => warning.when ?? [])]
  const reached = (facts: readonly FactDefinition[]) => [
    ...new Set(facts.flatMap((fact) => [...restsOn(fact)])),
  ]
  return {
    ofConditions: reached(nodes.flatMap(leavesOf).map((leaf) => leaf.fact)),
    ofEntitlement: reached(amount === null ? [] : factsRead(amount)),
  }
}
