import type { Operator } from '../model/condition.js'
import { type Bounds, flip, NO, type NumberBounds, type Reading, readingOf, YES } from './bounds.js'
import type { ConditionNode, LeafNode } from './condition-node.js'
import { fromSteps, type HouseholdFacts } from './fact-values.js'
import { compare, type Ratio } from './ratio.js'

/** How a condition reads: certainly and possibly over what its facts can be. */
export function conditionReading(
  node: ConditionNode,
  facts: HouseholdFacts,
  member: number,
): Reading {
  switch (node.kind) {
    case 'leaf':
      return leafReading(node, facts.boundsOf(node.fact, member))
    case 'not':
      return flip(conditionReading(node.child, facts, member))
    case 'all':
      return fold(node.children, YES, (a, b) => a & b, facts, member)
    case 'any':
      return fold(node.children, NO, (a, b) => a | b, facts, member)
  }
}

function fold(
  children: readonly ConditionNode[],
  neutral: Reading,
  combine: (a: Reading, b: Reading) => number,
  facts: HouseholdFacts,
  member: number,
): Reading {
  return children.reduce(
    (reading, child) => combine(reading, conditionReading(child, facts, member)) as Reading,
    neutral,
  )
}

/** The operator each negated one denies. */
const DENIED: Partial<Readonly<Record<Operator, Operator>>> = {
  notEqual: 'equal',
  notIn: 'in',
  doesNotContain: 'contains',
}

/** How one comparison reads over what its fact can be (the table of the design, line by line). */
export function leafReading(leaf: LeafNode, bounds: Bounds): Reading {
  const denied = DENIED[leaf.operator]
  const reading = affirmed(denied ?? leaf.operator, leaf, bounds)
  return denied === undefined ? reading : flip(reading)
}

function affirmed(operator: Operator, leaf: LeafNode, bounds: Bounds): Reading {
  switch (bounds.kind) {
    case 'number':
      return ordered(operator, bounds, fromSteps(leaf.steps, leaf.fact))
    case 'boolean':
      return leaf.required === true ? bounds.reading : flip(bounds.reading)
    case 'code':
      return among(bounds.codes, leaf.codes)
    case 'set': {
      const [code] = leaf.codes as readonly [string]
      return readingOf(
        bounds.certain.includes(code),
        bounds.possible === null || bounds.possible.includes(code),
      )
    }
  }
}

function among(codes: readonly string[] | null, required: readonly string[]): Reading {
  if (codes === null) return readingOf(false, true)
  return readingOf(
    codes.every((code) => required.includes(code)),
    codes.some((code) => required.includes(code)),
  )
}

function ordered(operator: Operator, { lo, hi }: NumberBounds, required: Ratio): Reading {
  const low = compare(lo, required)
  const high = compare(hi, required)
  switch (operator) {
    case 'lessThan':
      return readingOf(high < 0, low < 0)
    case 'lessThanInclusive':
      return readingOf(high <= 0, low <= 0)
    case 'greaterThan':
      return readingOf(low > 0, high > 0)
    case 'greaterThanInclusive':
      return readingOf(low >= 0, high >= 0)
    default:
      return readingOf(low === 0 && high === 0, low <= 0 && high >= 0)
  }
}
