import {
  type Branch,
  type Comparison,
  constant,
  FALSE,
  isSame,
  keyOf,
  type Sql,
  TRUE,
  truth,
} from './sql.js'

/** AND, simplified. */
export function and(...operands: readonly Sql[]): Sql {
  return group('and', operands, TRUE, FALSE)
}

/** OR, simplified. */
export function or(...operands: readonly Sql[]): Sql {
  return group('or', operands, FALSE, TRUE)
}

function group(kind: 'and' | 'or', operands: readonly Sql[], neutral: Sql, settled: Sql): Sql {
  const flat = operands.flatMap((sql) => (sql.kind === kind ? sql.operands : [sql]))
  const distinct = new Map(flat.map((sql) => [keyOf(sql), sql]))
  distinct.delete(keyOf(neutral))
  if (distinct.has(keyOf(settled))) return settled
  const [first, ...rest] = distinct.values()
  if (first === undefined) return neutral
  return rest.length === 0 ? first : { kind, type: 'boolean', most: 0n, operands: [first, ...rest] }
}

/** NOT, simplified. */
export function not(operand: Sql): Sql {
  if (operand.kind === 'value') return truth(operand.value === false)
  if (operand.kind === 'not') return operand.operand
  return { kind: 'not', type: 'boolean', most: 0n, operand }
}

/** Whether a source column says nothing. */
export function isNull(operand: Sql): Sql {
  return { kind: 'isNull', type: 'boolean', most: 0n, operand }
}

/** A comparison of two numbers, two texts or two truth values. */
export function compare(left: Sql, operator: Comparison, right: Sql): Sql {
  if (left.kind === 'value' && right.kind === 'value') {
    return truth(COMPARE[operator](left.value, right.value))
  }
  if (isSame(left, right)) return truth(operator === '=' || operator === '<=')
  return { kind: 'comparison', type: 'boolean', most: 0n, operator, left, right }
}

type Value = boolean | bigint | string
const COMPARE: Readonly<Record<Comparison, (a: Value, b: Value) => boolean>> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
}

/** The value of the first branch that holds. */
export function choose(branches: readonly Branch[], otherwise: Sql): Sql {
  const open = branches.filter(({ when }) => !isSame(when, FALSE))
  const settled = open.findIndex(({ when }) => isSame(when, TRUE))
  const reached = settled < 0 ? open : open.slice(0, settled)
  const last = settled < 0 ? otherwise : (open[settled] as Branch).give
  const values = [...reached.map(({ give }) => give), last]
  if (values.every((value) => isSame(value, last))) return last
  const widest = values.reduce((a, b) => (a.most >= b.most ? a : b))
  const { type, most } = widest
  return { kind: 'case', type, most, branches: reached, otherwise: last }
}

/** 1 where a condition holds, else 0. */
export function flag(when: Sql, one: Sql, zero: Sql): Sql {
  return choose([{ when, give: one }], zero)
}

/** Whether a node is not worth a column of its own. */
export function isTrivial(sql: Sql): boolean {
  return sql.kind === 'column' || sql.kind === 'value' || constant(sql) !== undefined
}
