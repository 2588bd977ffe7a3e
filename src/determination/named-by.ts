import { YES } from '../engine/bounds.js'
import { leavesOf } from '../engine/condition-node.js'
import { explainLeaves } from '../engine/explain.js'
import { type HouseholdFacts, statedValue } from '../engine/fact-values.js'
import type { PlacedNode } from '../engine/program.js'
import type { Against } from './conflicts.js'
import type { EvaluatedVersion } from './evaluated-versions.js'
import { type Grant, ROUNDED_TO_FEN } from './grant-entitlement.js'
import { remembering } from './remembered.js'
import { derivedFactsOf } from './rule-facts.js'

const namedOnce = remembering()

/** Every interpretation that the version, its given warnings, what was derived and its conflicts rest on. */
export function namedBy(
  { planned, bytes, member }: EvaluatedVersion,
  grant: Grant | null,
  against: readonly Against[],
  facts: HouseholdFacts,
): readonly string[] {
  const { rule } = planned.version
  const { ofConditions, ofEntitlement } = derivedFactsOf(rule)
  const used = grant === null ? ofConditions : [...ofConditions, ...ofEntitlement]
  const derived = used.filter((fact) => statedValue(facts, fact, member) === undefined)
  const given = planned.warnings.filter(({ when }) => when !== null && bytes[when.byte] === YES)
  const rounded = grant?.rounded ?? false
  let key = 2 * Number(grant !== null) + Number(rounded)
  for (const fact of used) key = key * 2 + Number(derived.includes(fact))
  for (const one of planned.warnings) key = key * 2 + Number(given.includes(one))
  const ofVersion = namedOnce(planned, key, () => {
    const conditions = [planned.root, ...given.map(({ when }) => when as PlacedNode)]
    const leaves = conditions.flatMap((condition) => explainLeaves(condition, bytes))
    const named = [
      ...rule.version.interpretations,
      ...leaves.flatMap(({ leaf }) => leaf.interpretations),
      ...derived.flatMap((fact) => fact.interpretations),
      ...(rounded ? [ROUNDED_TO_FEN] : []),
    ]
    return [...new Set(named)].sort()
  })
  return against.length === 0
    ? ofVersion
    : [...new Set([...ofVersion, ...against.flatMap(namedByConflict)])].sort()
}

function namedByConflict({ loaded: { conflict, when } }: Against): readonly string[] {
  const leaves = when === null ? [] : leavesOf(when)
  return [conflict.interpretation ?? [], leaves.map((leaf) => leaf.interpretations)].flat(2)
}
