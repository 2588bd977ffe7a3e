import { dateText, dayOf } from '../model/civil-date.js'
import { flip, NO, OPEN, type Reading, YES } from './bounds.js'
import type { LeafNode } from './condition-node.js'
import type { FactDefinition } from './fact-definition.js'
import { boundsOfValue, type HouseholdFacts, NO_MEMBER } from './fact-values.js'
import { restsOn } from './facts-read.js'
import { withHousehold } from './household-facts.js'
import type { MissingFact } from './missing.js'
import { unique } from './parse-condition.js'
import type { PlacedNode } from './program.js'
import { leafReading } from './read-condition.js'

/** An outcome that is still open: the bytes of its conditions, and the member in view. */
export interface OpenOutcome {
  readonly root: PlacedNode
  readonly bytes: Uint8Array
  readonly member: number
}

/**
 * How many of these open outcomes one answer about a fact can settle, each on its own: found by
 * trying answers on both sides of everything their conditions compare with.
 */
export function settledBy(
  asked: MissingFact,
  outcomes: readonly OpenOutcome[],
  facts: HouseholdFacts,
): number {
  const leaves = outcomes.flatMap(({ root }) => affectedLeaves(root, asked.fact))
  let open = outcomes
  for (const answer of answersToTry(asked.fact, leaves, facts)) {
    const answered = answeredBounds(facts, asked, answer)
    open = open.filter((outcome) => readingWith(outcome, asked.fact, answered) === OPEN)
  }
  return outcomes.length - open.length
}

const AFFECTED = new WeakMap<PlacedNode, Map<FactDefinition, readonly LeafNode[]>>()

function affectedLeaves(root: PlacedNode, fact: FactDefinition): readonly LeafNode[] {
  const ofRoot = AFFECTED.get(root) ?? new Map<FactDefinition, readonly LeafNode[]>()
  AFFECTED.set(root, ofRoot)
  const leaves = ofRoot.get(fact) ?? leavesOn(root, fact)
  ofRoot.set(fact, leaves)
  return leaves
}

function leavesOn(node: PlacedNode, fact: FactDefinition): readonly LeafNode[] {
  if (node.leaf !== null) return restsOn(node.leaf.fact).has(fact) ? [node.leaf] : []
  return node.children.flatMap((child) => leavesOn(child, fact))
}

type BoundsOf = HouseholdFacts['boundsOf']

/** What facts can be once one is answered; what is derived from it is derived again when asked for. */
function answeredBounds(facts: HouseholdFacts, asked: MissingFact, answer: unknown): BoundsOf {
  const own = boundsOfValue(answer, asked.fact)
  let answered: HouseholdFacts | undefined
  return (fact, member) => {
    if (fact === asked.fact) return own
    answered ??= withAnswer(facts, asked, answer)
    return answered.boundsOf(fact, member)
  }
}

/** The outcome with one fact answered: only leaves that rest on it are read again. */
function readingWith(
  { root, bytes, member }: OpenOutcome,
  fact: FactDefinition,
  boundsOf: BoundsOf,
): Reading {
  const affected = affectedLeaves(root, fact)
  const read = (node: PlacedNode): number => {
    const { leaf, kind, children } = node
    if (leaf !== null) {
      if (!affected.includes(leaf)) return bytes[node.byte]!
      return leafReading(leaf, boundsOf(leaf.fact, member))
    }
    if (kind === 'not') return flip(read(children[0]!) as Reading)
    let reading: number = kind === 'all' ? YES : NO
    for (const child of children) {
      reading = kind === 'all' ? reading & read(child) : reading | read(child)
    }
    return reading
  }
  return read(root) as Reading
}

/** The same household with one fact stated. */
export function withAnswer(
  facts: HouseholdFacts,
  { fact, member }: MissingFact,
  answer: unknown,
): HouseholdFacts {
  const { household } = facts
  if (member === NO_MEMBER) return withHousehold(facts, { ...household, [fact.name]: answer })
  const members = household.members.map((one, index) =>
    index === member ? { ...one, [fact.name]: answer } : one,
  )
  return withHousehold(facts, { ...household, members })
}

/** Answers that between them reach every side of the leaves' comparisons. */
export function answersToTry(
  fact: FactDefinition,
  leaves: readonly LeafNode[],
  facts: HouseholdFacts,
): readonly unknown[] {
  switch (fact.type) {
    case 'boolean':
      return [true, false]
    case 'code':
    case 'string':
      return codesToTry(fact, leaves, facts)
    case 'code-set':
      return [[], ...codesToTry(fact, leaves, facts).map((code) => [code])]
    case 'date':
      return datesToTry(fact, leaves, facts)
    case 'integer':
    case 'decimal':
      return numbersToTry(fact, leaves)
  }
}

/** Codes the leaves mention and one they do not; all of a list that only derivations read. */
function codesToTry(
  fact: FactDefinition,
  leaves: readonly LeafNode[],
  facts: HouseholdFacts,
): readonly string[] {
  const own = leaves.filter((leaf) => leaf.fact === fact)
  const mentioned = unique(own.flatMap((leaf) => leaf.codes))
  if (fact.codes === null) return unique([...mentioned, facts.jurisdiction, NO_CODE])
  if (own.length < leaves.length) return fact.codes
  return [...mentioned, ...fact.codes.filter((code) => !mentioned.includes(code)).slice(0, 1)]
}

/** Stands for any code of an open list that no condition mentions. */
const NO_CODE = ''

/** The ends of the range and both sides of every figure the leaves compare with. */
function numbersToTry(fact: FactDefinition, leaves: readonly LeafNode[]): readonly number[] {
  const figures = leaves
    .filter((leaf) => !Number.isNaN(leaf.steps))
    .flatMap(({ steps }) => [steps - 1, steps, steps + 1])
  const held = [
    fact.min,
    ...figures.filter((figure) => figure > fact.min && figure < fact.max),
    fact.max,
  ]
  return held.map((value) => value / fact.scale)
}

/** The ends of the range, and the days on which somebody is as old as the leaves compare with. */
function datesToTry(
  fact: FactDefinition,
  leaves: readonly LeafNode[],
  facts: HouseholdFacts,
): readonly string[] {
  const year = Number(dateText(facts.asOf).slice(0, 4))
  const rest = dateText(facts.asOf).slice(4).replace('-02-29', '-02-28')
  const ages = leaves
    .filter((leaf) => leaf.fact.type === 'integer')
    .flatMap(({ steps }) => [steps - 1, steps, steps + 1])
  const birthdays = ages.map((age) => dayOf(`${String(year - age).padStart(4, '0')}${rest}`))
  const own = leaves
    .filter((leaf) => leaf.fact === fact)
    .flatMap(({ steps }) => [steps - 1, steps, steps + 1])
  const latest = fact.fact.notAfterAsOf === true ? Math.min(fact.max, facts.asOf) : fact.max
  const days = [...own, ...birthdays].filter((day) => day > fact.min && day < latest)
  return [fact.min, ...days, latest].map(dateText)
}
