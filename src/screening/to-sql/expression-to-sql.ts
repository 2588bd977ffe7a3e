import type { Choice, ExpressionNode, Written } from '../../engine/expression-node.js'
import { aggregateToSql } from './aggregate-to-sql.js'
import { compute } from './arithmetic.js'
import { binder, bound } from './bind-bounds.js'
import {
  type BooleanSql,
  type BoundsSql,
  booleanSql,
  type CodeSql,
  flipSql,
  type Guarded,
  type NumberSql,
  numberSql,
  uniteSql,
} from './bounds-sql.js'
import type { Compilation, View } from './compilation.js'
import { conditionToSql } from './condition-to-sql.js'
import { elapsedToSql } from './elapsed-to-sql.js'
import { arithmeticToSql } from './interval-to-sql.js'
import { and, not } from './logic.js'
import {
  compareSql,
  floorSql,
  greaterSql,
  halfUpSql,
  pickSql,
  type RatioSql,
  ratioValue,
  wholeSql,
} from './ratio-to-sql.js'
import { FALSE, integer, type Sql, TRUE, text } from './sql.js'
import { withinToSql } from './within-to-sql.js'

type Node<K extends ExpressionNode['kind']> = ExpressionNode & { readonly kind: K }

/** What an expression can be, for each row: the engine's interval arithmetic, written in SQL. */
export function expressionToSql(
  node: ExpressionNode,
  view: View,
  compilation: Compilation,
): BoundsSql {
  switch (node.kind) {
    case 'literal':
    case 'parameter':
    case 'unknown':
      return knownBounds(node.value)
    case 'fact':
      return compilation.boundsOf(node.fact, view)
    case 'context':
      return contextToSql(node.name, compilation)
    case 'arithmetic':
      return node.operands
        .map((operand) => bound(numberIn(operand, view, compilation), view, compilation))
        .reduce((a, b) => bound(arithmeticToSql(node.operator, a, b), view, compilation))
    case 'round':
      return roundToSql(node, view, compilation)
    case 'elapsed':
      return elapsedToSql(
        node.unit,
        numberIn(node.from, view, compilation),
        numberIn(node.to, view, compilation),
      )
    case 'within':
      return withinToSql(
        codeIn(node.code, view, compilation),
        codeIn(node.region, view, compilation),
      )
    case 'holds':
      return conditionToSql(node.condition, view, compilation)
    case 'not':
      return flipSql(readingIn(node.operand, view, compilation))
    case 'aggregate':
      return aggregateToSql(
        node.operator,
        expressionToSql(node.operand, 'member', compilation),
        expressionToSql(node.operand, 'unlisted', compilation),
        compilation,
      )
    case 'when':
      return uniteSql(whenOptions(node, view, compilation), binder(view, compilation))
    case 'highest':
      return highestToSql(node.choices, view, compilation)
    case 'table':
      return uniteSql(tableOptions(node, view, compilation), binder(view, compilation))
  }
}

/** The readings of a truth-valued expression. */
export function readingIn(node: ExpressionNode, view: View, compilation: Compilation): BooleanSql {
  return expressionToSql(node, view, compilation) as BooleanSql
}

/** The bounds of a numeric expression. */
export function numberIn(node: ExpressionNode, view: View, compilation: Compilation): NumberSql {
  return expressionToSql(node, view, compilation) as NumberSql
}

function codeIn(node: ExpressionNode, view: View, compilation: Compilation): CodeSql {
  return expressionToSql(node, view, compilation) as CodeSql
}

function knownBounds(bounds: Written): BoundsSql {
  switch (bounds.kind) {
    case 'number': {
      const { lo, hi } = bounds
      return numberSql(ratioValue(lo), ratioValue(hi), lo.n / lo.d, hi.n / hi.d)
    }
    case 'boolean':
      return booleanSql(bounds.reading === 3 ? TRUE : FALSE, bounds.reading === 0 ? FALSE : TRUE)
    case 'code': {
      const [code] = bounds.codes as readonly [string]
      return { kind: 'code', options: [{ guard: TRUE, code: text(code) }] }
    }
  }
}

function contextToSql(
  name: 'asOf' | 'jurisdiction',
  { asOf, jurisdiction }: Compilation,
): BoundsSql {
  if (name === 'jurisdiction')
    return { kind: 'code', options: [{ guard: TRUE, code: text(jurisdiction) }] }
  const day = wholeSql(integer(asOf))
  return numberSql(day, day, asOf, asOf)
}

function roundToSql(node: Node<'round'>, view: View, compilation: Compilation): NumberSql {
  const value = bound(numberIn(node.operand, view, compilation), view, compilation)
  const { n, d } = node.to.lo
  const steps = ({ lo }: { lo: RatioSql }) => ({
    n: compute(lo.n, '*', integer(d)),
    d: compute(lo.d, '*', integer(n)),
  })
  const round = (end: RatioSql): RatioSql => ({
    n: compute(roundSteps(steps({ lo: end }), node.mode), '*', integer(n)),
    d: integer(d),
  })
  const step = n / d
  return numberSql(round(value.lo), round(value.hi), value.least - step, value.greatest + step)
}

function roundSteps(value: RatioSql, mode: Node<'round'>['mode']): Sql {
  switch (mode) {
    case 'half-up':
      return halfUpSql(value)
    case 'down':
      return floorSql(value)
    case 'up': {
      const below = floorSql({ n: compute(integer(0), '-', value.n), d: value.d })
      return compute(integer(0), '-', below)
    }
  }
}

/** The first choice whose condition holds; every choice that may be the first counts. */
function whenOptions(node: Node<'when'>, view: View, compilation: Compilation): readonly Guarded[] {
  const bind = binder(view, compilation)
  const passed: Sql[] = []
  const options = node.choices.map(({ condition, value }): Guarded => {
    const { certainly, possibly } = readingIn(condition, view, compilation)
    const guard = bind(and(...passed, possibly))
    passed.push(not(certainly))
    return { guard, value: expressionToSql(value, view, compilation) }
  })
  const otherwise = expressionToSql(node.otherwise, view, compilation)
  return [...options, { guard: bind(and(...passed)), value: otherwise }]
}

/** The greatest value among the choices that hold, 0 when none does. */
function highestToSql(choices: readonly Choice[], view: View, compilation: Compilation): NumberSql {
  const none = ratioValue({ n: 0, d: 1 })
  return choices.reduce(
    (best, choice) => {
      const { certainly, possibly } = readingIn(choice.condition, view, compilation)
      const value = bound(numberIn(choice.value, view, compilation), view, compilation)
      const higher = (when: Sql, own: RatioSql, other: RatioSql) =>
        pickSql(when, greaterSql(own, other), own)
      const next = numberSql(
        higher(certainly, best.lo, value.lo),
        higher(possibly, best.hi, value.hi),
        Math.min(best.least, value.least),
        Math.max(best.greatest, value.greatest),
      )
      return bound(next, view, compilation)
    },
    numberSql(none, none, 0, 0),
  )
}

function tableOptions(
  node: Node<'table'>,
  view: View,
  compilation: Compilation,
): readonly Guarded[] {
  const value = bound(numberIn(node.operand, view, compilation), view, compilation)
  const bind = binder(view, compilation)
  return node.bands.map((band, index) => {
    const next = node.bands[index + 1]?.from
    const begun = band.from === null ? TRUE : compareSql(ratioValue(band.from.lo), '<=', value.hi)
    const open = next == null ? TRUE : compareSql(value.lo, '<', ratioValue(next.lo))
    return {
      guard: bind(and(begun, open)),
      value: expressionToSql(band.value, view, compilation),
    }
  })
}
