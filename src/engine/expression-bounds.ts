import { monthsBetween, yearsBetween } from '../model/civil-date.js'
import {
  type BooleanBounds,
  type Bounds,
  type CodeBounds,
  flip,
  NO,
  type NumberBounds,
  numberBounds,
  OPEN,
  type Reading,
  readingOf,
  unite,
  YES,
} from './bounds.js'
import type { Arithmetic, Choice, ExpressionNode } from './expression-node.js'
import { type HouseholdFacts, UNLISTED_MEMBER } from './fact-values.js'
import type { Ratio } from './ratio.js'
import * as ratio from './ratio.js'
import { conditionReading } from './read-condition.js'

type Node<K extends ExpressionNode['kind']> = ExpressionNode & { readonly kind: K }

/**
 * What an expression can be, given what its facts can be (interval arithmetic, exact).
 * `member`: the member in view, NO_MEMBER or UNLISTED_MEMBER. Throws RangeError only for
 * divisors and sizes that the rulebook's checks refuse.
 */
export function expressionBounds(
  node: ExpressionNode,
  facts: HouseholdFacts,
  member: number,
): Bounds {
  switch (node.kind) {
    case 'literal':
    case 'parameter':
    case 'unknown':
      return node.value
    case 'fact':
      return facts.boundsOf(node.fact, member)
    case 'context':
      return contextBounds(node.name, facts)
    case 'arithmetic':
      return arithmeticBounds(node, facts, member)
    case 'round':
      return roundBounds(node, facts, member)
    case 'elapsed':
      return elapsedBounds(node, facts, member)
    case 'within':
      return withinBounds(code(node.code, facts, member), code(node.region, facts, member))
    case 'holds':
      return { kind: 'boolean', reading: conditionReading(node.condition, facts, member) }
    case 'not':
      return { kind: 'boolean', reading: flip(readingIn(node.operand, facts, member)) }
    case 'aggregate':
      return aggregateBounds(node, facts)
    case 'when':
      return whenBounds(node, facts, member)
    case 'highest':
      return highestBounds(node.choices, facts, member)
    case 'table':
      return tableBounds(node, facts, member)
  }
}

/** How a boolean expression reads. */
export function readingIn(node: ExpressionNode, facts: HouseholdFacts, member: number): Reading {
  return (expressionBounds(node, facts, member) as BooleanBounds).reading
}

/** The bounds of a numeric expression. */
export function numberIn(
  node: ExpressionNode,
  facts: HouseholdFacts,
  member: number,
): NumberBounds {
  return expressionBounds(node, facts, member) as NumberBounds
}

function code(node: ExpressionNode, facts: HouseholdFacts, member: number): CodeBounds {
  return expressionBounds(node, facts, member) as CodeBounds
}

function contextBounds(name: 'asOf' | 'jurisdiction', facts: HouseholdFacts): Bounds {
  return name === 'asOf'
    ? numberBounds(ratio.whole(facts.asOf))
    : { kind: 'code', codes: [facts.jurisdiction] }
}

const COMBINE: Readonly<Record<Arithmetic, (a: NumberBounds, b: NumberBounds) => NumberBounds>> = {
  add: (a, b) => numberBounds(ratio.add(a.lo, b.lo), ratio.add(a.hi, b.hi)),
  subtract: (a, b) => numberBounds(ratio.subtract(a.lo, b.hi), ratio.subtract(a.hi, b.lo)),
  multiply: (a, b) => corners(a, b, ratio.multiply),
  divide: (a, b) => corners(a, b, ratio.divide),
  min: (a, b) => numberBounds(ratio.lesser(a.lo, b.lo), ratio.lesser(a.hi, b.hi)),
  max: (a, b) => numberBounds(ratio.greater(a.lo, b.lo), ratio.greater(a.hi, b.hi)),
}

/** Least and greatest of an operation that rises or falls in each operand. */
function corners(
  a: NumberBounds,
  b: NumberBounds,
  operation: (a: Ratio, b: Ratio) => Ratio,
): NumberBounds {
  if (isPoint(a) && isPoint(b)) return numberBounds(operation(a.lo, b.lo))
  const all = [
    operation(a.lo, b.lo),
    operation(a.lo, b.hi),
    operation(a.hi, b.lo),
    operation(a.hi, b.hi),
  ]
  return numberBounds(all.reduce(ratio.lesser), all.reduce(ratio.greater))
}

function isPoint(bounds: NumberBounds): boolean {
  return bounds.lo.n === bounds.hi.n && bounds.lo.d === bounds.hi.d
}

function arithmeticBounds(
  node: Node<'arithmetic'>,
  facts: HouseholdFacts,
  member: number,
): NumberBounds {
  return node.operands
    .map((operand) => numberIn(operand, facts, member))
    .reduce(COMBINE[node.operator])
}

const ROUND = {
  'half-up': (value: Ratio) => ratio.halfUp(value),
  down: (value: Ratio) => ratio.floor(value),
  up: (value: Ratio) => -ratio.floor({ n: -value.n, d: value.d }),
} as const

function roundBounds(node: Node<'round'>, facts: HouseholdFacts, member: number): NumberBounds {
  const value = numberIn(node.operand, facts, member)
  const step = node.to.lo
  const round = (end: Ratio) =>
    ratio.multiply(ratio.whole(ROUND[node.mode](ratio.divide(end, step))), step)
  return numberBounds(round(value.lo), round(value.hi))
}

function elapsedBounds(node: Node<'elapsed'>, facts: HouseholdFacts, member: number): NumberBounds {
  const from = numberIn(node.from, facts, member)
  const to = numberIn(node.to, facts, member)
  const between = node.unit === 'years' ? yearsBetween : monthsBetween
  return numberBounds(
    ratio.whole(between(from.hi.n, to.lo.n)),
    ratio.whole(between(from.lo.n, to.hi.n)),
  )
}

/** GB/T 2260: a code lies in a region when it begins with the region's digits before the zeros. */
function withinBounds(inner: CodeBounds, region: CodeBounds): Bounds {
  if (inner.codes === null || region.codes === null) return { kind: 'boolean', reading: OPEN }
  const prefixes = region.codes.map((text) => text.replace(/(00)+$/, ''))
  const all = inner.codes.flatMap((text) => prefixes.map((prefix) => text.startsWith(prefix)))
  return { kind: 'boolean', reading: readingOf(all.every(Boolean), all.some(Boolean)) }
}

function aggregateBounds(node: Node<'aggregate'>, facts: HouseholdFacts): Bounds {
  const members = facts.household.members.map((_, index) => index)
  if (node.operator === 'sum') return sumBounds(node.operand, members, facts)
  const readings = members.map((member) => readingIn(node.operand, facts, member))
  const { least, most } = facts.unlisted
  const unseen = most === 0 ? null : readingIn(node.operand, facts, UNLISTED_MEMBER)
  if (node.operator === 'count') {
    const certain =
      readings.filter((reading) => reading === YES).length + (unseen === YES ? least : 0)
    const possible =
      readings.filter((reading) => reading !== NO).length + (unseen === NO ? 0 : most)
    return numberBounds(ratio.whole(certain), ratio.whole(possible))
  }
  const seen = unseen === null ? readings : [...readings, unseen]
  const reading = node.operator === 'any' ? seen.reduce(or, NO) : seen.reduce(and, YES)
  return { kind: 'boolean', reading }
}

function or(a: Reading, b: Reading): Reading {
  return (a | b) as Reading
}

function and(a: Reading, b: Reading): Reading {
  return (a & b) as Reading
}

function sumBounds(
  operand: ExpressionNode,
  members: readonly number[],
  facts: HouseholdFacts,
): NumberBounds {
  const zero = numberBounds(ratio.ZERO)
  const listed = members.map((member) => numberIn(operand, facts, member)).reduce(COMBINE.add, zero)
  const { least, most } = facts.unlisted
  if (most === 0) return listed
  const each = numberIn(operand, facts, UNLISTED_MEMBER)
  const unseen = COMBINE.multiply(each, numberBounds(ratio.whole(least), ratio.whole(most)))
  return COMBINE.add(listed, unseen)
}

/** The first choice whose condition holds; every choice that may be the first counts. */
function whenBounds(node: Node<'when'>, facts: HouseholdFacts, member: number): Bounds {
  const possible: Bounds[] = []
  for (const choice of node.choices) {
    const reading = readingIn(choice.condition, facts, member)
    if (reading !== NO) possible.push(expressionBounds(choice.value, facts, member))
    if (reading === YES) return possible.reduce(unite)
  }
  return [...possible, expressionBounds(node.otherwise, facts, member)].reduce(unite)
}

/** The greatest value among the choices that hold, 0 when none does. */
function highestBounds(
  choices: readonly Choice[],
  facts: HouseholdFacts,
  member: number,
): NumberBounds {
  let best = numberBounds(ratio.ZERO)
  for (const choice of choices) {
    const reading = readingIn(choice.condition, facts, member)
    if (reading === NO) continue
    const value = numberIn(choice.value, facts, member)
    const lo = reading === YES ? ratio.greater(best.lo, value.lo) : best.lo
    best = numberBounds(lo, ratio.greater(best.hi, value.hi))
  }
  return best
}

function tableBounds(node: Node<'table'>, facts: HouseholdFacts, member: number): Bounds {
  const value = numberIn(node.operand, facts, member)
  const touched = node.bands.filter((band, index) => {
    const next = node.bands[index + 1]?.from
    const begun = band.from === null || ratio.compare(band.from.lo, value.hi) <= 0
    return begun && (next == null || ratio.compare(value.lo, next.lo) < 0)
  })
  return touched.map((band) => expressionBounds(band.value, facts, member)).reduce(unite)
}
