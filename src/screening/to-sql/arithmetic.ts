import { choose, compare } from './logic.js'
import { type Arithmetic, constant, integer, integerType, type Sql } from './sql.js'

const FOLD: Readonly<Record<Arithmetic, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  quotient: (a, b) => a / b,
  rest: (a, b) => a % b,
  gcd: greatestCommonDivisor,
}

/** Greatest magnitude of each result, from those of its operands. */
const MOST: Readonly<Record<Arithmetic, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a + b,
  '*': (a, b) => a * b,
  '&': (a, b) => (a > b ? a : b),
  '|': (a, b) => a | b,
  quotient: (a) => a,
  rest: (a, b) => (a < b ? a : b),
  gcd: (a, b) => (a > b ? a : b),
}

/** Exact arithmetic on whole numbers, in a type that holds every result. */
export function compute(left: Sql, operator: Arithmetic, right: Sql): Sql {
  const [a, b] = [constant(left), constant(right)]
  if (a !== undefined && b !== undefined) return integer(FOLD[operator](a, b))
  if (b !== undefined && b === NEUTRAL[operator]) return left
  if (a !== undefined && a === NEUTRAL[operator] && COMMUTES.includes(operator)) return right
  if (operator === '*' && (a === 0n || b === 0n)) return integer(0)
  const most = MOST[operator](left.most, right.most)
  return { kind: 'arithmetic', type: integerType(most), most, operator, left, right }
}

const NEUTRAL: Partial<Readonly<Record<Arithmetic, bigint>>> = {
  '+': 0n,
  '-': 0n,
  '*': 1n,
  '|': 0n,
  quotient: 1n,
}
const COMMUTES: readonly Arithmetic[] = ['+', '*', '|']

/** The greatest whole number that divides both. */
export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  if (b !== 0n) return greatestCommonDivisor(b, a % b)
  return a < 0n ? -a : a
}

/** The same number, known to be no greater than this. */
export function atMost(sql: Sql, most: bigint): Sql {
  return most < sql.most ? { ...sql, most } : sql
}

/** The greatest whole number not above n / d, d above 0; databases round towards 0. */
export function floorOf(n: Sql, d: Sql): Sql {
  const below = choose(
    [{ when: compare(compute(n, 'rest', d), '<', integer(0)), give: integer(1) }],
    integer(0),
  )
  return compute(compute(n, 'quotient', d), '-', below)
}
