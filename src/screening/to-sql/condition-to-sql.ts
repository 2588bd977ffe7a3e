import type { ConditionNode, LeafNode } from '../../engine/condition-node.js'
import { fromSteps } from '../../engine/fact-values.js'
import type { Operator } from '../../model/condition.js'
import { compute } from './arithmetic.js'
import { type BooleanSql, booleanSql, flipSql, type NumberSql } from './bounds-sql.js'
import { bitsOf, codeBits, setBits } from './code-bits.js'
import type { Compilation, View } from './compilation.js'
import { and, compare, or } from './logic.js'
import { compareSql, ratioValue } from './ratio-to-sql.js'
import { integer, type Sql } from './sql.js'

/** Gives both readings of a node columns of their own where they are worth it. */
export type Settle = (reading: BooleanSql, node: ConditionNode) => BooleanSql

/** Both readings of a condition: all = AND, any = OR, not swaps and flips. */
export function conditionToSql(
  node: ConditionNode,
  view: View,
  compilation: Compilation,
  settle: Settle = (reading) => reading,
): BooleanSql {
  if (node.kind === 'leaf') return leafToSql(node, view, compilation)
  const below = node.kind === 'not' ? [node.child] : node.children
  const readings = below.map((child) => conditionToSql(child, view, compilation, settle))
  return settle(combine(node.kind, readings), node)
}

function combine(kind: 'all' | 'any' | 'not', readings: readonly BooleanSql[]): BooleanSql {
  const certainly = readings.map((reading) => reading.certainly)
  const possibly = readings.map((reading) => reading.possibly)
  switch (kind) {
    case 'all':
      return booleanSql(and(...certainly), and(...possibly))
    case 'any':
      return booleanSql(or(...certainly), or(...possibly))
    case 'not':
      return flipSql(readings[0] as BooleanSql)
  }
}

/** The operator each negated one denies. */
const DENIED: Partial<Readonly<Record<Operator, Operator>>> = {
  notEqual: 'equal',
  notIn: 'in',
  doesNotContain: 'contains',
}

/** Both readings of one comparison: the table of the design, line by line. */
function leafToSql(leaf: LeafNode, view: View, compilation: Compilation): BooleanSql {
  const denied = DENIED[leaf.operator]
  const reading = affirmed(denied ?? leaf.operator, leaf, view, compilation)
  return denied === undefined ? reading : flipSql(reading)
}

function affirmed(
  operator: Operator,
  leaf: LeafNode,
  view: View,
  compilation: Compilation,
): BooleanSql {
  const bounds = compilation.boundsOf(leaf.fact, view)
  switch (bounds.kind) {
    case 'number':
      return ordered(operator, bounds, leaf)
    case 'boolean':
      return leaf.required === true ? bounds : flipSql(bounds)
    case 'code': {
      const bits = bitsOf(leaf.fact, compilation)
      const can = codeBits(leaf.fact, view, compilation)
      const among = bits.of(leaf.codes)
      return booleanSql(none(can, bits.all ^ among), some(can, among))
    }
    case 'set': {
      const code = bitsOf(leaf.fact, compilation).of(leaf.codes)
      return booleanSql(
        some(setBits(leaf.fact, view, 'certainly', compilation), code),
        some(setBits(leaf.fact, view, 'possibly', compilation), code),
      )
    }
  }
}

function none(bits: Sql, mask: bigint): Sql {
  return compare(compute(bits, '&', integer(mask)), '=', integer(0))
}

function some(bits: Sql, mask: bigint): Sql {
  return compare(compute(bits, '&', integer(mask)), '<>', integer(0))
}

function ordered(operator: Operator, { lo, hi }: NumberSql, leaf: LeafNode): BooleanSql {
  const figure = ratioValue(fromSteps(leaf.steps, leaf.fact))
  switch (operator) {
    case 'lessThan':
      return booleanSql(compareSql(hi, '<', figure), compareSql(lo, '<', figure))
    case 'lessThanInclusive':
      return booleanSql(compareSql(hi, '<=', figure), compareSql(lo, '<=', figure))
    case 'greaterThan':
      return booleanSql(compareSql(figure, '<', lo), compareSql(figure, '<', hi))
    case 'greaterThanInclusive':
      return booleanSql(compareSql(figure, '<=', lo), compareSql(figure, '<=', hi))
    default:
      return booleanSql(
        and(compareSql(lo, '=', figure), compareSql(hi, '=', figure)),
        and(compareSql(lo, '<=', figure), compareSql(figure, '<=', hi)),
      )
  }
}
