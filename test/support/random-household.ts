import type { ConditionNode, LeafNode } from '../../src/engine/condition-node.js'
import { leavesOf } from '../../src/engine/condition-node.js'
import type { FactDefinition } from '../../src/engine/fact-definition.js'
import { restsOn } from '../../src/engine/facts-read.js'
import { dateText, dayOf } from '../../src/model/civil-date.js'
import type { Entity } from '../../src/model/fact.js'
import type { Household } from '../../src/model/household.js'
import type { LoadedProgramme, Rulebook } from '../../src/rulebook/rulebook.js'
import type { Random } from './seeded.js'

/** One of a list. */
export function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T
}

/** What the rules of one jurisdiction read: base facts, and the leaves that rest on each. */
export interface ReadFacts {
  readonly facts: readonly FactDefinition[]
  readonly leaves: ReadonlyMap<FactDefinition, readonly LeafNode[]>
}

/** The base facts that the conditions of these programmes rest on, in the order of the dictionary. */
export function factsReadBy(
  { dictionary }: Rulebook,
  programmes: readonly LoadedProgramme[],
): ReadFacts {
  const conditions = programmes.flatMap(({ versions }) =>
    versions.map(({ rule }): ConditionNode => rule.conditions),
  )
  const leaves = new Map<FactDefinition, LeafNode[]>()
  for (const leaf of conditions.flatMap(leavesOf)) {
    for (const fact of restsOn(leaf.fact)) leaves.set(fact, [...(leaves.get(fact) ?? []), leaf])
  }
  const facts = [...dictionary.values()].filter(
    (fact) => leaves.has(fact) && (fact.derive === undefined || fact.fact.askedOf !== undefined),
  )
  return { facts: facts.filter(({ fact }) => fact.role !== 'member-count'), leaves }
}

/** A household of some members about whom every fact that rules read is known. */
export function randomHousehold(
  read: ReadFacts,
  members: number,
  { jurisdiction, random }: { readonly jurisdiction: string; readonly random: Random },
): Household {
  const of = (entity: Entity) =>
    Object.fromEntries(
      read.facts
        .filter((fact) => fact.entity === entity)
        .map((fact) => [fact.name, randomValue(fact, read, jurisdiction, random)]),
    )
  const list = Array.from({ length: members }, (_, index) => ({
    id: `m${index + 1}`,
    ...of('member'),
  }))
  return { ...of('household'), members: list }
}

function randomValue(
  fact: FactDefinition,
  { leaves }: ReadFacts,
  jurisdiction: string,
  random: Random,
): unknown {
  const own = leaves.get(fact) as readonly LeafNode[]
  switch (fact.type) {
    case 'boolean':
      return random() < 0.4
    case 'code':
    case 'string':
      return pick(fact.codes ?? [jurisdiction, jurisdiction, '110000'], random)
    case 'code-set':
      return (fact.codes ?? []).filter(() => random() < 0.15)
    case 'date': {
      const [first, last] = [dayOf('1930-01-01'), dayOf('2013-12-31')]
      return dateText(first + Math.floor(random() * (last - first)))
    }
    case 'integer':
    case 'decimal': {
      const figures = own.filter((leaf) => leaf.fact === fact).map((leaf) => leaf.steps)
      // A figure that only a derivation reads is compared per head: up to a few thousand units.
      const near = figures.flatMap((steps) => [steps - 1, steps, steps + 1, steps * 2])
      const held = pick(
        near.length > 0 ? near : [0, 800, 3000, 20_000].map((n) => n * fact.scale),
        random,
      )
      return Math.min(Math.max(held, fact.min), fact.max) / fact.scale
    }
  }
}
