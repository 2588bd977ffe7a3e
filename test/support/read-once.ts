import fc from 'fast-check'
import type { ConditionNode } from '../../src/engine/condition-node.js'
import type { FactDefinition } from '../../src/engine/fact-definition.js'
import { grow, leafOn, type RandomHousehold, typed } from './random-rulebook.js'
import { DICTIONARY } from './test-dictionary.js'

/** A condition that reads no fact twice, and a household that knows about half of them. */
export interface ReadOnce {
  readonly condition: ConditionNode
  readonly household: RandomHousehold
}

/** Values that between them show everything a condition can tell apart. */
export const SMALL_DOMAINS: Readonly<Record<string, readonly unknown[]>> = {
  'household.poor': [false, true],
  'household.proper': [false, true],
  'household.settlement': ['urban', 'rural'],
  'household.band': ['low', 'lower', 'middle'],
  'household.support': [[], ['food'], ['rent'], ['care']],
  'household.floors': [0, 1, 2, 3],
  'member.insured': [false, true],
  'member.works': [false, true],
  'member.grade': [1, 2, 3, 4],
}

/** Facts no two of which rest on the same base fact. */
const READABLE = [
  'household.poor',
  'household.proper',
  'household.settlement',
  'household.band',
  'household.support',
  'household.floors',
  'household.allInsured',
  'household.workers',
  'household.hasFirstGrade',
].map((id) => DICTIONARY.get(id) as FactDefinition)

const conditions = fc.subarray(READABLE, { minLength: 2, maxLength: 6 }).chain((facts) =>
  fc
    .tuple(fc.tuple(...facts.map(leafOn)), fc.infiniteStream(fc.nat(999)))
    .map(([leaves, choices]) => {
      const choose = (below: number) => (choices.next().value as number) % below
      return typed(grow(leaves, 0, choose))
    }),
)

function known(entity: string): fc.Arbitrary<Record<string, unknown>> {
  const domains = Object.entries(SMALL_DOMAINS).filter(([id]) => id.startsWith(entity))
  const values = domains.map(([id, domain]) => [
    id.slice(entity.length + 1),
    fc.oneof(fc.constant(null), fc.constantFrom(...domain)),
  ])
  return fc.record(Object.fromEntries(values))
}

const households = fc
  .tuple(known('household'), fc.array(known('member'), { minLength: 1, maxLength: 2 }))
  .map(([facts, members]): RandomHousehold => {
    const listed = members.map((member, index) => ({ ...member, id: `m${index + 1}` }))
    return { household: { ...facts, members: listed }, asOf: '2020-06-01', unlisted: 0 }
  })

/** Conditions that read no fact twice, with a household of one or two members. */
export const readOnce: fc.Arbitrary<ReadOnce> = fc.record({
  condition: conditions,
  household: households,
})
