import type fc from 'fast-check'
import { isKnown, OPEN, type Reading } from '../../src/engine/bounds.js'
import type { ConditionNode } from '../../src/engine/condition-node.js'
import type { FactDefinition } from '../../src/engine/fact-definition.js'
import { type HouseholdFacts, NO_MEMBER } from '../../src/engine/fact-values.js'
import { restsOn } from '../../src/engine/facts-read.js'
import type { MissingFact } from '../../src/engine/missing.js'
import { conditionReading } from '../../src/engine/read-condition.js'
import type { Household } from '../../src/model/household.js'
import { factsOf, householdOf, type RandomHousehold } from './random-rulebook.js'
import { SMALL_DOMAINS } from './read-once.js'
import { DICTIONARY } from './test-dictionary.js'

/** One place where a fact can be stated: `household.x` or `members/<id>/x`. */
interface Place {
  readonly key: string
  readonly fact: FactDefinition
  /** Index of the member, or NO_MEMBER. */
  readonly member: number
}

/** A household of seven that knows everything: what unknown facts are completed from. */
export const fillers: fc.Arbitrary<RandomHousehold> = householdOf(0, 7)

/** Whether a stated value says nothing. */
export function isUnknown(value: unknown, unknownValues: readonly string[]): boolean {
  return value === null || value === undefined || unknownValues.includes(value as string)
}

function places(household: Household): readonly Place[] {
  return [...DICTIONARY.values()]
    .filter((fact) => fact.derive === undefined)
    .flatMap((fact) => placesOf(fact, household))
}

function placesOf(fact: FactDefinition, household: Household): readonly Place[] {
  if (fact.entity === 'household') return [{ key: fact.id, fact, member: NO_MEMBER }]
  return household.members.map(({ id }, member) => {
    return { key: `members/${id}/${fact.name}`, fact, member }
  })
}

function valueAt({ members, ...facts }: Household, { fact, member }: Place): unknown {
  return member === NO_MEMBER ? facts[fact.name] : members[member]?.[fact.name]
}

function stating(household: Household, { fact, member }: Place, value: unknown): Household {
  if (member === NO_MEMBER) return { ...household, [fact.name]: value }
  const members = household.members.map((one, index) =>
    index === member ? { ...one, [fact.name]: value } : one,
  )
  return { ...household, members }
}

/** The same household with its unknown facts (or some of them) answered, and everybody listed. */
export function completed(
  given: RandomHousehold,
  filler: RandomHousehold,
  answers: (key: string) => boolean = () => true,
): RandomHousehold {
  const unlisted = filler.household.members
    .slice(0, given.unlisted)
    .map((member, index) => ({ ...member, id: `u${index + 1}` }))
  const listed = places(given.household)
    .filter((place) => isUnknown(valueAt(given.household, place), place.fact.unknownValues))
    .filter((place) => answers(place.key))
    .reduce(
      (household, place) => stating(household, place, valueAt(filler.household, place)),
      given.household,
    )
  const members = [...listed.members, ...unlisted]
  return { ...given, household: { ...listed, members }, unlisted: 0 }
}

/** The same household with some facts answered; a derived fact that was asked for is true. */
export function answered(
  given: RandomHousehold,
  missing: readonly MissingFact[],
  filler: RandomHousehold,
): RandomHousehold {
  const household = missing.reduce((current, { fact, member }) => {
    const place = { key: fact.id, fact, member }
    const value = fact.derive === undefined ? valueAt(filler.household, place) : true
    return stating(current, place, value)
  }, given.household)
  return { ...given, household }
}

/** The same household with some of its base facts removed. */
export function without(given: RandomHousehold, remove: () => boolean): RandomHousehold {
  const household = places(given.household)
    .filter(remove)
    .reduce((current, place) => stating(current, place, null), given.household)
  return { ...given, household }
}

/**
 * The definition of `missing`, read literally: unknown base facts under unsettled leaves that
 * are reached through unsettled nodes. `least`: those the leaves name; `most`: with every
 * unknown input of the derived ones.
 */
export function missingAsDefined(condition: ConditionNode, facts: HouseholdFacts, member: number) {
  const least = new Set<string>()
  const most = new Set<string>()
  const visit = (node: ConditionNode): void => {
    if (conditionReading(node, facts, member) !== OPEN) return
    for (const child of childrenOf(node)) visit(child)
    if (node.kind !== 'leaf') return
    const own = inView(node.fact, facts, member).map(({ key }) => key)
    if (node.fact.derive === undefined) for (const key of own) least.add(key)
    for (const key of [...own, ...unknownInputs(node.fact, facts)]) most.add(key)
  }
  visit(condition)
  return { least, most }
}

function inView(fact: FactDefinition, facts: HouseholdFacts, member: number): readonly Place[] {
  return placesOf(fact, facts.household).filter(
    (place) => place.member === NO_MEMBER || place.member === member,
  )
}

function unknownInputs(fact: FactDefinition, facts: HouseholdFacts): readonly string[] {
  return [...restsOn(fact)]
    .flatMap((input) => placesOf(input, facts.household))
    .filter((place) => !isKnown(facts.boundsOf(place.fact, place.member)))
    .map(({ key }) => key)
}

/** The outcome over every completion of a small household, and the facts that change it alone. */
export function outcomesOfCompletions(condition: ConditionNode, given: RandomHousehold) {
  const { household } = given
  const rest = new Set(leafFacts(condition).flatMap((fact) => [...restsOn(fact)]))
  const open = places(household).filter(
    (place) => rest.has(place.fact) && isUnknown(valueAt(household, place), []),
  )
  const completions = open.reduce<readonly Household[]>(
    (partial, place) =>
      partial.flatMap((one) =>
        (SMALL_DOMAINS[place.fact.id] as readonly unknown[]).map((value) =>
          stating(one, place, value),
        ),
      ),
    [household],
  )
  const outcomes = completions.map((one) =>
    conditionReading(condition, factsOf({ ...given, household: one }), NO_MEMBER),
  )
  return { outcome: united(outcomes), decisive: deciding(open, outcomes) }
}

function leafFacts(node: ConditionNode): readonly FactDefinition[] {
  return node.kind === 'leaf' ? [node.fact] : childrenOf(node).flatMap(leafFacts)
}

function childrenOf(node: ConditionNode): readonly ConditionNode[] {
  if (node.kind === 'leaf') return []
  return node.kind === 'not' ? [node.child] : node.children
}

function united(outcomes: readonly Reading[]): Reading {
  const [first] = outcomes as readonly [Reading]
  return outcomes.every((outcome) => outcome === first) ? first : OPEN
}

/** Completions stand in the order of a counter whose last digit is the last fact. */
function deciding(open: readonly Place[], outcomes: readonly Reading[]): ReadonlySet<string> {
  const decisive = new Set<string>()
  let stride = 1
  for (const { key, fact } of open.toReversed()) {
    const size = (SMALL_DOMAINS[fact.id] as readonly unknown[]).length
    const changes = outcomes.some((outcome, index) => {
      const digit = Math.floor(index / stride) % size
      return digit > 0 && outcome !== outcomes[index - digit * stride]
    })
    if (changes) decisive.add(key)
    stride *= size
  }
  return decisive
}
