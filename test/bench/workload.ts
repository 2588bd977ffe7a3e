import type { ConditionNode } from '../../src/engine/condition-node.js'
import type { Dictionary } from '../../src/engine/fact-definition.js'
import { parseCondition } from '../../src/engine/parse-condition.js'
import type { Condition, LeafCondition, Operator } from '../../src/model/condition.js'
import type { Fact } from '../../src/model/fact.js'
import { type Random, seeded } from '../support/seeded.js'
import { testDictionary, testFact, testTyping } from '../support/test-dictionary.js'

/** A household of the benchmark: 40 facts, unknown ones null. */
export type BenchHousehold = Readonly<Record<string, number | string | boolean | null>>

const COUNTS = 16
const CODES = 12
const FLAGS = 12
const CODES_PER_FACT = 5
const MOST = 99

/** 16 counts, 12 codes and 12 flags. */
export const FACTS: readonly Fact[] = [
  ...names('count', COUNTS).map((name) =>
    testFact(`household.${name}`, 'integer', { unit: 'units', min: 0, max: MOST }),
  ),
  ...names('code', CODES).map((name) =>
    testFact(`household.${name}`, 'code', {
      values: Object.fromEntries(codes(name).map((code) => [code, { zh: code, en: code }])),
    }),
  ),
  ...names('flag', FLAGS).map((name) => testFact(`household.${name}`, 'boolean')),
]

const DICTIONARY: Dictionary = testDictionary(FACTS)

function names(kind: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${kind}${index + 1}`)
}

function codes(name: string): readonly string[] {
  return Array.from({ length: CODES_PER_FACT }, (_, index) => `${name}-${index + 1}`)
}

/** Conditions of about 5.6 leaves in two or three levels, as many as asked for. */
export function randomConditions(count: number, seed: number): readonly Condition[] {
  const random = seeded(seed)
  return Array.from({ length: count }, () => rule(random))
}

/** The conditions, typed. */
export function typedConditions(conditions: readonly Condition[]): readonly ConditionNode[] {
  const typing = testTyping(DICTIONARY, false)
  return conditions.map((json) => parseCondition(json, '', typing, false) as ConditionNode)
}

/**
 * Two or three plain comparisons, alternatives, and in every third rule an exclusion. No fact
 * stands twice: a programmer would not write a comparison that another one excludes.
 */
function rule(random: Random): Condition {
  const facts = [...FACTS]
  const one = () => leaf(facts.splice(below(random, facts.length), 1)[0] as Fact, random)
  const some = (count: number) => Array.from({ length: count }, one)
  const plain = some(2 + below(random, 2))
  const either: Condition = random() < 0.4 ? { all: some(2) } : one()
  const alternatives: Condition = { any: [either, ...some(1 + below(random, 2))] }
  const exclusion: Condition = { not: random() < 0.5 ? one() : { any: some(2) } }
  return { all: [...plain, alternatives, ...(random() < 0.35 ? [exclusion] : [])] }
}

function leaf(fact: Fact, random: Random): LeafCondition {
  if (fact.type === 'boolean') return { fact: fact.id, operator: 'equal', value: random() < 0.6 }
  return fact.type === 'integer' ? count(fact.id, random) : code(fact.id, random)
}

/** Rules share their lines: each count is compared with one of two figures. */
function count(id: string, random: Random): LeafCondition {
  const line = 20 + ((id.length * 7 + id.charCodeAt(id.length - 1)) % 5) * 10
  const value = random() < 0.5 ? line : line + 25
  const operators: readonly Operator[] = [
    'lessThan',
    'lessThan',
    'greaterThanInclusive',
    'lessThanInclusive',
  ]
  return { fact: id, operator: operators[below(random, operators.length)] as Operator, value }
}

function code(id: string, random: Random): LeafCondition {
  const list = codes(id.slice('household.'.length))
  const first = list[below(random, 3)] as string
  if (random() < 0.6) return { fact: id, operator: 'equal', value: first }
  return { fact: id, operator: random() < 0.8 ? 'in' : 'notIn', value: [first, list[4] as string] }
}

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit)
}

/** Households as they come out of JSON, with a share of unknown facts. */
export function randomHouseholds(
  count: number,
  unknown: number,
  seed: number,
): readonly BenchHousehold[] {
  const random = seeded(seed)
  const value = (fact: Fact) => {
    if (random() < unknown) return null
    if (fact.type === 'boolean') return random() < 0.5
    if (fact.type === 'integer') return below(random, MOST + 1)
    return codes(fact.id.slice('household.'.length))[below(random, CODES_PER_FACT)] as string
  }
  const one = () => Object.fromEntries(FACTS.map((fact) => [factKey(fact), value(fact)]))
  return Array.from({ length: count }, () => JSON.parse(JSON.stringify(one())))
}

function factKey(fact: Fact): string {
  return fact.id.slice('household.'.length)
}

/** The two sizes that are measured. */
export const RULE_SETS = [
  { rules: 25, seed: 25 },
  { rules: 200, seed: 200 },
] as const
