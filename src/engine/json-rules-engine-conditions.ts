import type { TopLevelCondition } from 'json-rules-engine'
import type { Operator } from '../model/condition.js'
import type { ConditionNode, LeafNode } from './condition-node.js'
import { engineValue, type ReadingName } from './json-rules-engine-operators.js'

type Nested = Extract<TopLevelCondition, { all: unknown }>['all'][number]

/** The name under which a leaf's fact is given to the engine. */
export type FactNames = (leaf: LeafNode) => string

/** The operator that holds exactly where another does not, in either reading. */
const COMPLEMENT: Readonly<Record<Operator, Operator>> = {
  equal: 'notEqual',
  notEqual: 'equal',
  in: 'notIn',
  notIn: 'in',
  lessThan: 'greaterThanInclusive',
  greaterThanInclusive: 'lessThan',
  lessThanInclusive: 'greaterThan',
  greaterThan: 'lessThanInclusive',
  contains: 'doesNotContain',
  doesNotContain: 'contains',
}

/**
 * One reading of a condition as json-rules-engine's JSON, in negation normal form: its `not`
 * would turn "not certainly" into "certainly not".
 */
export function engineConditions(
  node: ConditionNode,
  reading: ReadingName,
  nameOf: FactNames,
): TopLevelCondition {
  return { all: [nested(node, false, reading, nameOf)] }
}

function nested(
  node: ConditionNode,
  denied: boolean,
  reading: ReadingName,
  nameOf: FactNames,
): Nested {
  if (node.kind === 'not') return nested(node.child, !denied, reading, nameOf)
  if (node.kind === 'leaf') {
    const operator = denied ? COMPLEMENT[node.operator] : node.operator
    return { fact: nameOf(node), operator: `${reading}:${operator}`, value: engineValue(node) }
  }
  const children = node.children.map((child) => nested(child, denied, reading, nameOf))
  return (node.kind === 'all') === denied ? { any: children } : { all: children }
}
