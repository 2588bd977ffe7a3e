import type { Arithmetic } from '../../engine/expression-node.js'
import { type NumberSql, numberSql } from './bounds-sql.js'
import {
  addSql,
  dividePositive,
  divideSql,
  greaterSql,
  lesserSql,
  multiplySql,
  type RatioSql,
  subtractSql,
} from './ratio-to-sql.js'

/** Interval arithmetic on two numbers. */
export function arithmeticToSql(operator: Arithmetic, a: NumberSql, b: NumberSql): NumberSql {
  switch (operator) {
    case 'add':
      return numberSql(
        addSql(a.lo, b.lo),
        addSql(a.hi, b.hi),
        a.least + b.least,
        a.greatest + b.greatest,
      )
    case 'subtract':
      return numberSql(
        subtractSql(a.lo, b.hi),
        subtractSql(a.hi, b.lo),
        a.least - b.greatest,
        a.greatest - b.least,
      )
    case 'min':
      return numberSql(
        lesserSql(a.lo, b.lo),
        lesserSql(a.hi, b.hi),
        Math.min(a.least, b.least),
        Math.min(a.greatest, b.greatest),
      )
    case 'max':
      return numberSql(
        greaterSql(a.lo, b.lo),
        greaterSql(a.hi, b.hi),
        Math.max(a.least, b.least),
        Math.max(a.greatest, b.greatest),
      )
    case 'multiply':
      return product(a, b)
    case 'divide':
      return quotient(a, b)
  }
}

function product(a: NumberSql, b: NumberSql): NumberSql {
  const [least, greatest] = range(a, b, (x, y) => x * y)
  if (a.least >= 0 && b.least >= 0)
    return numberSql(multiplySql(a.lo, b.lo), multiplySql(a.hi, b.hi), least, greatest)
  return corners(a, b, multiplySql, [least, greatest])
}

function quotient(a: NumberSql, b: NumberSql): NumberSql {
  const [least, greatest] = range(a, b, (x, y) => x / y)
  if (a.least >= 0 && b.least > 0)
    return numberSql(dividePositive(a.lo, b.hi), dividePositive(a.hi, b.lo), least, greatest)
  return corners(a, b, divideSql, [least, greatest])
}

/** Least and greatest of an operation that rises or falls in each operand. */
function corners(
  a: NumberSql,
  b: NumberSql,
  operation: (a: RatioSql, b: RatioSql) => RatioSql,
  [least, greatest]: readonly [number, number],
): NumberSql {
  const all = [a.lo, a.hi].flatMap((x) => [b.lo, b.hi].map((y) => operation(x, y)))
  return numberSql(all.reduce(lesserSql), all.reduce(greaterSql), least, greatest)
}

function range(
  a: NumberSql,
  b: NumberSql,
  operation: (x: number, y: number) => number,
): readonly [number, number] {
  const all = [a.least, a.greatest].flatMap((x) =>
    [b.least, b.greatest].map((y) => operation(x, y)),
  )
  return [Math.min(...all), Math.max(...all)]
}
