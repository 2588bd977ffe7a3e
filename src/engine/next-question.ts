import { dateText, dayOf } from '../model/civil-date.js'
import { flip, NO, OPEN, type Reading, YES } from './bounds.js'
import type { LeafNode } from './condition-node.js'
import type { FactDefinition } from './fact-definition.js'
import { boundsOfValue, type HouseholdFacts, NO_MEMBER, statedValue } from './fact-values.js'
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
  /** Tells apart how its leaves read; see `leafState`. */
  readonly state: number
}

/** Leaves that a number can tell apart, two bits each. */
const MOST_LEAVES = 26

/** How the leaves of a condition read, as one number; NaN where there are more than it can hold. */
export function leafState({ leaf, byte, children }: PlacedNode, bytes: Uint8Array): number {
  passed = 0
  const state = leaf === null ? stateOf(children, bytes) : bytes[byte]!
  return passed > MOST_LEAVES ? Number.NaN : state
}

/** Leaves passed so far: one count for the module, for a closure at each call costs more than the walk. */
let passed = 0

function stateOf(nodes: readonly PlacedNode[], bytes: Uint8Array): number {
  let state = 0
  for (const { leaf, byte, children } of nodes) {
    if (leaf === null) state += stateOf(children, bytes)
    else state += bytes[byte]! * 4 ** passed++
  }
  return state
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
  const tried: Tried = { asked, facts, answers: new Map() }
  let settled = 0
  for (const outcome of outcomes) if (settles(outcome, tried)) settled += 1
  return settled
}

/** A fact that is asked for, and what facts can be with each answer tried so far. */
interface Tried {
  readonly asked: MissingFact
  readonly facts: HouseholdFacts
  readonly answers: Map<unknown, BoundsOf>
}

/** Leaves of a condition that rest on a fact, and what answers about it were found to do. */
interface Affected {
  readonly leaves: readonly LeafNode[]
  /** What a leaf reads depends on this fact alone, and perhaps on the day, the place and the size. */
  readonly alone: boolean
  /** The facts by which the leaves rest on it; when one is stated, they rest on that instead. */
  readonly between: readonly FactDefinition[]
  readonly known: Map<number | string, boolean>
}

/** States kept for each condition and fact; when there are more, all are tried anew. */
const MOST_STATES = 1_000

function settles(outcome: OpenOutcome, tried: Tried): boolean {
  const { asked, facts } = tried
  const affected = affectedBy(outcome.root, asked.fact)
  const { known, alone, between } = affected
  const stated = between.some((fact) => statedValue(facts, fact, outcome.member) !== undefined)
  if (!alone || stated || Number.isNaN(outcome.state)) return tryAnswers(outcome, affected, tried)
  const varies = between.length > 0 || asked.fact.type === 'date'
  const key = varies ? `${outcome.state} ${circumstances(facts)}` : outcome.state
  const before = known.get(key)
  if (before !== undefined) return before
  const settled = tryAnswers(outcome, affected, tried)
  if (known.size >= MOST_STATES) known.clear()
  known.set(key, settled)
  return settled
}

/** All that a fact which is derived from one other can depend on beside it. */
function circumstances({ asOf, jurisdiction, household, unlisted }: HouseholdFacts): string {
  const { least, most } = unlisted
  return [asOf, jurisdiction, household.members.length, least, most].join(' ')
}

function tryAnswers(outcome: OpenOutcome, { leaves }: Affected, tried: Tried): boolean {
  return answersToTry(tried.asked.fact, leaves, tried.facts).some(
    (answer) => readingWith(outcome, leaves, boundsWith(answer, tried)) !== OPEN,
  )
}

const AFFECTED = new WeakMap<PlacedNode, Map<FactDefinition, Affected>>()

function affectedBy(root: PlacedNode, fact: FactDefinition): Affected {
  const ofRoot = AFFECTED.get(root) ?? new Map<FactDefinition, Affected>()
  AFFECTED.set(root, ofRoot)
  const before = ofRoot.get(fact)
  if (before !== undefined) return before
  const leaves = leavesOn(root, fact)
  const derived = leaves.map((leaf) => leaf.fact).filter((compared) => compared !== fact)
  const inputs = unique(derived.flatMap((compared) => [...restsOn(compared)]))
  const affected = {
    leaves,
    alone: derived.every((compared) => restsOnlyOn(compared, fact)),
    between: inputs.filter((input) => input.derive !== undefined),
    known: new Map(),
  }
  ofRoot.set(fact, affected)
  return affected
}

/** Whether a fact is derived from another one and nothing else, for the same member or household. */
function restsOnlyOn(fact: FactDefinition, other: FactDefinition): boolean {
  if (fact.derive === undefined || fact.entity !== other.entity) return false
  const bases = [...restsOn(fact)].filter((input) => input.derive === undefined)
  return bases.length === 1 && bases[0] === other
}

function leavesOn(node: PlacedNode, fact: FactDefinition): readonly LeafNode[] {
  if (node.leaf !== null) return restsOn(node.leaf.fact).has(fact) ? [node.leaf] : []
  return node.children.flatMap((child) => leavesOn(child, fact))
}

type BoundsOf = HouseholdFacts['boundsOf']

function boundsWith(answer: unknown, { asked, facts, answers }: Tried): BoundsOf {
  const key = Array.isArray(answer) ? answer.join() : answer
  const bounds = answers.get(key) ?? answeredBounds(facts, asked, answer)
  answers.set(key, bounds)
  return bounds
}

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

/** The outcome with one fact answered: only leaves that rest on it and are open are read again. */
function readingWith(
  { root, bytes, member }: OpenOutcome,
  affected: readonly LeafNode[],
  boundsOf: BoundsOf,
): Reading {
  const read = (node: PlacedNode): number => {
    const { leaf, kind, children } = node
    const byte = bytes[node.byte]!
    if (byte !== OPEN) return byte
    if (leaf !== null) {
      return affected.includes(leaf) ? leafReading(leaf, boundsOf(leaf.fact, member)) : byte
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
  return withHousehold(facts, { ...household, members }, member)
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
