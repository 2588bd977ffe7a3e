import fc from 'fast-check'
import type { ConditionNode } from '../../src/engine/condition-node.js'
import type { FactDefinition } from '../../src/engine/fact-definition.js'
import type { HouseholdFacts } from '../../src/engine/fact-values.js'
import { householdFacts } from '../../src/engine/household-facts.js'
import { parseCondition } from '../../src/engine/parse-condition.js'
import { dayOf } from '../../src/model/civil-date.js'
import type { Condition, Operator } from '../../src/model/condition.js'
import type { Entity } from '../../src/model/fact.js'
import type { Household, Member } from '../../src/model/household.js'
import { DICTIONARY, testTyping } from './test-dictionary.js'

/** Share of base facts that nobody states. */
const UNKNOWN_SHARE = 0.3
export const JURISDICTION = '441900'
const MAX_DEPTH = 5

const EQUALITY: readonly Operator[] = ['equal', 'notEqual']
const ORDER: readonly Operator[] = [
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
]

/** Values that stand close to each other, so that comparisons fall on, above and below. */
const VALUES: Readonly<Record<string, readonly (number | string)[]>> = {
  'household.income': [0, 0.01, 1000, 1999.99, 2000, 2000.01, 3000, 9_999_999_999.99],
  'household.incomePerHead': [0, 500, 999.99, 1000, 1000.01, 1500, 9_999_999_999.99],
  'household.floorArea': [0, 29.999, 30, 30.001, 45, 60, 100_000],
  'household.areaPerHead': [0, 14.999, 15, 15.001, 20, 100_000],
  'household.rooms': [0, 1, 2, 3, 100],
  'household.yearsHere': [-1, 0, 5, 10, 11],
  'household.movedIn': ['1850-01-01', '2009-06-01', '2010-06-01', '2010-06-02', '2200-12-31'],
  'household.size': [1, 2, 3, 4],
  'household.minors': [0, 1, 2, 3],
  'household.workers': [0, 1, 2, 3],
  'household.floors': [0, 1, 2, 3],
  'household.wages': [0, 1000, 2000, 3999.99, 4000],
  'household.hukou': ['441900', '441901', '440100', '440106', '110000'],
  'household.letters': ['a', 'b', 'c'],
  'member.dateOfBirth': [
    '1950-02-28',
    '1960-06-01',
    '1960-06-02',
    '2002-06-01',
    '2002-06-02',
    '2012-02-29',
  ],
  'member.age': [0, 7, 8, 17, 18, 19, 59, 60, 61],
  'member.hukou': ['441900', '441901', '440100', '110000'],
  'member.wage': [0, 1000, 2000, 2000.01],
  'member.score': [-100, -1, -0.001, 0, 1.5, 3, 100],
  'member.grade': [1, 2, 3, 4],
  'member.points': [0, 12.5, 20, 22.5, 30, 42],
}

const FACTS = [...DICTIONARY.values()]

/** A rulebook of conditions about one kind of subject, typed. */
export interface RandomRulebook {
  readonly subject: Entity
  readonly conditions: readonly ConditionNode[]
}

/** One to four conditions of 3 to 15 leaves, at most five deep, for one kind of subject. */
export const rulebooks: fc.Arbitrary<RandomRulebook> = fc
  .constantFrom<Entity>('household', 'member')
  .chain((subject) =>
    fc
      .array(conditionOver(readable(subject)), { minLength: 1, maxLength: 4 })
      .map((list) => ({ subject, conditions: list.map((json) => typed(json, subject)) })),
  )

/** The typed tree of a condition over the test dictionary; a defect fails the test. */
export function typed(json: Condition, subject: Entity = 'household'): ConditionNode {
  const typing = testTyping(DICTIONARY, subject === 'member')
  return parseCondition(json, '', typing, false) as ConditionNode
}

/** Derived facts count three times: more of them are unknown, and they are what can go wrong. */
function readable(subject: Entity): readonly FactDefinition[] {
  const derived = FACTS.filter((fact) => fact.derive !== undefined)
  return [...FACTS, ...derived, ...derived].filter(
    (fact) => subject === 'member' || fact.entity === subject,
  )
}

/** A condition of 3 to 15 leaves over some facts. */
export function conditionOver(facts: readonly FactDefinition[]): fc.Arbitrary<Condition> {
  const leaf = fc.constantFrom(...facts).chain(leafOn)
  const leaves = fc.array(leaf, { minLength: 3, maxLength: 15 })
  return fc.tuple(leaves, fc.infiniteStream(fc.nat(999))).map(([list, choices]) => {
    const choose = (below: number) => (choices.next().value as number) % below
    return grow(list, 0, choose)
  })
}

/**
 * A tree over leaves in their order: groups of two to four, one node in six denied. Mostly `any`
 * stands in `all` and `all` in `any`: long lists of one kind are settled by their first leaves.
 */
export function grow(
  leaves: readonly Condition[],
  depth: number,
  choose: (below: number) => number,
  inAll = choose(2) === 0,
): Condition {
  if (depth < MAX_DEPTH - 1 && choose(6) === 0) {
    return { not: grow(leaves, depth + 1, choose, !inAll) }
  }
  if (leaves.length === 1) return leaves[0] as Condition
  const all = choose(5) === 0 ? inAll : !inAll
  const deep = depth >= MAX_DEPTH - 1
  const children = deep
    ? leaves
    : split(leaves, 2 + choose(3)).map((part) => grow(part, depth + 1, choose, all))
  return all ? { all: children } : { any: children }
}

function split<T>(list: readonly T[], parts: number): readonly (readonly T[])[] {
  const size = Math.ceil(list.length / parts)
  const starts = Array.from({ length: Math.ceil(list.length / size) }, (_, part) => part * size)
  return starts.map((start) => list.slice(start, start + size))
}

/** A comparison of a fact, with any operator that fits it. */
export function leafOn(fact: FactDefinition): fc.Arbitrary<Condition> {
  const leaf = (operators: readonly Operator[], values: fc.Arbitrary<unknown>) =>
    fc.record({
      fact: fc.constant(fact.id),
      operator: fc.constantFrom(...operators),
      value: values,
    })
  switch (fact.type) {
    case 'boolean':
      return leaf(EQUALITY, fc.boolean()) as fc.Arbitrary<Condition>
    case 'code':
      return fc.oneof(
        leaf(EQUALITY, one(fact)),
        leaf(['in', 'notIn'], some(fact, 1)),
      ) as fc.Arbitrary<Condition>
    case 'code-set':
      return leaf(['contains', 'doesNotContain'], one(fact)) as fc.Arbitrary<Condition>
    default:
      return leaf([...ORDER, ...ORDER, ...EQUALITY], one(fact)) as fc.Arbitrary<Condition>
  }
}

function valuesOf(fact: FactDefinition): readonly (number | string)[] {
  return VALUES[fact.id] ?? (fact.codes as readonly string[])
}

function one(fact: FactDefinition): fc.Arbitrary<number | string> {
  return fc.constantFrom(...valuesOf(fact))
}

function some(fact: FactDefinition, minLength: number): fc.Arbitrary<readonly (number | string)[]> {
  return fc.subarray([...valuesOf(fact)], { minLength })
}

/** A value somebody could state. */
function statedValueOf(fact: FactDefinition): fc.Arbitrary<unknown> {
  if (fact.type === 'boolean') return fc.boolean()
  return fact.type === 'code-set' ? some(fact, 0) : one(fact)
}

/** A household, the day it is asked for, and how many members it says it has. */
export interface RandomHousehold {
  readonly household: Household
  readonly asOf: string
  /** Members beyond those listed. */
  readonly unlisted: number
}

/** One to five members, 30 % of base facts unknown (left out, null, or a code for unknown). */
export const households: fc.Arbitrary<RandomHousehold> = householdOf(UNKNOWN_SHARE)

/** Households with another share of unknown base facts; one derived fact in twenty is stated. */
export function householdOf(unknown: number, size?: number): fc.Arbitrary<RandomHousehold> {
  const [minLength, maxLength] = [size ?? 1, size ?? 5]
  const members = fc.array(entity('member', unknown), { minLength, maxLength })
  return fc.record({
    household: fc.tuple(entity('household', unknown), members).map(([facts, list]) => ({
      ...facts,
      members: list.map((member, index): Member => ({ ...member, id: `m${index + 1}` })),
    })),
    asOf: fc.constantFrom('2020-06-01', '2020-02-29', '2019-12-31'),
    unlisted: fc.oneof(
      { weight: 9, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 2 }) },
    ),
  })
}

function entity(kind: Entity, unknown: number): fc.Arbitrary<Record<string, unknown>> {
  const facts = FACTS.filter((fact) => fact.entity === kind && fact.fact.role === undefined)
  const share = (fact: FactDefinition) => (fact.derive === undefined ? unknown : 0.95)
  const stated = facts.map((fact) => [fact.name, perhaps(fact, share(fact))] as const)
  return fc.record(Object.fromEntries(stated)).map(withoutAbsent)
}

function perhaps(fact: FactDefinition, unknown: number): fc.Arbitrary<unknown> {
  const nothing = fc.constantFrom(null, undefined, ...fact.unknownValues)
  const share = Math.round(unknown * 100)
  return fc.oneof(
    { weight: 100 - share, arbitrary: statedValueOf(fact) },
    { weight: share, arbitrary: nothing },
  )
}

function withoutAbsent(facts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}

/** The same household, its listed members being all there are. */
export function listedOnly(given: RandomHousehold): RandomHousehold {
  return { ...given, unlisted: 0 }
}

/** The household as the engine reads it. */
export function factsOf({ household, asOf, unlisted }: RandomHousehold): HouseholdFacts {
  const size = household.members.length + unlisted
  return householdFacts(household, dayOf(asOf), JURISDICTION, size)
}
