import type { Ratio } from '../../engine/ratio.js'
import { atMost, compute, floorOf, greatestCommonDivisor } from './arithmetic.js'
import { choose, compare } from './logic.js'
import { type Comparison, constant, integer, isSame, type Sql } from './sql.js'

/** An exact rational as two whole numbers, `d` above 0; not in lowest terms. */
export interface RatioSql {
  readonly n: Sql
  readonly d: Sql
}

/** The rulebook's checks hold every value in lowest terms within 53 bits. */
const SAFE = 2n ** 53n
/** What the widest type of every dialect holds. */
const WIDEST = 2n ** 126n
const ONE = integer(1)

/** A known ratio. */
export function ratioValue({ n, d }: Ratio): RatioSql {
  return { n: integer(n), d: integer(d) }
}

/** A whole number. */
export function wholeSql(n: Sql): RatioSql {
  return { n, d: ONE }
}

/** Both, in lowest terms where their cross products would not fit. */
function fitting(a: RatioSql, b: RatioSql): readonly [RatioSql, RatioSql] {
  const most = (r: RatioSql) => (r.n.most > r.d.most ? r.n.most : r.d.most)
  return most(a) * most(b) * 4n < WIDEST ? [a, b] : [reduced(a), reduced(b)]
}

function reduced({ n, d }: RatioSql): RatioSql {
  if (n.most < SAFE && d.most < SAFE) return { n, d }
  const by = compute(n, 'gcd', d)
  return {
    n: atMost(compute(n, 'quotient', by), SAFE),
    d: atMost(compute(d, 'quotient', by), SAFE),
  }
}

/** Both over one denominator. */
function common(one: RatioSql, other: RatioSql): { a: Sql; b: Sql; d: Sql } {
  if (isSame(one.d, other.d)) return { a: one.n, b: other.n, d: one.d }
  const [a, b] = fitting(one, other)
  const [known, also] = [constant(a.d), constant(b.d)]
  const shared = known === undefined || also === undefined ? 1n : greatestCommonDivisor(known, also)
  const by = integer(shared)
  const [left, right] = [compute(b.d, 'quotient', by), compute(a.d, 'quotient', by)]
  return {
    a: compute(a.n, '*', left),
    b: compute(b.n, '*', right),
    d: compute(a.d, '*', left),
  }
}

/** a + b. */
export function addSql(one: RatioSql, other: RatioSql): RatioSql {
  const { a, b, d } = common(one, other)
  return { n: compute(a, '+', b), d }
}

/** a − b. */
export function subtractSql(one: RatioSql, other: RatioSql): RatioSql {
  const { a, b, d } = common(one, other)
  return { n: compute(a, '-', b), d }
}

/** a × b. */
export function multiplySql(one: RatioSql, other: RatioSql): RatioSql {
  const [a, b] = fitting(one, other)
  return { n: compute(a.n, '*', b.n), d: compute(a.d, '*', b.d) }
}

/** a ÷ b, where the rulebook's checks have shown that b is never 0. */
export function divideSql(one: RatioSql, other: RatioSql): RatioSql {
  const [a, b] = fitting(one, other)
  const [n, d] = [compute(a.n, '*', b.d), compute(a.d, '*', b.n)]
  const sign = choose([{ when: compare(b.n, '<', integer(0)), give: integer(-1) }], ONE)
  const known = constant(b.n)
  if (known !== undefined && known > 0n) return { n, d }
  return { n: compute(n, '*', sign), d: compute(d, '*', sign) }
}

/** The same quotient where b is known to be above 0. */
export function dividePositive(one: RatioSql, other: RatioSql): RatioSql {
  const [a, b] = fitting(one, other)
  return { n: compute(a.n, '*', b.d), d: compute(a.d, '*', b.n) }
}

/** A comparison by cross-multiplication. */
export function compareSql(one: RatioSql, operator: Comparison, other: RatioSql): Sql {
  const { a, b } = common(one, other)
  return compare(a, operator, b)
}

/** The one where a condition holds, else the other. */
export function pickSql(when: Sql, give: RatioSql, otherwise: RatioSql): RatioSql {
  return {
    n: choose([{ when, give: give.n }], otherwise.n),
    d: choose([{ when, give: give.d }], otherwise.d),
  }
}

/** The lesser of two. */
export function lesserSql(a: RatioSql, b: RatioSql): RatioSql {
  return pickSql(compareSql(a, '<=', b), a, b)
}

/** The greater of two. */
export function greaterSql(a: RatioSql, b: RatioSql): RatioSql {
  return pickSql(compareSql(a, '<=', b), b, a)
}

/** The greatest whole number not above a ratio. */
export function floorSql(ratio: RatioSql): Sql {
  const { n, d } = ratio.n.most * ratio.d.most < WIDEST ? ratio : reduced(ratio)
  return floorOf(n, d)
}

/** The nearest whole number, halves up. */
export function halfUpSql(ratio: RatioSql): Sql {
  return floorSql(addSql(ratio, { n: ONE, d: integer(2) }))
}
