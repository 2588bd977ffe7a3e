import { type LeafNode, leavesOf } from '../engine/condition-node.js'
import type { FactDefinition } from '../engine/fact-definition.js'
import { factsRead, restsOn } from '../engine/facts-read.js'
import type { Rule } from '../engine/rule.js'

/** Facts a rule's outcome and amount rest on, derived ones among them. */
export interface RuleFacts {
  readonly ofConditions: readonly FactDefinition[]
  readonly ofEntitlement: readonly FactDefinition[]
}

const CLAUSES = new WeakMap<LeafNode, readonly string[]>()

/** The clauses of a leaf: its own, then those its fact's definition rests on. */
export function clausesOfLeaf(leaf: LeafNode): readonly string[] {
  const before = CLAUSES.get(leaf)
  if (before !== undefined) return before
  const ofFacts = [...restsOn(leaf.fact)].flatMap((fact) => fact.clauses)
  const clauses = [...new Set([...leaf.clauses, ...ofFacts])]
  CLAUSES.set(leaf, clauses)
  return clauses
}

const FACTS = new WeakMap<Rule, RuleFacts>()

/** The derived facts that a rule's conditions and its entitlement rest on. */
export function derivedFactsOf(rule: Rule): RuleFacts {
  const before = FACTS.get(rule)
  if (before !== undefined) return before
  const conditions = [rule.conditions, ...rule.warnings.flatMap((warning) => warning.when ?? [])]
  const facts = {
    ofConditions: derived(conditions.flatMap(leavesOf).map((leaf) => leaf.fact)),
    ofEntitlement: derived(
      rule.entitlement.amount === null ? [] : factsRead(rule.entitlement.amount),
    ),
  }
  FACTS.set(rule, facts)
  return facts
}

function derived(facts: readonly FactDefinition[]): readonly FactDefinition[] {
  return [...new Set(facts.flatMap((fact) => [...restsOn(fact)]))].filter(
    (fact) => fact.derive !== undefined,
  )
}

/** Ids of the base facts that a rule's outcome, warnings and amount rest on. */
export function baseFactsOf(rule: Rule): readonly string[] {
  const conditions = [rule.conditions, ...rule.warnings.flatMap((warning) => warning.when ?? [])]
  const named = [
    ...conditions.flatMap(leavesOf).map((leaf) => leaf.fact),
    ...(rule.entitlement.amount === null ? [] : factsRead(rule.entitlement.amount)),
  ]
  const all = new Set(named.flatMap((fact) => [...restsOn(fact)]))
  return [...all].filter((fact) => fact.derive === undefined).map(({ fact }) => fact.id)
}
