import { Engine, type RuleResult } from 'json-rules-engine'
import { OPERATORS } from '../model/condition.js'
import { type ConditionNode, type LeafNode, leavesOf } from './condition-node.js'
import type { FactDefinition } from './fact-definition.js'
import type { HouseholdFacts } from './fact-values.js'
import { engineConditions, type FactNames } from './json-rules-engine-conditions.js'
import { engineOperators, READINGS, type ReadingName } from './json-rules-engine-operators.js'

/** Both readings of one condition, as the second engine finds them. */
export interface EngineReading {
  readonly certainly: boolean
  readonly possibly: boolean
}

const DECORATORS = ['someFact', 'someValue', 'everyFact', 'everyValue', 'swap', 'not']

/**
 * Reads conditions with json-rules-engine: the second engine, which must agree with the
 * compiled one. `member`: index of the member in view, or NO_MEMBER. Rejects when the engine
 * fails or loses a rule.
 */
export async function readWithJsonRulesEngine(
  conditions: readonly ConditionNode[],
  facts: HouseholdFacts,
  member: number,
): Promise<readonly EngineReading[]> {
  const results = await ruleResults(conditions, facts, member)
  return conditions.map((_, index) => ({
    certainly: resultOf(results, index, 'certainly').result === true,
    possibly: resultOf(results, index, 'possibly').result === true,
  }))
}

/** The engine's own results, one for each condition and reading; see `resultOf`. */
export async function ruleResults(
  conditions: readonly ConditionNode[],
  facts: HouseholdFacts,
  member: number,
): Promise<readonly RuleResult[]> {
  const engine = strictEngine()
  const nameOf = addFacts(engine, conditions, facts, member)
  conditions.forEach((condition, index) => {
    for (const reading of READINGS) {
      const name = ruleName(index, reading)
      const rule = engineConditions(condition, reading, nameOf)
      engine.addRule({ name, conditions: rule, event: { type: name } })
    }
  })
  const { results, failureResults } = await engine.run()
  return [...results, ...failureResults]
}

/** The result of one condition in one reading; throws when it was lost, which is not a "no". */
export function resultOf(
  results: readonly RuleResult[],
  index: number,
  reading: ReadingName,
): RuleResult {
  const name = ruleName(index, reading)
  const found = results.find((result) => result.name === name)
  if (found === undefined) throw new Error(`json-rules-engine lost the rule "${name}"`)
  return found
}

/**
 * An engine for one run. Shared engines lose rules when runs overlap, the own operators take
 * "500" for a number, and the own path resolver runs code: all three are taken away.
 */
export function strictEngine(): Engine {
  const engine = new Engine([], { pathResolver: refusePath })
  for (const name of OPERATORS) engine.removeOperator(name)
  for (const name of DECORATORS) engine.removeOperatorDecorator(name)
  for (const operator of engineOperators()) engine.addOperator(operator)
  return engine
}

function refusePath(): never {
  throw new Error('paths into facts are refused')
}

function addFacts(
  engine: Engine,
  conditions: readonly ConditionNode[],
  facts: HouseholdFacts,
  member: number,
): FactNames {
  const names = new Map<FactDefinition, string>()
  for (const { fact } of conditions.flatMap(leavesOf)) {
    if (names.has(fact)) continue
    // Points of two rule versions have the same id.
    const name = engine.getFact(fact.id) === undefined ? fact.id : `${fact.id} ${names.size}`
    names.set(fact, name)
    engine.addFact(name, facts.boundsOf(fact, member), { cache: false })
  }
  return (leaf: LeafNode) => names.get(leaf.fact) as string
}

function ruleName(index: number, reading: ReadingName): string {
  return `${index} ${reading}`
}
